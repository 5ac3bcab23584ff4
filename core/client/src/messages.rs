//! Messages: the comments on an activity.
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;

use crate::{Activity, Body, Page, Result, text::Text};
use crate::{lenient, units::Count};

/// A comment. Who attached what is told, but never where it lies: that address may be a key to it.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Message {
    /// Its id; a later one has a greater one.
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    /// Who wrote it.
    #[serde(default, deserialize_with = "lenient::optional_id")]
    pub athlete_id: Option<String>,
    /// The writer's name.
    pub name: Option<Text>,
    /// The moment it was written.
    pub created: Option<String>,
    /// `TEXT`, `NOTE`, or what a request asks for.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The text.
    pub content: Option<Text>,
    /// The first sample of the part of the activity that it is about.
    pub start_index: Option<Count>,
    /// Behind the last sample of that part.
    pub end_index: Option<Count>,
    /// Whether something is attached.
    #[serde(default, rename = "attachment_url", deserialize_with = "filled")]
    pub has_attachment: bool,
    /// The media type of what is attached.
    pub attachment_mime_type: Option<String>,
    /// The moment it was deleted.
    pub deleted: Option<String>,
    /// Whether it was read.
    pub seen: Option<bool>,
}

/// What came of a message that was sent.
#[derive(Debug, Clone, Deserialize)]
pub struct SentMessage {
    /// Its id.
    pub id: Option<Count>,
}

impl Activity {
    /// `GET /activity/{id}/messages`: those after `since`, up to `limit` of them. In which order is not promised.
    pub async fn messages(&self, since: Option<i64>, limit: usize) -> Result<Page<Message>> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Query {
            #[serde(skip_serializing_if = "Option::is_none")]
            since_id: Option<i64>,
            limit: usize,
        }
        self.client.page(&self.path(&["messages"]), &Query { since_id: since, limit }).await
    }

    /// `POST /activity/{id}/messages`
    pub async fn add_message(&self, content: &str) -> Result<SentMessage> {
        let body = Body::Json(json!({"content": content}));
        self.client.post(&self.path(&["messages"]), crate::ALL, body).await
    }
}

fn filled<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<bool, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.is_some_and(|text| !text.is_empty()))
}
