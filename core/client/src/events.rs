//! The calendar: planned workouts, races, notes and targets.
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{ALL, Body, Page, PlannedDoc, Reply, Result, WorkoutDoc, decode};
use crate::{
    Athlete, Creator, JsonMap, Text, lenient,
    units::{Count, Intensity, Joules, Metres, Number, Points, Seconds, Watts},
};

/// The kinds of events; the service knows no others and minds the case.
pub const CATEGORIES: &[&str] = &[
    "WORKOUT",
    "RACE_A",
    "RACE_B",
    "RACE_C",
    "NOTE",
    "PLAN",
    "HOLIDAY",
    "SICK",
    "INJURED",
    "SET_EFTP",
    "FITNESS_DAYS",
    "SEASON_START",
    "TARGET",
    "SET_FITNESS",
];

/// What stands on the calendar. Every field may be missing; the service writes 0 for a number that is unset, which is absent here.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Event {
    /// A number, unique over all events.
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    /// Whose it is.
    pub athlete_id: Option<String>,
    /// Who put it there.
    pub created_by_id: Option<String>,
    /// One of [`CATEGORIES`].
    pub category: Option<String>,
    /// The activity type, such as `Ride`.
    #[serde(rename = "type")]
    pub sport: Option<String>,
    /// `NONE`, `COMMUTE`, `WARMUP`, `COOLDOWN` or `RACE`.
    pub sub_type: Option<String>,
    /// Its title.
    pub name: Option<Text>,
    /// Free text; of a workout, the text that its steps are read from.
    pub description: Option<Text>,
    /// Local time without a zone; midnight where no time of day is meant.
    pub start_date_local: Option<String>,
    /// Local time at which it is over: of a whole day, the next midnight.
    pub end_date_local: Option<String>,
    /// Whether it is meant for the week and not for its day.
    pub for_week: Option<bool>,
    /// Whether it is done indoors.
    pub indoor: Option<bool>,
    /// Planned time in motion.
    #[serde(deserialize_with = "set")]
    pub moving_time: Option<Seconds>,
    /// Planned distance.
    #[serde(deserialize_with = "set")]
    pub distance: Option<Metres>,
    /// Planned load.
    #[serde(deserialize_with = "set")]
    pub icu_training_load: Option<Points>,
    /// Planned intensity, percent of threshold.
    #[serde(deserialize_with = "set")]
    pub icu_intensity: Option<Intensity>,
    /// Planned work.
    #[serde(deserialize_with = "set")]
    pub joules: Option<Joules>,
    /// Planned work above FTP.
    #[serde(deserialize_with = "set")]
    pub joules_above_ftp: Option<Joules>,
    /// What the targets are about: `AUTO`, `POWER`, `HR` or `PACE`.
    pub target: Option<String>,
    /// Load to reach.
    #[serde(deserialize_with = "set")]
    pub load_target: Option<Points>,
    /// Time to reach.
    #[serde(deserialize_with = "set")]
    pub time_target: Option<Seconds>,
    /// Distance to reach.
    #[serde(deserialize_with = "set")]
    pub distance_target: Option<Metres>,
    /// Labels; on a `PLAN` the first one names the phase.
    #[serde(deserialize_with = "lenient::list")]
    pub tags: Vec<Text>,
    /// `NORMAL`, `LIMITED` or `UNAVAILABLE`.
    pub training_availability: Option<String>,
    /// The longest that may be trained while it lasts.
    #[serde(deserialize_with = "set")]
    pub max_training_time: Option<Seconds>,
    /// The types that may be trained while it lasts.
    #[serde(deserialize_with = "lenient::list")]
    pub can_train_sports: Vec<String>,
    /// Planned carbohydrates, g/h.
    #[serde(deserialize_with = "set")]
    pub carbs_per_hour: Option<Count>,
    /// Hex or a name.
    pub color: Option<String>,
    /// Shown like a note.
    pub show_as_note: Option<bool>,
    /// Left out of the fitness chart.
    pub not_on_fitness_chart: Option<bool>,
    /// Shown on the line of the fitness chart.
    pub show_on_ctl_line: Option<bool>,
    /// The coach hides it.
    pub hide_from_athlete: Option<bool>,
    /// The coach locks it.
    pub athlete_cannot_edit: Option<bool>,
    /// Whether its steps cannot be changed.
    pub structure_read_only: Option<bool>,
    /// Fitness after it, if all goes to plan; of a `SET_FITNESS` what is set.
    #[serde(deserialize_with = "set")]
    pub icu_ctl: Option<Points>,
    /// The same for fatigue.
    #[serde(deserialize_with = "set")]
    pub icu_atl: Option<Points>,
    /// What a `SET_EFTP` sets.
    #[serde(deserialize_with = "set")]
    pub icu_ftp: Option<Watts>,
    /// What a `FITNESS_DAYS` sets for fitness.
    #[serde(deserialize_with = "set")]
    pub ctl_days: Option<Count>,
    /// What a `FITNESS_DAYS` sets for fatigue.
    #[serde(deserialize_with = "set")]
    pub atl_days: Option<Count>,
    /// The caller's own key.
    pub external_id: Option<String>,
    /// Whose plan it comes from.
    pub plan_athlete_id: Option<String>,
    /// The plan it comes from.
    #[serde(deserialize_with = "set")]
    pub plan_folder_id: Option<Count>,
    /// The workout of the plan.
    #[serde(deserialize_with = "set")]
    pub plan_workout_id: Option<Count>,
    /// When the plan was applied; null on what was written by hand.
    pub plan_applied: Option<String>,
    /// What went wrong when it was sent to devices.
    #[serde(deserialize_with = "lenient::list")]
    pub push_errors: Vec<PushError>,
    /// The steps read from the text, or why they are not known here.
    #[serde(deserialize_with = "decode::part")]
    pub workout_doc: Option<PlannedDoc>,
}

