//! Intervals of an activity, work and recovery, and their groups.
use intervals_client::{
    ActivityIntervals, CustomFields, Extended, Text, lenient,
    units::{
        Bpm, Climb, Count, Intensity, Joules, Metres, MetresPerSecond, Number, Percent, Points, Rpm, Seconds, Speed,
        SpeedReading, Watts,
    },
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{completed, read::positive};

/// Declares records with the metrics that an interval and a group share, between their other fields. A flattened struct would declare
/// them once too, but with it a value that cannot be decoded loses the whole record.
macro_rules! with_metrics {
    ($($record:ident { $($before:tt)* } { $($after:tt)* })*) => {$(
        #[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
        #[serde(default, remote = "Self")]
        #[schemars(!default)]
        pub struct $record {
            $($before)*
            // Moving time, or elapsed time where there is none.
            #[serde(rename(deserialize = "moving_time"), deserialize_with = "positive")]
            pub duration_s: Option<Seconds>,
            /// With pauses.
            #[serde(rename(deserialize = "elapsed_time"))]
            pub elapsed_s: Option<Seconds>,
            #[serde(rename(deserialize = "distance"), deserialize_with = "positive")]
            pub distance_m: Option<Metres>,
            #[serde(rename(deserialize = "average_watts"))]
            pub avg_power_w: Option<Watts>,
            #[serde(rename(deserialize = "weighted_average_watts"))]
            pub weighted_power_w: Option<Watts>,
            #[serde(rename(deserialize = "max_watts"))]
            pub max_power_w: Option<Watts>,
            pub zone: Option<Count>,
            /// Percent of threshold.
            #[serde(rename(deserialize = "intensity"))]
            pub intensity_pct: Option<Intensity>,
            #[serde(rename(deserialize = "training_load"))]
            pub load: Option<Points>,
            #[serde(rename(deserialize = "average_heartrate"))]
            pub avg_hr_bpm: Option<Bpm>,
            #[serde(rename(deserialize = "max_heartrate"))]
            pub max_hr_bpm: Option<Bpm>,
            #[serde(rename(deserialize = "average_cadence"))]
            pub cadence_rpm: Option<Rpm>,
            #[serde(rename(deserialize = "average_speed"), deserialize_with = "positive")]
            pub speed_mps: Option<MetresPerSecond>,
            #[serde(skip_deserializing)]
            pub pace_mps: Option<Speed>,
            #[serde(skip_deserializing)]
            pub gap_mps: Option<Speed>,
            #[serde(rename(deserialize = "average_stride"))]
            pub stride_m: Option<Number>,
            #[serde(rename(deserialize = "total_elevation_gain"))]
            pub climb_m: Option<Climb>,
            #[serde(rename(deserialize = "decoupling"))]
            pub decoupling_pct: Option<Percent>,
            // The service counts the right pedal.
            #[serde(rename(deserialize = "avg_lr_balance"))]
            pub right_pct: Option<Percent>,
            #[serde(rename(deserialize = "average_dfa_a1"))]
            pub dfa_a1: Option<Number>,
            #[serde(rename(deserialize = "average_smo2"))]
            pub smo2_pct: Option<Percent>,
            $($after)*
            // Speed adjusted to the gradient.
            #[serde(skip_serializing, deserialize_with = "positive")]
            gap: Option<MetresPerSecond>,
        }

        impl $record {
            fn completed(self) -> Self {
                let duration_s = self.duration_s.or(self.elapsed_s);
                Self { duration_s, elapsed_s: self.elapsed_s.filter(|elapsed| Some(*elapsed) != duration_s), ..self }
            }

            /// Shows the speed as this sport does: as a speed, or as a pace beside the one adjusted to the gradient.
            fn in_sport(self, sport: Option<&str>) -> Self {
                let reading = SpeedReading::of(sport.unwrap_or_default());
                let pace = |speed| Some(Speed::read_as(reading, speed?));
                match reading {
                    SpeedReading::Speed => self,
                    _ => Self { pace_mps: pace(self.speed_mps), gap_mps: pace(self.gap), speed_mps: None, ..self },
                }
            }
        }

        completed!($record);
    )*};
}

with_metrics! {
    // One interval.
    Row {
        /// 1 is the first.
        #[serde(skip_deserializing)]
        pub n: Option<usize>,
        #[serde(deserialize_with = "lenient::optional_id")]
        pub id: Option<String>,
        /// WORK or RECOVERY.
        #[serde(rename = "type")]
        pub kind: Option<String>,
        // The athlete's name for it.
        pub label: Option<Text>,
        // From the start of the activity.
        #[serde(rename(deserialize = "start_time"))]
        pub start_s: Option<Seconds>,
    } {
        #[serde(rename(deserialize = "wbal_start"))]
        pub wbal_start_j: Option<Joules>,
        #[serde(rename(deserialize = "wbal_end"))]
        pub wbal_end_j: Option<Joules>,
        #[serde(skip_deserializing)]
        pub custom: Option<CustomFields>,
        #[serde(rename(deserialize = "end_time"), skip_serializing)]
        pub end_s: Option<Seconds>,
        // The index of the first sample, and the index after the last one.
        #[serde(skip_serializing)]
        pub start_index: Option<Count>,
        #[serde(skip_serializing)]
        pub end_index: Option<Count>,
        #[serde(skip_serializing)]
        pub group_id: Option<String>,
    }
    // Repetitions of one kind. Times, distance and load are those of one repetition.
    Group {
        // A word such as `480s@265w88rpm`.
        #[serde(deserialize_with = "lenient::optional_id")]
        pub id: Option<String>,
        pub count: Option<Count>,
    } {}
}

/// The intervals of an activity with the athlete's custom fields, and their groups.
pub type IntervalsAndGroups = ActivityIntervals<Extended<Row>, Group>;

impl Row {
    /// Adds the athlete's custom fields, and shows the speed as this sport does.
    pub fn of(Extended { known, custom }: Extended<Row>, sport: Option<&str>) -> Self {
        Self { label: known.label.and_then(Text::non_empty), custom: CustomFields::non_empty(custom), ..known }
            .in_sport(sport)
    }
}

impl Group {
    /// Describes one repetition by the means of the `intervals` of the group, because the service does not say whether times,
    /// distances and loads of a group are sums.
    pub fn of(self, intervals: &[Extended<Row>], sport: Option<&str>) -> Self {
        let members: Vec<_> = intervals.iter().filter(|i| i.group_id.is_some() && i.group_id == self.id).collect();
        let mean = |value: fn(&Row) -> Option<f64>| {
            let values: Vec<f64> = members.iter().filter_map(|i| value(i)).collect();
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        Self {
            duration_s: mean(|i| Some(i.duration_s?.0)).map(Seconds),
            elapsed_s: None,
            distance_m: mean(|i| Some(i.distance_m?.0)).map(Metres),
            load: mean(|i| Some(i.load?.0)).map(Points),
            climb_m: None,
            ..self.in_sport(sport)
        }
    }
}

#[cfg(test)]
mod tests {
    use intervals_client::operations::Operations;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn an_interval_may_be_null_all_over_and_keeps_its_own_fields() {
        let nulls = Operations::embedded().unwrap().nulls("Interval", json!({"Torque": 5}));
        let interval: Extended<Row> = serde_json::from_value(nulls).unwrap();
        assert!(interval.id.is_none() && interval.custom["Torque"] == 5);
        let group: Group = serde_json::from_value(json!({"id": "480s@265w88rpm", "count": 4})).unwrap();
        assert_eq!(group.id.as_deref(), Some("480s@265w88rpm"));
        let one: Row = serde_json::from_value(json!({"id": 7, "intensity": 99.5})).unwrap();
        assert_eq!(one.id.as_deref(), Some("7"));
    }

    #[test]
    fn zeros_are_missing_values_and_a_time_without_pauses_stands_once() {
        let shown = |interval: Value, sport| {
            let mut shown = json!(Row::of(serde_json::from_value(interval).unwrap(), Some(sport)));
            shown.as_object_mut().unwrap().retain(|_, value| !value.is_null());
            shown
        };
        let interval =
            json!({"label": " ", "moving_time": 0, "elapsed_time": 60, "distance": 0, "gap": 0, "average_speed": 3});
        assert_eq!(shown(interval, "Run"), json!({"duration_s": 60, "pace_mps": 3}));
        let interval = json!({"moving_time": 50, "elapsed_time": 60, "gap": 3.5, "average_speed": 3});
        assert_eq!(shown(interval, "Ride"), json!({"duration_s": 50, "elapsed_s": 60, "speed_mps": 3}));
    }
}
