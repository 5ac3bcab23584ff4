//! Settings of a group of sports: thresholds, zones, and how load is made of them.
use intervals_client::{
    Text, lenient,
    units::{Bpm, Count, Joules, Metres, MetresPerSecond, Percent, Seconds, Speed, SpeedReading, Watts},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Bounded, Minute, SportName,
    bounds::Bounds,
    completed,
    read::{chosen, list, positive},
};

/// What may be changed, and of which settings.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// Number or type, such as Run.
    #[serde(skip_serializing)]
    #[schemars(example = &"71002")]
    pub sport_id: String,
    /// W.
    #[schemars(with = "Option<f64>", example = 270)]
    pub ftp: Option<Bounded<30, 700>>,
    /// W.
    #[schemars(with = "Option<f64>", example = 262)]
    pub indoor_ftp: Option<Bounded<30, 700>>,
    /// Threshold bpm.
    #[serde(rename(serialize = "lthr"), alias = "lthr")]
    #[schemars(with = "Option<f64>", example = 166)]
    pub fthr: Option<Bounded<60, 230>>,
    // The service stores one threshold, in m/s.
    /// min/km, or 7:30/mi.
    #[serde(skip_serializing)]
    #[schemars(example = &"4:05/km")]
    pub pace_threshold: Option<String>,
    /// min/100m, or 1:27/100y.
    #[serde(skip_serializing)]
    #[schemars(example = &"1:35/100m")]
    pub swim_threshold: Option<String>,
    /// Fit zones to fthr, unless given; default true.
    #[serde(skip_serializing)]
    #[schemars(example = true)]
    pub recalc_hr_zones: Option<bool>,
    /// Upper bounds, bpm; the last is max_hr.
    #[schemars(example = [134, 148, 155, 165, 170, 176, 188])]
    pub hr_zones: Option<Bounds<40, 250>>,
    /// One per zone.
    #[schemars(example = ["Easy", "Aerobic", "Tempo", "Sub", "Super", "VO2", "Max"])]
    pub hr_zone_names: Option<Vec<String>>,
    /// bpm.
    #[schemars(with = "Option<f64>", example = 188)]
    pub max_hr: Option<Bounded<100, 250>>,
    /// Upper bounds; last 999.
    #[serde(rename(serialize = "power_zones"), alias = "power_zones")]
    #[schemars(example = [55, 75, 90, 105, 120, 150, 999])]
    pub power_zones_percent_ftp: Option<Bounds<1, 200, true>>,
    /// One per zone.
    #[schemars(example = ["Recovery", "Endurance", "Tempo", "Threshold", "VO2", "Anaerobic", "Sprint"])]
    pub power_zone_names: Option<Vec<String>>,
    /// % FTP.
    #[schemars(with = "Option<f64>", example = 85)]
    pub sweet_spot_min: Option<Bounded<50, 150>>,
    /// % FTP.
    #[schemars(with = "Option<f64>", example = 96)]
    pub sweet_spot_max: Option<Bounded<50, 150>>,
}

/// What new ones may be given, and of which type they are.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSportSettings {
    /// Such as Rowing.
    #[serde(skip_serializing)]
    #[schemars(example = &"NordicSki")]
    pub sport_type: SportName,
    /// W.
    #[schemars(with = "Option<f64>", example = 240)]
    pub ftp: Option<Bounded<30, 700>>,
    /// W.
    #[schemars(with = "Option<f64>", example = 235)]
    pub indoor_ftp: Option<Bounded<30, 700>>,
    /// Threshold bpm.
    #[serde(rename(serialize = "lthr"), alias = "lthr")]
    #[schemars(with = "Option<f64>", example = 168)]
    pub fthr: Option<Bounded<60, 230>>,
    /// min/km, or 7:30/mi.
    #[serde(skip_serializing)]
    #[schemars(example = &"4:05/km")]
    pub pace_threshold: Option<String>,
    /// min/100m.
    #[serde(skip_serializing)]
    #[schemars(example = &"1:35/100m")]
    pub swim_threshold: Option<String>,
}