/// A failed transfer to a device's service.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PushError {
    /// Such as `GARMIN`.
    pub service: Option<Text>,
    /// What it said.
    pub message: Option<Text>,
    /// When.
    pub date: Option<Text>,
}

impl Event {
    /// The local start.
    pub fn start(&self) -> Option<DateTime> {
        local(self.start_date_local.as_deref()?)
    }

    /// The local day on which it starts.
    pub fn day(&self) -> Option<Date> {
        self.start().map(DateTime::date)
    }

    /// The last day that it covers: the stored end is exclusive.
    pub fn last_day(&self) -> Option<Date> {
        let day = self.day()?;
        let end = self.end_date_local.as_deref().and_then(local);
        let last =
            end.and_then(
                |end| if end.time() == Time::midnight() { end.date().yesterday().ok() } else { Some(end.date()) },
            );
        Some(last.map_or(day, |last| last.max(day)))
    }

    /// Who wrote its texts: who put it there, else whose calendar it is on. What comes from a plan of somebody else has two authors,
    /// of whom no reader is both.
    pub fn author(&self) -> Creator {
        match (&self.created_by_id, &self.plan_athlete_id) {
            (Some(by), Some(plan)) => Creator(Some(by.clone())).and(Creator(Some(plan.clone()))),
            (by, plan) => Creator(by.as_ref().or(plan.as_ref()).or(self.athlete_id.as_ref()).cloned()),
        }
    }

    /// Whether it is of this category.
    pub fn is(&self, category: &str) -> bool {
        self.category.as_deref() == Some(category)
    }

    /// The steps of a workout.
    pub fn doc(&self) -> Option<&WorkoutDoc> {
        self.workout_doc.as_ref().and_then(|doc| doc.as_ref().ok())
    }

    /// Whether it is a workout with a text of which the service understood nothing.
    pub fn is_not_understood(&self) -> bool {
        let text = self.description.as_deref().is_some_and(|text| !text.trim().is_empty());
        let nothing = match &self.workout_doc {
            None => true,
            Some(Ok(doc)) => doc.steps.is_empty(),
            Some(Err(_)) => false,
        };
        self.is("WORKOUT") && text && nothing
    }
}

/// A local time, or the midnight of a day.
fn local(text: &str) -> Option<DateTime> {
    text.parse().ok().or_else(|| text.parse::<Date>().ok().map(|day| day.at(0, 0, 0, 0)))
}

