//! Creating and updating events.
use jiff::civil::DateTime;
use serde_json::{Value, json};

use super::{Calendar, Event};
use crate::{activity_types::activity_type, failure::Failure, object::Object, person::Person, workout_text};

const CATEGORIES: &str = "WORKOUT RACE_A RACE_B RACE_C NOTE PLAN HOLIDAY SICK INJURED SET_EFTP FITNESS_DAYS SEASON_START \
     TARGET SET_FITNESS";

const TEXTS: &str = "name description color uid external_id plan_applied plan_athlete_id";
const NUMBERS: &str = "moving_time distance icu_training_load icu_intensity icu_ftp w_prime p_max atl_days ctl_days icu_atl \
     icu_ctl carbs_per_hour load_target time_target distance_target max_training_time plan_folder_id plan_workout_id \
     calendar_id";
const FLAGS: &str = "indoor not_on_fitness_chart show_as_note show_on_ctl_line for_week athlete_cannot_edit \
     hide_from_athlete structure_read_only entered";
const LISTS: &str = "tags can_train_sports";

/// Enum fields and their values.
const WORDS: [(&str, &str); 4] = [
    ("category", CATEGORIES),
    ("training_availability", "NORMAL LIMITED UNAVAILABLE"),
    ("target", "AUTO POWER HR PACE"),
    ("sub_type", "NONE COMMUTE WARMUP COOLDOWN RACE"),
];

impl Calendar {
    /// Creates an event and returns its id.
    ///
    /// # Errors
    /// 422 for missing or invalid fields.
    pub fn create(&mut self, body: &Object, batch: u32, person: &Person, creator: &str) -> Result<u32, Failure> {
        let event = described(body, person, creator)?;
        Ok(self.add(None, Event { batch, ..event }))
    }

    /// Updates the event with the same `external_id`, or creates one.
    ///
    /// # Errors
    /// 422 for missing or invalid fields.
    pub fn upsert(&mut self, body: &Object, batch: u32, person: &Person, creator: &str) -> Result<u32, Failure> {
        let own = body.get("external_id").filter(|id| id.is_string());
        let found = own.and_then(|id| self.events.iter_mut().find(|event| event.fields.get("external_id") == Some(id)));
        match found {
            Some(event) => {
                event.write(body, person)?;
                Ok(event.id)
            }
            None => self.create(body, batch, person, creator),
        }
    }
}

/// An event from a body, not yet added.
///
/// # Errors
/// 422 for missing or invalid fields.
pub fn described(body: &Object, person: &Person, creator: &str) -> Result<Event, Failure> {
    let start = body.get("start_date_local").filter(|start| !start.is_null());
    let start = local_time(start.ok_or_else(|| Failure::rejected("start_date_local is required"))?)?;
    let mut event = Event::blank(person, start);
    event.fields.insert("created_by_id".to_owned(), json!(creator));
    event.write(body, person)?;
    Ok(event)
}

impl Event {
    /// Updates the fields in `body`. Null and unknown fields are ignored. "" clears a text; a list replaces the old one.
    ///
    /// # Errors
    /// 422 for missing or invalid fields.
    pub fn write(&mut self, body: &Object, person: &Person) -> Result<(), Failure> {
        let (mut start, mut end, mut fields) = (self.start, None, self.fields.clone());
        for (key, value) in body.iter().filter(|(_, value)| !value.is_null()) {
            let is = |names: &str| names.split_whitespace().any(|name| name == key);
            let words = WORDS.iter().find(|(name, _)| name == key).map(|(_, words)| *words);
            let fits = match key.as_str() {
                "start_date_local" => {
                    start = local_time(value)?;
                    continue;
                }
                "end_date_local" => {
                    end = Some(local_time(value)?);
                    continue;
                }
                "type" => activity_type(value).is_ok(),
                _ if words.is_some() => word(value, words.unwrap_or_default())?,
                _ if is(TEXTS) => value.is_string(),
                _ if is(NUMBERS) => value.is_number(),
                _ if is(FLAGS) => value.is_boolean(),
                _ if is(LISTS) => value.is_array(),
                _ => continue,
            };
            if !fits {
                let message =
                    if key == "type" { "Invalid type".into() } else { format!("Invalid value for [{key}]: {value}") };
                return Err(Failure::rejected(message));
            }
            let cleared = value.as_str() == Some("");
            fields.insert(key.clone(), if cleared { Value::Null } else { value.clone() });
        }
        let next_midnight = start.date().tomorrow().unwrap_or(start.date()).at(0, 0, 0, 0);
        // An end stays where it is when only the start moves.
        let end = end.unwrap_or(if start == self.start { self.end } else { self.end.max(next_midnight) });
        let written = Self { start, end: if end > start { end } else { next_midnight }, fields, ..self.clone() };
        written.check()?;
        *self = written;
        self.understand(person);
        Ok(())
    }

    fn check(&self) -> Result<(), Failure> {
        let category = self.text("category");
        if category.is_empty() {
            return Err(Failure::rejected("Category is required"));
        }
        if category == "NOTE" && self.text("name").is_empty() {
            return Err(Failure::rejected("Name is required"));
        }
        if category.starts_with("RACE") && self.text("type").is_empty() {
            return Err(Failure::rejected("Missing type"));
        }
        Ok(())
    }

    /// Parses the text of a workout. Time, distance and load of its steps override supplied ones.
    pub fn understand(&mut self, person: &Person) {
        if self.text("category") != "WORKOUT" {
            return;
        }
        let sport = if self.text("type").is_empty() { "Ride" } else { self.text("type") };
        let read = workout_text::read(self.text("description"), sport, person);
        let is_read = read.doc.get("steps").and_then(Value::as_array).is_some_and(|steps| !steps.is_empty());
        self.fields.insert("workout_doc".to_owned(), read.doc);
        if is_read {
            let numbers = [
                ("moving_time", json!(read.secs)),
                ("distance", json!(read.metres)),
                ("icu_training_load", json!(read.load)),
                ("icu_intensity", json!(read.intensity.unwrap_or_default())),
            ];
            self.fields.extend(numbers.map(|(key, value)| (key.to_owned(), value)));
        }
    }
}

/// Parses a local date and time. A date alone is refused.
fn local_time(value: &Value) -> Result<DateTime, Failure> {
    let text = value.as_str().unwrap_or_default();
    let time = text.parse().ok().filter(|_| text.contains('T'));
    let kind = "java.time.LocalDateTime";
    time.ok_or_else(|| {
        Failure::rejected(format!("JSON parse error: Cannot deserialize value of type `{kind}` from String \"{text}\""))
    })
}

fn word(value: &Value, words: &str) -> Result<bool, Failure> {
    let text = value.as_str().unwrap_or_default();
    if words.split_whitespace().any(|word| word == text) {
        return Ok(true);
    }
    let known = words.split_whitespace().collect::<Vec<_>>().join(", ");
    Err(Failure::rejected(format!(
        "JSON parse error: {value} is not one of the values accepted for Enum class: [{known}]"
    )))
}
