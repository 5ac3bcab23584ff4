//! Checks that an answer marks the texts of others, by the words of the demo's marked account.
use intervals_demo::marked::{FOREIGN, INVISIBLE};
use serde_json::Value;

use crate::{answer::Answer, render::BY_OTHERS};

/// The faults of an answer of the marked account, a sentence each: a text by others that is neither in quotes nor under a key
/// with the suffix `_by_others`, and invisible characters. Ignores the line and key `athlete`, which core adds.
pub fn unmarked(answer: &Answer) -> Vec<String> {
    let mut faults = vec![];
    walk("", &answer.structured, false, &mut faults);
    let is_own = |line: &&str| line.starts_with("athlete: ");
    // A prescribed answer is JSON in text too.
    let is_json = answer.text.starts_with('{');
    let lines: Vec<&str> = answer.text.lines().filter(|line| !is_json && !is_own(line)).collect();
    faults.extend(unquoted(&lines.join("\n")));
    faults.extend(invisible(&answer.text));
    faults
}

/// Texts by others without quotes in `text`, such as a part of a prescribed answer.
pub fn unquoted(text: &str) -> Vec<String> {
    let outside = |line: &&str| {
        line.match_indices(FOREIGN).any(|(at, _)| !ends_inside_of_quotes(line.get(..at).unwrap_or_default()))
    };
    text.lines().filter(outside).map(|line| format!("outside of quotes: {line}")).collect()
}

/// Invisible characters in `text`.
pub fn invisible(text: &str) -> Vec<String> {
    let seen = INVISIBLE.chars().find(|c| text.contains(*c));
    seen.map(|c| format!("{c:?} is in it: {text}")).into_iter().collect()
}

fn walk(place: &str, value: &Value, by_others: bool, faults: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            if !by_others {
                faults.extend(unquoted(text).into_iter().map(|fault| format!("{place}: {fault}")));
            }
            faults.extend(invisible(text));
        }
        Value::Array(items) => items.iter().for_each(|item| walk(place, item, by_others, faults)),
        Value::Object(members) => {
            for (key, member) in members.iter().filter(|(key, _)| !(place.is_empty() && *key == "athlete")) {
                walk(&format!("{place}/{key}"), member, by_others || key.ends_with(BY_OTHERS), faults);
            }
        }
        _ => {}
    }
}

/// Whether `text` ends inside quotes. In JSON a quote may be escaped.
fn ends_inside_of_quotes(text: &str) -> bool {
    let (mut inside, mut escaped) = (false, false);
    for c in text.chars() {
        inside ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
    }
    inside
}
