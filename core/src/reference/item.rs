//! The custom item that a call names.
use super::ITEM;
use crate::{Athlete, Call, ClientError, FromCall, JsonMap, Result, Settings, records::custom_item::Row};

/// The custom item of the argument `item_id`, of the call's athlete.
pub struct ItemRef {
    athlete: Athlete,
    id: i64,
}

impl ItemRef {
    /// The item with its content.
    pub async fn get(&self) -> Result<Row, ClientError> {
        self.athlete.custom_items().one(self.id).await
    }

    /// Changes the given fields.
    pub async fn update(&self, fields: JsonMap) -> Result<Row, ClientError> {
        self.athlete.custom_items().update(self.id, fields).await
    }

    /// Deletes it for good: the item as it was.
    pub async fn delete(&self) -> Result<Row, ClientError> {
        // Of an id that it does not know the service may say that it deleted it.
        let item = self.get().await?;
        self.athlete.custom_items().delete(item.id).await?;
        Ok(item)
    }
}

impl FromCall for ItemRef {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let id = ITEM.number(call)?;
        Ok(Self { athlete: Athlete::from_call(call).await?, id })
    }

    fn describe(settings: &Settings, input: &mut JsonMap) {
        ITEM.describe_as_argument(input);
        Athlete::describe(settings, input);
    }
}
