//! Values of sport settings, checked before they are sent and named as the service names them.
use intervals_core::{
    Error, JsonMap, Notes, Result,
    client::SportSettings,
    units::{Bpm, Percent, Watts},
};
use serde_json::json;

use crate::pace::{Argument, Kind, is_decimal, written};

/// What both creating and updating take.
#[derive(Default)]
pub struct Thresholds<'a> {
    pub ftp: Option<Watts>,
    pub indoor_ftp: Option<Watts>,
    pub fthr: Option<Bpm>,
    pub pace_threshold: Option<&'a str>,
    pub swim_threshold: Option<&'a str>,
}

impl Thresholds<'_> {
    /// The fields to send for settings as they are, or are to be.
    pub fn fields(&self, settings: &SportSettings, notes: &Notes) -> Result<JsonMap> {
        let mut fields = JsonMap::new();
        for (argument, field, watts) in [("ftp", "ftp", self.ftp), ("indoor_ftp", "indoor_ftp", self.indoor_ftp)] {
            if let Some(watts) = watts {
                fields.insert(field.into(), whole(argument, watts.0, 30.0..=700.0, "W")?.into());
            }
        }
        if let Some(fthr) = self.fthr {
            fields.insert("lthr".into(), whole("fthr", fthr.0, 60.0..=230.0, "bpm")?.into());
        }
        if let Some(speed) = self.speed(settings, notes)? {
            // Seven digits are what the service keeps.
            fields.insert("threshold_pace".into(), json!((speed * 1e6).round() / 1e6));
        }
        Ok(fields)
    }

    /// The threshold speed in m/s. A record has one, so of two arguments the one of its sport counts.
    fn speed(&self, settings: &SportSettings, notes: &Notes) -> Result<Option<f64>> {
        let kind = Kind::of_record(settings);
        let swims = kind == Kind::Swim;
        let (argument, text) = match (self.pace_threshold, self.swim_threshold) {
            (None, None) => return Ok(None),
            (None, Some(_)) if !swims => {
                return Err(Error::new(
                    format!("swim_threshold does not fit settings of {}", settings.types.join(", ")),
                    "Give pace_threshold, or name the settings of Swim.",
                ));
            }
            (Some(pace), Some(_)) if !swims => {
                notes.add("swim_threshold was left out: these are no settings of a swim");
                (Argument::PaceThreshold, pace)
            }
            (pace, Some(swim)) => {
                if pace.is_some() {
                    notes.add("pace_threshold was left out: these are settings of a swim");
                }
                (Argument::SwimThreshold, swim)
            }
            (Some(pace), None) => (Argument::PaceThreshold, pace),
        };
        let units = settings.pace_units.as_deref();
        let speed = argument.speed(text, kind, units)?;
        if is_decimal(text) {
            let unit = if argument == Argument::SwimThreshold { "SECS_100M" } else { "MINS_KM" };
            notes.add(format!("{} was taken for minutes: {}", text.trim(), written(speed, unit)));
        }
        Ok(Some(speed))
    }
}

/// A whole number in its range.
pub fn whole(name: &str, value: f64, range: std::ops::RangeInclusive<f64>, unit: &str) -> Result<i64> {
    if range.contains(&value) && value.fract() == 0.0 {
        return Ok(value as i64);
    }
    let advice = format!("Give a whole number from {} to {} {unit}.", range.start(), range.end());
    Err(Error::new(format!("{name} is {value}"), advice))
}

/// Bounds of heart rate zones: whole and ascending, bpm.
pub fn hr_bounds(bounds: &[Bpm]) -> Result<Vec<i64>> {
    let bounds = bounds.iter().map(|bound| whole("a bound of hr_zones", bound.0, 40.0..=250.0, "bpm"));
    ascending("hr_zones", bounds.collect::<Result<_>>()?)
}

/// Bounds of power zones: whole and ascending, percent of FTP; the last may be 999, which is open.
pub fn power_bounds(bounds: &[Percent]) -> Result<Vec<i64>> {
    let name = "power_zones_percent_ftp";
    let bound = |(n, bound): (usize, &Percent)| match bound.0 {
        999.0 if n + 1 == bounds.len() => Ok(999),
        percent if (1.0..=200.0).contains(&percent) && percent.fract() == 0.0 => Ok(percent as i64),
        other => Err(Error::new(
            format!("{name} has {other}"),
            "Give percent of FTP, whole, up to 200; 999 in the last place leaves it open.",
        )),
    };
    ascending(name, bounds.iter().enumerate().map(bound).collect::<Result<_>>()?)
}

fn ascending(name: &str, bounds: Vec<i64>) -> Result<Vec<i64>> {
    if bounds.is_empty() || !bounds.is_sorted_by(|a, b| a < b) {
        return Err(Error::new(format!("{name} is {bounds:?}"), "Give each zone's upper bound, ascending."));
    }
    Ok(bounds)
}

/// As many names as bounds, since the service refuses anything else; `given` bounds come along, `kept` ones are there.
pub fn names<'a>(
    (bounds, names): (&str, &str),
    wanted: Option<&'a [String]>,
    given: Option<usize>,
    kept: (usize, usize),
) -> Result<Option<&'a [String]>> {
    let count = given.unwrap_or(kept.0);
    match wanted {
        Some(wanted) if wanted.len() != count => Err(Error::new(
            format!("{names} has {} names for {count} zones", wanted.len()),
            format!(
                "Give {count} names{}.",
                if given.is_none() { format!(", or {bounds} as well") } else { String::new() }
            ),
        )),
        None if given.is_some_and(|given| kept.1 > 0 && given != kept.1) => Err(Error::new(
            format!("{bounds} has {count} zones, and the settings have {} names", kept.1),
            format!("Give {names} as well, {count} of them."),
        )),
        wanted => Ok(wanted),
    }
}
