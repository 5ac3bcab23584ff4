//! Intervals of an activity: repetitions of a structured workout, laps of any other.
use serde_json::{Value, json};

use super::{Activity, Piece};
use crate::{
    intensity::{self, Part, Step},
    object::{Object, object},
    person::{POWER_ZONES, Person},
    random::round,
};

/// Length of a lap in seconds.
const LAP: u32 = 1800;

impl Activity {
    /// Number of laps or repetitions.
    pub fn lap_count(&self, steps: &[Step]) -> usize {
        self.parts(steps).len()
    }

    /// Start, end and purpose of each detected interval.
    fn parts(&self, steps: &[Step]) -> Vec<(u32, u32, Part)> {
        if !self.is_structured() {
            let starts = (0..self.moving_time).step_by(LAP as usize);
            return starts.map(|start| (start, (start + LAP).min(self.moving_time), Part::Work)).collect();
        }
        let mut start = 0;
        let part = |step: &Step| {
            let from = start;
            start += step.secs;
            (from, start, step.part)
        };
        steps.iter().map(part).collect()
    }

    /// Summary such as `4x 8m 265w`.
    pub fn interval_summary(&self, steps: &[Step]) -> Vec<String> {
        let work: Vec<&Step> = steps.iter().filter(|step| step.part == Part::Work).collect();
        let Some(first) = work.first() else { return Vec::new() };
        let time = match (first.secs / 60, first.secs % 60) {
            (0, secs) => format!("{secs}s"),
            (minutes, 0) => format!("{minutes}m"),
            (minutes, secs) => format!("{minutes}m{secs}s"),
        };
        let strength = match (self.power, self.heart) {
            (Some(power), _) => format!("{}w", (first.level * f64::from(power.ftp)).round()),
            (_, Some(heart)) => format!("{}bpm", heart.max.saturating_sub(3)),
            _ => String::new(),
        };
        vec![format!("{}x {time} {strength}", work.len())]
    }

    /// Intervals: edited ones if there are any, else the detected ones.
    pub fn pieces(&self) -> Vec<Piece> {
        if let Some(pieces) = &self.pieces {
            return pieces.clone();
        }
        let piece = |(id, (from, to, part)): (u32, (u32, u32, Part))| {
            let work = part == Part::Work;
            Piece { id, from, to, work, label: work.then(|| format!("Rep {id}")) }
        };
        let steps = self.steps();
        let parts = if steps.is_empty() { Vec::new() } else { self.parts(&steps) };
        (1..).zip(parts).map(piece).collect()
    }

    /// The API's `icu_intervals` and `icu_groups`.
    pub fn intervals(&self, person: &Person) -> (Value, Value) {
        let steps = self.steps();
        if steps.is_empty() {
            return (json!([]), json!([]));
        }
        let mut intervals = Vec::new();
        let mut groups: Vec<Object> = Vec::new();
        for Piece { id, from, to, work, label } in self.pieces() {
            let mut interval = self.between(person, &steps, from, to);
            let group = self.group(&interval, to - from);
            interval.insert("id".to_owned(), json!(id));
            interval.insert("type".to_owned(), json!(if work { "WORK" } else { "RECOVERY" }));
            interval.insert("label".to_owned(), json!(label));
            interval.insert("group_id".to_owned(), if work { json!(group) } else { Value::Null });
            if work {
                gather(&mut groups, &interval, group);
            }
            intervals.push(interval);
        }
        (json!(intervals), json!(groups))
    }

    /// Metrics between two seconds.
    pub fn stretch(&self, person: &Person, from: u32, to: u32) -> Object {
        self.between(person, &self.steps(), from, to)
    }

    fn group(&self, interval: &Object, secs: u32) -> String {
        let number = |key: &str| interval.get(key).and_then(Value::as_f64).unwrap_or_default().round();
        match self.power {
            Some(_) => format!("{secs}s@{}w{}rpm", number("average_watts"), number("average_cadence")),
            None => format!("{secs}s@{}bpm", number("average_heartrate")),
        }
    }

