//! `icu_update_event`
use intervals_core::{
    Athlete, Error, LocalTime, Notes, Result, arguments::Words, text::lost_tags, tool, units::Number,
};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    arguments::event_arguments,
    category,
    draft::Draft,
    forms::{moved, stamp},
    written::Written,
};

event_arguments! { Args, "Text." {
    /// Event id.
    #[schemars(example = 41001)]
    event_id: i64,
    /// Day, or 2026-07-10T06:30.
    #[serde(alias = "start_date_local")]
    #[schemars(example = &"2026-07-12")]
    start_date: Option<LocalTime>,
    #[schemars(example = &"Threshold 4 x 8 min")]
    name: Option<String>,
    #[schemars(extend("hidden" = true), example = &"plan-1")]
    external_id: Option<String>,
    #[schemars(extend("hidden" = true), example = &"WORKOUT")]
    category: Option<String>,
} }

/// CHANGE the given fields of an event; the rest stays. "" clears a text, [] tags, 0 a number.
#[tool(write, idempotent, tier = core, title = "Update event")]
async fn icu_update_event(athlete: Athlete, notes: Notes, mut args: Args) -> Result<Written> {
    let id = args.event_id;
    let wanted = args.category.take().map(|word| category::one(&word)).transpose()?;
    let (start_date, name, external_id) = (args.start_date, args.name.take(), args.external_id.take());
    let draft = Draft { start_date, name, external_id, ..args.draft() };
    let mut fields = draft.fields()?;
    let old = match draft.moves() || draft.tags.is_some() || wanted.is_some() {
        true => Some(athlete.events().get(id).await?),
        false => None,
    };
    if let (Some(old), Some(wanted)) = (&old, wanted)
        && !old.is(wanted)
    {
        let problem =
            format!("event {id} is {}, and a category cannot change", old.category.as_deref().unwrap_or("of none"));
        return Err(Error::new(problem, format!("Make a {wanted} with icu_create_event and delete this one.")));
    }
    if let Some(old) = old.as_ref().filter(|_| draft.moves()) {
        // The service leaves the end where it is when the start moves, which would stretch the event or turn it round.
        let start = draft.start_date.map(|start| moved(start, old.start()));
        start.or(old.start()).map_or(Ok(()), |start| draft.check_end(start))?;
        let end = draft.moved_end(old, start);
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
    if let Some(old) = old.filter(|_| fields.contains_key("tags")) {
        lost_tags(&old.tags, &event.tags).into_iter().for_each(|lost| notes.add(lost));
    }
    Ok(Written::noting(&event, &fields, &notes))
}

#[cfg(test)]
mod tests;
