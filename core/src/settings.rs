//! The operator's wishes that a tool may see; filled in by the server, never read from a file here.
use std::{path::PathBuf, time::Duration};

use jiff::{Timestamp, tz::TimeZone};

use crate::{configuration::Configuration, units::Units};

/// How calls are to be carried out.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings {
    /// Whether `athlete_id` stands in the input schemas.
    pub coach: bool,
    /// Units of the text; `None` takes the athlete's own from the service.
    pub units: Option<Units>,
    /// The time zone that decides what "today" is for the own athlete; `None` takes that of the athlete's record.
    pub timezone: Option<TimeZone>,
    /// Which deletes are offered.
    pub delete_mode: DeleteMode,
    /// Text as JSON instead of tables.
    pub json_text: bool,
    /// Where files are saved besides being linked; `None` saves none.
    pub download_dir: Option<PathBuf>,
    /// How long one call may take in all.
    pub deadline: Duration,
    /// What packs read of their sections of the configuration.
    pub configuration: Configuration,
    /// A clock that stands still, for tests and the demo; `None` is the real one.
    pub now: Option<Timestamp>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            coach: false,
            units: None,
            timezone: None,
            delete_mode: DeleteMode::Safe,
            json_text: false,
            download_dir: None,
            deadline: Duration::from_secs(30),
            configuration: Configuration::default(),
            now: None,
        }
    }
}

impl Settings {
    /// Puts `athlete_id` into the input schemas.
    pub fn with_coach(self) -> Self {
        Self { coach: true, ..self }
    }

    /// Sets the units of the text.
    pub fn with_units(self, units: impl Into<Units>) -> Self {
        Self { units: Some(units.into()), ..self }
    }

    /// The time that counts as now.
    pub fn now(&self) -> Timestamp {
        self.now.unwrap_or_else(Timestamp::now)
    }
}

/// Which deletes are offered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DeleteMode {
    /// No deletes at all.
    None,
    /// Deletes that take away nothing that would be missed.
    #[default]
    Safe,
    /// Every delete.
    Full,
}
