//! Custom items: the athlete's own fields, charts, streams, tables and zones.
use serde::Deserialize;
use serde_json::Value;

use crate::{ALL, Body, Result};
use crate::{Athlete, JsonMap, Text, custom_fields, lenient, units::Count};

/// The types of custom items.
pub const CUSTOM_ITEM_TYPES: &[&str] = &[
    "FITNESS_CHART",
    "FITNESS_TABLE",
    "TRACE_CHART",
    "INPUT_FIELD",
    "ACTIVITY_FIELD",
    "INTERVAL_FIELD",
    "ACTIVITY_STREAM",
    "ACTIVITY_CHART",
    "ACTIVITY_HISTOGRAM",
    "ACTIVITY_HEATMAP",
    "ACTIVITY_MAP",
    "ACTIVITY_PANEL",
    "ZONES",
];

/// A field, a chart or the like.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct CustomItem {
    /// Its id.
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    /// One of [`CUSTOM_ITEM_TYPES`].
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// `PRIVATE`, `FOLLOWERS` or `PUBLIC`.
    pub visibility: Option<String>,
    /// Name.
    pub name: Option<Text>,
    /// What it is for.
    pub description: Option<Text>,
    /// What it is made of; its shape depends on the type. Without characters that a reader cannot see.
    #[serde(default, deserialize_with = "custom_fields::cleaned")]
    pub content: Option<Value>,
    /// Its place among those of its type.
    pub index: Option<Count>,
    /// How many use it.
    pub usage_count: Option<Count>,
    /// When it was last changed.
    pub updated: Option<String>,
    /// Whose it was, when it was taken over from somebody else.
    pub from_athlete: Option<Value>,
    /// The item it was taken over from.
    pub from_id: Option<Value>,
}

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
    pub async fn list(&self) -> Result<Vec<CustomItem>> {
        self.0.client.list(&self.0.path(&["custom-item"]), ALL).await
    }

    /// `GET /athlete/{id}/custom-item/{itemId}`
    pub async fn one(&self, item: i64) -> Result<CustomItem> {
        self.0.client.get(&self.0.path(&["custom-item", &item.to_string()]), ALL).await
    }

    /// `POST /athlete/{id}/custom-item`: fields need `content`; for the other types the service fills it in.
    pub async fn create(&self, fields: JsonMap) -> Result<CustomItem> {
        self.0.client.post(&self.0.path(&["custom-item"]), ALL, Body::Json(fields.into())).await
    }

    /// `PUT /athlete/{id}/custom-item/{itemId}`: changes the given fields; `content` is replaced whole.
    pub async fn update(&self, item: i64, fields: JsonMap) -> Result<CustomItem> {
        self.0.client.put(&self.0.path(&["custom-item", &item.to_string()]), ALL, Body::Json(fields.into())).await
    }

    /// `DELETE /athlete/{id}/custom-item/{itemId}`: answers with nothing.
    pub async fn delete(&self, item: i64) -> Result<()> {
        let _: Value = self.0.client.delete(&self.0.path(&["custom-item", &item.to_string()]), ALL).await?;
        Ok(())
    }
}
