//! The syntax of workout text, and checks for text that the service did not read as steps.
use crate::{
    client::{PlannedDoc, WorkoutStep},
    content::Resource,
    text::truncate,
};

/// The URI of [`WORKOUT_SYNTAX`].
pub const WORKOUT_SYNTAX_URI: &str = "intervals-icu://workout-syntax";

/// The grammar of workout text with its pitfalls, for a model that writes it; Markdown.
pub const WORKOUT_SYNTAX: &str = include_str!("workout-syntax.md");

/// The resource of [`WORKOUT_SYNTAX_URI`], for every pack that writes workouts.
pub fn workout_syntax() -> Resource {
    Resource {
        uri: WORKOUT_SYNTAX_URI.into(),
        name: "Workout syntax".into(),
        description: "How the steps of a workout are written.".into(),
        media_type: "text/markdown".into(),
        tool: None,
    }
}

/// The parts of a workout text that the service did not understand, or probably misread, a sentence each. Empty when there are
/// none.
pub fn workout_doubts(text: &str, sport: Option<&str>, doc: Option<&PlannedDoc>) -> Vec<String> {
    let steps = match doc {
        _ if text.trim().is_empty() => return vec![],
        Some(Err(reason)) => return vec![format!("the steps could not be read, so they are not checked: {reason}")],
        Some(Ok(doc)) => doc.steps.as_slice(),
        None => &[],
    };
    if steps.is_empty() {
        return vec![
            "the text has no steps, so the workout has no structure (see resource intervals-icu://workout-syntax)"
                .into(),
        ];
    }
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let written: Vec<_> = lines.iter().copied().filter(|line| is_step(line)).collect();
    let blocks = lines.windows(2).filter(|pair| matches!(pair, [head, next] if repeats(head) && is_step(next))).count();
    let mut read = vec![];
    let repeated = gather(steps, &mut read);
    let mut doubts = vec![];
    if read.len() < written.len() {
        doubts.push(format!(
            "{} of {} lines that start with - became no step: each needs a duration or a distance",
            written.len() - read.len(),
            written.len()
        ));
    }
    if repeated < blocks {
        doubts.push(format!(
            "{} of {blocks} repeats were not read as such: a header ends in 4x, and its block needs a blank line before and \
             after it",
            blocks - repeated
        ));
    }
    // Which line became which step is known only when all of them did.
    if read.len() == written.len() {
        let lost = written.iter().zip(&read).filter(|(line, step)| names_target(line) && !has_target(step));
        let lost: Vec<_> = lost.map(|(line, _)| *line).collect();
        if let Some(first) = lost.first() {
            doubts.push(format!(
                "{} of {} steps lost the target that the line names (\"{}\"): RPE and CSS are none; a pace, and in run \
                 and swim a percentage, needs the word Pace",
                lost.len(),
                read.len(),
                truncate(first, 60)
            ));
        }
    }
    let words = written.iter().flat_map(|line| line.split(char::is_whitespace));
    let minutes = words.filter_map(|word| word.trim_start_matches('-').strip_suffix('m')?.parse::<u32>().ok());
    if let Some(minutes) = minutes.filter(|minutes| may_be_metres(*minutes, sport.unwrap_or_default())).max() {
        doubts.push(format!("{minutes}m is {minutes} minutes; {minutes} metres would be {minutes}mtr"));
    }
    doubts
}

/// The prose of a workout text: the lines that are no step, no repeat and no header of warm-up or cool-down.
pub fn workout_prose(text: &str) -> String {
    let header = |line: &str| {
        let word: String = line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        ["warmup", "cooldown"].contains(&word.as_str())
    };
    let prose = |line: &&str| !line.is_empty() && !line.starts_with('-') && !repeats(line) && !header(line);
    text.lines().map(str::trim).filter(prose).collect::<Vec<_>>().join("\n")
}

/// Whether a line is meant as a step. A line of dashes alone is a rule.
fn is_step(line: &str) -> bool {
    line.starts_with('-') && !line.trim_start_matches(['-', ' ']).is_empty()
}

/// Whether a line is meant to repeat what follows: it ends in `4x`, or nearly so, such as `4x:`, `4 x` or `x4`.
fn repeats(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let mut words = end.rsplit(|c: char| c.is_whitespace() || c == '(');
    let (last, before) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let count = |word: &str| word.parse::<u32>().is_ok();
    let joined = last.strip_suffix('x').or_else(|| last.strip_prefix('x')).is_some_and(count);
    !is_step(line) && (joined || (last == "x" && count(before)))
}

/// Whether a line names a target that the service may drop.
fn names_target(line: &str) -> bool {
    line.to_lowercase().split(char::is_whitespace).any(|word| {
        let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        let is_pace = word.split_once('/').is_some_and(|(times, _)| {
            times.contains(':') && times.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '-' | '–' | '—'))
        });
        matches!(letters.as_str(), "rpe" | "css") || word.ends_with('%') || is_pace
    })
}

fn has_target(step: &WorkoutStep) -> bool {
    let free = step.freeride == Some(true) || step.maxeffort == Some(true);
    free || [&step.power, &step.hr, &step.pace].iter().any(|goal| goal.is_some())
}

