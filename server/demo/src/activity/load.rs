//! Training load of an activity: from power, heart rate, pace or perceived exertion.
use super::Activity;
use crate::{person::Person, season::Sport};

/// Training loads by sensor.
#[derive(Clone, Copy, Debug, Default)]
pub struct Loads {
    /// From power: secs x NP x IF / (FTP x 3600) x 100 (Coggan).
    pub power: Option<u32>,
    /// From the square of the heart rate reserve.
    pub heart: Option<u32>,
    /// From the square of speed relative to threshold; the cube for swims.
    pub pace: Option<u32>,
}

impl Activity {
    /// Computes the training loads that the sensors allow.
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

/// Training load from duration in seconds and perceived exertion (RPE).
pub fn perceived_load(secs: f64, rpe: f64) -> u32 {
    let intensity = 0.45 + 0.06 * rpe;
    (secs / 36.0 * intensity * intensity).round() as u32
}
