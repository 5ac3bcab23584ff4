//! Numbers with units. In JSON they are SI numbers, rounded to their precision; in text they are in the reader's units.
mod speed;

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;
use speed::as_speed;
pub use speed::{PaceUnit, Speed, SpeedReading, speed};

/// The serde name of a speed whose form depends on its sport ([`MetresPerSecond`]).
pub const OPEN_SPEED: &str = "$MetresPerSecond";

/// A system of measures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum System {
    /// Kilometres, kilograms, °C.
    #[default]
    Metric,
    /// Miles, pounds, °F.
    Imperial,
}

/// An athlete's units, which may differ by quantity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Units {
    /// Distance, height, speed, pace.
    pub distance: System,
    /// Body weight.
    pub weight: System,
    /// Temperature.
    pub temperature: System,
    /// Pace of running and walking, if the athlete chose one.
    pub foot: Option<PaceUnit>,
    /// Pace of swimming, if the athlete chose one.
    pub swim: Option<PaceUnit>,
    /// Pace of rowing, if the athlete chose one.
    pub row: Option<PaceUnit>,
}

impl From<System> for Units {
    fn from(system: System) -> Self {
        Self { distance: system, weight: system, temperature: system, ..Self::default() }
    }
}

/// A quantity as text: the suffix of its key in JSON, and value and unit in text.
#[non_exhaustive]
pub struct Reading {
    /// The suffix of its key in JSON, such as `_m`.
    pub suffix: &'static str,
    /// The value in the reader's unit.
    pub value: String,
    /// The unit, empty when the value includes it.
    pub unit: &'static str,
}

const METRES_IN_MILE: f64 = 1609.344;

macro_rules! units {
    ($($(#[$doc:meta])* $name:ident $wire:literal $suffix:literal $decimals:literal $read:expr;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
            pub struct $name(pub f64);

            impl From<f64> for $name {
                fn from(value: f64) -> Self {
                    Self(value)
                }
            }

            impl From<$name> for f64 {
                fn from(value: $name) -> Self {
                    value.0
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    lenient::number(deserializer).map(Self)
                }
            }

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_newtype_struct($wire, &Rounded { value: self.0, decimals: $decimals })
                }
            }

            // Not derived, because the doc comment above would reach the wire and name the wrong unit.
            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    $wire.into()
                }
                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({"type": "number"})
                }
            }
        )*

        /// The text of the newtype with the serde name `name`. Returns `None` when it is not a unit.
        pub fn read(name: &str, value: f64, units: Units) -> Option<Reading> {
            let read: fn(f64, Units) -> (String, &'static str);
            let suffix;
            match name {
                $($wire => { read = $read; suffix = $suffix; })*
                _ => return SpeedReading::named(name).map(|reading| speed(reading, value, units)),
            }
            let (value, unit) = read(value, units);
            Some(Reading { suffix, value, unit })
        }
    };
}

