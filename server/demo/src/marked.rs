//! Marked texts, which show who wrote them, for tests of what an answer quotes and what it leaves out.
//!
//! With [`Options::marked`](crate::Options::marked), each text by the owner of [`KEY`](crate::KEY) contains [`OWN`], each
//! text by any other author contains [`FOREIGN`], and all contain [`INVISIBLE`]. Texts that a caller writes later are not
//! marked.
use serde_json::{Value, json};

use crate::{ATHLETE, object::Object};

/// The word in every text by any other author than the owner of the key.
pub const FOREIGN: &str = "Zorblax";
/// The word in every text by the owner of the key.
pub const OWN: &str = "Quimby";
/// Invisible characters: a tag character, a bidirectional override, a zero-width space and a control character.
pub const INVISIBLE: &str = "\u{E0041}\u{202E}\u{200B}\u{7}";

/// A coach without an account, who writes events, messages and workouts for both athletes.
pub const COACH: &str = "i7009";
/// A workout by [`COACH`] on the owner's calendar, tomorrow, with marked steps.
pub const COACH_WORKOUT: u32 = 41_101;
/// A race by [`COACH`] on the owner's calendar, in five days.
pub const COACH_RACE: u32 = 41_102;
/// A target by [`COACH`] for the owner's next week.
pub const COACH_TARGET: u32 = 41_103;
/// A phase of the annual plan by [`COACH`], starting next week.
pub const COACH_PHASE: u32 = 41_104;
/// Days off by [`COACH`] on the owner's calendar, in six days.
pub const COACH_HOLIDAY: u32 = 41_105;
/// A season start by [`COACH`] on the owner's calendar, a week ago.
pub const COACH_SEASON: u32 = 41_106;
/// A workout of a plan by [`COACH`] that the owner applied, in two days. Its author is `plan_athlete_id`.
pub const COACH_PLAN_WORKOUT: u32 = 41_107;
/// A note without an author on the calendar of [`COACHED`](crate::COACHED), in three days.
pub const ANONYMOUS_NOTE: u32 = 42_101;
/// A workout without an author on the calendar of [`COACHED`](crate::COACHED), in three days.
pub const ANONYMOUS_WORKOUT: u32 = 42_102;
/// A note by the owner of the key on the calendar of [`COACHED`](crate::COACHED), in four days.
pub const NOTE_FOR_COACHED: u32 = 42_103;
/// A folder that [`COACH`] shares with the owner.
pub const SHARED_FOLDER: u32 = 61_101;
/// The first of two workouts in [`SHARED_FOLDER`], with marked steps.
pub const SHARED_WORKOUT: u32 = 62_901;
/// A message by the owner of the key on [`COACHED_RIDE`](crate::COACHED_RIDE), after the one by the coached athlete.
pub const MESSAGE_FOR_COACHED: i64 = crate::MESSAGE + 2002;

/// Lists of texts. They stay null when they are null.
const LISTS: [&str; 5] = ["tags", "icu_tags", "hr_zone_names", "power_zone_names", "pace_zone_names"];

/// The word for texts by this athlete: [`OWN`] or [`FOREIGN`]. No athlete is [`FOREIGN`].
pub(crate) fn word(by: Option<&str>) -> &'static str {
    if by == Some(ATHLETE) { OWN } else { FOREIGN }
}

/// Puts the mark in front of a text, on the same line.
pub(crate) fn marked(text: &str, by: Option<&str>) -> String {
    format!("{}{INVISIBLE} {text}", word(by))
}

/// Marks texts and lists of texts. A null text is replaced by a marked one, a null list stays.
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

/// Marks the description of a workout, as a line of prose above the steps.
pub(crate) fn mark_workout(record: &mut Object, by: Option<&str>) {
    let text = record.get("description").and_then(Value::as_str).unwrap_or_default();
    let text = format!("{}{INVISIBLE} in words\n\n{text}", word(by));
    record.insert("description".to_owned(), json!(text));
}

/// Workout text with marks of [`COACH`]: in a label, in the title of a block, and after the numbers.
pub(crate) fn steps() -> String {
    let word = format!("{FOREIGN}{INVISIBLE}");
    format!("Warmup\n- {word} easy 10m 55%\n\n{word} set 3x\n- 8m 95% {word}\n- 4m 50%\n\nCooldown\n- 10m 50%")
}
