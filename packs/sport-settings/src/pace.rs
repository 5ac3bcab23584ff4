//! Converts a threshold pace as people write it to m/s, which the service takes for every sport.
use intervals_core::{Error, Result};

/// The kind of sport that a pace belongs to. It decides which speeds are plausible.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Run,
    Swim,
    Other,
}

/// An argument with a pace. Each has the unit that its description names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Argument {
    /// min/km.
    PaceThreshold,
    /// min/100m.
    SwimThreshold,
}

/// The service's units of pace, the words for them, and their lengths in metres.
const UNITS: &[(&str, &[&str], f64)] = &[
    ("MINS_KM", &["km", "k", "1km", "kilometer", "kilometre"], 1000.0),
    ("MINS_MILE", &["mi", "mile", "miles", "1mi"], 1609.344),
    ("SECS_100M", &["100m", "100"], 100.0),
    ("SECS_100Y", &["100y", "100yd", "100yds", "100yards"], 91.44),
    ("SECS_250M", &["250m"], 250.0),
    ("SECS_400M", &["400m"], 400.0),
    ("SECS_500M", &["500m", "500"], 500.0),
];

impl Kind {
    /// Returns the kind of a record with these activity types.
    pub fn of<'a>(types: impl IntoIterator<Item = &'a str>) -> Self {
        let kinds = types.into_iter().map(|sport| match sport {
            "Swim" | "OpenWaterSwim" => Self::Swim,
            "Run" | "VirtualRun" | "TrailRun" => Self::Run,
            _ => Self::Other,
        });
        kinds.filter(|kind| *kind != Self::Other).last().unwrap_or(Self::Other)
    }

    /// Like [`of`](Self::of), for the types of a record.
    pub fn of_types(types: &[String]) -> Self {
        Self::of(types.iter().map(String::as_str))
    }

    /// Returns the activity type that represents a record: the first of its kind.
    pub fn sport_of(types: &[String]) -> &str {
        let kind = Self::of_types(types);
        types.iter().map(String::as_str).find(|sport| Self::of([*sport]) == kind).unwrap_or_default()
    }

    /// Returns the range of plausible thresholds in m/s.
    fn plausible_range(self) -> std::ops::RangeInclusive<f64> {
        match self {
            Self::Run => 1.5..=8.0,
            Self::Swim => 0.3..=2.5,
            Self::Other => 0.3..=20.0,
        }
    }
}

/// Returns the service's `pace_load_type` of the activity type: how load is computed from pace.
pub fn load_type(sport: &str) -> Option<&'static str> {
    match (Kind::of([sport]), sport) {
        (Kind::Swim, _) => Some("SWIM"),
        (Kind::Run, _) | (Kind::Other, "Walk" | "Hike") => Some("RUN"),
        (Kind::Other, _) => None,
    }
}