// The serde names have a `$`, so that a pack's own type of the same name is not taken for ours.
units! {
    /// A distance in m; as text km or mi.
    Metres "$Metres" "_m" 1 |v, u| match u.distance {
        System::Metric => (short(v / 1000.0), "km"),
        System::Imperial => (short(v / METRES_IN_MILE), "mi"),
    };
    /// A place along a route in m; as text km or mi, to the metre.
    Along "$Along" "_m" 1 |v, u| match u.distance {
        System::Metric => (fixed(v / 1000.0, 3), "km"),
        System::Imperial => (fixed(v / METRES_IN_MILE, 3), "mi"),
    };
    /// The length of a part of a workout in m; as text m or yd, and km or mi from one of them on.
    Length "$Length" "_m" 1 |v, u| match u.distance {
        System::Metric if v.abs() < 1000.0 => (fixed(v, 0), "m"),
        System::Metric => (plain(v / 1000.0, 2), "km"),
        System::Imperial if v.abs() < METRES_IN_MILE => (fixed(v / 0.9144, 0), "yd"),
        System::Imperial => (plain(v / METRES_IN_MILE, 2), "mi"),
    };
    /// Elevation gain in m; as text m or ft.
    Climb "$Climb" "_m" 0 |v, u| match u.distance {
        System::Metric => (fixed(v, 0), "m"),
        System::Imperial => (fixed(v / 0.3048, 0), "ft"),
    };
    /// A speed in m/s. The sport beside it or around it decides its text ([`SpeedReading`]).
    MetresPerSecond "$MetresPerSecond" "_mps" 3 |v, u| as_speed(v, u);
    /// Wind speed in m/s; as text km/h or mph.
    Wind "$Wind" "_mps" 3 |v, u| as_speed(v, u);
    /// A duration in s; as text h:mm:ss.
    Seconds "$Seconds" "_s" 0 |v, _| (clock(v), "");
    /// A duration in s that names something, such as a best; as text 5s, 20min, 1h30min.
    Span "$Span" "_s" 0 |v, _| (span(v), "");
    /// Power in W.
    Watts "$Watts" "_w" 0 |v, _| (fixed(v, 0), "W");
    /// Work in J; as text kJ.
    Joules "$Joules" "_j" 0 |v, _| (fixed(v / 1000.0, 0), "kJ");
    /// Heart rate in beats per minute.
    Bpm "$Bpm" "_bpm" 0 |v, _| (fixed(v, 0), "bpm");
    /// Cadence as the service counts it: revolutions, steps of one foot or strokes per minute.
    Rpm "$Rpm" "_rpm" 0 |v, _| (fixed(v, 0), "rpm");
    /// Body weight in kg; as text kg or lb.
    Kilograms "$Kilograms" "_kg" 1 |v, u| match u.weight {
        System::Metric => (plain(v, 1), "kg"),
        System::Imperial => (plain(v / 0.453_592_37, 1), "lb"),
    };
    /// Temperature in °C; as text °C or °F.
    Celsius "$Celsius" "_c" 1 |v, u| match u.temperature {
        System::Metric => (fixed(v, 0), "°C"),
        System::Imperial => (fixed(v * 1.8 + 32.0, 0), "°F"),
    };
    /// Latitude or longitude in degrees, to a metre.
    Degrees "$Degrees" "" 5 |v, _| (plain(v, 5), "");
    /// A percentage.
    Percent "$Percent" "_pct" 1 |v, _| (plain(v, 1), "%");
    /// Intensity in percent of threshold; as text a whole number.
    Intensity "$Intensity" "_pct" 1 |v, _| (fixed(v, 0), "%");
    /// Training load, fitness, fatigue, form: one decimal.
    Points "$Points" "" 1 |v, _| (plain(v, 1), "");
    /// A ratio or a score: two decimals.
    Number "$Number" "" 2 |v, _| (plain(v, 2), "");
    /// A whole number.
    Count "$Count" "" 0 |v, _| (plain(v, 0), "");
}

impl Length {
    /// The value and its unit, such as `400` and `m`, for a sentence.
    pub fn value_and_unit(&self, system: System) -> (String, &'static str) {
        value_and_unit("$Length", self.0, system)
    }
}

fn value_and_unit(name: &str, value: f64, system: System) -> (String, &'static str) {
    read(name, value, system.into()).map_or_else(Default::default, |reading| (reading.value, reading.unit))
}

/// A number rounded to its meaningful decimals. Whole numbers have no point.
struct Rounded {
    value: f64,
    decimals: i32,
}

impl Serialize for Rounded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rounded = round(self.value, self.decimals);
        if !rounded.is_finite() {
            serializer.serialize_none()
        } else if rounded.fract() == 0.0 && rounded.abs() < 1e15 {
            serializer.serialize_i64(rounded as i64)
        } else {
            serializer.serialize_f64(rounded)
        }
    }
}

/// Rounds to so many decimals, half away from zero.
pub fn round(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}

/// Formats with at most `decimals` decimals, without trailing zeros.
pub fn plain(value: f64, decimals: i32) -> String {
    let text = fixed(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text }
}

/// Formats with exactly `decimals` decimals, rounded half away from zero. Uses integers, which is much faster than exact floats.
fn fixed(value: f64, decimals: i32) -> String {
    let scale = 10_f64.powi(decimals);
    let scaled = (value * scale).round();
    if scaled.is_nan() || scaled.abs() >= 1e15 {
        return value.to_string();
    }
    let (whole, scale) = (scaled.abs() as u64, scale as u64);
    // Avoids "-0", which looks like a defect.
    let sign = if scaled < 0.0 { "-" } else { "" };
    match decimals {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{}.{:0width$}", whole / scale, whole % scale, width = decimals as usize),
    }
}

