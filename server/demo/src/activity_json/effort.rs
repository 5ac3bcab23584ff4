//! Fields of power, heart rate, pace, fitness and training load.
use serde_json::json;

use crate::{
    account::Account,
    activity::Activity,
    intensity::{self, Step},
    object::{Object, put},
    person::Person,
    random::{Random, round},
    season::Sport,
};

impl Activity {
    pub(super) fn describe_effort(&self, account: &Account, steps: &[Step], random: &mut Random, all: &mut Object) {
        let person = account.person;
        let day = account.fitness.on(self.date()).unwrap_or_default();
        put(
            all,
            json!({
                "icu_training_load": self.load, "icu_ctl": round(day.ctl, 6), "icu_atl": round(day.atl, 6),
                "icu_weight": account.weight(self.date()).0, "icu_resting_hr": person.resting_hr,
                "athlete_max_hr": person.max_hr, "lthr": person.lthr, "distance": self.distance,
                "icu_distance": self.distance, "total_elevation_gain": self.climb,
                "average_speed": self.speed().map(|speed| round(speed, 6)),
            }),
        );
        if !self.is_recorded() {
            return;
        }
        self.describe_pace(person, random, all);
        self.describe_power(person, steps, random, all);
        self.describe_heart(person, random, all);
        let loads = self.loads(person);
        let coasting: u32 = steps.iter().filter(|step| step.level == 0.0).map(|step| step.secs).sum();
        put(
            all,
            json!({
                "icu_recording_time": self.moving_time, "coasting_time": coasting, "power_load": loads.power,
                "hr_load": loads.heart, "pace_load": loads.pace, "icu_intensity": self.intensity(),
                "icu_training_load_data": self.load, "average_cadence": self.cadence(),
                "icu_lap_count": self.lap_count(steps), "interval_summary": self.interval_summary(steps),
                "strain_score": self.load.map(|load| round(f64::from(load) * random.between(0.94, 1.08), 4)),
            }),
        );
    }

    /// Intensity in percent of threshold.
    fn intensity(&self) -> Option<f64> {
        if let Some(power) = self.power {
            return Some(round(100.0 * f64::from(power.weighted) / f64::from(power.ftp), 5));
        }
        let hours = f64::from(self.moving_time.max(1)) / 3600.0;
        self.load.map(|load| round((f64::from(load) / hours / 100.0).sqrt() * 100.0, 5))
    }

    fn describe_pace(&self, person: &Person, random: &mut Random, all: &mut Object) {
        let Some(speed) = self.speed() else { return };
        put(all, json!({ "max_speed": self.top_speed(), "total_elevation_loss": self.climb }));
        if self.sport.has_power() {
            return;
        }
        let swim = self.sport == Sport::Swim;
        let run = self.sport.is_run();
        let stride = self.cadence().map(|cadence| round(speed * 60.0 / cadence / if run { 2.0 } else { 1.0 }, 4));
        let lengths = self.distance.filter(|_| swim).map(|metres| (metres / 25.0).round() as u32);
        put(
            all,
            json!({
                "pace": round(speed, 6), "gap": run.then(|| round(speed * random.between(1.004, 1.03), 6)),
                "gap_model": if run { "STRAVA_RUN" } else { "NONE" }, "average_stride": stride,
                "threshold_pace": if swim { person.swim_speed } else { person.run_speed },
                "pace_load_type": if swim { "SWIM" } else { "RUN" }, "lengths": lengths,
                "pool_length": swim.then_some(25.0),
            }),
        );
    }

    fn describe_power(&self, person: &Person, steps: &[Step], random: &mut Random, all: &mut Object) {
        let Some(power) = self.power else { return };
        let (above, drawn) = intensity::above_threshold(steps);
        let (average, weighted, ftp) = (f64::from(power.average), f64::from(power.weighted), f64::from(power.ftp));
        let joules = power.average * self.moving_time;
        let model = power.ftp + random.whole(0, 6) - 3;
        put(
            all,
            json!({
                "icu_average_watts": power.average, "icu_weighted_avg_watts": power.weighted, "icu_ftp": power.ftp,
                "icu_variability_index": round(weighted / average.max(1.0), 6), "icu_joules": joules,
                "icu_joules_above_ftp": (above * ftp).round() as u32,
                "icu_max_wbal_depletion": (drawn * ftp).min(f64::from(person.w_prime)).round() as u32,
                "icu_pm_ftp": model, "icu_pm_cp": model + 4, "icu_pm_w_prime": person.w_prime - 600,
                "icu_pm_p_max": person.p_max - 40, "icu_pm_ftp_secs": 1200, "icu_pm_ftp_watts": model + 12,
                "icu_rolling_ftp": power.ftp + 2, "icu_rolling_ftp_delta": random.whole(0, 3),
                "icu_rolling_cp": ftp + 6.0, "icu_rolling_w_prime": f64::from(person.w_prime),
                "icu_rolling_p_max": f64::from(person.p_max), "icu_w_prime": person.w_prime, "p_max": person.p_max,
                "ss_cp": ftp + 6.0, "ss_w_prime": f64::from(person.w_prime), "ss_p_max": f64::from(person.p_max),
                "avg_lr_balance": self.balance(), "device_watts": true, "calories": joules / 1000,
                "carbs_used": (f64::from(joules) / 1000.0 * (0.12 + 0.1 * weighted / ftp)).round() as u32,
            }),
        );
        if let Some(heart) = self.heart {
            let beats = f64::from(heart.average);
            let decoupling = round(random.between(-1.5, 7.5), 5);
            put(
                all,
                json!({
                    "icu_efficiency_factor": round(weighted / beats, 6), "icu_power_hr": round(average / beats, 6),
                    "decoupling": decoupling, "icu_power_hr_z2": round(average / beats * 0.98, 6),
                    "icu_power_hr_z2_mins": self.moving_time / 180, "icu_cadence_z2": 86,
                }),
            );
        }
    }

    fn describe_heart(&self, person: &Person, random: &mut Random, all: &mut Object) {
        let Some(heart) = self.heart else { return };
        let reserve = f64::from(heart.average - person.resting_hr) / f64::from(person.max_hr - person.resting_hr);
        let trimp = f64::from(self.moving_time) / 60.0 * reserve * 0.64 * (1.92 * reserve).exp();
        let drop = random.whole(22, 38);
        put(
            all,
            json!({
                "average_heartrate": heart.average, "max_heartrate": heart.max, "has_heartrate": true,
                "hr_load_type": "HRSS", "trimp": round(trimp, 4),
                "icu_hrr": { "start_bpm": heart.max, "end_bpm": heart.max - drop, "hrr": drop },
            }),
        );
        if self.power.is_none() {
            let burned = f64::from(self.moving_time) / 60.0 * (f64::from(heart.average) - 50.0) * 0.115;
            put(all, json!({ "calories": burned.round() as u32 }));
        }
    }
}
