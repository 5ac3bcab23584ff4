//! The calendar: planned workouts, races, notes and targets.
mod files;
mod marked;
mod past;
mod planned;
mod workouts;
mod writes;

use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};
use serde_json::{Value, json};

use crate::{failure::Failure, object::Object, person::Person, workout_text};

/// The calendar of an athlete.
#[derive(Debug, Default)]
pub struct Calendar {
    /// Events in the order they were added.
    pub events: Vec<Event>,
    last_id: u32,
    last_batch: u32,
}

/// An event of the calendar.
#[derive(Clone, Debug)]
pub struct Event {
    /// Event id.
    pub id: u32,
    /// Local start.
    pub start: DateTime,
    /// Local end, exclusive.
    pub end: DateTime,
    /// Number shared by events that were added in one call.
    pub batch: u32,
    /// All other fields, by API name.
    pub fields: Object,
}

impl Calendar {
    /// The calendar of a new account. Empty unless `trained`.
    pub fn new(person: &Person, today: Date, trained: bool) -> Self {
        let last_id = if person.coach.is_none() { 43_000 } else { 44_000 };
        let mut calendar = Self { last_id, ..Self::default() };
        if trained {
            planned::plan(&mut calendar, person, today);
        }
        calendar
    }

    /// The event with this id.
    ///
    /// # Errors
    /// 404 for an unknown id.
    pub fn find(&self, id: u32) -> Result<&Event, Failure> {
        self.events.iter().find(|event| event.id == id).ok_or_else(Failure::not_found)
    }

    /// The event with this id, mutable.
    ///
    /// # Errors
    /// 404 for an unknown id.
    pub fn find_mut(&mut self, id: u32) -> Result<&mut Event, Failure> {
        self.events.iter_mut().find(|event| event.id == id).ok_or_else(Failure::not_found)
    }

    /// Events that overlap the days, by start.
    pub fn between(&self, oldest: Date, newest: Date) -> Vec<&Event> {
        let (from, to) = (oldest.at(0, 0, 0, 0), newest.at(23, 59, 59, 0));
        let mut found: Vec<_> =
            self.events.iter().filter(|event| event.start <= to && (event.end > from || event.start >= from)).collect();
        found.sort_by_key(|event| (event.start, event.id));
        found
    }

    /// Next batch number.
    pub fn new_batch(&mut self) -> u32 {
        self.last_batch += 1;
        self.last_batch
    }

    /// Adds an event under `id`, or the next free one, and returns the id.
    pub fn add(&mut self, id: Option<u32>, mut event: Event) -> u32 {
        event.id = id.unwrap_or_else(|| {
            self.last_id += 1;
            self.last_id
        });
        event.fields.insert("uid".to_owned(), json!(format!("{:08x}-demo", event.id)));
        self.events.push(event);
        self.events.last().map_or(0, |event| event.id)
    }
}

impl Event {
    /// Creates an event of one day with the default of every field.
    pub fn blank(person: &Person, start: DateTime) -> Self {
        let mut fields = Object::new();
        for key in KEYS.split_whitespace() {
            fields.insert(key.to_owned(), Value::Null);
        }
        // The service writes zeros for unset numbers.
        for key in ["moving_time", "icu_training_load", "joules", "joules_above_ftp"] {
            fields.insert(key.to_owned(), json!(0));
        }
        for key in ["distance", "icu_intensity", "strain_score"] {
            fields.insert(key.to_owned(), json!(0.0));
        }
        for key in [
            "not_on_fitness_chart",
            "show_as_note",
            "show_on_ctl_line",
            "for_week",
            "athlete_cannot_edit",
            "hide_from_athlete",
            "structure_read_only",
            "entered",
        ] {
            fields.insert(key.to_owned(), json!(false));
        }
        for key in ["athlete_id", "created_by_id"] {
            fields.insert(key.to_owned(), json!(person.id));
        }
        let end = start.date().saturating_add(1.day()).at(0, 0, 0, 0);
        Self { id: 0, start, end, batch: 0, fields }
    }

    /// Local start date.
    pub fn date(&self) -> Date {
        self.start.date()
    }

    /// The text of a field, or "".
    pub fn text(&self, key: &str) -> &str {
        self.fields.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// A copy this many days later.
    pub fn later(&self, days: i64) -> Self {
        let mut later = self.clone();
        later.start = self.start.saturating_add(days.days());
        later.end = self.end.saturating_add(days.days());
        later
    }

    /// The API's JSON. `resolve` adds targets in W, bpm and m/s, widened by these percentages: power, heart rate, pace.
    pub fn json(&self, person: &Person, resolve: Option<(f64, f64, f64)>) -> Value {
        let mut all = self.fields.clone();
        all.insert("id".to_owned(), json!(self.id));
        all.insert("start_date_local".to_owned(), json!(self.start.to_string()));
        all.insert("end_date_local".to_owned(), json!(self.end.to_string()));
        if let (Some((power, hr, pace)), Some(doc)) =
            (resolve, all.get_mut("workout_doc").filter(|doc| doc.is_object()))
        {
            // Power is widened outdoors only.
            let indoor = self.fields.get("indoor") == Some(&json!(true));
            workout_text::resolve(doc, self.text("type"), person, (if indoor { 0.0 } else { power }, hr, pace));
        }
        Value::Object(all)
    }
}

/// Every field, in the order of the API.
const KEYS: &str = "id start_date_local icu_training_load icu_atl icu_ctl type carbs_used ss_p_max ss_w_prime ss_cp \
     calendar_id uid athlete_id category end_date_local name description indoor color moving_time icu_ftp w_prime p_max \
     atl_days ctl_days updated not_on_fitness_chart show_as_note show_on_ctl_line for_week target joules \
     joules_above_ftp workout_doc push_errors athlete_cannot_edit hide_from_athlete structure_read_only created_by_id \
     shared_event_id entered carbs_per_hour sub_type distance tags attachments oauth_client_id external_id load_target \
     time_target distance_target training_availability max_training_time can_train_sports plan_athlete_id \
     plan_folder_id plan_workout_id plan_applied icu_intensity strain_score";