/// Formats with two decimals below ten, one above: 1.52 km, 42.2 km.
fn short(value: f64) -> String {
    if value.abs() < 9.995 { fixed(value, 2) } else { fixed(value, 1) }
}

fn clock(seconds: f64) -> String {
    let s = seconds.round() as i64;
    let sign = if s < 0 { "-" } else { "" };
    let s = s.abs();
    format!("{sign}{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

/// Formats a duration without its zero parts, such as `1h30min`.
pub fn span(seconds: f64) -> String {
    let s = seconds.round() as i64;
    let parts = [(s / 3600, "h"), (s / 60 % 60, "min"), (s % 60, "s")];
    let text: String = parts.iter().filter(|(n, _)| *n != 0).map(|(n, unit)| format!("{n}{unit}")).collect();
    if text.is_empty() { "0s".into() } else { text }
}

/// Formats a pace as m:ss, or `-` when there is no movement.
pub fn minutes(seconds: f64) -> String {
    if !seconds.is_finite() || seconds <= 0.0 {
        return "-".into();
    }
    let s = seconds.round() as i64;
    format!("{}:{:02}", s / 60, s % 60)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case("$Metres", 42_195.0, "42.2 km", "26.2 mi")]
    #[case("$Metres", 1500.0, "1.50 km", "0.93 mi")]
    #[case("$Along", 42_195.0, "42.195 km", "26.219 mi")]
    #[case("$Length", 25.0, "25 m", "27 yd")]
    #[case("$Length", 1500.0, "1.5 km", "1640 yd")]
    #[case("$Length", 16_093.44, "16.09 km", "10 mi")]
    #[case("$Degrees", -36.881_234, "-36.88123 ", "-36.88123 ")]
    #[case("$Climb", 1203.4, "1203 m", "3948 ft")]
    #[case("$MetresPerSecond", 8.4, "30.2 km/h", "18.8 mph")]
    #[case("$Pace", 3.571, "4:40 /km", "7:31 /mi")]
    #[case("$Pace", 0.0, "- /km", "- /mi")]
    #[case("$SwimPace", 0.4167, "4:00 /100m", "3:39 /100y")]
    #[case("$Seconds", 5025.4, "1:23:45 ", "1:23:45 ")]
    #[case("$Seconds", -61.0, "-0:01:01 ", "-0:01:01 ")]
    #[case("$Joules", 1_234_567.0, "1235 kJ", "1235 kJ")]
    #[case("$Kilograms", 70.25, "70.3 kg", "154.9 lb")]
    #[case("$Celsius", 21.0, "21 °C", "70 °F")]
    #[case("$Points", -0.04, "0 ", "0 ")]
    fn a_quantity_is_read_in_the_athletes_units(
        #[case] name: &str,
        #[case] value: f64,
        #[case] metric: &str,
        #[case] imperial: &str,
    ) {
        for (system, expected) in [(System::Metric, metric), (System::Imperial, imperial)] {
            let reading = read(name, value, system.into()).unwrap();
            assert_eq!(format!("{} {}", reading.value, reading.unit), expected);
        }
    }

    #[test]
    fn on_the_wire_they_are_rounded_numbers() {
        assert_eq!(
            serde_json::to_string(&(Metres(1000.0), Number(1.049_999), Watts(200.4))).unwrap(),
            "[1000,1.05,200]"
        );
        assert_eq!(serde_json::to_value(Number(f64::NAN)).unwrap(), json!(null));
    }

    #[rstest]
    #[case(json!(2), Some(2.0))]
    #[case(json!(2.5), Some(2.5))]
    #[case(json!("2.5"), Some(2.5))]
    #[case(json!("two"), None)]
    #[case(json!("NaN"), None)]
    #[case(json!([2]), None)]
    fn numbers_come_in_several_forms(#[case] json: serde_json::Value, #[case] expected: Option<f64>) {
        assert_eq!(serde_json::from_value::<Metres>(json).ok(), expected.map(Metres));
    }
}
