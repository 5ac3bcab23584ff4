//! The calendar: planned workouts, races, notes and targets.
use jiff::civil::Date;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{ALL, Athlete, Body, JsonMap, Page, Reply, Result};

/// A record that stands on the calendar.
pub trait OnCalendar {
    /// Its local start as the service writes it, and its id: the order of the calendar.
    fn place(&self) -> (Option<&str>, i64);
}

/// Which part of the calendar is asked for; both days are included, and what lasts into them from before as well.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CalendarQuery {
    /// First day; the athlete's today when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oldest: Option<Date>,
    /// Last day; six days after the first when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest: Option<Date>,
    /// Categories, joined by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The most events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
    /// Adds the targets in W, bpm and m/s to the steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolve: Option<bool>,
}

impl CalendarQuery {
    /// All events of these days.
    pub fn days(oldest: Date, newest: Date) -> Self {
        Self { oldest: Some(oldest), newest: Some(newest), ..Self::default() }
    }

    /// Only of these categories; none is all.
    pub fn of(self, categories: &[&str]) -> Self {
        Self { category: Some(categories.join(",")).filter(|text| !text.is_empty()), ..self }
    }
}

/// An athlete's calendar.
pub struct Events<'a>(&'a Athlete);

impl Athlete {
    /// The athlete's calendar.
    pub fn events(&self) -> Events<'_> {
        Events(self)
    }
}

impl Events<'_> {
    /// `GET /athlete/{id}/events`: made ascending by start.
    pub async fn list<R: DeserializeOwned + OnCalendar>(&self, query: &CalendarQuery) -> Result<Page<R>> {
        let mut events: Page<R> = self.0.client.page(&self.0.path(&["events"]), query).await?;
        // Local times of one form sort as text; nothing promises an order.
        events.sort_by(|a, b| a.place().cmp(&b.place()));
        Ok(events)
    }

    /// `GET /athlete/{id}/events/{eventId}`
    pub async fn get<R: DeserializeOwned>(&self, id: i64) -> Result<R> {
        self.0.client.get(&self.0.path(&["events", &id.to_string()]), ALL).await
    }

    /// `POST /athlete/{id}/events`: the start is a local time, a date alone is refused.
    pub async fn create<R: DeserializeOwned>(&self, event: JsonMap) -> Result<R> {
        self.0.client.post(&self.0.path(&["events"]), ALL, Body::Json(event.into())).await
    }

    /// `POST /athlete/{id}/events/bulk`: with `upsert` an event with the `external_id` of an earlier one, made with the same key,
    /// replaces it.
    pub async fn create_many<R: DeserializeOwned>(&self, events: Vec<JsonMap>, upsert: bool) -> Result<Vec<R>> {
        let query: &[(&str, bool)] = if upsert { &[("upsert", true)] } else { &[] };
        let body = events.into_iter().map(Value::Object).collect();
        self.0.client.post_list(&self.0.path(&["events", "bulk"]), query, Body::Json(body)).await
    }

    /// `PUT /athlete/{id}/events/{eventId}`: changes the given fields; `tags` replaces the list, null changes nothing. The end does
    /// not follow a changed start.
    pub async fn update<R: DeserializeOwned>(&self, id: i64, fields: JsonMap) -> Result<R> {
        self.0.client.put(&self.0.path(&["events", &id.to_string()]), ALL, Body::Json(fields.into())).await
    }

    /// `PUT /athlete/{id}/events`: the coach's flags of everything in the range, races and notes among it; it takes
    /// no category.
    pub async fn update_range<R: DeserializeOwned>(
        &self,
        oldest: Date,
        newest: Date,
        flags: JsonMap,
    ) -> Result<Vec<R>> {
        let range = crate::athlete::Range { oldest, newest };
        self.0.client.put_list(&self.0.path(&["events"]), &range, Body::Json(flags.into())).await
    }

    /// `DELETE /athlete/{id}/events/{eventId}`: with `others_from` also what was added together with it, from that day on.
    pub async fn delete(&self, id: i64, others_from: Option<Date>) -> Result<()> {
        let day = others_from.map(|day| day.to_string());
        let query: Vec<_> = day.iter().flat_map(|day| [("others", "true"), ("notBefore", day.as_str())]).collect();
        let _: Value = self.0.client.delete(&self.0.path(&["events", &id.to_string()]), &query).await?;
        Ok(())
    }

    /// `POST /athlete/{id}/duplicate-events`: so many copies, each so many weeks after the one before it.
    pub async fn duplicate<R: DeserializeOwned>(&self, ids: &[i64], copies: u32, weeks: u32) -> Result<Vec<R>> {
        let body = json!({"eventIds": ids, "numCopies": copies, "weeksBetween": weeks});
        self.0.client.post_list(&self.0.path(&["duplicate-events"]), ALL, Body::Json(body)).await
    }

    /// `POST /athlete/{id}/events/apply-plan`: puts a plan's workouts on the calendar. What it answers is described nowhere.
    pub async fn apply_plan(&self, folder_id: i64, start: Date, extra: &[JsonMap]) -> Result<()> {
        let mut body = json!({"folder_id": folder_id, "start_date_local": format!("{start}T00:00:00")});
        if let (false, Some(body)) = (extra.is_empty(), body.as_object_mut()) {
            body.insert("extra_workouts".into(), json!(extra));
        }
        let _: Value = self.0.client.post(&self.0.path(&["events", "apply-plan"]), ALL, Body::Json(body)).await?;
        Ok(())
    }

    /// `POST /athlete/{id}/events/{eventId}/mark-done`: makes a manual activity of a planned workout.
    pub async fn mark_done<R: DeserializeOwned>(&self, id: i64) -> Result<R> {
        self.0.client.post(&self.0.path(&["events", &id.to_string(), "mark-done"]), ALL, Body::None).await
    }

    /// `GET /athlete/{id}/events/{eventId}/download{ext}`: a planned workout as a `zwo`, `mrc`, `erg` or `fit` file.
    pub async fn file(&self, id: i64, kind: &str) -> Result<Reply> {
        let file = format!("download.{kind}");
        self.0.client.file(&self.0.path(&["events", &id.to_string(), &file]), ALL).await
    }
}
