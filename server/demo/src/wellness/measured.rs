//! Generated wellness of a day, as measured by a watch and entered by the athlete.
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::{
    account::Account,
    dates::days_between,
    marked::marked,
    object::{Object, object},
    random::{Random, round},
    season::{Phase, phase},
};

impl Account {
    /// Whether a day has measurements. Some days have none.
    pub(super) fn is_measured(&self, date: Date) -> bool {
        let back = days_between(date, self.today);
        let trained = self.fitness.first().is_some_and(|first| first <= date) && self.trained;
        let forgotten = back % 29 == 9 || (back > 3 && Random::new(self.person.seed ^ back as u64, 31).chance(0.02));
        trained && back >= 0 && !forgotten
    }

    pub(super) fn measured(&self, date: Date) -> Object {
        let back = days_between(date, self.today);
        let mut random = Random::new(self.person.seed ^ back as u64, 32);
        let ill = phase(self.today, date) == Phase::Ill;
        let day = self.fitness.on(date).unwrap_or_default();
        let tired = ((day.atl - day.ctl) / day.ctl.max(20.0)).clamp(-0.6, 0.8) + if ill { 0.9 } else { 0.0 };
        let resting = f64::from(self.person.resting_hr) + 2.5 * tired + random.bell();
        let resting = resting.round().max(f64::from(self.person.resting_hr) - 2.0) as u32;
        let hrv = 64.0 - 14.0 * tired + 5.0 * random.bell();
        let asleep = random.whole(23_400, 30_600) + if ill { 3000 } else { 0 };
        let score = (78.0 - 14.0 * tired + 6.0 * random.bell()).clamp(32.0, 98.0).round();
        let (weight, carried) = self.weight(date);
        let breaths = round(14.0 + 1.5 * tired.max(0.0) + 0.4 * random.bell(), 1);
        let oxygen = round(96.5 + 0.6 * random.bell(), 1).min(99.0);
        let updated = format!("{}T19:05:11.000+00:00", date.yesterday().unwrap_or(date));
        let mut row = object(json!({
            "weight": weight, "tempWeight": carried, "tempRestingHR": false, "restingHR": resting, "hrv": round(hrv, 1),
            "sleepSecs": asleep, "sleepScore": score, "avgSleepingHR": resting + random.whole(2, 6),
            "spO2": oxygen, "respiration": breaths, "updated": updated,
            "sportInfo": self.estimates(back), "vo2max": 54.0,
        }));
        if back > 0 {
            row.extend(object(json!({
                "steps": random.whole(4200, 17_800), "kcalConsumed": random.whole(2100, 3400),
                "hydrationVolume": round(random.between(1.4, 3.6), 1),
            })));
        }
        if random.chance(0.8) {
            let mut scale = |base: f64| (base + 1.1 * tired + 0.6 * random.bell()).round().clamp(1.0, 4.0) as u32;
            row.extend(object(json!({
                "sleepQuality": scale(1.9), "soreness": scale(2.1), "fatigue": scale(2.2), "stress": scale(1.8),
                "mood": scale(1.8), "motivation": scale(1.9), "hydration": scale(1.7),
            })));
        }
        if random.chance(0.35) {
            row.insert("Caffeine".to_owned(), json!(random.whole(1, 4) * 80));
        }
        if random.chance(0.1) {
            row.insert(
                "Mantra".to_owned(),
                json!(random.pick(&["Smooth is fast", "One hill at a time", "Relax the shoulders"])),
            );
        }
        if let Some(comment) = self.comment(ill, back, &mut random) {
            row.insert("comments".to_owned(), json!(comment));
        }
        if back % 97 == 40 {
            row.extend(object(
                json!({ "injury": 2, "locked": true, "systolic": 118, "diastolic": 74, "bodyFat": 12.4 }),
            ));
        }
        row
    }

    /// Writes a marked comment and a marked custom field to every measured day.
    pub fn mark_wellness(&mut self) {
        let by = Some(self.person.id);
        let mut date = self.fitness.first().unwrap_or(self.today);
        while date <= self.today {
            if self.is_measured(date) {
                let texts =
                    json!({ "comments": marked("Slept badly\nNap after lunch", by), "Mantra": marked("Smooth", by) });
                self.wellness.entry(date).or_default().extend(object(texts));
            }
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
    }

    fn comment(&self, ill: bool, back: i32, random: &mut Random) -> Option<&'static str> {
        match ill {
            true => Some(random.pick(&["Sore throat, in bed early", "Fever gone, still weak", "Head cold"])),
            false if back == 2 => Some("Slept badly | neighbours' party\nNap after lunch"),
            false => {
                random.chance(0.09).then(|| random.pick(&["Legs heavy", "Good sleep", "Travel day", "Busy at work"]))
            }
        }
    }

    /// The API's `sportInfo`: estimated thresholds, null on some days.
    fn estimates(&self, back: i32) -> Value {
        if back % 3 == 1 {
            return Value::Null;
        }
        let person = self.person;
        let ftp = f64::from(person.ftp_on(back, false)) + 2.0;
        json!([
            { "type": "Ride", "eftp": ftp + 0.5, "wPrime": f64::from(person.w_prime), "pMax": f64::from(person.p_max) },
            { "type": "Run", "eftp": null, "wPrime": null, "pMax": null },
        ])
    }
}
