//! Checks that an answer of the marked demo marks the texts of others.
use serde_json::Value;

use super::{ToolRunner, demo::Options, demo_with};
use crate::answer::Answer;
use intervals_demo::marked::{FOREIGN, INVISIBLE};

/// The demo whose texts contain a mark of their author.
pub async fn marked() -> ToolRunner {
    demo_with(Options { marked: true, ..Options::default() }).await
}

/// The faults of an answer of the marked demo: a text of others without quotes or under a key without the suffix `_by_others`, and
/// invisible characters. Ignores the line and key `athlete`, which core adds.
pub fn misplaced_words(answer: &Answer) -> Vec<String> {
    let mut wrong = vec![];
    walk("", &answer.structured, false, &mut wrong);
    for line in answer.text.lines().filter(|line| !line.starts_with("athlete: ")) {
        if line.match_indices(FOREIGN).any(|(at, _)| !is_quoted(line.get(..at).unwrap_or_default())) {
            wrong.push(format!("not quoted: {line}"));
        }
    }
    if answer.text.contains(is_invisible) {
        wrong.push("the text has invisible characters".into());
    }
    wrong
}

fn walk(place: &str, value: &Value, by_others: bool, wrong: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            if text.contains(FOREIGN) && !by_others {
                wrong.push(format!("{place} does not say that others wrote it: {text}"));
            }
            if text.contains(is_invisible) {
                wrong.push(format!("{place} has invisible characters"));
            }
        }
        Value::Array(items) => items.iter().for_each(|item| walk(place, item, by_others, wrong)),
        Value::Object(members) => {
            for (key, member) in members.iter().filter(|(key, _)| !(place.is_empty() && *key == "athlete")) {
                walk(&format!("{place}/{key}"), member, by_others || key.ends_with(crate::render::BY_OTHERS), wrong);
            }
        }
        _ => {}
    }
}

fn is_invisible(c: char) -> bool {
    INVISIBLE.contains(c)
}

/// Whether text after `before` is inside quotes. In JSON a quote may be escaped.
fn is_quoted(before: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    for c in before.chars() {
        match c {
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    quoted
}
