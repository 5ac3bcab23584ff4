//! Parser of workout text: steps, repetitions and targets, as the service reads them.
mod effort;
mod step;
#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use crate::{object::Object, person::Person, random::round};
use effort::Thresholds;

/// The result of parsing a workout text.
#[derive(Debug)]
pub struct Read {
    /// The API's `workout_doc`. It has no steps if none was recognized.
    pub doc: Value,
    /// Planned time in seconds.
    pub secs: u32,
    /// Planned distance in metres; 0 if no step has one.
    pub metres: f64,
    /// Training load. `None` if no step has an intensity.
    pub load: Option<u32>,
    /// Intensity in percent of threshold.
    pub intensity: Option<f64>,
}

impl Read {
    /// Whether any step was recognized.
    pub fn is_structured(&self) -> bool {
        self.secs > 0
    }
}

/// Parses the text of a workout of this activity type.
pub fn read(text: &str, sport: &str, person: &Person) -> Read {
    let thresholds = Thresholds::of(sport, person);
    let mut lines = Lines::default();
    text.lines().for_each(|line| lines.take(line.trim(), &thresholds));
    lines.close();
    let mut sum = Sum::default();
    sum.add(&lines.steps, 1.0, &thresholds);
    let load = sum.effort.filter(|_| sum.secs > 0.0);
    let doc = json!({
        "steps": lines.steps, "duration": sum.secs.round() as u64, "distance": number(sum.metres),
        "description": (!lines.prose.is_empty()).then(|| lines.prose.join("\n")),
    });
    Read {
        doc,
        secs: sum.secs.round() as u32,
        metres: sum.metres,
        load: load.map(|effort| (effort / 36.0).round() as u32),
        intensity: load.map(|effort| round((effort / sum.secs).sqrt() * 100.0, 5)),
    }
}

/// Adds what `resolve=true` adds: thresholds, and `_power`, `_hr` and `_pace` of each step.
///
/// A single value becomes a range, widened by this many percent to either side: power, heart rate, pace.
pub fn resolve(doc: &mut Value, sport: &str, person: &Person, widen: (f64, f64, f64)) {
    let thresholds = Thresholds::of(sport, person);
    let Value::Object(doc) = doc else { return };
    doc.extend(thresholds.json());
    let widen = [("power", widen.0), ("hr", widen.1), ("pace", widen.2)];
    if let Some(Value::Array(steps)) = doc.get_mut("steps") {
        resolve_steps(steps, &thresholds, &widen);
    }
}

fn resolve_steps(steps: &mut [Value], thresholds: &Thresholds, widen: &[(&str, f64); 3]) {
    for step in steps.iter_mut().filter_map(Value::as_object_mut) {
        if let Some(Value::Array(inner)) = step.get_mut("steps") {
            resolve_steps(inner, thresholds, widen);
        }
        for (kind, percent) in widen {
            let Some(goal) = step.get(*kind) else { continue };
            let Some((start, end)) = thresholds.band(goal) else { continue };
            let apart = if start == end { start * percent / 100.0 } else { 0.0 };
            let band = [("value", (start + end) / 2.0), ("start", start - apart), ("end", end + apart)];
            let band: Object = band.map(|(key, value)| (key.to_owned(), number(round(value, 3)))).into_iter().collect();
            step.insert(format!("_{kind}"), Value::Object(band));
        }
    }
}

/// State of the parser: steps so far, the open block, and the flag of the last header.
#[derive(Default)]
struct Lines {
    steps: Vec<Value>,
    prose: Vec<String>,
    block: Option<Object>,
    inner: Vec<Value>,
    flag: Option<&'static str>,
    after_step: bool,
}

impl Lines {
    fn take(&mut self, line: &str, thresholds: &Thresholds) {
        if line.is_empty() {
            self.close();
            (self.flag, self.after_step) = (None, false);
        } else if line.starts_with('-') {
            self.after_step = true;
            let Some(mut step) = step::step(line, thresholds) else { return };
            step.extend(self.flag.map(|flag| (flag.to_owned(), json!(true))));
            let steps = if self.block.is_some() { &mut self.inner } else { &mut self.steps };
            steps.push(Value::Object(step));
        } else if let Some((title, reps)) = repeat(line) {
            // Without a blank line above, a header is only a title: its steps are not repeated.
            if !self.after_step {
                self.close();
                let title = (!title.is_empty()).then(|| ("text".to_owned(), json!(title)));
                let reps = ("reps".to_owned(), json!(reps));
                self.block = Some(title.into_iter().chain([reps]).collect());
            }
        } else {
            let start: String = line.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
            let flags = [("warmup", "warmup"), ("cooldown", "cooldown")];
            let flag = flags.into_iter().find(|(word, _)| start.starts_with(word)).map(|(_, flag)| flag);
            self.flag = flag.or(self.flag);
            if flag.is_none() {
                self.prose.push(line.to_owned());
            }
        }
    }

    /// Closes the block. One without steps is dropped.
    fn close(&mut self) {
        let inner = std::mem::take(&mut self.inner);
        let Some(mut block) = self.block.take().filter(|_| !inner.is_empty()) else { return };
        let reps = block.get("reps").and_then(Value::as_f64).unwrap_or(1.0);
        for key in ["duration", "distance"] {
            let sum: f64 = inner.iter().filter_map(|step| step.get(key)?.as_f64()).sum();
            if sum > 0.0 {
                block.insert(key.to_owned(), number(reps * sum));
            }
        }
        block.insert("steps".to_owned(), Value::Array(inner));
        self.steps.push(Value::Object(block));
    }
}

/// Title and repetitions of a line that ends in `Nx`.
fn repeat(line: &str) -> Option<(&str, u32)> {
    let (title, last) = line.rsplit_once(char::is_whitespace).unwrap_or(("", line));
    let count = last.strip_suffix(['x', 'X'])?.parse().ok()?;
    (1..=999).contains(&count).then_some((title.trim_end(), count))
}

/// Totals of all steps.
#[derive(Default)]
struct Sum {
    secs: f64,
    metres: f64,
    /// Sum of seconds x intensity², if any step has an intensity.
    effort: Option<f64>,
}

impl Sum {
    fn add(&mut self, steps: &[Value], times: f64, thresholds: &Thresholds) {
        for step in steps.iter().filter_map(Value::as_object) {
            let of = |key: &str| step.get(key).and_then(Value::as_f64).unwrap_or_default();
            if let Some(Value::Array(inner)) = step.get("steps") {
                self.add(inner, times * of("reps"), thresholds);
                continue;
            }
            self.secs += times * of("duration");
            self.metres += times * of("distance");
            if let Some(level) = thresholds.level(step) {
                *self.effort.get_or_insert_default() += times * of("duration") * level * level;
            }
        }
    }
}

/// A JSON number in the service's format: integers without a point.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1e15 { json!(value as i64) } else { json!(value) }
}
