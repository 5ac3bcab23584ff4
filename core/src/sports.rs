//! The service's activity types.

/// The types that are known; the service may add to them.
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

/// The type as the service writes it, whatever the case; nothing when it is not known.
pub fn known(sport: &str) -> Option<&'static str> {
    TYPES.iter().copied().find(|known| known.eq_ignore_ascii_case(sport.trim()))
}

/// What to use instead of a type that is not known: those that share a word with it, else a few common ones.
pub fn instead_of(sport: &str) -> String {
    let start: String = sport.trim().to_lowercase().chars().take(4).collect();
    // What people say for the commonest types shares no word with them.
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
    fn a_type_is_known_in_any_case_and_a_wrong_one_has_a_neighbour() {
        assert_eq!(known("virtualride"), Some("VirtualRide"));
        assert_eq!(known("Bike"), None);
        assert_eq!(instead_of("Bicycle"), "Ride, GravelRide, MountainBikeRide or VirtualRide");
        assert_eq!(instead_of("swimming"), "Swim, OpenWaterSwim");
    }
}
