//! The API's activity types.
use serde_json::{Value, json};

use crate::failure::Failure;

/// All 60 activity types.
const TYPES: &str = "\
    Ride Run Swim WeightTraining Hike Walk AlpineSki BackcountrySki Badminton Canoeing Crossfit EBikeRide \
    EMountainBikeRide Elliptical Golf GravelRide TrackRide Handcycle HighIntensityIntervalTraining Hockey \
    IceSkate InlineSkate Kayaking Kitesurf MountainBikeRide Cyclocross NordicSki OpenWaterSwim Padel Pilates \
    Pickleball Racquetball Rugby RockClimbing RollerSki Rowing Sail Skateboard Snowboard Snowshoe Soccer Squash \
    StairStepper StandUpPaddling Surfing TableTennis Tennis TrailRun Transition Velomobile VirtualRide \
    VirtualRow VirtualRun VirtualSki WaterSport Wheelchair Windsurf Workout Yoga Other";

/// Whether it is an activity type of the API.
pub fn is_type(name: &str) -> bool {
    TYPES.split(' ').any(|known| known == name)
}

/// Checks the activity type in a body.
///
/// # Errors
/// 422 for any other value.
pub fn activity_type(value: &Value) -> Result<Value, Failure> {
    match value.as_str() {
        Some(name) if is_type(name) => Ok(json!(name)),
        _ => Err(Failure::rejected("Invalid type")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_sixty_types() {
        assert_eq!(TYPES.split_whitespace().count(), 60);
    }
}
