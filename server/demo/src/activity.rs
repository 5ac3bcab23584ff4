//! One activity: a few numbers that everything the API tells about it is derived from.
mod device;
mod effort;
pub mod fields;
mod identity;
pub mod intervals;
mod marked;
mod pieces;
mod trained;
pub mod writes;
mod zones;

use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value, json};

use crate::{
    account::Account,
    person::Person,
    profile::{self, Step},
    random::{Random, round},
    season::{Origin, Session, Sport},
    ways,
};

pub use pieces::Piece;

/// A JSON object in the order it is written.
pub type Object = Map<String, Value>;

/// The compact record; JSON is made when somebody asks.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Activity id.
    pub id: String,
    /// Local start.
    pub start: DateTime,
    /// What it was, unless a write changed the type.
    pub sport: Sport,
    /// What it was for.
    pub session: Session,
    /// Where it came from.
    pub origin: Origin,
    /// Start of its random sequences.
    pub seed: u64,
    /// Name.
    pub name: &'static str,
    /// Seconds in motion.
    pub moving_time: u32,
    /// Seconds from start to end.
    pub elapsed_time: u32,
    /// Metres.
    pub distance: Option<f64>,
    /// Metres climbed, and descended.
    pub climb: Option<u32>,
    /// From a power meter.
    pub power: Option<Power>,
    /// From a heart rate strap.
    pub heart: Option<Heart>,
    /// Training load that counts.
    pub load: Option<u32>,
    /// Rate of perceived exertion, 1 to 10.
    pub rpe: Option<u32>,
    /// To work and back.
    pub commute: bool,
    /// One that tests name: it has every field of its kind.
    pub complete: bool,
    /// What was written over the rest, by API name.
    pub written: Object,
    /// Streams written over the generated ones; null is a deleted one.
    pub streams: Object,
    /// Parts that a caller laid out; none while they are those that were found.
    pub pieces: Option<Vec<Piece>>,
}

/// Power of an activity, watts.
#[derive(Clone, Copy, Debug)]
pub struct Power {
    /// Mean.
    pub average: u32,
    /// Normalized.
    pub weighted: u32,
    /// Threshold of the day.
    pub ftp: u32,
}

/// Heart rate of an activity, beats a minute.
#[derive(Clone, Copy, Debug)]
pub struct Heart {
    /// Mean.
    pub average: u32,
    /// Highest.
    pub max: u32,
}

impl Activity {
    /// An activity of which nothing is known, as a caller starts to write one.
    pub fn blank(id: String, start: DateTime) -> Self {
        Self {
            id,
            start,
            sport: Sport::default(),
            session: Session::Recovery,
            origin: Origin::Manual,
            seed: 0,
            name: "",
            moving_time: 0,
            elapsed_time: 0,
            distance: None,
            climb: None,
            power: None,
            heart: None,
            load: None,
            rpe: None,
            commute: false,
            complete: false,
            written: Object::new(),
            streams: Object::new(),
            pieces: None,
        }
    }

    /// Effort over time.
    pub fn steps(&self) -> Vec<Step> {
        if self.is_recorded() {
            profile::steps(self.sport, self.session, self.moving_time, self.seed)
        } else {
            Vec::new()
        }
    }

    /// Has a file, and so streams.
    pub fn is_recorded(&self) -> bool {
        !matches!(self.origin, Origin::Strava | Origin::Manual)
    }

    /// Only a stub is told.
    pub fn is_hidden(&self) -> bool {
        self.origin == Origin::Strava
    }

    /// The local date.
    pub fn date(&self) -> Date {
        self.start.date()
    }

    /// The name, after writes.
    pub fn current_name(&self) -> Option<&str> {
        match self.written.get("name") {
            Some(written) => written.as_str(),
            None => Some(self.name),
        }
    }

    /// The type, after writes.
    pub fn current_type(&self) -> &str {
        self.written.get("type").and_then(Value::as_str).unwrap_or(self.sport.name())
    }

    /// The tags, after writes.
    pub fn current_tags(&self) -> Vec<&str> {
        match self.written.get("tags") {
            Some(written) => written.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
            None => self.tags(),
        }
    }

    /// The load that counts on its day, after writes.
    pub fn training_load(&self) -> u32 {
        match self.written.get("icu_training_load") {
            Some(written) => written.as_f64().unwrap_or_default() as u32,
            None => self.load.unwrap_or_default(),
        }
    }

    /// Everything the API tells, or the stub of a hidden activity.
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
        all.insert("route_id".into(), json!(ways::of(&self.id)));
        for (field, value) in &self.written {
            all.insert(field.clone(), value.clone());
        }
        self.follow_writes(&mut all);
        all
    }

    /// What the service works out again when a part of it was written.
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

/// Set the fields of a JSON object in another.
fn put(all: &mut Object, some: Value) {
    if let Value::Object(some) = some {
        all.extend(some);
    }
}

#[cfg(test)]
mod tests;
