//! The service's activity types.
use std::{borrow::Cow, fmt, ops::Deref};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{lenient, units::System};

/// The serde name of [`Sport`].
pub const SPORT: &str = "$Sport";

/// An activity type, such as `Ride`. It decides the form of its record's speeds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sport(pub String);

impl Deref for Sport {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Sport {
    fn from(sport: String) -> Self {
        Self(sport)
    }
}

impl<'de> Deserialize<'de> for Sport {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::id(deserializer).map(Self)
    }
}

impl Serialize for Sport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(SPORT, &self.0)
    }
}

impl JsonSchema for Sport {
    fn schema_name() -> Cow<'static, str> {
        SPORT.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

/// The known types; the service may add others.
pub const TYPES: &[&str] = &[
    "Ride",
    "Run",
    "Swim",
    "WeightTraining",
    "Hike",
    "Walk",
    "AlpineSki",
    "BackcountrySki",
    "Badminton",
    "Canoeing",
    "Crossfit",
    "EBikeRide",
    "EMountainBikeRide",
    "Elliptical",
    "Golf",
    "GravelRide",
    "TrackRide",
    "Handcycle",
    "HighIntensityIntervalTraining",
    "Hockey",
    "IceSkate",
    "InlineSkate",
    "Kayaking",
    "Kitesurf",
    "MountainBikeRide",
    "Cyclocross",
    "NordicSki",
    "OpenWaterSwim",
    "Padel",
    "Pilates",
    "Pickleball",
    "Racquetball",
    "Rugby",
    "RockClimbing",
    "RollerSki",
    "Rowing",
    "Sail",
    "Skateboard",
    "Snowboard",
    "Snowshoe",
    "Soccer",
    "Squash",
    "StairStepper",
    "StandUpPaddling",
    "Surfing",
    "TableTennis",
    "Tennis",
    "TrailRun",
    "Transition",
    "Velomobile",
    "VirtualRide",
    "VirtualRow",
    "VirtualRun",
    "VirtualSki",
    "WaterSport",
    "Wheelchair",
    "Windsurf",
    "Workout",
    "Yoga",
    "Other",
];

/// The known type in the service's spelling, ignoring case. Returns `None` for an unknown type.
pub fn known(sport: &str) -> Option<&'static str> {
    TYPES.iter().copied().find(|known| known.eq_ignore_ascii_case(sport.trim()))
}

/// Whether the type is swimming.
pub fn swims(sport: &str) -> bool {
    sport.contains("Swim")
}

/// Whether the type is rowing.
pub fn rows(sport: &str) -> bool {
    matches!(sport, "Rowing" | "VirtualRow")
}

/// The usual distances of rowing, in metres.
pub const ROWED: &[f64] = &[500.0, 1000.0, 2000.0, 5000.0, 6000.0, 10_000.0];

/// The default pace unit of a type, by the service's name.
pub fn pace_units(sport: &str, system: System) -> &'static str {
    match (system, swims(sport)) {
        _ if rows(sport) => "SECS_500M",
        (System::Metric, true) => "SECS_100M",
        (System::Imperial, true) => "SECS_100Y",
        (System::Metric, false) => "MINS_KM",
        (System::Imperial, false) => "MINS_MILE",
    }
}

/// Suggestions for an unknown type: the types that share a word with it, else a few common ones.
pub fn instead_of(sport: &str) -> String {
    let start: String = sport.trim().to_lowercase().chars().take(4).collect();
    // Everyday words for the most common types share no word with them.
    match start.as_str() {
        "bike" | "biki" | "cycl" | "bicy" => return "Ride, GravelRide, MountainBikeRide or VirtualRide".into(),
        "jog" | "jogg" => return "Run".into(),
        "gym" | "stre" | "lift" => return "WeightTraining or Workout".into(),
        _ => {}
    }
    let shares = |known: &&str| !start.is_empty() && known.to_lowercase().contains(&start);
    let near: Vec<_> = TYPES.iter().copied().filter(shares).collect();
    if near.is_empty() {
        return "Ride, Run, Swim, Walk, Hike, WeightTraining, Workout or Other".into();
    }
    near.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_read_as_the_sport_and_the_athlete_read_it() {
        let read = |system| ["Run", "OpenWaterSwim", "VirtualRow"].map(|sport| pace_units(sport, system));
        assert_eq!(read(System::Metric), ["MINS_KM", "SECS_100M", "SECS_500M"]);
        assert_eq!(read(System::Imperial), ["MINS_MILE", "SECS_100Y", "SECS_500M"]);
    }

    #[test]
    fn a_type_is_known_in_any_case_and_a_wrong_one_has_a_neighbour() {
        assert_eq!(known("virtualride"), Some("VirtualRide"));
        assert_eq!(known("Bike"), None);
        assert_eq!(instead_of("Bicycle"), "Ride, GravelRide, MountainBikeRide or VirtualRide");
        assert_eq!(instead_of("swimming"), "Swim, OpenWaterSwim");
    }
}