impl Argument {
    fn name(self) -> &'static str {
        match self {
            Self::PaceThreshold => "pace_threshold",
            Self::SwimThreshold => "swim_threshold",
        }
    }

    fn unit(self) -> &'static str {
        match self {
            Self::PaceThreshold => "MINS_KM",
            Self::SwimThreshold => "SECS_100M",
        }
    }

    fn example(self) -> &'static str {
        match self {
            Self::PaceThreshold => "4:40/km",
            Self::SwimThreshold => "1:35/100m",
        }
    }

    /// Parses the pace and returns the speed in m/s. Without a unit it is in the argument's unit; a time such as 4:40 is then refused
    /// when the athlete uses another unit for the sport.
    pub fn speed(self, text: &str, kind: Kind, pace_units: Option<&str>) -> Result<f64> {
        let name = self.name();
        let (amount, metres) = match parse(text) {
            Some(Pace::Speed(speed)) => return self.check_plausible(text, speed, kind),
            Some(Pace::Time { seconds, metres }) => (seconds, metres),
            None => {
                let problem = format!("{name} \"{text}\" is no pace");
                return Err(Error::new(problem, format!("Write it such as \"{}\".", self.example())));
            }
        };
        let own = pace_units.filter(|units| UNITS.iter().any(|(known, ..)| known == units));
        let metres = match (metres, own) {
            (Some(metres), _) => metres,
            (None, Some(own)) if own != self.unit() && !is_decimal(text) => {
                let problem = format!("{name} \"{text}\" has no unit, and this athlete reads the sport in {own}");
                return Err(Error::new(
                    problem,
                    format!("Add the unit, such as \"{}\" or \"{}\".", self.example(), example_in(own)),
                ));
            }
            (None, _) => metres_of(self.unit()),
        };
        self.check_plausible(text, metres / amount, kind)
    }

    /// Refuses an implausible speed.
    fn check_plausible(self, text: &str, speed: f64, kind: Kind) -> Result<f64> {
        let range = kind.plausible_range();
        if range.contains(&speed) {
            return Ok(speed);
        }
        let (what, unit) = match kind {
            Kind::Run => ("A run's threshold", "MINS_KM"),
            Kind::Swim => ("A swim's threshold", "SECS_100M"),
            Kind::Other => ("A threshold", "MINS_KM"),
        };
        let (slow, fast) = (format_pace(*range.start(), unit), format_pace(*range.end(), unit));
        Err(Error::new(
            format!("{} \"{text}\" is {speed:.2} m/s", self.name()),
            format!("{what} lies between {fast} and {slow}; write it with its unit, such as \"{}\".", example_in(unit)),
        ))
    }
}

/// Returns whether the text is a bare number. As in the old server, it is minutes in the argument's unit.
pub fn is_decimal(text: &str) -> bool {
    text.trim().parse::<f64>().is_ok()
}

/// Formats a speed as a pace in one of the service's units.
pub fn format_pace(speed: f64, unit: &str) -> String {
    let seconds = (metres_of(unit) / speed).round();
    format!(
        "{:.0}:{:02.0}{}",
        (seconds / 60.0).floor(),
        seconds % 60.0,
        example_in(unit).trim_start_matches(|c| c != '/')
    )
}

/// Returns an example of a pace in the unit.
fn example_in(unit: &str) -> &'static str {
    match unit {
        "MINS_MILE" => "7:30/mi",
        "SECS_100M" => "1:35/100m",
        "SECS_100Y" => "1:27/100y",
        "SECS_250M" => "1:00/250m",
        "SECS_400M" => "1:36/400m",
        "SECS_500M" => "2:00/500m",
        _ => "4:40/km",
    }
}

/// Returns the metres of the unit.
fn metres_of(unit: &str) -> f64 {
    UNITS.iter().find(|(known, ..)| *known == unit).map_or(1000.0, |(.., metres)| *metres)
}

enum Pace {
    Speed(f64),
    Time { seconds: f64, metres: Option<f64> },
}

/// Parses `4:40/km`, `4:40 min/km`, `95 s/100m`, `4:40`, `4.67` (minutes), `3.57 m/s`, `14 km/h`.
fn parse(text: &str) -> Option<Pace> {
    let text = text.trim().to_lowercase().replace(" per ", "/").replace(' ', "");
    let speed = |number: &str, factor: f64| {
        number.parse::<f64>().ok().filter(|n| n.is_finite() && *n > 0.0).map(|n| Pace::Speed(n * factor))
    };
    for (end, factor) in [("m/s", 1.0), ("mps", 1.0), ("km/h", 1.0 / 3.6), ("kph", 1.0 / 3.6), ("mph", 0.44704)] {
        if let Some(number) = text.strip_suffix(end) {
            return speed(number, factor);
        }
    }
    let (time, unit) = text.split_once('/').map_or((text.as_str(), None), |(time, unit)| (time, Some(unit)));
    let metres = match unit {
        Some(unit) => Some(UNITS.iter().find(|(_, words, _)| words.contains(&unit)).map(|(.., metres)| *metres)?),
        None => None,
    };
    let seconds = seconds(time).filter(|seconds| seconds.is_finite() && *seconds > 0.0)?;
    Some(Pace::Time { seconds, metres })
}

