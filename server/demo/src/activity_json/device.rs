//! Fields of device, gear, altitude and weather.
use serde_json::json;

use crate::{
    account::Account,
    activity::Activity,
    object::{Object, put},
    random::{Random, round},
    season::{Origin, Sport},
};

impl Activity {
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
