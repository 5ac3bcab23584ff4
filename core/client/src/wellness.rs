//! Wellness: one record per day, with the numbers of the fitness model.
use jiff::civil::Date;
use serde::{Serialize, de::DeserializeOwned};

use crate::{ALL, Athlete, Body, JsonMap, Result, athlete::Range, decode::Extended, fields_of};

/// A record of a day.
pub trait OfDay {
    /// The local day, YYYY-MM-DD.
    fn day(&self) -> &str;
}

impl<T: OfDay> OfDay for Extended<T> {
    fn day(&self) -> &str {
        self.known.day()
    }
}

/// Requests for an athlete's wellness records.
pub struct WellnessDays<'a>(&'a Athlete);

impl Athlete {
    /// Requests for the athlete's wellness records.
    pub fn wellness(&self) -> WellnessDays<'_> {
        WellnessDays(self)
    }
}

impl WellnessDays<'_> {
    /// `GET /athlete/{id}/wellness`: sorted by day; a day without a record is missing. Requests only the fields that `R` reads, or
    /// all if it reads custom fields.
    pub async fn range<R: DeserializeOwned + OfDay>(&self, oldest: Date, newest: Date) -> Result<Vec<R>> {
        self.fields(oldest, newest, fields_of::<R>()).await
    }

    /// Like [`range`](Self::range), with only these fields of the service; an empty list requests all.
    pub async fn fields<R: DeserializeOwned + OfDay>(
        &self,
        oldest: Date,
        newest: Date,
        fields: &[&str],
    ) -> Result<Vec<R>> {
        #[derive(Serialize)]
        struct Query {
            #[serde(flatten)]
            range: Range,
            #[serde(skip_serializing_if = "String::is_empty")]
            fields: String,
        }
        let query = Query { range: Range { oldest, newest }, fields: fields.join(",") };
        let mut days: Vec<R> = self.0.client.list(&self.0.path(&["wellness"]), &query).await?;
        // The service promises no order, and trends depend on it.
        days.sort_by(|a, b| a.day().cmp(b.day()));
        Ok(days)
    }

    /// `GET /athlete/{id}/wellness/{date}`: all fields are null when nothing was entered.
    pub async fn day<R: DeserializeOwned>(&self, date: Date) -> Result<R> {
        self.0.client.get(&self.0.path(&["wellness", &date.to_string()]), ALL).await
    }

    /// `PUT /athlete/{id}/wellness/{date}`: changes the given fields, under the service's names. -1 clears a number, "" a text.
    pub async fn update<R: DeserializeOwned>(&self, date: Date, fields: JsonMap) -> Result<R> {
        self.0.client.put(&self.0.path(&["wellness", &date.to_string()]), ALL, Body::Json(fields.into())).await
    }
}
