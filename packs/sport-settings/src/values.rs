//! Checks of sport settings that depend on each other.
use intervals_core::{Error, Notes, Result};

use crate::pace::{Argument, Kind, format_pace, is_decimal};

/// The arguments that give a threshold pace.
pub struct Paces<'a> {
    pub pace: Option<&'a str>,
    pub swim: Option<&'a str>,
}

impl Paces<'_> {
    /// Returns whether one is given.
    pub fn any(&self) -> bool {
        self.pace.is_some() || self.swim.is_some()
    }

    /// Returns the threshold speed in m/s for settings of these types. Of two arguments, the one for their sport counts. `units` is
    /// the athlete's unit of pace.
    pub fn threshold(&self, types: &[String], units: Option<&str>, notes: &Notes) -> Result<f64> {
        let kind = Kind::of_types(types);
        let swims = kind == Kind::Swim;
        let (argument, text) = match (self.pace, self.swim) {
            (None, Some(_)) if !swims => {
                return Err(Error::new(
                    format!("swim_threshold does not fit settings of {}", types.join(", ")),
                    "Give pace_threshold, or name the settings of Swim.",
                ));
            }
            (Some(pace), Some(_)) if !swims => {
                notes.add("swim_threshold was left out: these are not settings of a swim");
                (Argument::PaceThreshold, pace)
            }
            (pace, Some(swim)) => {
                if pace.is_some() {
                    notes.add("pace_threshold was left out: these are settings of a swim");
                }
                (Argument::SwimThreshold, swim)
            }
            (pace, None) => (Argument::PaceThreshold, pace.unwrap_or_default()),
        };
        let speed = argument.speed(text, kind, units)?;
        if is_decimal(text) {
            let unit = if argument == Argument::SwimThreshold { "SECS_100M" } else { "MINS_KM" };
            notes.add(format!("{} was taken for minutes: {}", text.trim(), format_pace(speed, unit)));
        }
        // The service keeps seven digits.
        Ok((speed * 1e6).round() / 1e6)
    }
}

/// Checks that there are as many names as bounds, because the service refuses anything else. `given` counts the bounds of the call,
/// `kept` the stored bounds and names.
pub fn check_names(
    (bounds, names): (&str, &str),
    wanted: Option<&[String]>,
    given: Option<usize>,
    kept: (usize, usize),
) -> Result<()> {
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
        _ => Ok(()),
    }
}
