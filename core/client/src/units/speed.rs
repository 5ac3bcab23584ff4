//! Speeds, and their form as a speed or a pace.
use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::{METRES_IN_MILE, MetresPerSecond, Reading, Rounded, System, Units, fixed, minutes, value_and_unit};

impl Units {
    /// The pace unit of a speed, decided only here: the athlete's choice for the kind of sport, else the default of their system.
    /// `None` is a speed in km/h or mph.
    fn speed(self, reading: SpeedReading) -> Option<PaceUnit> {
        let imperial = self.distance == System::Imperial;
        match reading {
            SpeedReading::Speed => None,
            SpeedReading::Foot => self.foot.or(Some(if imperial { PaceUnit::MinsMile } else { PaceUnit::MinsKm })),
            SpeedReading::Swim => self.swim.or(Some(if imperial { PaceUnit::Secs100y } else { PaceUnit::Secs100m })),
            SpeedReading::Row => self.row.or(Some(PaceUnit::Secs500m)),
            SpeedReading::Unit(unit) => Some(unit),
        }
    }
}

/// The form of a speed in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SpeedReading {
    /// As a speed: km/h or mph.
    Speed,
    /// As a pace of running and walking.
    Foot,
    /// As a pace of swimming.
    Swim,
    /// As a pace of rowing.
    Row,
    /// As a pace in this unit, whatever the reader's units.
    Unit(PaceUnit),
}

impl SpeedReading {
    /// The form of speeds of this activity type.
    pub fn of(sport: &str) -> Self {
        match sport {
            _ if sport.contains("Swim") => Self::Swim,
            "Rowing" | "VirtualRow" => Self::Row,
            "Snowshoe" => Self::Foot,
            _ if ["Run", "Walk", "Hike"].iter().any(|word| sport.contains(word)) => Self::Foot,
            _ => Self::Speed,
        }
    }

    /// The pace unit of this name of the service; without a known one, a speed.
    pub fn in_unit(pace_units: Option<&str>) -> Self {
        pace_units.and_then(PaceUnit::of).map_or(Self::Speed, Self::Unit)
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        let readings = [Self::Speed, Self::Foot, Self::Swim, Self::Row].into_iter();
        readings.chain(PaceUnit::ALL.map(Self::Unit)).find(|reading| reading.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Speed => "$Speed",
            Self::Foot => "$Pace",
            Self::Swim => "$SwimPace",
            Self::Row => "$RowPace",
            Self::Unit(unit) => unit.facts().1,
        }
    }
}

/// The text of a speed for a reader with these units.
pub fn speed(reading: SpeedReading, mps: f64, units: Units) -> Reading {
    let (value, unit) = match units.speed(reading) {
        Some(unit) => (minutes(unit.facts().2 / mps), unit.facts().3),
        None => as_speed(mps, units),
    };
    Reading { suffix: "_mps", value, unit }
}

/// A speed in km/h or mph.
pub(super) fn as_speed(mps: f64, units: Units) -> (String, &'static str) {
    match units.distance {
        System::Metric => (fixed(mps * 3.6, 1), "km/h"),
        System::Imperial => (fixed(mps * 3600.0 / METRES_IN_MILE, 1), "mph"),
    }
}

/// A unit of pace: the time for a distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the service's")]
#[non_exhaustive]
pub enum PaceUnit {
    MinsKm,
    MinsMile,
    Secs100m,
    Secs100y,
    Secs250m,
    Secs400m,
    Secs500m,
}

impl PaceUnit {
    const ALL: [Self; 7] =
        [Self::MinsKm, Self::MinsMile, Self::Secs100m, Self::Secs100y, Self::Secs250m, Self::Secs400m, Self::Secs500m];

