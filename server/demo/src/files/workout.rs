//! Files of a planned workout: ZWO (Zwift), MRC, ERG and FIT.
use std::fmt::Write;

use serde_json::Value;

use super::fit;

/// A step of the workout, with repetitions expanded.
struct Part {
    secs: f64,
    /// Fraction of threshold at its start and end.
    level: Option<(f64, f64)>,
    ramp: bool,
}

/// Writes the file of a resolved `workout_doc`. `None` without steps, or if `kind` is not zwo, mrc, erg or fit.
pub fn file(kind: &str, name: &str, doc: &Value) -> Option<Vec<u8>> {
    let mut parts = vec![];
    gather(&doc["steps"], doc, &mut parts);
    if parts.is_empty() {
        return None;
    }
    let ftp = doc["ftp"].as_f64().unwrap_or(200.0);
    match kind {
        "zwo" => Some(zwo(name, &parts).into_bytes()),
        "mrc" => Some(course(name, "PERCENT", 100.0, &parts).into_bytes()),
        "erg" => Some(course(name, "WATTS", ftp, &parts).into_bytes()),
        "fit" => {
            Some(fit::workout(name, parts.iter().map(|part| (part.secs, part.level.map(|level| watts(level, ftp))))))
        }
        _ => None,
    }
}

fn watts((start, end): (f64, f64), ftp: f64) -> (u32, u32) {
    ((start * ftp).round() as u32, (end * ftp).round() as u32)
}

fn gather(steps: &Value, doc: &Value, parts: &mut Vec<Part>) {
    for step in steps.as_array().into_iter().flatten() {
        if step["steps"].is_array() {
            (0..step["reps"].as_u64().unwrap_or(1)).for_each(|_| gather(&step["steps"], doc, parts));
            continue;
        }
        let share = |(key, threshold): (&str, &str)| {
            let of = |end: &str| Some(step.get(key)?.get(end)?.as_f64()? / doc.get(threshold)?.as_f64()?);
            of("start").zip(of("end"))
        };
        let level = [("_power", "ftp"), ("_pace", "threshold_pace"), ("_hr", "lthr")].into_iter().find_map(share);
        parts.push(Part { secs: step["duration"].as_f64().unwrap_or_default(), level, ramp: step["ramp"] == true });
    }
}

fn zwo(name: &str, parts: &[Part]) -> String {
    let name = name.replace('&', "&amp;").replace('<', "&lt;");
    let mut xml = format!("<workout_file>\n  <name>{name}</name>\n  <sportType>bike</sportType>\n  <workout>\n");
    for Part { secs, level, ramp } in parts {
        _ = match level {
            None => writeln!(xml, "    <FreeRide Duration=\"{secs}\"/>"),
            Some((start, end)) if *ramp => {
                writeln!(xml, "    <Ramp Duration=\"{secs}\" PowerLow=\"{start:.3}\" PowerHigh=\"{end:.3}\"/>")
            }
            Some((start, end)) => {
                writeln!(xml, "    <SteadyState Duration=\"{secs}\" Power=\"{:.3}\"/>", (start + end) / 2.0)
            }
        };
    }
    xml + "  </workout>\n</workout_file>\n"
}

/// MRC or ERG: minutes and power at the start and end of each step.
fn course(name: &str, unit: &str, scale: f64, parts: &[Part]) -> String {
    let mut text = format!(
        "[COURSE HEADER]\nVERSION = 2\nUNITS = ENGLISH\nDESCRIPTION = {name}\nMINUTES {unit}\n[END COURSE HEADER]\n[COURSE DATA]\n"
    );
    let mut at = 0.0;
    for Part { secs, level, ramp } in parts {
        let (start, end) = level.unwrap_or((0.5, 0.5));
        let (start, end) = if *ramp { (start, end) } else { ((start + end) / 2.0, (start + end) / 2.0) };
        for (time, level) in [(at, start), (at + secs, end)] {
            _ = writeln!(text, "{:.2}\t{:.0}", time / 60.0, level * scale);
        }
        at += secs;
    }
    text + "[END COURSE DATA]\n"
}
