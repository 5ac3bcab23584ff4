//! How an event is read: by the settings of the athlete whose calendar it is on.
use std::sync::Arc;

use intervals_core::{
    Athlete,
    client::{AthleteProfile, Text, sports::Sport},
    records::event::Row,
    workout::workout_prose,
};

/// The settings of the athlete whose calendar it is.
pub struct Reader(Option<Arc<AthleteProfile>>);

impl Reader {
    /// The athlete's record is cached; without it the answer is plainer.
    pub async fn of(athlete: &Athlete) -> Self {
        Self(athlete.profile().await.ok())
    }

    /// How the sport is paced.
    pub fn pace_units(&self, sport: Option<&Sport>) -> Option<&str> {
        self.0.as_ref()?.pace_units(sport?)
    }

    /// The event with its steps in short, and the start of what its text says beside them.
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
