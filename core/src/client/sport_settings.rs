//! Sport settings: thresholds and zones, one record for several activity types.
use serde::Deserialize;

use crate::{
    lenient,
    units::{Bpm, Joules, MetresPerSecond, Percent, Watts},
};

/// Thresholds and zones of a group of sports.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct SportSettings {
    /// The activity types they hold for.
    #[serde(default, deserialize_with = "lenient::list")]
    pub types: Vec<String>,
    /// Functional threshold power.
    pub ftp: Option<Watts>,
    /// The same, indoors.
    pub indoor_ftp: Option<Watts>,
    /// Work above critical power.
    pub w_prime: Option<Joules>,
    /// Peak power.
    pub p_max: Option<Watts>,
    /// Threshold heart rate.
    pub lthr: Option<Bpm>,
    /// Maximum heart rate.
    pub max_hr: Option<Bpm>,
    /// Threshold speed in m/s, whatever the sport.
    pub threshold_pace: Option<MetresPerSecond>,
    /// How the athlete reads a pace: `MINS_KM`, `SECS_100M`, …
    pub pace_units: Option<String>,
    /// Upper bounds in percent of FTP; 999 is open.
    #[serde(default, deserialize_with = "lenient::list")]
    pub power_zones: Vec<Percent>,
    /// Upper bounds in bpm.
    #[serde(default, deserialize_with = "lenient::list")]
    pub hr_zones: Vec<Bpm>,
    /// Upper bounds in percent of threshold speed; 999 is open.
    #[serde(default, deserialize_with = "lenient::list")]
    pub pace_zones: Vec<Percent>,
}
