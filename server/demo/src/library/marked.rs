//! Marks the texts of the library, and adds a folder shared by another athlete.
use serde_json::{Value, json};

use super::{Library, start};
use crate::{
    marked::{COACH, SHARED_FOLDER, SHARED_WORKOUT, mark_texts, mark_workout, steps},
    object::{Object, text_at},
};

impl Library {
    /// Adds the shared folder and marks all texts. The author is `athlete_id`.
    pub fn mark(&mut self) {
        if self.person.coach.is_none() && !self.folders.is_empty() {
            self.add_shared();
        }
        for folder in &mut self.folders {
            let by = text_at(folder, "athlete_id").map(str::to_owned);
            mark_texts(folder, &["name", "description", "blurb"], by.as_deref());
            if let Some(owner) = folder.get_mut("owner").and_then(Value::as_object_mut) {
                mark_texts(owner, &["name"], by.as_deref());
            }
        }
        for workout in &mut self.workouts {
            let by = text_at(&workout.fields, "athlete_id").map(str::to_owned);
            mark_texts(&mut workout.fields, &["name", "tags"], by.as_deref());
            mark_workout(&mut workout.fields, by.as_deref());
            // Parses the text again. An empty body is never refused.
            _ = workout.write(&Object::new(), self.person);
        }
    }

    fn add_shared(&mut self) {
        start::folder(self, SHARED_FOLDER, "Club sessions", Some("For everybody in the club."));
        let foreign = json!({ "athlete_id": COACH, "owner": { "id": COACH, "name": "Kim" }, "canEdit": false });
        if let (Some(folder), Value::Object(foreign)) = (self.folders.last_mut(), foreign) {
            folder.extend(foreign);
        }
        let texts = [("Club blocks", steps()), ("Club social", "Coffee at the lake.".to_owned())];
        for (id, (name, text)) in (SHARED_WORKOUT..).zip(texts) {
            let body = json!({ "name": name, "type": "Ride", "description": text, "tags": ["club"] });
            start::add(self, (id, SHARED_FOLDER, 99), &body);
            if let Some(workout) = self.workouts.last_mut() {
                workout.fields.insert("athlete_id".to_owned(), json!(COACH));
            }
        }
    }
}
