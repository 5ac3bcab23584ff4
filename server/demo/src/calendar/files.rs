//! Download of a planned workout as `zwo`, `mrc`, `erg` or `fit`.
use jiff::Timestamp;
use serde_json::Value;

use super::Event;
use crate::{
    failure::Failure,
    files::{Content, fit},
    track::Track,
};

impl Event {
    /// Writes a `zwo`, `mrc`, `erg` or `fit` file.
    ///
    /// # Errors
    /// 422 if the event is not a workout, and for any other format.
    pub fn file(&self, kind: &str, ftp: u32) -> Result<Vec<u8>, Failure> {
        if self.text("category") != "WORKOUT" {
            return Err(Failure::rejected("Event is not a workout"));
        }
        let steps = self.steps();
        match kind {
            "zwo" => Ok(self.zwo(&steps).into_bytes()),
            "mrc" => Ok(self.course(&steps, "PERCENT", 100.0).into_bytes()),
            "erg" => Ok(self.course(&steps, "WATTS", f64::from(ftp)).into_bytes()),
            "fit" => {
                let track = Track { secs: steps.iter().map(|(secs, _)| *secs as usize).sum(), ..Track::default() };
                Ok(fit(&track, Timestamp::UNIX_EPOCH, Content { power: false, heart: false }))
            }
            other => Err(Failure::rejected(format!("Unknown format [{other}]"))),
        }
    }

    /// Seconds and level of each step. Without steps, the whole workout is one.
    fn steps(&self) -> Vec<(u32, f64)> {
        let number = |value: Option<&Value>| value.and_then(Value::as_f64);
        let mut steps = Vec::new();
        let doc = self.fields.get("workout_doc").and_then(|doc| doc.get("steps")).and_then(Value::as_array);
        for step in doc.into_iter().flatten() {
            let inner = step.get("steps").and_then(Value::as_array).filter(|inner| !inner.is_empty());
            let reps = inner.map_or(1, |_| number(step.get("reps")).unwrap_or(1.0) as usize);
            let inner = inner.map_or_else(|| vec![step], |inner| inner.iter().collect());
            for _ in 0..reps {
                for step in &inner {
                    let power = step.get("power").or_else(|| step.get("pace")).or_else(|| step.get("hr"));
                    let level = power.and_then(|goal| number(goal.get("value").or_else(|| goal.get("end"))));
                    steps.push((number(step.get("duration")).unwrap_or(300.0) as u32, level.unwrap_or(60.0) / 100.0));
                }
            }
        }
        if steps.is_empty() {
            steps.push((
                number(self.fields.get("moving_time")).filter(|secs| *secs > 0.0).unwrap_or(3600.0) as u32,
                0.6,
            ));
        }
        steps
    }

    fn zwo(&self, steps: &[(u32, f64)]) -> String {
        let plain = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        let step = |(secs, level): &(u32, f64)| format!("<SteadyState Duration=\"{secs}\" Power=\"{level:.2}\"/>\n");
        let steps: String = steps.iter().map(step).collect();
        let name = plain(self.text("name"));
        format!(
            "<workout_file>\n<name>{name}</name>\n<sportType>bike</sportType>\n<workout>\n{steps}</workout>\n</workout_file>\n"
        )
    }

    fn course(&self, steps: &[(u32, f64)], unit: &str, scale: f64) -> String {
        let mut text = format!(
            "[COURSE HEADER]\nDESCRIPTION = {}\nMINUTES {unit}\n[END COURSE HEADER]\n[COURSE DATA]\n",
            self.text("name")
        );
        let mut at = 0;
        for (secs, level) in steps {
            for second in [at, at + secs] {
                text.push_str(&format!("{:.2}\t{:.0}\n", f64::from(second) / 60.0, level * scale));
            }
            at += secs;
        }
        text + "[END COURSE DATA]\n"
    }
}
