//! Power, heart rate and pace curves: the best values of a period and their activities.
use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};

use crate::{
    account::Account,
    activity::Activity,
    dates::{days_between, plain_date},
    failure::Failure,
    object::Object,
    random::{Random, round},
    season::Session,
};

/// Durations of power and heart rate curves in seconds.
const SECS: [u32; 44] = [
    1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180, 210, 240, 300, 360, 420, 480, 600,
    720, 900, 1200, 1500, 1800, 2400, 2700, 3000, 3600, 4500, 5400, 7200, 9000, 10_800, 14_400, 18_000,
];
/// Distances of pace curves of runs in metres.
const RUN_METRES: [f64; 14] = [
    100.0, 200.0, 400.0, 800.0, 1000.0, 1500.0, 1609.344, 3000.0, 5000.0, 8046.72, 10_000.0, 15_000.0, 16_093.44,
    21_097.5,
];
/// Distances of pace curves of swims in metres.
const SWIM_METRES: [f64; 9] = [25.0, 50.0, 100.0, 200.0, 400.0, 800.0, 1000.0, 1500.0, 1900.0];

/// Kind of curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Power in watts.
    Power,
    /// Heart rate in bpm.
    Heart,
    /// Seconds for a distance. `true` is gradient adjusted pace (GAP).
    Pace(bool),
}

/// A period of the parameter `curves`.
#[derive(Debug)]
struct Period {
    id: String,
    label: String,
    oldest: Date,
    newest: Date,
    /// Curve after prior work: 0 for kj0, 1 for kj1.
    fatigue: Option<usize>,
}

/// A best value and its activity.
struct Best<'a> {
    at: f64,
    value: f64,
    activity: &'a Activity,
}

impl Account {
    /// One curve for each period, for the sport settings of the activity type `sport`, and their activities.
    ///
    /// # Errors
    /// 422 for an invalid period.
    pub fn curves(&self, kind: Kind, sport: &str, periods: &[String]) -> Result<Value, Failure> {
        let settings = self.sports.iter().find(|settings| has_type(settings, sport));
        let (mut list, mut shown) = (vec![], Object::new());
        for wanted in periods {
            let period = self.period(wanted, kind)?;
            let fits = |activity: &&Activity| {
                let type_fits =
                    settings.map_or(activity.current_type() == sport, |s| has_type(s, activity.current_type()));
                type_fits && activity.is_recorded() && (period.oldest..=period.newest).contains(&activity.date())
            };
            let bests = self.bests(kind, self.activities.iter().filter(fits), period.fatigue);
            for best in &bests {
                shown.insert(best.activity.id.clone(), Value::Object(best.activity.json(self)));
            }
            list.push(self.curve(kind, &period, &bests, settings));
        }
        Ok(json!({ "list": list, "activities": shown }))
    }

    fn period(&self, id: &str, kind: Kind) -> Result<Period, Failure> {
        let wrong = || Failure::rejected(format!("Invalid curve [{id}]"));
        let (name, fatigue) = match (id.strip_suffix("-kj0"), id.strip_suffix("-kj1")) {
            (Some(name), _) if kind == Kind::Power => (name, Some(0)),
            (_, Some(name)) if kind == Kind::Power => (name, Some(1)),
            _ => (id, None),
        };
        let number = |text: Option<&str>| text.and_then(|text| text.parse::<i32>().ok());
        let back = |days: i32| self.today.saturating_sub((days - 1).days());
        let first = |year: i16| Date::new(year, 1, 1).map_err(|_| wrong());
        let (oldest, newest, label) = if name == "all" {
            (self.activities.first().map_or(self.today, Activity::date), self.today, "All time".to_owned())
        } else if let Some(days @ 1..=20_000) = number(name.strip_suffix('d')) {
            (back(days), self.today, format!("{days} days"))
        } else if let Some(years @ 1..=50) = number(name.strip_suffix('y')) {
            (self.today.saturating_sub(years.years()), self.today, format!("{years} years"))
        } else if let Some(ago @ 0..=50) = number(name.strip_prefix('s')) {
            let year = self.today.year() - i16::try_from(ago).unwrap_or_default();
            let last = first(year + 1)?.yesterday().map_err(|_| wrong())?;
            (first(year)?, last.min(self.today), format!("Season {year}"))
        } else if let Some((oldest, newest)) = name.strip_prefix("r.").and_then(|range| range.split_once('.')) {
            (plain_date(oldest)?, plain_date(newest)?, format!("{oldest} - {newest}"))
        } else {
            return Err(wrong());
        };
        Ok(Period { id: id.to_owned(), label, oldest, newest, fatigue })
    }

