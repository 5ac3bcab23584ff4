//! Texts that tell who wrote them, for tests of what an answer quotes and what it leaves out.
//!
//! Everything is seen by the owner of [`KEY`](crate::KEY): a text of anybody else has [`FOREIGN`] in it, a text of the owner
//! has [`OWN`], and each has [`INVISIBLE`]. What a caller writes later has none of them.
use serde_json::{Value, json};

use crate::{ATHLETE, object::Object};

/// A word in every text that the owner of the key did not write.
pub const FOREIGN: &str = "Zorblax";
/// A word in every text that the owner of the key wrote.
pub const OWN: &str = "Quimby";
/// A tag character, a bidirectional override, a zero-width space and a control character.
pub const INVISIBLE: &str = "\u{E0041}\u{202E}\u{200B}\u{7}";

/// Somebody without an account here, who writes events, messages and workouts for both athletes.
pub const COACH: &str = "i7009";
/// A workout of [`COACH`] on the owner's calendar, tomorrow, with words in its steps.
pub const COACH_WORKOUT: u32 = 41_101;
/// A race that [`COACH`] entered the owner for, in five days.
pub const COACH_RACE: u32 = 41_102;
/// A target of [`COACH`] for the owner's next week.
pub const COACH_TARGET: u32 = 41_103;
/// A phase of the annual plan by [`COACH`], from next week on.
pub const COACH_PHASE: u32 = 41_104;
/// Days off that [`COACH`] wrote on the owner's calendar, in six days.
pub const COACH_HOLIDAY: u32 = 41_105;
/// The start of a season by [`COACH`] on the owner's calendar, a week ago.
pub const COACH_SEASON: u32 = 41_106;
/// A workout of a plan by [`COACH`] that the owner put on the own calendar, in two days: `plan_athlete_id` says whose it is.
pub const COACH_PLAN_WORKOUT: u32 = 41_107;
/// A note on the calendar of [`COACHED`](crate::COACHED) that does not say who wrote it, in three days.
pub const ANONYMOUS_NOTE: u32 = 42_101;
/// A workout on the calendar of [`COACHED`](crate::COACHED) that does not say who wrote it, in three days.
pub const ANONYMOUS_WORKOUT: u32 = 42_102;
/// A note by the owner of the key on the calendar of [`COACHED`](crate::COACHED), in four days.
pub const NOTE_FOR_COACHED: u32 = 42_103;
/// A folder that [`COACH`] shares with the owner.
pub const SHARED_FOLDER: u32 = 61_101;
/// The first of two workouts in [`SHARED_FOLDER`], with words in its steps.
pub const SHARED_WORKOUT: u32 = 62_901;
/// A message by the owner of the key on [`COACHED_RIDE`](crate::COACHED_RIDE), behind the one by the coached athlete.
pub const MESSAGE_FOR_COACHED: i64 = crate::MESSAGE + 2002;

/// Texts that come as lists, of which there can be none.
const LISTS: [&str; 5] = ["tags", "icu_tags", "hr_zone_names", "power_zone_names", "pace_zone_names"];

/// The word for a text by this athlete; nobody is somebody else.
pub(crate) fn word(by: Option<&str>) -> &'static str {
    if by == Some(ATHLETE) { OWN } else { FOREIGN }
}

/// The text with the mark in front, on the same line.
pub(crate) fn marked(text: &str, by: Option<&str>) -> String {
    format!("{}{INVISIBLE} {text}", word(by))
}

/// Marks texts, and each text of lists. A text that is null becomes one, except in lists.
pub(crate) fn mark_texts(record: &mut Object, keys: &[&str], by: Option<&str>) {
    for key in keys {
        match record.get_mut(*key) {
            Some(Value::String(text)) => *text = marked(text, by),
            Some(Value::Array(texts)) => {
                for text in texts {
                    *text = json!(marked(text.as_str().unwrap_or_default(), by));
                }
            }
            Some(unset @ Value::Null) if !LISTS.contains(key) => *unset = json!(marked(key, by)),
            _ => {}
        }
    }
}

/// Marks the description of a workout: the mark is a line of prose above the steps.
pub(crate) fn mark_workout(record: &mut Object, by: Option<&str>) {
    let text = record.get("description").and_then(Value::as_str).unwrap_or_default();
    let text = format!("{}{INVISIBLE} in words\n\n{text}", word(by));
    record.insert("description".to_owned(), json!(text));
}

/// Steps with words of [`COACH`]: in a label, in the title of a block, and behind the numbers.
pub(crate) fn steps() -> String {
    let word = format!("{FOREIGN}{INVISIBLE}");
    format!("Warmup\n- {word} easy 10m 55%\n\n{word} set 3x\n- 8m 95% {word}\n- 4m 50%\n\nCooldown\n- 10m 50%")
}
