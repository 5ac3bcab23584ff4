//! `icu_update_event`
use icu_core::{Athlete, Error, Notes, Result, tool, units::Number};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    arguments::event_arguments,
    draft::Draft,
    forms::{Moment, Words, stamp},
    written::Written,
};

event_arguments! { Args, "Text." {
    /// Event id.
    #[schemars(example = 41001)]
    event_id: i64,
    /// Day, or 2026-07-10T06:30.
    #[serde(alias = "start_date_local")]
    #[schemars(example = &"2026-07-12")]
    start_date: Option<Moment>,
    #[schemars(example = &"Threshold 4 x 8 min")]
    name: Option<String>,
    #[schemars(skip)]
    external_id: Option<String>,
} }

/// CHANGE the given fields of an event; the rest stays. "" clears a text, [] tags, 0 a number.
#[tool(write, idempotent, title = "Update event")]
async fn icu_update_event(athlete: Athlete, notes: Notes, mut args: Args) -> Result<Written> {
    let id = args.event_id;
    let (start_date, name, external_id) = (args.start_date, args.name.take(), args.external_id.take());
    let draft = Draft { start_date, name, external_id, ..args.draft() };
    let mut fields = draft.fields()?;
    if draft.start_date.is_some() || draft.end_date.is_some() {
        // The service leaves the end where it is when the start moves, which would stretch the event or turn it round.
        let old = athlete.events().get(id).await?;
        let start = draft.start_date.map(|start| start.0);
        let end = draft.moved_end(&old);
        if let (Some(start), Some(end)) = (start.or(old.start()), end.filter(|_| draft.end_date.is_some()))
            && end <= start
        {
            let end = draft.end_date.map_or(end, |end| end.0).date();
            let advice = "Give an end_date on or after the start_date.";
            return Err(Error::new(format!("end_date {end} is before the start, {}", start.date()), advice));
        }
        for (name, time) in [("start_date_local", start), ("end_date_local", end)] {
            if let Some(time) = time {
                fields.insert(name.into(), stamp(time).into());
            }
        }
    }
    if fields.is_empty() {
        return Err(Error::new("there is nothing to change", "Give at least one field beside event_id."));
    }
    let event = athlete.events().update(id, fields.clone()).await?;
    Ok(Written::noting(&event, &fields, &notes))
}

#[cfg(test)]
mod tests;
