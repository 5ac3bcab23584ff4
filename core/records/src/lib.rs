//! The records of Intervals.icu, each declared once: its writable fields (`Fields`), its row in a list (`Row`), all of it (`Full`).
//!
//! A field declares its name, the service's name, its type and its description in one place. Requests, answers and tool arguments
//! are derived from it.
#![allow(missing_docs, reason = "a field's doc comment is product text: names that say all have none")]
pub mod activity;
mod bounds;
mod category;
pub mod curve;
pub mod custom_item;
mod day;
pub mod event;
pub mod fitness;
pub mod folder;
pub mod gear;
pub mod interval;
mod local_time;
pub mod message;
mod minute;
pub mod outline;
mod patch;
mod read;
pub mod reminder;
pub mod spelling;
mod sport_name;
pub mod sport_settings;
pub mod structure;
mod values;
pub mod wellness;
pub mod workout;
pub mod zones;

pub use category::{Categories, Category};
pub use day::Day;
pub use local_time::LocalTime;
pub use minute::{DayOrMinute, Minute};
pub use patch::{New, Patch, Required, given, given_new};
pub use spelling::{likeness, nearest};
pub use sport_name::{SportName, Sports};
pub use values::{Bounded, BoundedDecimal, Decimal, NonEmpty, Tags, Vocabulary, Whole, Word, ZeroClears};
