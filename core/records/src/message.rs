//! A message: a comment on an activity.
use intervals_client::{
    Creator, Text, lenient,
    text::{truncate, whole},
    units::Count,
};
use jiff::civil::DateTime;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{completed, read::some_text};

/// What may be written.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// The comment.
    #[schemars(example = &"Well paced!")]
    pub content: String,
}

// A comment, or what stands in its place. What others wrote is data. Where an attachment lies is not read: its address may be a key to it.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(remote = "Self")]
pub struct Row {
    // A later one has a greater one.
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    // The service writes a moment ([`Row::at`]).
    /// Local.
    #[serde(rename(deserialize = "created"))]
    pub time: Option<String>,
    #[serde(default, rename(deserialize = "athlete_id"), deserialize_with = "lenient::optional_id")]
    pub author_id: Option<String>,
    #[serde(default, rename(deserialize = "name"), deserialize_with = "some_text")]
    pub author: Option<Text>,
    /// Unless TEXT.
    #[serde(default, rename = "type", deserialize_with = "kind")]
    pub kind: Option<String>,
    #[serde(default, serialize_with = "whole", deserialize_with = "some_text")]
    pub content: Option<Text>,
    /// First and last+1 sample of the part that it is about.
    pub start_index: Option<Count>,
    pub end_index: Option<Count>,
    pub seen: Option<bool>,
    /// Media type of what is attached.
    #[serde(rename(deserialize = "attachment_mime_type"))]
    pub attachment: Option<String>,
    #[serde(skip_deserializing)]
    pub creator: Creator,
    #[serde(default, rename(deserialize = "attachment_url"), skip_serializing, deserialize_with = "filled")]
    has_attachment: bool,
    /// The moment it was deleted.
    #[serde(skip_serializing)]
    #[schemars(skip)]
    pub deleted: Option<String>,
}

// What was sent.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
pub struct Added {
    #[serde(skip_deserializing)]
    pub activity_id: String,
    #[serde(default, rename(deserialize = "id"), deserialize_with = "optional_whole")]
    pub message_id: Option<i64>,
    /// As it was sent; a long one is cut here.
    #[serde(skip_deserializing)]
    pub content: Text,
    #[serde(skip_deserializing)]
    pub creator: Creator,
}

completed!(Row);

impl Row {
    fn completed(self) -> Self {
        let media = self.attachment.as_deref().map_or_else(|| "unknown".into(), |media| truncate(media, 60));
        Self { creator: Creator(self.author_id.clone()), attachment: self.has_attachment.then_some(media), ..self }
    }

    /// The same at the local time that `local` finds; what is no moment stays as it is.
    pub fn at(self, local: impl Fn(&str) -> Option<DateTime>) -> Self {
        let written = |time: DateTime| time.strftime("%Y-%m-%dT%H:%M").to_string();
        let time = self.time.map(|moment| local(&moment).map(written).unwrap_or(moment));
        Self { time, ..self }
    }
}

fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.filter(|kind| kind != "TEXT"))
}

fn filled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.is_some_and(|text| !text.is_empty()))
}

fn optional_whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(Option::<Count>::deserialize(deserializer)?.map(|id| id.0 as i64))
}
