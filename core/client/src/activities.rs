//! Requests for the activities of an athlete.
use jiff::civil::Date;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{ALL, Athlete, Body, JsonMap, Page, Result, fields_of};

/// The advice for activities that the service withholds because they came through Strava.
pub const STRAVA_REMEDY: &str =
    "Strava withholds this: connect the device itself to Intervals.icu and download its history";

/// A query for the activities around another one.
#[derive(Debug, Clone, Serialize)]
pub struct Around<'a> {
    /// The activity in the middle, which is not in the response.
    pub activity_id: &'a str,
    /// The most activities in all, the closest first.
    pub limit: usize,
}

/// Requests for an athlete's activities.
pub struct Activities<'a>(pub(crate) &'a Athlete);

impl Athlete {
    /// Requests for the athlete's activities.
    pub fn activities(&self) -> Activities<'_> {
        Activities(self)
    }
}

impl Activities<'_> {
    /// `GET /athlete/{id}/activities`: newest first, both days included. Requests only the fields that `R` reads.
    pub async fn list<R: DeserializeOwned>(&self, oldest: Date, newest: Option<Date>, limit: usize) -> Result<Page<R>> {
        self.fields(oldest, newest, limit, fields_of::<R>()).await
    }

    /// Like [`list`](Self::list), with only these fields of the service; an empty list requests all.
    pub async fn fields<R: DeserializeOwned>(
        &self,
        oldest: Date,
        newest: Option<Date>,
        limit: usize,
        fields: &[&str],
    ) -> Result<Page<R>> {
        #[derive(Serialize)]
        struct Query {
            oldest: Date,
            #[serde(skip_serializing_if = "Option::is_none")]
            newest: Option<String>,
            limit: usize,
            #[serde(skip_serializing_if = "String::is_empty")]
            fields: String,
        }
        // A date alone means its midnight, which would exclude the last day.
        let newest = newest.map(|day| format!("{day}T23:59:59"));
        let query = Query { oldest, newest, limit, fields: fields.join(",") };
        self.0.client.page(&self.0.path(&["activities"]), &query).await
    }

    /// `GET /athlete/{id}/activities/search`: by name, or by tag when `text` starts with `#`. Each has only a few fields.
    pub async fn search<R: DeserializeOwned>(&self, text: &str, limit: usize) -> Result<Page<R>> {
        let query = [("q", text), ("limit", &limit.to_string())];
        self.0.client.page(&self.0.path(&["activities", "search"]), &query).await
    }

    /// `GET /athlete/{id}/activities/search-full`: like [`search`](Self::search), with all fields.
    pub async fn search_full<R: DeserializeOwned>(&self, text: &str, limit: usize) -> Result<Page<R>> {
        let query = [("q", text), ("limit", &limit.to_string())];
        self.0.client.page(&self.0.path(&["activities", "search-full"]), &query).await
    }

    /// `GET /athlete/{id}/activities-around`: the activities around another one.
    pub async fn around<R: DeserializeOwned>(&self, around: Around<'_>) -> Result<Vec<R>> {
        self.0.client.list(&self.0.path(&["activities-around"]), &around).await
    }

    /// `POST /athlete/{id}/activities/manual/bulk`: adds activities. One with the `external_id` of an earlier one replaces it.
    pub async fn create_manual<R: DeserializeOwned>(&self, activities: Vec<JsonMap>) -> Result<Vec<R>> {
        let body = activities.into_iter().map(Value::Object).collect();
        self.0.client.post_list(&self.0.path(&["activities", "manual", "bulk"]), ALL, Body::Json(body)).await
    }
}