/// Parses `4:40`, `4.67` (minutes), `280 s`.
fn seconds(time: &str) -> Option<f64> {
    let minutes = time.trim_end_matches("minutes").trim_end_matches("mins").trim_end_matches("min");
    if let Some((minutes, seconds)) = minutes.split_once(':') {
        let (minutes, seconds): (u32, f64) = (minutes.parse().ok()?, seconds.parse().ok()?);
        return (0.0..60.0).contains(&seconds).then_some(f64::from(minutes) * 60.0 + seconds);
    }
    let plain = time.trim_end_matches("seconds").trim_end_matches("secs").trim_end_matches("sec").trim_end_matches('s');
    if plain != time && minutes == time {
        return plain.parse().ok();
    }
    minutes.parse::<f64>().ok().map(|minutes| minutes * 60.0)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("4:40/km", 3.571)]
    #[case("4:40", 3.571)]
    #[case("4.6667", 3.571)]
    #[case("4:40 min/km", 3.571)]
    #[case("4:40 per km", 3.571)]
    #[case("7:30/mi", 3.576)]
    #[case("3.571 m/s", 3.571)]
    #[case("12.9 km/h", 3.583)]
    #[case("280 s/km", 3.571)]
    fn a_run_threshold_is_read_as_people_write_it(#[case] text: &str, #[case] mps: f64) {
        let speed = Argument::PaceThreshold.speed(text, Kind::Run, Some("MINS_KM")).unwrap();
        assert!((speed - mps).abs() < 0.001, "{speed}");
    }

    #[rstest]
    #[case("1:35/100m", 1.0526)]
    #[case("1:35", 1.0526)]
    #[case("95 s/100m", 1.0526)]
    #[case("1:27/100y", 1.051)]
    #[case("4:00/100m", 0.4167)]
    #[case("1.5833", 1.0526)]
    fn a_swim_threshold_is_read_as_people_write_it(#[case] text: &str, #[case] mps: f64) {
        let speed = Argument::SwimThreshold.speed(text, Kind::Swim, Some("SECS_100M")).unwrap();
        assert!((speed - mps).abs() < 0.001, "{speed}");
    }

    #[rstest]
    #[case(
        "280",
        Kind::Run,
        Some("MINS_KM"),
        "pace_threshold \"280\" is 0.06 m/s. A run's threshold lies between 2:05/km and 11:07/km;"
    )]
    #[case("4:75/km", Kind::Run, None, "pace_threshold \"4:75/km\" is no pace. Write it such as \"4:40/km\".")]
    #[case("-4:40", Kind::Run, None, "pace_threshold \"-4:40\" is no pace.")]
    #[case("fast", Kind::Run, None, "pace_threshold \"fast\" is no pace.")]
    #[case("0", Kind::Run, None, "pace_threshold \"0\" is no pace.")]
    #[case("4:40/furlong", Kind::Run, None, "pace_threshold \"4:40/furlong\" is no pace.")]
    #[case(
        "7:30",
        Kind::Run,
        Some("MINS_MILE"),
        "pace_threshold \"7:30\" has no unit, and this athlete reads the sport in MINS_MILE. Add the unit, such as \"4:40/km\" or \"7:30/mi\"."
    )]
    fn an_implausible_or_ambiguous_pace_is_refused(
        #[case] text: &str,
        #[case] kind: Kind,
        #[case] units: Option<&str>,
        #[case] error: &str,
    ) {
        let refused = Argument::PaceThreshold.speed(text, kind, units).unwrap_err().to_string();
        assert!(refused.starts_with(error), "{refused}");
    }

    #[test]
    fn a_bare_number_is_in_the_unit_of_the_argument_whatever_unit_the_athlete_uses() {
        let run = Argument::PaceThreshold.speed("4.6667", Kind::Run, Some("MINS_MILE")).unwrap();
        let swim = Argument::SwimThreshold.speed("1.5833", Kind::Swim, Some("SECS_100Y")).unwrap();
        assert!((run - 3.571).abs() < 0.001 && (swim - 1.0526).abs() < 0.001, "{run} {swim}");
    }

    #[test]
    fn a_speed_is_formatted_as_a_pace() {
        assert_eq!([format_pace(3.571, "MINS_KM"), format_pace(1.0526, "SECS_100M")], ["4:40/km", "1:35/100m"]);
    }
}
