//! Thresholds of an athlete in a sport, and targets resolved with them.
use serde_json::{Value, json};

use super::number;
use crate::{
    object::Object,
    person::{PACE_ZONES, POWER_ZONES, Person},
};

/// Thresholds of an athlete in a sport. A sport without power has no FTP, one without pace no threshold speed.
pub struct Thresholds {
    ftp: Option<f64>,
    speed: Option<f64>,
    lthr: f64,
    max_hr: f64,
    hr_zones: [f64; 7],
    w_prime: f64,
    p_max: f64,
    /// Default unit of a pace.
    pub pace_unit: &'static str,
}

impl Thresholds {
    pub fn of(sport: &str, person: &Person) -> Self {
        let power = sport.ends_with("Ride") || matches!(sport, "Cyclocross" | "Velomobile");
        let swims = sport.ends_with("Swim");
        let speed = if swims { Some(person.swim_speed) } else { sport.ends_with("Run").then_some(person.run_speed) };
        let pace_unit = match (swims, person.imperial) {
            (true, true) => "100y",
            (true, false) => "100m",
            (false, true) => "mi",
            (false, false) => "km",
        };
        Self {
            ftp: power.then(|| f64::from(person.ftp)),
            speed,
            lthr: f64::from(person.lthr),
            max_hr: f64::from(person.max_hr),
            hr_zones: person.hr_zones().map(f64::from),
            w_prime: f64::from(person.w_prime),
            p_max: f64::from(person.p_max),
            pace_unit,
        }
    }

    /// Target and units of a zone without either: power if the sport has it, else heart rate.
    pub fn zone(&self) -> (&'static str, &'static str) {
        if self.ftp.is_some() { ("power", "power_zone") } else { ("hr", "hr_zone") }
    }

    /// The fields that `resolve=true` adds to a document.
    pub fn json(&self) -> Object {
        let units = match self.pace_unit {
            "km" => "MINS_KM",
            "mi" => "MINS_MILE",
            "100y" => "SECS_100Y",
            _ => "SECS_100M",
        };
        let all = [
            ("ftp", json!(self.ftp.map(number))),
            ("lthr", number(self.lthr)),
            ("threshold_pace", json!(self.speed)),
            ("pace_units", json!(self.speed.map(|_| units))),
        ];
        all.map(|(key, value)| (key.to_owned(), value)).into_iter().collect()
    }

    /// Start and end of a target in W, bpm or m/s.
    pub fn band(&self, goal: &Value) -> Option<(f64, f64)> {
        let of = |key: &str| goal.get(key).and_then(Value::as_f64);
        let (start, end) = (of("start").or(of("value"))?, of("end").or(of("value"))?);
        let units = goal.get("units")?.as_str()?;
        let share = |of: f64| Some((of * start / 100.0, of * end / 100.0));
        match units {
            "w" | "bpm" => Some((start, end)),
            "%ftp" => share(self.ftp?),
            // The 2-parameter critical power model: FTP and W'.
            "%mmp" => share((self.ftp? + self.w_prime / of("mmp_duration")?.max(1.0)).min(self.p_max)),
            "%hr" => share(self.max_hr),
            "%lthr" => share(self.lthr),
            "%pace" => share(self.speed?),
            "power_zone" => {
                let ftp = self.ftp?;
                let watts = POWER_ZONES.map(|bound| (ftp * f64::from(bound) / 100.0).floor().min(self.p_max));
                zones(&watts, 1.0, start, end)
            }
            "hr_zone" => zones(&self.hr_zones, 1.0, start, end),
            "pace_zone" => {
                let speed = self.speed?;
                zones(&PACE_ZONES.map(|bound| speed * bound.min(130.0) / 100.0), 0.0, start, end)
            }
            _ => {
                let metres = metres_of(units.strip_prefix("secs/")?)?;
                (start > 0.0 && end > 0.0).then(|| (metres / start, metres / end))
            }
        }
    }

    /// Intensity of a step as a fraction of threshold.
    pub fn level(&self, step: &Object) -> Option<f64> {
        let kinds = [("power", self.ftp), ("hr", Some(self.lthr)), ("pace", self.speed)];
        kinds.into_iter().find_map(|(kind, threshold)| Some(self.middle(step, kind)? / threshold?))
    }

    /// Speed of a step in m/s; estimated if it has no pace target.
    pub fn pace(&self, step: &Object) -> f64 {
        self.middle(step, "pace").unwrap_or_else(|| self.speed.map_or(8.0, |threshold| threshold * 0.8))
    }

    fn middle(&self, step: &Object, kind: &str) -> Option<f64> {
        self.band(step.get(kind)?).map(|(start, end)| (start + end) / 2.0)
    }
}

/// Range of the zones `first` to `last`, by upper bounds. The lowest zone starts at 80% of its bound.
fn zones(bounds: &[f64; 7], above: f64, first: f64, last: f64) -> Option<(f64, f64)> {
    let bound = |zone: f64| bounds.get((zone as usize).checked_sub(1)?).copied();
    let floor = bound(first - 1.0).map_or(bound(first)? * 0.8, |below| below + above);
    Some((floor, bound(last)?))
}

/// Metres of a pace unit.
pub fn metres_of(unit: &str) -> Option<f64> {
    match unit {
        "km" => Some(1000.0),
        "mi" => Some(1609.344),
        "100y" => Some(91.44),
        "100m" | "250m" | "400m" | "500m" => unit.trim_end_matches('m').parse().ok(),
        _ => None,
    }
}