    /// The unit with this name of the service, such as `MINS_KM`.
    pub fn of(pace_units: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.facts().0 == pace_units)
    }

    /// The service's name, serde's name, the distance in metres, and the unit in text.
    fn facts(self) -> (&'static str, &'static str, f64, &'static str) {
        match self {
            Self::MinsKm => ("MINS_KM", "$Pace MINS_KM", 1000.0, "/km"),
            Self::MinsMile => ("MINS_MILE", "$Pace MINS_MILE", METRES_IN_MILE, "/mi"),
            Self::Secs100m => ("SECS_100M", "$Pace SECS_100M", 100.0, "/100m"),
            Self::Secs100y => ("SECS_100Y", "$Pace SECS_100Y", 91.44, "/100y"),
            Self::Secs250m => ("SECS_250M", "$Pace SECS_250M", 250.0, "/250m"),
            Self::Secs400m => ("SECS_400M", "$Pace SECS_400M", 400.0, "/400m"),
            Self::Secs500m => ("SECS_500M", "$Pace SECS_500M", 500.0, "/500m"),
        }
    }
}

/// A speed in m/s, with its form in text ([`SpeedReading`]).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Speed {
    mps: f64,
    reading: SpeedReading,
}

impl Speed {
    /// The speed of an activity of this type.
    pub fn of(sport: &str, speed: MetresPerSecond) -> Self {
        Self::read_as(SpeedReading::of(sport), speed)
    }

    /// A speed in this form.
    pub fn read_as(reading: SpeedReading, speed: MetresPerSecond) -> Self {
        Self { mps: speed.0, reading }
    }

    /// The value and its unit, such as `4:30` and `/km`, for a sentence. Metric, unless the form names a unit.
    pub fn value_and_unit(&self) -> (String, &'static str) {
        value_and_unit(self.reading.name(), self.mps, System::Metric)
    }
}

impl Serialize for Speed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(self.reading.name(), &Rounded { value: self.mps, decimals: 3 })
    }
}

impl JsonSchema for Speed {
    fn schema_name() -> Cow<'static, str> {
        "Speed".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        MetresPerSecond::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::{super::read, *};

    #[rstest]
    #[case(Some("MINS_MILE"), 3.571, "7:31 /mi")]
    #[case(Some("SECS_100Y"), 1.25, "1:13 /100y")]
    #[case(None, 1.25, "4.5 km/h")]
    fn a_threshold_is_read_as_its_sport_asks(#[case] units: Option<&str>, #[case] mps: f64, #[case] text: &str) {
        let speed = Speed::read_as(SpeedReading::in_unit(units), MetresPerSecond(mps));
        let (value, unit) = speed.value_and_unit();
        assert_eq!(format!("{value} {unit}"), text);
        assert_eq!(serde_json::to_value(speed).unwrap(), json!(mps));
    }

    #[rstest]
    #[case("Ride", "36.0 km/h", "22.4 mph", "36.0 km/h")]
    #[case("Run", "1:40 /km", "2:41 /mi", "2:41 /mi")]
    #[case("Hike", "1:40 /km", "2:41 /mi", "2:41 /mi")]
    #[case("OpenWaterSwim", "0:10 /100m", "0:09 /100y", "0:09 /100y")]
    #[case("VirtualRow", "0:50 /500m", "0:50 /500m", "0:25 /250m")]
    fn a_speed_is_read_as_the_sport_and_the_athlete_read_it(
        #[case] sport: &str,
        #[case] metric: &str,
        #[case] imperial: &str,
        #[case] chosen: &str,
    ) {
        let own = Units {
            foot: Some(PaceUnit::MinsMile),
            swim: Some(PaceUnit::Secs100y),
            row: Some(PaceUnit::Secs250m),
            ..Units::default()
        };
        let Speed { mps, reading } = Speed::of(sport, MetresPerSecond(10.0));
        for (units, expected) in [(System::Metric.into(), metric), (System::Imperial.into(), imperial), (own, chosen)] {
            let reading = read(reading.name(), mps, units).unwrap();
            assert_eq!(format!("{} {}", reading.value, reading.unit), expected);
        }
    }
}
