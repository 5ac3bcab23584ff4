//! One activity: a few numbers that everything the API tells about it is derived from.
mod device;
mod effort;
mod intervals;
mod load;
mod marked;
mod pieces;
mod trained;
mod writes;

use jiff::civil::{Date, DateTime};
use serde_json::Value;

use crate::{
    intensity::{self, Step},
    object::Object,
    season::{Origin, Session, Sport},
};

pub use load::perceived_load;
pub use writes::local_time;

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

/// One part of an activity.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Its number; 0 until it has one.
    pub id: u32,
    /// First second.
    pub from: u32,
    /// First second behind it.
    pub to: u32,
    /// Work, or recovery.
    pub work: bool,
    /// What it is called.
    pub label: Option<String>,
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
            intensity::steps(self.sport, self.session, self.moving_time, self.seed)
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

    /// Made of repetitions.
    pub fn is_structured(&self) -> bool {
        self.is_recorded() && matches!(self.session, Session::Threshold | Session::Vo2 | Session::Tempo)
    }

    /// The tags, unless a write changed them.
    pub fn tags(&self) -> Vec<&'static str> {
        let mut tags = Vec::new();
        match self.session {
            Session::Race => tags.push("race"),
            Session::Threshold | Session::Vo2 => tags.push("key"),
            _ => {}
        }
        if self.moving_time > 9000 {
            tags.push("long");
        }
        tags
    }
}
