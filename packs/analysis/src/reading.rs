//! Streams by name: what their values are, and how an athlete reads them.
use std::borrow::Cow;

use intervals_core::units::{
    Along, Bpm, Celsius, Climb, Count, Degrees, Joules, MetresPerSecond, Number, Percent, Rpm, Speed, SpeedReading,
    Watts,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

/// How a value is read.
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

/// A value with its reading, in SI units on the wire.
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

/// How the speed of a sport is read.
pub fn tempo(sport: Option<&str>) -> Reading {
    Reading::Speed(SpeedReading::of(sport.unwrap_or_default()))
}

/// The service's name of a stream for the words people use. One of the `known` streams is meant by its own name, which an athlete
/// may have chosen.
pub fn named(words: &str, known: &[String]) -> String {
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

/// What words may name as long as it is not known which streams there are: the codes of an athlete's own have a capital in front.
pub fn candidates(words: &str) -> Vec<String> {
    let (own, usual) = (words.trim().to_owned(), named(words, &[]));
    let code = own.starts_with(|c: char| c.is_ascii_uppercase()) && own.chars().all(|c| c.is_ascii_alphanumeric());
    if code && own != usual { vec![own, usual] } else { vec![usual] }
}

/// The key of a stream in an answer, ending in its unit, and how its values are read.
pub fn of(stream: &str, sport: Option<&str>) -> (Cow<'static, str>, Reading) {
    let tempo = tempo(sport);
    let pace = tempo != Reading::Speed(SpeedReading::Speed);
    let (key, reading) = match stream {
        "watts" => ("power_w", Reading::Watts),
        "raw_watts" => ("raw_power_w", Reading::Watts),
        "fixed_watts" => ("fixed_power_w", Reading::Watts),
        "heartrate" => ("hr_bpm", Reading::Bpm),
        "raw_heartrate" => ("raw_hr_bpm", Reading::Bpm),
        "fixed_heartrate" => ("fixed_hr_bpm", Reading::Bpm),
        "cadence" => ("cadence_rpm", Reading::Rpm),
        "velocity_smooth" => (if pace { "pace_mps" } else { "speed_mps" }, tempo),
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
        assert_eq!(named(words, &["watts".into()]), name);
        assert_eq!(of(name, sport).0, key);
    }

    #[rstest]
    #[case("Power", &["Power", "watts"])]
    #[case("power", &["watts"])]
    #[case("MyStream", &["MyStream"])]
    #[case("Heart rate", &["heartrate"])]
    fn an_athlete_s_own_stream_comes_before_what_its_name_usually_means(#[case] words: &str, #[case] may_be: &[&str]) {
        assert_eq!(candidates(words), may_be);
        assert_eq!(named(words, &[words.into()]), words);
    }
}
