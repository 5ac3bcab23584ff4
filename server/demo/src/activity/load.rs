//! The training load of an activity: from its sensors, or from how hard it felt.
use super::Activity;
use crate::{person::Person, season::Sport};

/// Candidates for the training load.
#[derive(Clone, Copy, Debug, Default)]
pub struct Loads {
    /// From power: secs x NP x IF / (FTP x 3600) x 100 (Coggan).
    pub power: Option<u32>,
    /// From heart rate reserve, squared.
    pub heart: Option<u32>,
    /// From speed, for swims to the third power.
    pub pace: Option<u32>,
}

impl Activity {
    /// All training loads that the sensors allow.
    pub fn loads(&self, person: &Person) -> Loads {
        let hours = f64::from(self.moving_time) / 3600.0;
        let power = self.power.map(|power| {
            let intensity = f64::from(power.weighted) / f64::from(power.ftp);
            (hours * intensity * intensity * 100.0).round() as u32
        });
        let heart = self.heart.map(|heart| {
            let reserve = f64::from(person.lthr - person.resting_hr);
            let intensity = (f64::from(heart.average) - f64::from(person.resting_hr)) / reserve;
            (hours * intensity * intensity * 100.0).round() as u32
        });
        let speed = self.speed().unwrap_or_default();
        let pace = match self.sport {
            _ if self.distance.is_none() || !self.is_recorded() => None,
            Sport::Swim => Some((hours * (speed / person.swim_speed).powi(3) * 100.0).round() as u32),
            sport if sport.is_run() => Some((hours * (speed / person.run_speed).powi(2) * 100.0).round() as u32),
            _ => None,
        };
        Loads { power, heart, pace }
    }
}

/// Load of a workout known only by its duration and how hard it felt.
pub fn perceived_load(secs: f64, rpe: f64) -> u32 {
    let intensity = 0.45 + 0.06 * rpe;
    (secs / 36.0 * intensity * intensity).round() as u32
}