    /// Metrics of an interval between two seconds.
    fn between(&self, person: &Person, all_steps: &[Step], from: u32, to: u32) -> Object {
        let steps = intensity::cut(all_steps, from, to);
        let secs = to - from;
        let (mean, weighted) = (intensity::mean(&steps, |level| level), intensity::weighted(&steps));
        let top = steps.iter().map(|step| step.level).fold(0.0, f64::max);
        let low = steps.iter().map(|step| step.level).fold(top, f64::min);
        let overall = intensity::mean(all_steps, |level| level).max(0.01);
        let metres = self.speed().map(|speed| speed * f64::from(secs) * (mean / overall).powf(0.5));
        let pulse = intensity::mean(&steps, |level| person.heart_rate(level));
        let beats = |level| self.heart.map(|heart| (person.heart_rate(level).round() as u32).min(heart.max));
        let climb = self.climb.map(|climb| f64::from(climb) * f64::from(secs) / f64::from(self.moving_time.max(1)));
        let mut all = object(json!({
            "start_index": from, "end_index": to, "start_time": from, "end_time": to, "moving_time": secs,
            "elapsed_time": secs, "distance": metres.map(|metres| round(metres, 2)),
            "average_speed": metres.map(|metres| round(metres / f64::from(secs.max(1)), 4)),
            "intensity": (weighted * 100.0).round() as u32,
            "training_load": round(f64::from(secs) / 36.0 * weighted * weighted, 4),
            "zone": zone(mean), "average_heartrate": self.heart.map(|_| pulse.round() as u32),
            "min_heartrate": beats(low), "max_heartrate": beats(top), "average_cadence": self.cadence(),
            "total_elevation_gain": climb.map(|climb| round(climb, 1)), "average_gradient": self.climb.map(|_| 0.0),
            "decoupling": null, "gap": null, "average_stride": null, "average_dfa_a1": null, "average_smo2": null,
        }));
        if let Some(power) = self.power {
            let watts = |level: f64| (level * f64::from(power.ftp)).round() as u32;
            let (above, drawn) = intensity::above_threshold(&steps);
            all.extend(object(json!({
                "average_watts": watts(mean), "min_watts": watts(low), "max_watts": watts(top),
                "weighted_average_watts": watts(weighted), "joules": watts(mean) * secs,
                "average_watts_kg": round(f64::from(watts(mean)) / person.weight, 4),
                "joules_above_ftp": (above * f64::from(power.ftp)).round() as u32,
                "wbal_start": person.w_prime,
                "wbal_end": person.w_prime.saturating_sub((drawn * f64::from(power.ftp)) as u32),
                "zone_min_watts": bound(zone(mean).saturating_sub(1)).map(|percent| percent * power.ftp / 100 + 1),
                "zone_max_watts": bound(zone(mean)).map(|percent| percent * power.ftp / 100),
            })));
        }
        all
    }
}

fn gather(groups: &mut Vec<Object>, interval: &Object, id: String) {
    let same = |group: &&mut Object| group.get("id").and_then(Value::as_str) == Some(id.as_str());
    if let Some(group) = groups.iter_mut().find(same) {
        let count = group.get("count").and_then(Value::as_u64).unwrap_or_default() + 1;
        group.insert("count".to_owned(), json!(count));
        return;
    }
    let mut group = interval.clone();
    for key in ["type", "label", "group_id", "start_time", "end_time", "end_index"] {
        group.shift_remove(key);
    }
    group.insert("id".to_owned(), json!(id));
    group.insert("count".to_owned(), json!(1));
    groups.push(group);
}

fn zone(level: f64) -> usize {
    POWER_ZONES.iter().position(|bound| level * 100.0 <= f64::from(*bound)).map_or(7, |place| place + 1)
}

fn bound(zone: usize) -> Option<u32> {
    match zone {
        0 => Some(0),
        7 => None,
        _ => POWER_ZONES.get(zone - 1).copied(),
    }
}
