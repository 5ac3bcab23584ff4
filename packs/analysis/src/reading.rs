//! Names of streams, and the units in which their values are shown.
use std::borrow::Cow;

use intervals_core::units::{
    Along, Bpm, Celsius, Climb, Count, Degrees, Joules, MetresPerSecond, Number, Percent, Rpm, Speed, SpeedReading,
    Watts,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

/// Unit in which a value is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    Along,
    Bpm,
    Celsius,
    Climb,
    Count,
    Degrees,
    Joules,
    Number,
    Percent,
    Rpm,
    Watts,
    Speed(SpeedReading),
}

/// A value and how it is shown; in SI units on the wire.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample(pub Reading, pub f64);

impl Serialize for Sample {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let value = self.1;
        match self.0 {
            Reading::Along => Along(value).serialize(s),
            Reading::Bpm => Bpm(value).serialize(s),
            Reading::Celsius => Celsius(value).serialize(s),
            Reading::Climb => Climb(value).serialize(s),
            Reading::Count => Count(value).serialize(s),
            Reading::Degrees => Degrees(value).serialize(s),
            Reading::Joules => Joules(value).serialize(s),
            Reading::Number => Number(value).serialize(s),
            Reading::Percent => Percent(value).serialize(s),
            Reading::Rpm => Rpm(value).serialize(s),
            Reading::Watts => Watts(value).serialize(s),
            Reading::Speed(reading) => Speed::read_as(reading, MetresPerSecond(value)).serialize(s),
        }
    }
}

impl JsonSchema for Sample {
    fn schema_name() -> Cow<'static, str> {
        "Sample".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Number::json_schema(generator)
    }
}

/// Returns how the speeds of a sport are shown.
pub fn speed_reading(sport: Option<&str>) -> Reading {
    Reading::Speed(SpeedReading::of(sport.unwrap_or_default()))
}

/// Returns the service's name of the stream that `words` mean. The exact name of a `known` stream comes first, because
/// athletes name custom streams freely.
pub fn stream_name(words: &str, known: &[String]) -> String {
    let words = words.trim();
    if known.iter().any(|known| known == words) {
        return words.into();
    }
    let name = match words.to_lowercase().replace([' ', '-'], "_").as_str() {
        "power" => "watts",
        "hr" | "heart_rate" | "bpm" => "heartrate",
        "speed" | "velocity" | "pace" => "velocity_smooth",
        "elevation" => "altitude",
        "grade" | "gradient" => "grade_smooth",
        "temperature" => "temp",
        "gps" | "position" | "lat" | "lon" | "lng" => "latlng",
        "balance" => "left_right_balance",
        _ => words,
    };
    name.into()
}

/// Returns the streams that `words` may mean before the activity's streams are known. Codes of custom streams start
/// with a capital.
pub fn candidates(words: &str) -> Vec<String> {
    let (exact, usual) = (words.trim().to_owned(), stream_name(words, &[]));
    let is_code =
        exact.starts_with(|c: char| c.is_ascii_uppercase()) && exact.chars().all(|c| c.is_ascii_alphanumeric());
    if is_code && exact != usual { vec![exact, usual] } else { vec![usual] }
}

/// Returns the key of a stream in an answer, ending in its unit, and how its values are shown.
pub fn key_and_reading(stream: &str, sport: Option<&str>) -> (Cow<'static, str>, Reading) {
    let speed_reading = speed_reading(sport);
    let is_pace = speed_reading != Reading::Speed(SpeedReading::Speed);
    let (key, reading) = match stream {
        "watts" => ("power_w", Reading::Watts),
        "raw_watts" => ("raw_power_w", Reading::Watts),
        "fixed_watts" => ("fixed_power_w", Reading::Watts),
        "heartrate" => ("hr_bpm", Reading::Bpm),
        "raw_heartrate" => ("raw_hr_bpm", Reading::Bpm),
        "fixed_heartrate" => ("fixed_hr_bpm", Reading::Bpm),
        "cadence" => ("cadence_rpm", Reading::Rpm),
        "velocity_smooth" => (if is_pace { "pace_mps" } else { "speed_mps" }, speed_reading),
        "distance" => ("distance_m", Reading::Along),
        "altitude" => ("altitude_m", Reading::Climb),
        "fixed_altitude" => ("fixed_altitude_m", Reading::Climb),
        "grade_smooth" => ("grade_pct", Reading::Percent),
        "temp" => ("temp_c", Reading::Celsius),
        // The service counts the right pedal.
        "left_right_balance" => ("right_pct", Reading::Percent),
        "moving" => ("moving", Reading::Count),
        "torque" => ("torque_nm", Reading::Number),
        "smo2" => ("smo2_pct", Reading::Percent),
        "w_bal" => ("wbal_j", Reading::Joules),
        other => return (Cow::Owned(other.into()), Reading::Number),
    };
    (key.into(), reading)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Power", Some("Ride"), "watts", "power_w")]
    #[case("heart rate", None, "heartrate", "hr_bpm")]
    #[case("pace", Some("TrailRun"), "velocity_smooth", "pace_mps")]
    #[case("speed", Some("Ride"), "velocity_smooth", "speed_mps")]
    #[case("balance", Some("Ride"), "left_right_balance", "right_pct")]
    #[case("MyStream", None, "MyStream", "MyStream")]
    fn a_stream_has_a_name_and_a_key(
        #[case] words: &str,
        #[case] sport: Option<&str>,
        #[case] name: &str,
        #[case] key: &str,
    ) {
        assert_eq!(stream_name(words, &["watts".into()]), name);
        assert_eq!(key_and_reading(name, sport).0, key);
    }

    #[rstest]
    #[case("Power", &["Power", "watts"])]
    #[case("power", &["watts"])]
    #[case("MyStream", &["MyStream"])]
    #[case("Heart rate", &["heartrate"])]
    fn an_athlete_s_own_stream_comes_before_what_its_name_usually_means(#[case] words: &str, #[case] may_be: &[&str]) {
        assert_eq!(candidates(words), may_be);
        assert_eq!(stream_name(words, &[words.into()]), words);
    }
}
