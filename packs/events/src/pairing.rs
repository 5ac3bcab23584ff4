//! Which recorded activity belongs to a planned event.
use intervals_core::{Athlete, Result, records::activity::Paired};
use jiff::civil::Date;

/// Why it may not be known whether something is done.
pub const WITHHELD: &str = "an activity of that day comes from Strava, which lets nothing be told";

/// The activities of some days, to find the one that is paired with an event.
pub struct Recorded(Vec<Paired>);

impl Recorded {
    /// Those of these days.
    pub async fn on(athlete: &Athlete, oldest: Date, newest: Date) -> Result<Self> {
        Ok(Self(athlete.activities().list(oldest, Some(newest), 200).await?.records))
    }

    /// The one that is paired with the event.
    pub fn with(&self, event: i64) -> Option<&Paired> {
        self.0.iter().find(|activity| activity.planned_event_id.is_some_and(|id| id.0 as i64 == event))
    }

    /// Whether some of them do not say what they are paired with.
    pub fn any_withheld(&self) -> bool {
        self.0.iter().any(Paired::is_withheld)
    }
}
