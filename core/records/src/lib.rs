//! The records of Intervals.icu, each declared once: what may be written (`Fields`), what a row of a list shows (`Row`), what a single
//! record shows (`Full`).
//!
//! A field says its name here, the service's name, its type and its words in one place; the requests, the answers and the arguments of
//! the tools follow from it.
#![allow(missing_docs, reason = "a field's doc comment is product text: names that say all have none")]
pub mod activity;
pub mod curve;
mod day;
pub mod fitness;
mod local_time;
mod minute;
mod patch;
mod read;
pub mod structure;
mod values;
pub mod wellness;

pub use day::Day;
pub use local_time::LocalTime;
pub use minute::Minute;
pub use patch::{New, Patch, Required, given, given_new};
pub use values::{Decimal, Tags, Vocabulary, Whole, Word};
