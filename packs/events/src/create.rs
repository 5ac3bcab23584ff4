//! `icu_create_event`
use intervals_core::{
    Athlete, Error, Notes, Result,
    records::{
        New,
        event::{Fields, Row},
    },
    tool,
};

use crate::{new_event::new_event, written::Written};

/// ADD one event: workout, race, note, day off, weekly target.
#[tool(write, tier = core, title = "Create event")]
async fn icu_create_event(athlete: Athlete, notes: Notes, args: New<Fields>) -> Result<Written> {
    let fields = new_event(&args.0)?;
    let event = if fields.contains_key("external_id") {
        // Only the bulk request replaces an earlier event with this external_id.
        let created = athlete.events().create_many::<Row>(vec![fields.clone()], true).await?;
        created.into_iter().next().ok_or_else(|| {
            Error::new(
                "Intervals.icu does not say what it stored",
                "Look with icu_get_calendar_events before you repeat it.",
            )
        })?
    } else {
        athlete.events().create(fields.clone()).await?
    };
    Ok(Written::with_notes(event, &fields, &notes))
}

#[cfg(test)]
mod tests;
