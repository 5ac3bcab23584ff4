//! The API's JSON of an activity.
mod device;
mod effort;
mod fields;
mod identity;
mod zones;

use serde_json::{Value, json};

use crate::{
    account::Account,
    activity::Activity,
    gps_routes::route_of,
    object::{Object, put},
    person::Person,
    random::{Random, round},
};

impl Activity {
    /// Every field of an activity, or the stub of a hidden one.
    pub fn json(&self, account: &Account) -> Object {
        let mut all: Object = match self.is_hidden() {
            true => return self.stub(account.person),
            false => fields::ALL.iter().map(|field| ((*field).to_owned(), Value::Null)).collect(),
        };
        let (steps, mut random) = (self.steps(), Random::new(self.seed, 3));
        self.identify(account, &mut all);
        self.describe_effort(account, &steps, &mut random, &mut all);
        self.describe_zones(account.person, &steps, &mut all);
        self.describe_device(account, &mut random, &mut all);
        all.insert("route_id".into(), json!(route_of(&self.id)));
        for (field, value) in &self.written {
            all.insert(field.clone(), value.clone());
        }
        self.follow_writes(&mut all);
        all
    }

    /// Computes fields again that depend on written ones.
    fn follow_writes(&self, all: &mut Object) {
        let number = |key: &str| all.get(key).and_then(Value::as_f64);
        let (rpe, distance, secs) = (number("icu_rpe"), number("distance"), number("moving_time"));
        let session_rpe = rpe.zip(secs).map(|(rpe, secs)| (rpe * secs / 60.0).round() as u32);
        put(all, json!({ "session_rpe": session_rpe }));
        if self.written.contains_key("distance") || self.written.contains_key("moving_time") {
            let speed =
                distance.zip(secs).filter(|(_, secs)| *secs > 0.0).map(|(metres, secs)| round(metres / secs, 6));
            put(all, json!({ "average_speed": speed }));
        }
    }

    fn stub(&self, person: &Person) -> Object {
        let mut stub = Object::new();
        let note = "STRAVA activities are not available via the API";
        put(
            &mut stub,
            json!({ "id": self.id, "icu_athlete_id": person.id, "start_date_local": self.start.to_string() }),
        );
        put(&mut stub, json!({ "source": "STRAVA", "_note": note }));
        stub
    }
}

#[cfg(test)]
mod tests;