// Thresholds of a group of sports. Zero is unset upstream, and absent here.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, remote = "Self")]
#[schemars(!default)]
pub struct Row {
    #[serde(rename(deserialize = "id"))]
    pub sport_id: Option<Count>,
    /// All that the record covers.
    #[serde(deserialize_with = "list")]
    pub types: Vec<String>,
    #[serde(rename(deserialize = "ftp"), deserialize_with = "positive")]
    pub ftp_w: Option<Watts>,
    #[serde(rename(deserialize = "indoor_ftp"), deserialize_with = "positive")]
    pub indoor_ftp_w: Option<Watts>,
    #[serde(rename(deserialize = "w_prime"), deserialize_with = "positive")]
    pub w_prime_j: Option<Joules>,
    #[serde(rename(deserialize = "p_max"), deserialize_with = "positive")]
    pub p_max_w: Option<Watts>,
    /// Of FTP.
    #[serde(rename(deserialize = "sweet_spot_min"), deserialize_with = "positive")]
    pub sweet_spot_min_pct: Option<Percent>,
    #[serde(rename(deserialize = "sweet_spot_max"), deserialize_with = "positive")]
    pub sweet_spot_max_pct: Option<Percent>,
    #[serde(rename(deserialize = "lthr"), deserialize_with = "positive")]
    pub lthr_bpm: Option<Bpm>,
    // The service overwrites it with the last bound of hr_zones.
    #[serde(rename(deserialize = "max_hr"), deserialize_with = "positive")]
    pub max_hr_bpm: Option<Bpm>,
    /// m/s, whatever the sport.
    #[serde(skip_deserializing)]
    pub threshold_pace_mps: Option<Speed>,
    // How the athlete reads a pace: MINS_KM, SECS_100M, …
    pub pace_units: Option<String>,
    pub load_order: Option<String>,
    pub workout_order: Option<String>,
    pub hr_load_type: Option<String>,
    pub pace_load_type: Option<String>,
    #[serde(deserialize_with = "chosen")]
    pub gap_model: Option<String>,
    #[serde(rename(deserialize = "hrrc_min_percent"))]
    pub hrrc_min_pct: Option<Percent>,
    #[serde(rename(deserialize = "warmup_time"), deserialize_with = "positive")]
    pub warmup_s: Option<Seconds>,
    #[serde(rename(deserialize = "cooldown_time"), deserialize_with = "positive")]
    pub cooldown_s: Option<Seconds>,
    #[serde(skip_serializing, deserialize_with = "positive")]
    #[schemars(skip)]
    pub threshold_pace: Option<MetresPerSecond>,
    // Upper bounds, in percent of FTP, bpm and percent of threshold speed; of their names there may be fewer.
    #[serde(skip_serializing, deserialize_with = "lenient::places")]
    #[schemars(skip)]
    pub power_zones: Vec<Option<Percent>>,
    #[serde(skip_serializing, deserialize_with = "lenient::places")]
    #[schemars(skip)]
    pub power_zone_names: Vec<Option<String>>,
    #[serde(skip_serializing, deserialize_with = "lenient::places")]
    #[schemars(skip)]
    pub hr_zones: Vec<Option<Bpm>>,
    #[serde(skip_serializing, deserialize_with = "lenient::places")]
    #[schemars(skip)]
    pub hr_zone_names: Vec<Option<String>>,
    #[serde(skip_serializing, deserialize_with = "lenient::places")]
    #[schemars(skip)]
    pub pace_zones: Vec<Option<Percent>>,
    #[serde(skip_serializing, deserialize_with = "lenient::places")]
    #[schemars(skip)]
    pub pace_zone_names: Vec<Option<String>>,
}

// An activity to which settings apply.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
pub struct MatchingActivity {
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    /// Local time.
    #[serde(rename(deserialize = "start_date_local"))]
    pub start: Option<Minute>,
    #[serde(rename(deserialize = "type"))]
    pub sport: Option<String>,
    pub name: Option<Text>,
    #[serde(default, rename(deserialize = "distance"), deserialize_with = "positive")]
    pub distance_m: Option<Metres>,
    #[serde(default, rename(deserialize = "moving_time"), deserialize_with = "positive")]
    pub moving_time_s: Option<Seconds>,
}

completed!(Row);

impl Row {
    fn completed(self) -> Self {
        Self { threshold_pace_mps: self.threshold_pace.map(|speed| self.as_pace(speed.0)), ..self }
    }

    /// A speed in m/s as the athlete reads it in this sport.
    pub fn as_pace(&self, speed: f64) -> Speed {
        Speed::read_as(SpeedReading::in_unit(self.pace_units.as_deref()), MetresPerSecond(speed))
    }

    /// Whether they hold for this activity type.
    pub fn covers(&self, sport: &str) -> bool {
        self.types.iter().any(|own| own.eq_ignore_ascii_case(sport.trim()))
    }

    /// The type that stands for all.
    pub fn first_type(&self) -> &str {
        self.types.first().map_or("?", String::as_str)
    }
}