    fn bests<'a>(
        &self,
        kind: Kind,
        activities: impl Iterator<Item = &'a Activity>,
        fatigue: Option<usize>,
    ) -> Vec<Best<'a>> {
        let swims = |activity: &Activity| activity.current_type().contains("Swim");
        let mut bests: Vec<Option<Best<'a>>> = vec![];
        for activity in activities {
            let back = days_between(activity.date(), self.today);
            let points: Vec<f64> = match kind {
                Kind::Pace(_) if swims(activity) => SWIM_METRES.to_vec(),
                Kind::Pace(_) => RUN_METRES.to_vec(),
                Kind::Power | Kind::Heart => SECS.map(f64::from).to_vec(),
            };
            for (place, at) in points.into_iter().enumerate() {
                let Some(value) = self.value(kind, activity, at, back) else { continue };
                let value = fatigue.map_or(value, |deep| value * if deep == 0 { 0.95 } else { 0.9 });
                let better = |best: &Best<'_>| {
                    if matches!(kind, Kind::Pace(_)) { value < best.value } else { value > best.value }
                };
                if bests.len() <= place {
                    bests.resize_with(place + 1, || None);
                }
                if let Some(slot) = bests.get_mut(place).filter(|slot| slot.as_ref().is_none_or(better)) {
                    *slot = Some(Best { at, value, activity });
                }
            }
        }
        let mut bests: Vec<Best<'a>> = bests.into_iter().flatten().collect();
        // A best over a longer time or distance is also one over every shorter.
        for place in (1..bests.len()).rev() {
            let (before, after) = bests.split_at_mut(place);
            let (Some(shorter), Some(longer)) = (before.last_mut(), after.first()) else { continue };
            let worse = match kind {
                Kind::Pace(_) => shorter.value > longer.value,
                Kind::Power | Kind::Heart => shorter.value < longer.value,
            };
            if worse {
                (shorter.value, shorter.activity) = (longer.value, longer.activity);
            }
        }
        bests
    }

    /// Best value of an activity at a duration or distance; none beyond its end.
    fn value(&self, kind: Kind, activity: &Activity, at: f64, back: i32) -> Option<f64> {
        let moving = f64::from(activity.moving_time);
        let effort = match activity.session {
            Session::Recovery | Session::Strength => 0.8,
            Session::Endurance => 0.9,
            Session::Tempo => 0.95,
            Session::Threshold | Session::Vo2 => 0.985,
            Session::Race => 1.0,
        };
        // An athlete is not at their best over every duration on the same day.
        let form = |band: f64| effort - 0.06 * Random::new(activity.seed, 40 + band as u64).unit();
        match kind {
            Kind::Power => {
                let ftp = f64::from(activity.power?.ftp);
                let form = form((at.ln() / 1.5).floor());
                (at <= moving).then(|| {
                    round(watts(at, ftp, f64::from(self.person.w_prime), f64::from(self.person.p_max)) * form, 0)
                })
            }
            Kind::Heart => {
                let heart = activity.heart?;
                let (average, max) = (f64::from(heart.average), f64::from(heart.max));
                (at <= moving).then(|| round(max - (max - average) * at.ln() / moving.max(2.0).ln(), 0))
            }
            Kind::Pace(gap) => {
                let metres = activity.distance.filter(|metres| at <= *metres)?;
                let swims = activity.current_type().contains("Swim");
                let threshold = if swims { self.person.swim_speed } else { self.person.run_speed };
                let lost = 1.0 - f64::from(back.min(1460)) / 365.0 * 0.01;
                // Riegel's exponent: doi:10.1007/978-1-4612-5652-8, "Athletic records and human endurance", 1981.
                let speed = threshold * lost * (at / (threshold * 3600.0)).powf(-0.06) * form((at.ln() / 0.8).floor());
                let climbs = activity.climb.map_or(0.0, |climb| f64::from(climb) / metres);
                let speed = if gap { speed * (1.0 + climbs) } else { speed };
                Some(round(at / speed, 0))
            }
        }
    }

    fn curve(&self, kind: Kind, period: &Period, bests: &[Best<'_>], settings: Option<&Value>) -> Value {
        let some = |values: Vec<Value>| if values.is_empty() { Value::Null } else { Value::Array(values) };
        let each = |value: &dyn Fn(&Best<'_>) -> Value| some(bests.iter().map(value).collect());
        let ids = each(&|best| json!(best.activity.id));
        let head = json!({
            "id": period.id, "label": period.label, "filters": null, "filter_label": null, "percentile": null,
            "start_date_local": format!("{}T00:00:00", period.oldest),
            "end_date_local": format!("{}T23:59:59", period.newest),
            "days": days_between(period.oldest, period.newest) + 1, "moving_time": null, "training_load": null,
            "weight": self.weight(period.newest.min(self.today)).0, "values": each(&|best| json!(best.value as u32)),
            "submax_values": null, "submax_activity_id": null, "start_index": each(&|_| json!(0)),
            "end_index": each(&|best| json!(best.activity.moving_time)), "activity_id": ids,
        });
        let secs = each(&|best| json!(best.at as u32));
        let own = match kind {
            Kind::Power => {
                let kilos = self.weight(period.newest.min(self.today)).0;
                let after = period.fatigue.map(|deep| format!("after_kj{deep}"));
                json!({
                    "after_kj": after.and_then(|key| settings?.get(key)).cloned().unwrap_or(json!(0)), "secs": secs,
                    "watts_per_kg": kilos.map(|kilos| each(&|best| json!(round(best.value / kilos, 2)))),
                    "wkg_activity_id": each(&|best| json!(best.activity.id)), "powerModels": self.power_models(bests),
                    "ranks": null, "mapPlot": null, "stream_type": "watts", "stream_name": null, "watts": null,
                    "vo2max_5m": at(bests, 300.0).zip(kilos).map(|(watts, kilos)| round(16.6 + 8.87 * watts / kilos, 1)),
                    "compound_score_5m": null,
                })
            }
            Kind::Heart => json!({ "secs": secs }),
            Kind::Pace(gap) => json!({
                "distance": each(&|best| json!(best.at)), "type": if gap { "GAP" } else { "PACE" },
                "paceModels": pace_models(bests),
            }),
        };
        let parts =
            [head, own].into_iter().filter_map(|part| if let Value::Object(part) = part { Some(part) } else { None });
        Value::Object(parts.flatten().collect())
    }

    fn power_models(&self, bests: &[Best<'_>]) -> Value {
        let (Some(short), Some(long), Some(peak)) = (at(bests, 300.0), at(bests, 1200.0), bests.first()) else {
            return Value::Null;
        };
        // Two efforts fix critical power and W': Monod and Scherrer, doi:10.1080/00140136508930810.
        let w_prime = (short - long) * 300.0 * 1200.0 / 900.0;
        let critical = (long - w_prime / 1200.0) as u32;
        json!([
            { "type": "FFT_CURVES", "criticalPower": critical, "wPrime": w_prime as u32, "pMax": peak.value as u32,
                "inputPointIndexes": [0], "ftp": (long * 0.955) as u32 },
            { "type": "MS_2P", "criticalPower": critical, "wPrime": w_prime as u32, "pMax": 0,
                "inputPointIndexes": null, "ftp": 0 },
        ])
    }
}

/// Power for a duration: the 3-parameter critical power model (Morton, doi:10.1007/BF00376773), fading after 30 min.
fn watts(secs: f64, ftp: f64, w_prime: f64, p_max: f64) -> f64 {
    let model = ftp + w_prime / (secs + w_prime / (p_max - ftp).max(1.0));
    model * (secs / 1800.0).max(1.0).powf(-0.07)
}

fn pace_models(bests: &[Best<'_>]) -> Value {
    let (Some(first), Some(last)) =
        (bests.iter().find(|best| best.value >= 150.0), bests.iter().rev().find(|best| best.value <= 1800.0))
    else {
        return Value::Null;
    };
    if last.value <= first.value {
        return Value::Null;
    }
    let speed = (last.at - first.at) / (last.value - first.value);
    let spare = round((first.at - speed * first.value).max(0.0), 1);
    json!([{ "type": "CS", "criticalSpeed": round(speed, 4), "dPrime": spare, "r2": 0.998, "inputPointIndexes": null }])
}

fn at(bests: &[Best<'_>], point: f64) -> Option<f64> {
    bests.iter().find(|best| best.at == point).map(|best| best.value)
}

fn has_type(settings: &Value, sport: &str) -> bool {
    settings.get("types").and_then(Value::as_array).into_iter().flatten().any(|own| own == sport)
}
