//! An activity: the few numbers that streams, intervals and the API's fields are computed from.
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

/// An activity as it is stored. `Activity::json` computes the fields of the API.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Activity id.
    pub id: String,
    /// Local start.
    pub start: DateTime,
    /// Sport. A write can override the type.
    pub sport: Sport,
    /// Purpose of the workout.
    pub session: Session,
    /// Source.
    pub origin: Origin,
    /// Seed of its random numbers.
    pub seed: u64,
    /// Name.
    pub name: &'static str,
    /// Moving time in seconds.
    pub moving_time: u32,
    /// Elapsed time in seconds.
    pub elapsed_time: u32,
    /// Distance in metres.
    pub distance: Option<f64>,
    /// Elevation gain in metres; the loss is the same.
    pub climb: Option<u32>,
    /// Power, if there was a power meter.
    pub power: Option<Power>,
    /// Heart rate, if it was measured.
    pub heart: Option<Heart>,
    /// Training load.
    pub load: Option<u32>,
    /// Rate of perceived exertion, 1 to 10.
    pub rpe: Option<u32>,
    /// Whether it is a commute.
    pub commute: bool,
    /// Whether it has every field of its kind, for tests that name it.
    pub complete: bool,
    /// Fields that were written, by API name. They override computed ones.
    pub written: Object,
    /// Streams that were written, by type. They override generated ones; null deletes one.
    pub streams: Object,
    /// Intervals that a caller edited; none while they are the detected ones.
    pub pieces: Option<Vec<Piece>>,
}

/// Power of an activity in watts.
#[derive(Clone, Copy, Debug)]
pub struct Power {
    /// Average.
    pub average: u32,
    /// Weighted average (normalized power).
    pub weighted: u32,
    /// Threshold power (FTP) on that day.
    pub ftp: u32,
}

/// Heart rate of an activity in bpm.
#[derive(Clone, Copy, Debug)]
pub struct Heart {
    /// Average.
    pub average: u32,
    /// Maximum.
    pub max: u32,
}

/// An interval of an activity.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Interval id; 0 until it is assigned.
    pub id: u32,
    /// Start second.
    pub from: u32,
    /// End second, exclusive.
    pub to: u32,
    /// Whether it is work; else it is recovery.
    pub work: bool,
    /// Label.
    pub label: Option<String>,
}

impl Activity {
    /// Creates an empty manual activity.
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

    /// Intensity over time. Empty without a recording.
    pub fn steps(&self) -> Vec<Step> {
        if self.is_recorded() {
            intensity::steps(self.sport, self.session, self.moving_time, self.seed)
        } else {
            Vec::new()
        }
    }

    /// Whether there is a recording, and so a file and streams.
    pub fn is_recorded(&self) -> bool {
        !matches!(self.origin, Origin::Strava | Origin::Manual)
    }

    /// Whether the API gives only a stub, as for activities from Strava.
    pub fn is_hidden(&self) -> bool {
        self.origin == Origin::Strava
    }

    /// Local date.
    pub fn date(&self) -> Date {
        self.start.date()
    }

    /// Name, with writes.
    pub fn current_name(&self) -> Option<&str> {
        match self.written.get("name") {
            Some(written) => written.as_str(),
            None => Some(self.name),
        }
    }

    /// Type, with writes.
    pub fn current_type(&self) -> &str {
        self.written.get("type").and_then(Value::as_str).unwrap_or(self.sport.name())
    }

    /// Tags, with writes.
    pub fn current_tags(&self) -> Vec<&str> {
        match self.written.get("tags") {
            Some(written) => written.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
            None => self.tags(),
        }
    }

    /// Training load, with writes.
    pub fn training_load(&self) -> u32 {
        match self.written.get("icu_training_load") {
            Some(written) => written.as_f64().unwrap_or_default() as u32,
            None => self.load.unwrap_or_default(),
        }
    }

    /// Whether it consists of repetitions.
    pub fn is_structured(&self) -> bool {
        self.is_recorded() && matches!(self.session, Session::Threshold | Session::Vo2 | Session::Tempo)
    }

    /// Tags, without writes.
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
