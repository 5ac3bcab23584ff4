//! Parser of a step: duration, distance, targets and label.
use serde_json::{Value, json};

use super::{
    effort::{Thresholds, metres_of},
    number,
};
use crate::object::Object;

const KINDS: [&str; 7] = ["warmup", "active", "rest", "cooldown", "recovery", "interval", "other"];
const DISTANCES: [(&str, f64); 4] =
    [("mtr meters", 1.0), ("km", 1000.0), ("mi mile miles", 1609.344), ("yrd yds yards y", 0.9144)];

/// Parses a line that starts with a dash. None without a duration or distance.
pub fn step(line: &str, thresholds: &Thresholds) -> Option<Object> {
    let line = line.strip_prefix('-')?.replace(['–', '—'], "-");
    let small = line.to_lowercase();
    let words: Vec<(&str, &str)> = line.split_whitespace().zip(small.split_whitespace()).collect();
    let word_at = |place: usize| words.get(place).map_or("", |(_, small)| *small);
    let (mut label, mut labelling) = (vec![], true);
    let (mut secs, mut metres, mut rest) = (None, None, 0.0);
    let (mut goals, mut flags, mut lap) = (Object::new(), Object::new(), vec![]);
    let (mut place, mut timed_at) = (0, None);
    while let Some((written, word)) = words.get(place).copied() {
        let measured = secs.is_some() || metres.is_some();
        let next = word_at(place + 1);
        let mut used = 1;
        let mut is_data = true;
        if let Some((kind, goal, taken)) = goal(word, next, word_at(place + 2), thresholds) {
            // A zone before the duration drops the label.
            if word.starts_with('z') && !measured {
                label.clear();
            }
            goals.insert(kind.to_owned(), goal);
            used = taken;
        } else if let Some(time) = duration(word) {
            if measured && next == "rest" {
                (rest, used) = (rest + time, 2);
            } else if !measured || timed_at.is_some_and(|at| at + 1 == place) {
                secs = Some(secs.unwrap_or(0.0) + time);
                timed_at = Some(place);
            }
        } else if let Some(far) = distance(word) {
            metres = metres.or((!measured).then_some(far));
        } else {
            is_data = is_pace(word);
            match word {
                "ramp" if measured => _ = flags.insert("ramp".to_owned(), json!(true)),
                "freeride" => _ = flags.insert("freeride".to_owned(), json!(true)),
                "free" if measured => _ = flags.insert("freeride".to_owned(), json!(true)),
                "maxeffort" | "hidepower" => _ = flags.insert(word.to_owned(), json!(true)),
                "press" if next == "lap" => {
                    flags.insert("until_lap_press".to_owned(), json!(true));
                    used = 2;
                }
                _ => match word.split_once('=') {
                    Some(("intensity", kind)) if KINDS.contains(&kind) => {
                        flags.insert("intensity".to_owned(), json!(kind));
                    }
                    Some((kind @ ("power" | "hr"), over)) => lap.push((kind, json!(over))),
                    _ if labelling && !is_data => label.push(written),
                    _ => {}
                },
            }
        }
        labelling &= !is_data;
        place += used;
    }
    for (kind, over) in lap {
        if let Some(Value::Object(goal)) = goals.get_mut(kind) {
            goal.insert("target".to_owned(), over);
        }
    }
    let far = metres.filter(|far: &f64| *far > 0.0);
    let time = secs.unwrap_or_else(|| far.map_or(0.0, |far| (far / thresholds.pace(&goals)).round()));
    if time <= 0.0 {
        return None;
    }
    let text = (!label.is_empty()).then(|| ("text", json!(label.join(" "))));
    let measure = [("duration", number(time + rest))].into_iter().chain(far.map(|far| ("distance", number(far))));
    let own = text.into_iter().chain(measure).map(|(key, value)| (key.to_owned(), value));
    Some(own.chain(goals).chain(flags).collect())
}

