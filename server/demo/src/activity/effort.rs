//! Speed, cadence and left/right balance.
use super::Activity;
use crate::{
    random::{Random, round},
    season::Sport,
};

impl Activity {
    /// Average speed in m/s.
    pub fn speed(&self) -> Option<f64> {
        Some(self.distance? / f64::from(self.moving_time.max(1)))
    }

    /// Maximum speed in m/s.
    pub fn top_speed(&self) -> Option<f64> {
        let mut random = Random::new(self.seed, 5);
        let factor = match self.sport {
            sport if sport.has_power() => random.between(1.6, 2.0),
            Sport::Swim => random.between(1.12, 1.2),
            _ => random.between(1.25, 1.5),
        };
        self.speed().map(|speed| round(speed * factor, 3))
    }

    /// Average cadence per minute while moving: revolutions, steps or strokes.
    pub fn cadence(&self) -> Option<f64> {
        let mut random = Random::new(self.seed, 6);
        match self.sport {
            Sport::WeightTraining | Sport::Hike => None,
            sport if sport.has_power() => Some(round(random.between(82.0, 91.0), 1)),
            Sport::Swim => Some(round(random.between(27.0, 31.0), 1)),
            _ => Some(round(random.between(83.0, 88.0), 1)),
        }
    }

    /// Percent of power from the right leg.
    pub fn balance(&self) -> Option<f64> {
        let mut random = Random::new(self.seed, 7);
        (self.sport == Sport::Ride).then(|| round(random.between(48.9, 50.8), 1))
    }
}
