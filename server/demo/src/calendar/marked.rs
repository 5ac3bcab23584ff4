//! Marks the texts of the calendar, and adds events by others.
use jiff::{ToSpan, civil::Date};
use serde_json::json;

use super::{Calendar, Event};
use crate::{
    PAST_EVENT,
    marked::{self, COACH, mark_texts, mark_workout},
    object::{Object, text_at},
    person::Person,
};

impl Calendar {
    /// Adds events by others and marks all texts. The author is `plan_athlete_id`, else `created_by_id`.
    pub fn mark(&mut self, person: &Person, today: Date) {
        if self.events.is_empty() {
            return;
        }
        self.add_foreign(person, today);
        for event in &mut self.events {
            let by = text_at(&event.fields, "plan_athlete_id").or(text_at(&event.fields, "created_by_id"));
            let by = by.map(str::to_owned);
            let workout = event.text("category") == "WORKOUT";
            if workout {
                mark_workout(&mut event.fields, by.as_deref());
            }
            let keys = if workout { &["name", "tags"][..] } else { &["name", "tags", "description"] };
            mark_texts(&mut event.fields, keys, by.as_deref());
            event.understand(person);
        }
    }

    fn add_foreign(&mut self, person: &Person, today: Date) {
        let batch = self.new_batch();
        let mut add = |id: u32, ahead: i64, days: i64, fields: serde_json::Value| {
            let day = today.saturating_add(ahead.days());
            let mut event = Event { batch, ..Event::blank(person, day.at(0, 0, 0, 0)) };
            event.end = day.saturating_add(days.days()).at(0, 0, 0, 0);
            event.fields.extend(fields.as_object().cloned().unwrap_or_else(Object::new));
            self.add(Some(id), event);
        };
        if person.coach.is_some() {
            let note = json!({ "category": "NOTE", "name": "Travel", "description": "Back on Friday." });
            add(marked::NOTE_FOR_COACHED, 4, 1, with(&note, json!(person.coach)));
            add(marked::ANONYMOUS_NOTE, 3, 1, with(&note, json!(null)));
            let workout =
                json!({ "category": "WORKOUT", "type": "Ride", "name": "Blocks", "description": marked::steps() });
            add(marked::ANONYMOUS_WORKOUT, 3, 1, with(&workout, json!(null)));
            return;
        }
        let steps = marked::steps();
        let foreign = [
            (marked::COACH_WORKOUT, 1, 1, json!({ "category": "WORKOUT", "description": steps, "tags": ["key"] })),
            (marked::COACH_RACE, 5, 1, json!({ "category": "RACE_B", "distance": 40_000.0 })),
            (marked::COACH_TARGET, 7, 1, json!({ "category": "TARGET", "load_target": 410 })),
            (marked::COACH_PHASE, 7, 14, json!({ "category": "PLAN", "tags": ["Build"] })),
            (marked::COACH_HOLIDAY, 6, 2, json!({ "category": "HOLIDAY", "training_availability": "UNAVAILABLE" })),
            (marked::COACH_SEASON, -7, 1, json!({ "category": "SEASON_START" })),
        ];
        for (id, ahead, days, fields) in foreign {
            add(id, ahead, days, with(&fields, json!(COACH)));
        }
        let plan = json!({ "category": "WORKOUT", "description": steps, "plan_athlete_id": COACH,
            "plan_applied": format!("{today}T06:00:00.000+00:00") });
        add(marked::COACH_PLAN_WORKOUT, 2, 1, with(&plan, json!(person.id)));
        if let Ok(event) = self.find_mut(PAST_EVENT) {
            event.fields.insert("created_by_id".to_owned(), json!(COACH));
        }
    }
}

/// Adds type, name and creator to the fields.
fn with(fields: &serde_json::Value, creator: serde_json::Value) -> serde_json::Value {
    let mut all = json!({ "type": "Ride", "name": "From outside", "created_by_id": creator });
    if let (Some(all), Some(fields)) = (all.as_object_mut(), fields.as_object()) {
        all.extend(fields.clone());
    }
    all
}
