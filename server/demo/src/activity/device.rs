//! What recorded the activity, on which bike or shoes, and in what weather.
use serde_json::{Value, json};

use super::{Activity, Object, put};
use crate::{
    account::Account,
    random::{Random, round},
    season::{Origin, Sport},
};

impl Activity {
    /// Streams this activity has, generated and written ones.
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

    /// Was recorded under satellites.
    pub fn has_places(&self) -> bool {
        self.is_recorded() && self.sport.is_outdoors()
    }

    /// Mean temperature, Celsius: the seasons of the athlete's half of the earth.
    pub fn temperature(&self, south: bool) -> f64 {
        let turn = (f64::from(self.date().day_of_year()) - 30.0) / 365.0 * std::f64::consts::TAU;
        let warm = if south { turn.cos() } else { -turn.cos() };
        14.0 + 6.0 * warm + Random::new(self.seed, 8).between(-3.0, 3.0)
    }

    pub(super) fn describe_device(&self, account: &Account, random: &mut Random, all: &mut Object) {
        put(all, json!({ "has_weather": false, "gear": self.gear() }));
        if !self.is_recorded() {
            return;
        }
        let device = match (self.origin, self.sport) {
            (Origin::Zwift, _) => "ZWIFT",
            (_, Sport::Ride | Sport::GravelRide) => "Garmin Edge 840",
            _ => "Garmin Forerunner 965",
        };
        let power_meter = match self.sport {
            Sport::Ride | Sport::GravelRide => Some("Assioma DUO"),
            Sport::VirtualRide => Some("KICKR"),
            _ => None,
        };
        let external: String = self.id.chars().filter(char::is_ascii_digit).collect();
        let kg = (self.sport == Sport::WeightTraining).then(|| f64::from(random.whole(38, 92) * 100));
        put(
            all,
            json!({
                "device_name": device, "power_meter": power_meter,
                "power_meter_serial": power_meter.map(|_| "DEMO0042"),
                "power_field": power_meter.map(|_| "watts"), "power_field_names": power_meter.map(|_| ["watts"]),
                "crank_length": power_meter.map(|_| 172.5), "external_id": format!("7{external}"), "file_type": "fit",
                "kg_lifted": kg, "icu_median_time_delta": 1, "p30s_exponent": power_meter.map(|_| 4.0),
                "icu_warmup_time": 300, "icu_cooldown_time": 300,
            }),
        );
        if self.climb.is_some() {
            let (low, high) = self.altitudes();
            put(
                all,
                json!({ "min_altitude": round(low, 1), "max_altitude": round(high, 1),
                    "average_altitude": round(f64::midpoint(low, high), 1) }),
            );
        }
        if self.has_places() {
            self.describe_weather(account, random, all);
        }
    }

    /// Lowest and highest point of the course, metres.
    pub fn altitudes(&self) -> (f64, f64) {
        let base = Random::new(self.seed, 9).between(8.0, 45.0);
        (base, base + f64::from(self.climb.unwrap_or_default()) / self.hills())
    }

    /// How many hills make up the climb.
    pub fn hills(&self) -> f64 {
        (f64::from(self.moving_time) / 900.0).round().max(1.0)
    }

    pub(super) fn gear(&self) -> Value {
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

    fn describe_weather(&self, account: &Account, random: &mut Random, all: &mut Object) {
        let temp = self.temperature(account.person.place.0 < 0.0);
        let wind = random.between(1.0, 6.5);
        let headwind = round(random.between(35.0, 55.0), 2);
        let rain = if random.chance(0.15) { round(random.between(0.2, 2.5), 2) } else { 0.0 };
        put(
            all,
            json!({
                "has_weather": true, "average_temp": round(temp + 1.8, 4), "min_temp": temp.round() as i32 - 1,
                "max_temp": temp.round() as i32 + 5, "average_weather_temp": round(temp, 4),
                "min_weather_temp": round(temp - 1.2, 2), "max_weather_temp": round(temp + 1.6, 2),
                "average_feels_like": round(temp - wind * 0.3, 4), "min_feels_like": round(temp - wind * 0.3 - 1.0, 2),
                "max_feels_like": round(temp - wind * 0.3 + 1.2, 2), "average_wind_speed": round(wind, 4),
                "average_wind_gust": round(wind * 1.6, 4), "prevailing_wind_deg": random.whole(0, 359),
                "headwind_percent": headwind, "tailwind_percent": round(100.0 - headwind - 8.0, 2),
                "average_clouds": random.whole(0, 100), "max_rain": rain, "max_snow": 0.0,
            }),
        );
    }
}
