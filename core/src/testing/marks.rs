//! Whether an answer marks what others wrote, told by the words of the demo's marked account.
use intervals_demo::marked::{FOREIGN, INVISIBLE};
use serde_json::Value;

use crate::{answer::Answer, render::BY_OTHERS};

/// What is wrong with an answer of the marked account, a sentence each: a text by others outside of quotes or under a key that does
/// not say so, and characters that a reader cannot see.
pub fn unmarked(answer: &Answer) -> Vec<String> {
    let mut faults = vec![];
    walk("", &answer.structured, &mut faults);
    // Whose answer it is stands in a line of core's own.
    let lines: Vec<&str> = answer.text.lines().filter(|line| !line.starts_with("athlete: ")).collect();
    faults.extend(unquoted(&lines.join("\n")));
    faults.extend(invisible(&answer.text));
    faults
}

/// The same of a text, such as one that is a part of an answer in a prescribed form.
pub fn unquoted(text: &str) -> Vec<String> {
    // What stands in quotes is every second part of a line.
    let outside = |line: &&str| line.split('"').step_by(2).any(|part| part.contains(FOREIGN));
    text.lines().filter(outside).map(|line| format!("outside of quotes: {line}")).collect()
}

/// The same of characters that a reader cannot see.
pub fn invisible(text: &str) -> Vec<String> {
    let seen = INVISIBLE.chars().find(|c| text.contains(*c));
    seen.map(|c| format!("{c:?} is in it: {text}")).into_iter().collect()
}

fn walk(key: &str, value: &Value, faults: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            if text.contains(FOREIGN) && !key.ends_with(BY_OTHERS) && key != "athlete" {
                faults.push(format!("under {key}: {text}"));
            }
            faults.extend(invisible(text));
        }
        Value::Array(all) => all.iter().for_each(|one| walk(key, one, faults)),
        Value::Object(all) => all.iter().for_each(|(key, one)| walk(key, one, faults)),
        _ => {}
    }
}