/// Parses a target, and returns its kind and the number of words it takes.
fn goal(word: &str, next: &str, after: &str, thresholds: &Thresholds) -> Option<(&'static str, Value, usize)> {
    if let Some(span) = word.strip_suffix('%').and_then(|share| span(&share.replace('%', ""))) {
        let (kind, units, used) = match next {
            "hr" => ("hr", "%hr", 2),
            "lthr" => ("hr", "%lthr", 2),
            "pace" => ("pace", "%pace", 2),
            "mmp" => ("power", "%mmp", 2),
            _ => ("power", "%ftp", 1),
        };
        let mut goal = target(span, units);
        let over = duration(after).filter(|_| units == "%mmp");
        goal.extend(over.map(|over| ("mmp_duration".to_owned(), number(over))));
        return Some((kind, Value::Object(goal), used + usize::from(over.is_some())));
    }
    for (end, kind) in [("w", "power"), ("bpm", "hr"), ("rpm", "cadence")] {
        if let Some(span) = word.strip_suffix(end).and_then(|value| span(&value.replace(end, ""))) {
            return Some((kind, Value::Object(target(span, end)), 1));
        }
    }
    if let Some(span) = word.strip_prefix('z').and_then(|zones| span(&zones.replace('z', ""))) {
        let ((kind, units), used) = match next {
            "power" => (("power", "power_zone"), 2),
            "hr" => (("hr", "hr_zone"), 2),
            "pace" => (("pace", "pace_zone"), 2),
            _ => (thresholds.zone(), 1),
        };
        return Some((kind, Value::Object(target(span, units)), used));
    }
    if !is_pace(word) || next != "pace" {
        return None;
    }
    let (times, unit) = word.split_once('/').unwrap_or((word, thresholds.pace_unit));
    metres_of(unit)?;
    let (start, end) = times.split_once('-').unwrap_or((times, times));
    let span = (clock(start)?, (start != end).then(|| clock(end)).flatten());
    Some(("pace", Value::Object(target(span, &format!("secs/{unit}"))), 2))
}

type Span = (f64, Option<f64>);

fn target((start, end): Span, units: &str) -> Object {
    let goal = match end {
        None => vec![("value", number(start))],
        Some(end) => vec![("start", number(start)), ("end", number(end))],
    };
    goal.into_iter().chain([("units", json!(units))]).map(|(key, value)| (key.to_owned(), value)).collect()
}

/// `75` or `75-80`.
fn span(text: &str) -> Option<Span> {
    let (start, end) = text.split_once('-').map_or((text, None), |(start, end)| (start, Some(end)));
    let end = end.map(|end| plain(end).ok_or(())).transpose().ok()?;
    Some((plain(start)?, end))
}

/// A decimal number without a sign.
fn plain(text: &str) -> Option<f64> {
    text.chars().all(|c| c.is_ascii_digit() || c == '.').then(|| text.parse().ok())?
}

/// `400mtr`; an `m` is minutes, not metres.
fn distance(word: &str) -> Option<f64> {
    let mut units = DISTANCES.iter().flat_map(|(units, metres)| units.split(' ').map(move |unit| (unit, metres)));
    units.find_map(|(unit, metres)| Some(plain(word.strip_suffix(unit)?)? * metres))
}

/// `1h30m`, `90s`, `1m30`, `5'30"`, `5:00`.
fn duration(word: &str) -> Option<f64> {
    if word.contains(':') {
        return clock(word);
    }
    let (mut secs, mut digits, mut last) = (0.0, String::new(), f64::MAX);
    for c in word.chars() {
        let unit = match c {
            '0'..='9' | '.' => {
                digits.push(c);
                continue;
            }
            'h' => 3600.0,
            'm' | '\'' => 60.0,
            's' | '"' => 1.0,
            _ => return None,
        };
        if unit >= last {
            return None;
        }
        secs += plain(&std::mem::take(&mut digits))? * unit;
        last = unit;
    }
    match digits.as_str() {
        "" => (last < f64::MAX).then_some(secs),
        // 1m30
        digits if last == 60.0 => Some(secs + plain(digits)?),
        _ => None,
    }
}

/// `m:ss` or `h:mm:ss`.
fn clock(text: &str) -> Option<f64> {
    let parts: Vec<u32> = text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match parts.as_slice() {
        [minutes, secs] if *secs < 60 => Some(f64::from(*minutes) * 60.0 + f64::from(*secs)),
        [hours, minutes, secs] if *minutes < 60 && *secs < 60 => {
            Some(f64::from(*hours) * 3600.0 + f64::from(*minutes) * 60.0 + f64::from(*secs))
        }
        _ => None,
    }
}

/// Whether the word is a pace: `4:20`, `4:20-4:30/km`.
fn is_pace(word: &str) -> bool {
    let times = word.split('/').next().unwrap_or_default();
    times.split('-').all(|time| clock(time).is_some())
}
