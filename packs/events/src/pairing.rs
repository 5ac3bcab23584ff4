//! Finds the recorded activity that is paired with a planned event.
use intervals_core::{Athlete, Result, records::activity::Paired};
use jiff::civil::Date;

/// The reason why it may be unknown whether an event is done.
pub const WITHHELD: &str = "an activity of that day comes from Strava, which withholds its data";

/// The recorded activities of some days, with the events that they are paired with.
pub struct RecordedActivities(Vec<Paired>);

impl RecordedActivities {
    /// Fetches the activities of these days.
    pub async fn on(athlete: &Athlete, oldest: Date, newest: Date) -> Result<Self> {
        Ok(Self(athlete.activities().list(oldest, Some(newest), 200).await?.records))
    }

    /// Returns the activity that is paired with the event.
    pub fn paired_with(&self, event: i64) -> Option<&Paired> {
        self.0.iter().find(|activity| activity.planned_event_id.is_some_and(|id| id.0 as i64 == event))
    }

    /// Returns whether Strava withholds some of them, and with it their pairing.
    pub fn any_withheld(&self) -> bool {
        self.0.iter().any(Paired::is_withheld)
    }
}
