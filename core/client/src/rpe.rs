//! How hard an activity felt.
use crate::{ActivityRecord, units::Count};

impl ActivityRecord {
    /// The rating of perceived exertion, 1 to 10: the athlete's own, else the one from Strava, rounded.
    pub fn rpe(&self) -> Option<Count> {
        self.icu_rpe.or(self.perceived_exertion.map(|rpe| Count(rpe.0.round())))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    #[rstest]
    #[case(json!({"icu_rpe": 7, "perceived_exertion": 5.5}), Some(7.0))]
    #[case(json!({"icu_rpe": null, "perceived_exertion": 5.5}), Some(6.0))]
    #[case(json!({"session_rpe": 420}), None)]
    fn the_athletes_own_rating_comes_first(#[case] record: Value, #[case] rpe: Option<f64>) {
        let activity: ActivityRecord = serde_json::from_value(record).unwrap();
        assert_eq!(activity.rpe().map(|rpe| rpe.0), rpe);
    }
}
