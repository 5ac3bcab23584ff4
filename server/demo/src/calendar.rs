//! The calendar: planned workouts, races, notes and targets.
use jiff::civil::Date;

use crate::person::Person;

/// What one athlete has of it.
#[derive(Debug, Default)]
pub struct Calendar {}

impl Calendar {
    /// As it is at the start; empty for an account with nothing in it.
    pub fn new(_person: &Person, _today: Date, _trained: bool) -> Self {
        Self::default()
    }
}
