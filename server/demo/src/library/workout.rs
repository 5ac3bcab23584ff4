//! A workout of the library, its updates, and the fields computed from its text.
use serde_json::{Value, json};

use crate::{activity_types::activity_type, failure::Failure, object::Object, person::Person, workout_text};

/// A workout of the library.
#[derive(Clone, Debug)]
pub struct Workout {
    /// All fields, by API name.
    pub fields: Object,
    /// Batch number, shared by workouts of one call or of one series in a plan.
    pub batch: u32,
}

const TEXTS: [&str; 5] = ["name", "description", "color", "sub_type", "time"];
const NUMBERS: [&str; 10] = [
    "folder_id",
    "icu_training_load",
    "moving_time",
    "distance",
    "icu_intensity",
    "joules",
    "joules_above_ftp",
    "day",
    "days",
    "carbs_per_hour",
];
const FLAGS: [&str; 3] = ["indoor", "hide_from_athlete", "for_week"];
const TARGETS: [&str; 4] = ["AUTO", "POWER", "HR", "PACE"];

impl Workout {
    /// A workout with every field unset. Most unset numbers are 0.
    pub fn blank(person: &Person, batch: u32) -> Self {
        let all = json!({
            "athlete_id": person.id, "id": null, "icu_training_load": null, "name": null, "description": null,
            "type": null, "indoor": null, "color": null, "moving_time": 0, "updated": "2026-01-05T08:00:00.000+00:00",
            "joules": 0, "joules_above_ftp": 0, "workout_doc": {"steps": []}, "folder_id": null, "day": 0, "days": null,
            "plan_applied": null, "hide_from_athlete": false, "target": null, "targets": null, "carbs_per_hour": null,
            "tags": null, "attachments": null, "time": null, "sub_type": "NONE", "for_week": false, "distance": 0.0,
            "icu_intensity": 0.0,
        });
        Self { fields: if let Value::Object(all) = all { all } else { Object::new() }, batch }
    }

    /// Workout id.
    pub fn id(&self) -> u32 {
        self.number("id") as u32
    }

    /// Folder id.
    pub fn folder(&self) -> u32 {
        self.number("folder_id") as u32
    }

    /// Day of the plan, from 0.
    pub fn day(&self) -> u32 {
        self.number("day") as u32
    }

    /// Planned time in seconds.
    pub fn secs(&self) -> f64 {
        self.number("moving_time")
    }

    /// Sets id and folder.
    pub fn place(&mut self, id: u32, folder: u32) {
        self.fields.insert("id".to_owned(), json!(id));
        self.fields.insert("folder_id".to_owned(), json!(folder));
    }

    /// Updates the fields in `body`. Null and unknown fields are ignored; "" clears a text.
    /// Time, distance and load of the steps override supplied ones.
    ///
    /// # Errors
    /// 422 for invalid fields.
    pub fn write(&mut self, body: &Object, person: &Person) -> Result<(), Failure> {
        let text = |fields: &Object, key: &str| fields.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let before = text(&self.fields, "description");
        for (key, value) in body.iter().filter(|(_, value)| !value.is_null()) {
            let fits = match key.as_str() {
                "type" => activity_type(value).map(|_| true)?,
                "target" => value.as_str().is_some_and(|target| TARGETS.contains(&target)),
                "tags" | "targets" => value.is_array(),
                key if TEXTS.contains(&key) => value.is_string(),
                key if NUMBERS.contains(&key) => value.is_number(),
                key if FLAGS.contains(&key) => value.is_boolean(),
                _ => continue,
            };
            if !fits {
                return Err(Failure::rejected(format!("JSON parse error: cannot deserialize [{key}] from {value}")));
            }
            self.fields.insert(key.clone(), if *value == "" { Value::Null } else { value.clone() });
        }
        let description = text(&self.fields, "description");
        let read = workout_text::read(&description, &text(&self.fields, "type"), person);
        let structured = read.is_structured();
        if structured || description != before {
            let derived = json!({
                "moving_time": read.secs, "icu_training_load": read.load, "distance": read.metres,
                "icu_intensity": read.intensity.unwrap_or_default(),
            });
            let derived = derived.as_object().into_iter().flatten();
            let ours = derived.filter(|(key, _)| structured || body.get(*key).is_none_or(Value::is_null));
            self.fields.extend(ours.map(|(key, value)| (key.clone(), value.clone())));
        }
        self.fields.insert("workout_doc".to_owned(), read.doc);
        Ok(())
    }

    fn number(&self, key: &str) -> f64 {
        self.fields.get(key).and_then(Value::as_f64).unwrap_or_default()
    }
}
