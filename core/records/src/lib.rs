//! The records of Intervals.icu, each declared once: its writable fields (`Fields`), its row in a list (`Row`), all of it (`Full`).
//!
//! A field declares its name, the service's name, its type and its description in one place. Requests, answers and tool arguments
//! are derived from it.
#![allow(missing_docs, reason = "a field's doc comment is product text: names that say all have none")]
pub mod activity;
mod category;
pub mod curve;
mod day;
pub mod event;
pub mod fitness;
mod local_time;
mod minute;
pub mod outline;
mod patch;
mod read;
mod spelling;
mod sport_name;
pub mod structure;
mod values;
pub mod wellness;

pub use category::{Categories, Category};
pub use day::Day;
pub use local_time::LocalTime;
pub use minute::{DayOrMinute, Minute};
pub use patch::{New, Patch, Required, given, given_new};
pub use spelling::{likeness, nearest};
pub use sport_name::SportName;
pub use values::{Decimal, Tags, Vocabulary, Whole, Word, ZeroClears};
