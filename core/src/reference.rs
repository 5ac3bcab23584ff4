//! References: extractors for the record that an id among the arguments names.
//!
//! A reference adds its id to the input schema, the same in every tool, removes it from the arguments, and fetches the record at
//! most once per call.
mod activity;
mod event;
mod gear;
mod item;
mod library;
mod of_athlete;

use std::ops::Deref;

use serde_json::{Value, json};

use crate::{Call, Error, JsonMap, Result};
pub use activity::ActivityRef;
pub use event::EventRef;
pub use gear::{GearRef, ReminderRef};
pub use item::ItemRef;
pub use library::{FolderRef, WorkoutRef};
pub use of_athlete::OfAthlete;

/// A record before a change, with the JSON of the service: an undo needs what the typed record leaves out or rounds.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Before<T> {
    /// The record.
    pub record: T,
    /// The JSON of the service, complete and unrounded.
    pub raw: Value,
}

impl<T> From<(T, Value)> for Before<T> {
    fn from((record, raw): (T, Value)) -> Self {
        Self { record, raw }
    }
}

impl<T> Deref for Before<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.record
    }
}

/// An id argument: its name, its JSON Schema type, its description, and an example from the demo.
struct Id {
    name: &'static str,
    kind: &'static str,
    description: &'static str,
    example: &'static str,
}

const ACTIVITY: Id = Id { name: "activity_id", kind: "string", description: "Such as i12345.", example: "i9005" };
const EVENT: Id = Id { name: "event_id", kind: "integer", description: "Event id.", example: "41001" };
const WORKOUT: Id =
    Id { name: "workout_id", kind: "integer", description: "From icu_get_workouts_in_folder.", example: "62001" };
const FOLDER: Id =
    Id { name: "folder_id", kind: "integer", description: "From icu_get_workout_library.", example: "61010" };
const GEAR: Id = Id { name: "gear_id", kind: "string", description: "From icu_get_gear_list.", example: "c5101" };
const REMINDER: Id =
    Id { name: "reminder_id", kind: "integer", description: "From icu_get_gear_list.", example: "6002" };
const ITEM: Id = Id { name: "item_id", kind: "integer", description: "From icu_get_custom_items.", example: "4101" };

impl Id {
    const ALL: [&'static Self; 7] = [&ACTIVITY, &EVENT, &WORKOUT, &FOLDER, &GEAR, &REMINDER, &ITEM];

    /// Adds the argument before the tool's arguments.
    fn describe(&self, input: &mut JsonMap) {
        self.insert(input, json!({"description": self.description, "type": self.kind, "examples": [self.example()]}));
    }

    /// The same with the words of its schema in the order of a tool's own arguments.
    fn describe_as_argument(&self, input: &mut JsonMap) {
        self.insert(input, json!({"type": self.kind, "description": self.description, "examples": [self.example()]}));
    }

    fn example(&self) -> Value {
        match self.kind {
            "integer" => self.example.parse::<i64>().map_or(Value::Null, Value::from),
            _ => self.example.into(),
        }
    }

    fn insert(&self, input: &mut JsonMap, property: Value) {
        let is_id = |name: &str| Self::ALL.iter().any(|id| id.name == name);
        let properties = input.entry("properties").or_insert_with(|| json!({}));
        if let Value::Object(properties) = properties {
            let place = properties.keys().take_while(|name| is_id(name)).count();
            properties.shift_insert(place, self.name.into(), property);
        }
        let required = input.entry("required").or_insert_with(|| json!([]));
        if let Value::Array(required) = required {
            let place = required.iter().take_while(|name| name.as_str().is_some_and(is_id)).count();
            required.insert(place, self.name.into());
        }
    }

    /// Fails when there is no field to change beside the id.
    fn changes(&self, fields: &JsonMap) -> Result<()> {
        match fields.is_empty() {
            true => {
                Err(Error::new("there is nothing to change", format!("Give at least one field beside {}.", self.name)))
            }
            false => Ok(()),
        }
    }

    /// Removes the id from the arguments and returns it as text.
    fn take(&self, call: &mut Call) -> Result<String> {
        let wrong = |problem: String| Error::arguments(&call.tool, problem);
        match call.arguments.get(self.name) {
            None | Some(Value::Null) if call.arguments.contains_key("id") => {
                return Err(wrong(format!("unknown field `id`; it is called `{}`", self.name)));
            }
            None | Some(Value::Null) => return Err(wrong(format!("missing field `{}`", self.name))),
            Some(Value::String(_) | Value::Number(_)) => {}
            Some(other) => return Err(wrong(format!("{}: {other} is not an id", self.name))),
        }
        Ok(match call.arguments.remove(self.name) {
            Some(Value::String(id)) => id.trim().to_owned(),
            other => other.map(|id| id.to_string()).unwrap_or_default(),
        })
    }

    /// Like [`take`](Self::take), for an id that is a number.
    fn number(&self, call: &mut Call) -> Result<i64> {
        let text = self.take(call)?;
        text.parse()
            .map_err(|_| Error::arguments(&call.tool, format!("{}: \"{text}\" is not a whole number", self.name)))
    }
}
