//! Whether an answer marks what others wrote, told by the words of the demo's marked account.
use intervals_demo::marked::{FOREIGN, INVISIBLE};
use serde_json::Value;

use crate::{answer::Answer, render::BY_OTHERS};

/// What is wrong with an answer of the marked account, a sentence each: a text by others that is neither in quotes nor under a key that
/// says so, and characters that a reader cannot see. The line and the key `athlete` name an athlete and are core's own.
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

/// The same of a text, such as one that is a part of an answer in a prescribed form.
pub fn unquoted(text: &str) -> Vec<String> {
    let outside = |line: &&str| {
        line.match_indices(FOREIGN).any(|(at, _)| !ends_inside_of_quotes(line.get(..at).unwrap_or_default()))
    };
    text.lines().filter(outside).map(|line| format!("outside of quotes: {line}")).collect()
}

/// The same of characters that a reader cannot see.
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

/// Inside of JSON a quote may be escaped.
fn ends_inside_of_quotes(text: &str) -> bool {
    let (mut inside, mut escaped) = (false, false);
    for c in text.chars() {
        inside ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
    }
    inside
}
