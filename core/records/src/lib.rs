//! The records of Intervals.icu: what may be written, what a row of a list shows, what a single record shows.
pub mod fitness;
pub mod structure;
