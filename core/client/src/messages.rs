//! Messages: the comments on an activity.
use serde::{Serialize, de::DeserializeOwned};

use crate::{ALL, Activity, Body, JsonMap, Page, Result};

impl Activity {
    /// `GET /activity/{id}/messages`: those after `since`, up to `limit` of them. In which order is not promised.
    pub async fn messages<R: DeserializeOwned>(&self, since: Option<i64>, limit: usize) -> Result<Page<R>> {
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
    pub async fn add_message<R: DeserializeOwned>(&self, fields: JsonMap) -> Result<R> {
        self.client.post(&self.path(&["messages"]), ALL, Body::Json(fields.into())).await
    }
}
