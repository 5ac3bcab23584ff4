//! Planned workouts of the past six weeks, each paired with its activity.
use jiff::{ToSpan, civil::Date};
use serde_json::json;

use super::{Calendar, Event, workouts::workout};
use crate::{INTERVALS_RIDE, PAST_EVENT, activity::Activity, object::Object, person::Person, season::Session};

/// Length of the past plan in days.
const WEEKS: i32 = 42;

impl Calendar {
    /// Adds a planned workout or race for each recorded activity of the past six weeks, and pairs the two.
    pub fn plan_the_past(&mut self, person: &Person, today: Date, activities: &mut [Activity]) {
        let oldest = today.saturating_sub(WEEKS.days());
        let batch = self.new_batch();
        let planned =
            |activity: &&mut Activity| activity.date() >= oldest && activity.is_recorded() && !activity.commute;
        for activity in activities.iter_mut().filter(planned) {
            let event = event_for(activity, person, batch);
            let id = self.add((activity.id == INTERVALS_RIDE).then_some(PAST_EVENT), event);
            activity.written.insert("paired_event_id".to_owned(), json!(id));
        }
    }
}

fn event_for(activity: &Activity, person: &Person, batch: u32) -> Event {
    let mut event = Event::blank(person, activity.date().at(0, 0, 0, 0));
    let planned = workout(activity.sport, activity.session);
    let minutes = activity.moving_time.div_ceil(900) * 15;
    let mut body: Object = Object::new();
    let fields = match activity.session {
        Session::Race => json!({ "category": "RACE_B", "name": activity.name, "description": "Race of the block." }),
        _ => json!({ "category": "WORKOUT", "name": planned.name, "description": planned.text }),
    };
    for part in [
        fields,
        json!({
            "type": activity.sport.name(), "moving_time": minutes * 60, "indoor": activity.sport.name() == "VirtualRide",
            "icu_training_load": activity.load.map(|load| load.div_ceil(5) * 5),
            "distance": activity.distance.map(|metres| (metres / 1000.0).ceil() * 1000.0),
        }),
    ] {
        body.extend(part.as_object().cloned().unwrap_or_default());
    }
    event.batch = batch;
    // Nothing in it can be refused.
    _ = event.write(&body, person);
    event
}
