//! Folders, plans and the workouts in them.
use jiff::civil::Date;

use crate::person::Person;

/// What one athlete has of it.
#[derive(Debug, Default)]
pub struct Library {}

impl Library {
    /// As it is at the start; empty for an account with nothing in it.
    pub fn new(_person: &Person, _today: Date, _trained: bool) -> Self {
        Self::default()
    }
}
