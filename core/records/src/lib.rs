//! The records of Intervals.icu: what may be written, what a row of a list shows, what a single record shows.
#![allow(missing_docs, reason = "a field's doc comment is product text: names that say all have none")]
pub mod fitness;
pub mod structure;
pub mod wellness;
