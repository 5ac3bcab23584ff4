//! What the device records: stream types, altitude and temperature; and the gear in use.
use serde_json::{Value, json};

use super::Activity;
use crate::{random::Random, season::Sport};

impl Activity {
    /// Types of the streams, generated and written ones.
    pub fn stream_types(&self) -> Vec<&str> {
        let mut types: Vec<&str> = if self.is_recorded() { vec!["time"] } else { vec![] };
        let wanted: [(&str, bool); 11] = [
            ("watts", self.power.is_some()),
            ("heartrate", self.heart.is_some()),
            ("cadence", self.cadence().is_some() && self.is_recorded()),
            ("distance", self.distance.is_some() && self.is_recorded()),
            ("velocity_smooth", self.distance.is_some() && self.is_recorded()),
            ("altitude", self.climb.is_some() && self.is_recorded()),
            ("grade_smooth", self.climb.is_some() && self.is_recorded()),
            ("latlng", self.has_places()),
            ("temp", self.has_places()),
            ("left_right_balance", self.balance().is_some() && self.power.is_some()),
            ("moving", self.is_recorded()),
        ];
        types.extend(wanted.iter().filter(|(_, has)| *has).map(|(name, _)| *name));
        types.retain(|name| !matches!(self.streams.get(*name), Some(Value::Null)));
        for (name, stream) in &self.streams {
            if !stream.is_null() && !types.contains(&name.as_str()) {
                types.push(name);
            }
        }
        types
    }

    /// Whether it has GPS positions.
    pub fn has_places(&self) -> bool {
        self.is_recorded() && self.sport.is_outdoors()
    }

    /// Mean temperature in °C, by the season of the hemisphere.
    pub fn temperature(&self, south: bool) -> f64 {
        let turn = (f64::from(self.date().day_of_year()) - 30.0) / 365.0 * std::f64::consts::TAU;
        let warm = if south { turn.cos() } else { -turn.cos() };
        14.0 + 6.0 * warm + Random::new(self.seed, 8).between(-3.0, 3.0)
    }

    /// Minimum and maximum altitude in metres.
    pub fn altitudes(&self) -> (f64, f64) {
        let base = Random::new(self.seed, 9).between(8.0, 45.0);
        (base, base + f64::from(self.climb.unwrap_or_default()) / self.hills())
    }

    /// Number of hills that make up the elevation gain.
    pub fn hills(&self) -> f64 {
        (f64::from(self.moving_time) / 900.0).round().max(1.0)
    }

    /// Bike or shoes, as the API's `gear`; null if there are none.
    pub fn gear(&self) -> Value {
        let (id, name) = match self.sport {
            _ if !self.is_recorded() => return Value::Null,
            Sport::Ride => ("b5001", "Road bike"),
            Sport::GravelRide => ("b5002", "Gravel bike"),
            Sport::VirtualRide => ("b5003", "Trainer bike"),
            Sport::Run | Sport::TrailRun => ("g5004", "Daily trainers"),
            _ => return Value::Null,
        };
        json!({ "id": id, "name": name })
    }
}
