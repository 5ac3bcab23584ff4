//! `icu_update_event`
use intervals_core::{
    Error, EventRef, LocalTime, Notes, Result, arguments::Words, records::Tags, text::lost_tags, tool, units::Number,
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
async fn icu_update_event(event: EventRef, notes: Notes, mut args: Args) -> Result<Written> {
    let wanted = args.category.take().map(|word| category::one(&word)).transpose()?;
    let (start_date, name, external_id) = (args.start_date, args.name.take(), args.external_id.take());
    let draft = Draft { start_date, name, external_id, ..args.draft() };
    let mut fields = draft.fields()?;
    let old = match draft.moves() || wanted.is_some() {
        true => Some(event.get().await?),
        false => None,
    };
    if let (Some(old), Some(wanted)) = (&old, wanted)
        && !old.is(wanted)
    {
        let problem = format!(
            "event {} is {}, and a category cannot change",
            event.id(),
            old.category.as_deref().unwrap_or("of none")
        );
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
    let (before, now) = event.update(fields.clone()).await?;
    if fields.contains_key("tags") {
        lost_tags(&before.tags, &now.tags).into_iter().for_each(|lost| notes.add(lost));
    }
    Ok(Written::noting(&now, &fields, &notes))
}

#[cfg(test)]
mod tests;
