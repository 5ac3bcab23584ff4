//! Custom items: the athlete's own fields, charts, streams, tables and zones.
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{ALL, Athlete, Body, JsonMap, Result};

/// An athlete's custom items.
pub struct CustomItems<'a>(&'a Athlete);

impl Athlete {
    /// The athlete's custom items.
    pub fn custom_items(&self) -> CustomItems<'_> {
        CustomItems(self)
    }
}

impl CustomItems<'_> {
    /// `GET /athlete/{id}/custom-item`: all of them, with their content.
    pub async fn list<R: DeserializeOwned>(&self) -> Result<Vec<R>> {
        self.0.client.list(&self.0.path(&["custom-item"]), ALL).await
    }

    /// `GET /athlete/{id}/custom-item/{itemId}`
    pub async fn one<R: DeserializeOwned>(&self, item: i64) -> Result<R> {
        self.0.client.get(&self.0.path(&["custom-item", &item.to_string()]), ALL).await
    }

    /// `POST /athlete/{id}/custom-item`: fields need `content`; for the other types the service fills it in.
    pub async fn create<R: DeserializeOwned>(&self, fields: JsonMap) -> Result<R> {
        self.0.client.post(&self.0.path(&["custom-item"]), ALL, Body::Json(fields.into())).await
    }

    /// `PUT /athlete/{id}/custom-item/{itemId}`: changes the given fields; `content` is replaced whole.
    pub async fn update<R: DeserializeOwned>(&self, item: i64, fields: JsonMap) -> Result<R> {
        self.0.client.put(&self.0.path(&["custom-item", &item.to_string()]), ALL, Body::Json(fields.into())).await
    }

    /// `DELETE /athlete/{id}/custom-item/{itemId}`: answers with nothing.
    pub async fn delete(&self, item: i64) -> Result<()> {
        let _: Value = self.0.client.delete(&self.0.path(&["custom-item", &item.to_string()]), ALL).await?;
        Ok(())
    }
}
