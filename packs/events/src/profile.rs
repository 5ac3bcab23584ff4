//! Shows events with the settings of the athlete whose calendar they are on.
use std::sync::Arc;

use intervals_core::{
    Athlete,
    client::{AthleteProfile, Text, sports::Sport},
    records::event::Row,
    workout::workout_prose,
};

/// The profile of the athlete whose calendar is shown, if it could be read.
pub struct CalendarProfile(Option<Arc<AthleteProfile>>);

impl CalendarProfile {
    /// Fetches the profile, which is cached.
    pub async fn of(athlete: &Athlete) -> Self {
        Self(athlete.profile().await.ok())
    }

    /// Returns the athlete's unit of pace for the sport.
    pub fn pace_units(&self, sport: Option<&Sport>) -> Option<&str> {
        self.0.as_ref()?.pace_units(sport?)
    }

    /// Adds the outline of the steps, and the text beside them.
    pub fn with_text(&self, mut row: Row) -> Row {
        let structure = row.outline(self.pace_units(row.sport.as_ref()));
        let text = match (&row.description, &structure) {
            (Some(text), Some(_)) => Some(workout_prose(text).into()),
            (text, _) => text.clone(),
        };
        row.text = text.and_then(Text::non_empty);
        row.structure = structure;
        row
    }
}