/// A number that is set: null and 0 both say that it is not.
fn set<'de, D: Deserializer<'de>, T: From<f64>>(deserializer: D) -> std::result::Result<Option<T>, D::Error> {
    let number: Option<Number> = Option::deserialize(deserializer)?;
    Ok(number.filter(|number| number.0 != 0.0).map(|number| number.0.into()))
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
    pub async fn list(&self, query: &CalendarQuery) -> Result<Page<Event>> {
        let mut events: Page<Event> = self.0.client.page(&self.0.path(&["events"]), query).await?;
        // Local times of one form sort as text; nothing promises an order.
        events.sort_by(|a, b| (&a.start_date_local, a.id).cmp(&(&b.start_date_local, b.id)));
        Ok(events)
    }

    /// `GET /athlete/{id}/events/{eventId}`
    pub async fn get(&self, id: i64) -> Result<Event> {
        self.0.client.get(&self.0.path(&["events", &id.to_string()]), ALL).await
    }

    /// `POST /athlete/{id}/events`: the start is a local time, a date alone is refused.
    pub async fn create(&self, event: JsonMap) -> Result<Event> {
        self.0.client.post(&self.0.path(&["events"]), ALL, Body::Json(event.into())).await
    }

    /// `POST /athlete/{id}/events/bulk`: with `upsert` an event with the `external_id` of an earlier one, made with the same key,
    /// replaces it.
    pub async fn create_many(&self, events: Vec<JsonMap>, upsert: bool) -> Result<Vec<Event>> {
        let query: &[(&str, bool)] = if upsert { &[("upsert", true)] } else { &[] };
        let body = events.into_iter().map(Value::Object).collect();
        self.0.client.post_list(&self.0.path(&["events", "bulk"]), query, Body::Json(body)).await
    }

    /// `PUT /athlete/{id}/events/{eventId}`: changes the given fields; `tags` replaces the list, null changes nothing. The end does
    /// not follow a changed start.
    pub async fn update(&self, id: i64, fields: JsonMap) -> Result<Event> {
        self.0.client.put(&self.0.path(&["events", &id.to_string()]), ALL, Body::Json(fields.into())).await
    }

    /// `PUT /athlete/{id}/events`: the coach's flags of everything in the range, races and notes among it; it takes
    /// no category.
    pub async fn update_range(&self, oldest: Date, newest: Date, flags: JsonMap) -> Result<Vec<Event>> {
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
    pub async fn duplicate(&self, ids: &[i64], copies: u32, weeks: u32) -> Result<Vec<Event>> {
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn event(fields: Value) -> Event {
        serde_json::from_value(fields).unwrap()
    }

    #[rstest]
    #[case(json!({"start_date_local": "2026-07-10T00:00:00", "end_date_local": "2026-07-11T00:00:00"}), Some("2026-07-10"))]
    #[case(json!({"start_date_local": "2026-07-10T00:00:00", "end_date_local": "2026-07-17T00:00:00"}), Some("2026-07-16"))]
    #[case(json!({"start_date_local": "2026-07-10T22:00:00", "end_date_local": "2026-07-11T01:30:00"}), Some("2026-07-11"))]
    #[case(json!({"start_date_local": "2026-07-10T06:00:00", "end_date_local": null}), Some("2026-07-10"))]
    #[case(json!({"start_date_local": "2026-07-10T00:00:00", "end_date_local": "2026-07-10T00:00:00"}), Some("2026-07-10"))]
    #[case(json!({"start_date_local": null}), None)]
    fn the_stored_end_is_not_part_of_an_event(#[case] fields: Value, #[case] last: Option<&str>) {
        assert_eq!(event(fields).last_day().map(|day| day.to_string()).as_deref(), last);
    }

    #[test]
    fn zero_and_null_are_both_unset_and_lists_may_be_null() {
        let event =
            event(json!({"id": 7.0, "distance": 0.0, "icu_training_load": null, "moving_time": "3600", "tags": null,
            "load_target": 0, "push_errors": null}));
        assert_eq!((event.id, event.distance, event.icu_training_load, event.load_target), (7, None, None, None));
        assert_eq!((event.moving_time, event.tags.len()), (Some(Seconds(3600.0)), 0));
    }

    #[rstest]
    #[case(json!({"category": "WORKOUT", "description": "easy", "workout_doc": {"steps": []}}), true)]
    #[case(json!({"category": "WORKOUT", "description": "easy", "workout_doc": null}), true)]
    #[case(json!({"category": "WORKOUT", "description": "- 10m 60%", "workout_doc": {"steps": [{"duration": 600}]}}), false)]
    #[case(json!({"category": "WORKOUT", "description": "- 10m 60%", "workout_doc": {"steps": 5}}), false)]
    #[case(json!({"category": "WORKOUT", "description": " ", "workout_doc": {"steps": []}}), false)]
    #[case(json!({"category": "NOTE", "description": "easy"}), false)]
    fn a_workout_with_a_text_and_no_steps_was_not_understood(#[case] fields: Value, #[case] expected: bool) {
        assert_eq!(event(fields).is_not_understood(), expected);
    }
}