/// Whether minutes are more likely metres: pool lengths, track laps, or longer than any step.
fn may_be_metres(minutes: u32, sport: &str) -> bool {
    let least = match sport {
        sport if sport.ends_with("Swim") && minutes.is_multiple_of(25) => 50,
        sport if sport.ends_with("Run") && minutes.is_multiple_of(50) => 100,
        _ => 200,
    };
    minutes >= least
}

/// Collects the steps in the order of their lines. Returns the number of repeated blocks.
fn gather<'a>(steps: &'a [WorkoutStep], all: &mut Vec<&'a WorkoutStep>) -> usize {
    let mut blocks = 0;
    for step in steps {
        match step.steps.as_slice() {
            [] => all.push(step),
            inner => blocks += 1 + gather(inner, all),
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    fn doubts(text: &str, sport: &str, steps: Value) -> Vec<String> {
        workout_doubts(
            text,
            Some(sport),
            Some(&serde_json::from_value(json!({"steps": steps})).map_err(|_| "odd".into())),
        )
    }

    #[rstest]
    #[case::nothing_to_read("", json!([]), &[])]
    #[case::prose("easy", json!([]), &["the text has no steps"])]
    #[case::an_odd_shape("- 1m 90%", json!(5), &["the steps could not be read, so they are not checked: odd"])]
    #[case::all("4x\n- 1m 90%\n- 1m 50%", json!([{"reps": 4, "steps": [{"duration": 60, "power": {}}, {"duration": 60, "power": {}}]}]), &[])]
    #[case::a_line("- 1m 90%\n- 10min 50%", json!([{"duration": 60}]), &["1 of 2 lines that start with -"])]
    #[case::a_rule("---\n- 1m\n- - -", json!([{"duration": 60}]), &[])]
    #[case::a_block("- 5m\nMain 4X\n- 1m", json!([{"duration": 300}, {"duration": 60}]), &["1 of 1 repeats"])]
    #[case::a_colon("Main 3x:\n\n- 1m", json!([{"duration": 60}]), &["1 of 1 repeats"])]
    #[case::a_gap("(3 x)\n- 1m", json!([{"duration": 60}]), &["1 of 1 repeats"])]
    #[case::a_turn("Main x3\n- 1m", json!([{"duration": 60}]), &["1 of 1 repeats"])]
    #[case::no_block("Do it 2x.\nThen rest\n- 1m", json!([{"duration": 60}]), &[])]
    #[case::effort("- 1m RPE 7\n- 1m easy", json!([{"duration": 60}, {"duration": 60}]),
        &["1 of 2 steps lost the target that the line names (\"- 1m RPE 7\")"])]
    #[case::effort_beside_a_target("- 1m 90% RPE7", json!([{"duration": 60, "power": {"value": 90}}]), &[])]
    #[case::pace("- 1km 4:20-4:30/km", json!([{"distance": 1000}]), &["1 of 1 steps lost the target"])]
    #[case::share("- 1km 90 %", json!([{"distance": 1000, "cadence": {"value": 90}}]), &["1 of 1 steps lost the target"])]
    #[case::free("- 1m freeride 50-60%", json!([{"duration": 60, "freeride": true}]), &[])]
    fn what_was_lost_is_named(#[case] text: &str, #[case] steps: Value, #[case] expected: &[&str]) {
        let doubts = doubts(text, "Ride", steps);
        assert_eq!(doubts.len(), expected.len(), "{doubts:?}");
        assert!(doubts.iter().zip(expected).all(|(doubt, start)| doubt.starts_with(start)), "{doubts:?}");
    }

    #[rstest]
    #[case("Ride", "120m", false)]
    #[case("Ride", "400m", true)]
    #[case("TrailRun", "90m", false)]
    #[case("TrailRun", "120m", false)]
    #[case("Run", "100m", true)]
    #[case("Run", "150m", true)]
    #[case("Run", "200m", true)]
    #[case("Swim", "30m", false)]
    #[case("Swim", "25m", false)]
    #[case("OpenWaterSwim", "75m", true)]
    #[case("Rowing", "500m", true)]
    fn minutes_that_look_like_metres_are_named(#[case] sport: &str, #[case] length: &str, #[case] expected: bool) {
        let doubts = doubts(&format!("- {length} easy"), sport, json!([{"duration": 60}]));
        let starts: Vec<_> =
            expected.then(|| format!("{length} is {} minutes", length.trim_end_matches('m'))).into_iter().collect();
        assert_eq!(doubts.len(), starts.len(), "{doubts:?}");
        assert!(doubts.iter().zip(&starts).all(|(doubt, start)| doubt.starts_with(start)), "{doubts:?}");
    }

    #[test]
    fn prose_is_what_no_step_is_made_of() {
        let text = "Eat first.\n\nWarm-up:\n- 15m 60%\n\nMain set 4x\n- 8m 95%\n-4m 50%\n\ncooldown\n- 5m 50%\nWarm up is short";
        assert_eq!(workout_prose(text), "Eat first.\nWarm up is short");
    }

    #[test]
    fn the_syntax_is_a_page_and_not_a_book() {
        // o200k has about four letters of such text in a token; 900 are allowed.
        assert!(WORKOUT_SYNTAX.len() < 3000, "{}", WORKOUT_SYNTAX.len());
    }
}
