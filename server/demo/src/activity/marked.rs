//! Marks the texts of an activity.
use serde_json::{Value, json};

use super::Activity;
use crate::{marked::marked, person::Person};

impl Activity {
    /// Marks name, description, tags, gear and interval labels. A stub has none of them.
    pub fn mark(&mut self, athlete: &Person) {
        if self.is_hidden() {
            return;
        }
        let by = Some(athlete.id);
        let name = marked(self.current_name().unwrap_or_default(), by);
        let tags: Vec<String> = self.current_tags().iter().map(|tag| marked(tag, by)).collect();
        let description = marked("Felt good.\nCoffee at the turn.", by);
        for (key, value) in [("name", json!(name)), ("tags", json!(tags)), ("description", json!(description))] {
            self.written.insert(key.to_owned(), value);
        }
        let mut gear = self.gear();
        if let Some(Value::String(name)) = gear.get_mut("name") {
            *name = marked(name, by);
            self.written.insert("gear".to_owned(), gear);
        }
        let mut pieces = self.pieces();
        for label in pieces.iter_mut().filter_map(|piece| piece.label.as_mut()) {
            *label = marked(label, by);
        }
        self.pieces = Some(pieces);
    }
}
