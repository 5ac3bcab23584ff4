//! How a workout is written as text, and what of a text was lost on the way into steps.
use crate::{
    Resource,
    client::{WorkoutDoc, WorkoutStep},
};

/// Where [`WORKOUT_SYNTAX`] is read.
pub const WORKOUT_SYNTAX_URI: &str = "intervals-icu://workout-syntax";

/// The grammar of workout text for a model that writes it, with its traps; Markdown.
pub const WORKOUT_SYNTAX: &str = include_str!("workout-syntax.md");

/// The resource behind [`WORKOUT_SYNTAX_URI`], for every pack that writes workouts.
pub fn workout_syntax() -> Resource {
    Resource {
        uri: WORKOUT_SYNTAX_URI.into(),
        name: "Workout syntax".into(),
        description: "How the steps of a workout are written.".into(),
        media_type: "text/markdown".into(),
        tool: None,
    }
}

/// What the service did not understand of a text, or hardly as it was meant, a sentence each. Nothing where all seems
/// well.
pub fn workout_doubts(text: &str, sport: Option<&str>, doc: Option<&WorkoutDoc>) -> Vec<String> {
    let steps = doc.map(|doc| doc.steps.as_slice()).unwrap_or_default();
    if text.trim().is_empty() {
        return vec![];
    }
    if steps.is_empty() {
        return vec![
            "the text has no steps, so the workout has no structure (see resource intervals-icu://workout-syntax)"
                .into(),
        ];
    }
    let lines = || text.lines().map(str::trim);
    let written = lines().filter(|line| line.starts_with('-')).count();
    let blocks = lines().filter(|line| !line.starts_with('-') && repeats(line)).count();
    let (read, repeated) = count(steps);
    let mut doubts = vec![];
    if read < written {
        doubts.push(format!(
            "{} of {written} lines that start with - became no step: each needs a duration or a distance",
            written - read
        ));
    }
    if repeated < blocks {
        doubts.push(format!(
            "{} of {blocks} repeats were not read as such: a block needs a blank line before and after it",
            blocks - repeated
        ));
    }
    let longest = if sport.is_some_and(|sport| sport.ends_with("Swim")) { 25 } else { 200 };
    let words = lines().filter(|line| line.starts_with('-')).flat_map(|line| line.split(char::is_whitespace));
    let minutes = words.filter_map(|word| word.trim_start_matches('-').strip_suffix('m')?.parse::<u32>().ok());
    if let Some(minutes) = minutes.filter(|minutes| *minutes >= longest).max() {
        doubts.push(format!("{minutes}m is {minutes} minutes; {minutes} metres would be {minutes}mtr"));
    }
    doubts
}

/// Whether a line ends in `4x`.
fn repeats(line: &str) -> bool {
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    last.strip_suffix(['x', 'X']).is_some_and(|count| count.parse::<u32>().is_ok())
}

/// Steps, and blocks that they are repeated in.
fn count(steps: &[WorkoutStep]) -> (usize, usize) {
    steps.iter().fold((0, 0), |(single, blocks), step| match step.steps.as_slice() {
        [] => (single + 1, blocks),
        inner => {
            let (more, nested) = count(inner);
            (single + more, blocks + nested + 1)
        }
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    #[rstest]
    #[case::nothing_to_read("", json!([]), &[])]
    #[case::prose("easy", json!([]), &["the text has no steps"])]
    #[case::all("4x\n- 1m 90%\n- 1m 50%", json!([{"reps": 4, "steps": [{"duration": 60}, {"duration": 60}]}]), &[])]
    #[case::a_line("- 1m 90%\n- 10min 50%", json!([{"duration": 60}]), &["1 of 2 lines that start with -"])]
    #[case::metres_as_minutes("- 400m 90%\n- 120m Z2", json!([{"duration": 24_000}, {"duration": 7200}]),
        &["400m is 400 minutes; 400 metres would be 400mtr"])]
    #[case::a_block("- 5m\nMain 4X\n- 1m", json!([{"duration": 300}, {"duration": 60}]), &["1 of 1 repeats"])]
    fn what_was_lost_is_named(#[case] text: &str, #[case] steps: Value, #[case] expected: &[&str]) {
        let doc: WorkoutDoc = serde_json::from_value(json!({"steps": steps})).unwrap();
        let doubts = workout_doubts(text, Some("Ride"), Some(&doc));
        assert_eq!(doubts.len(), expected.len(), "{doubts:?}");
        assert!(doubts.iter().zip(expected).all(|(doubt, start)| doubt.starts_with(start)), "{doubts:?}");
    }

    #[test]
    fn the_syntax_is_a_page_and_not_a_book() {
        // o200k has about four letters of such text in a token; 900 are allowed.
        assert!(WORKOUT_SYNTAX.len() < 3000, "{}", WORKOUT_SYNTAX.len());
    }
}
