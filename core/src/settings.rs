//! The operator's settings that a tool can read. The server fills them in.
use std::{path::PathBuf, time::Duration};

use jiff::{Timestamp, tz::TimeZone};

use crate::{configuration::Configuration, units::Units};

/// The operator's settings for calls.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings {
    /// Whether the input schemas have `athlete_id`.
    pub coach: bool,
    /// Units of the text; `None` uses those of the athlete's profile.
    pub units: Option<Units>,
    /// The time zone of "today" for the key's owner; `None` uses that of the athlete's profile.
    pub timezone: Option<TimeZone>,
    /// The deletes that are offered.
    pub delete_mode: DeleteMode,
    /// Whether text is JSON instead of tables.
    pub json_text: bool,
    /// The folder where linked files are also saved; `None` saves none.
    pub download_dir: Option<PathBuf>,
    /// The deadline of one call.
    pub deadline: Duration,
    /// The configuration of the packs.
    pub configuration: Configuration,
    /// A fixed time, for tests and the demo; `None` uses the clock.
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
    /// Adds `athlete_id` to the input schemas.
    pub fn with_coach(self) -> Self {
        Self { coach: true, ..self }
    }

    /// Sets the units of the text.
    pub fn with_units(self, units: impl Into<Units>) -> Self {
        Self { units: Some(units.into()), ..self }
    }

    /// The current time, or the fixed one.
    pub fn now(&self) -> Timestamp {
        self.now.unwrap_or_else(Timestamp::now)
    }
}

/// The deletes that are offered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DeleteMode {
    /// No deletes at all.
    None,
    /// Guarded deletes, which skip what would be missed.
    #[default]
    Safe,
    /// Every delete.
    Full,
}
