//! `icu_create_event`
use intervals_core::{Athlete, Error, LocalTime, Notes, Result, arguments::Words, records::Tags, tool, units::Number};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{arguments::event_arguments, draft::Draft, written::Written};

event_arguments! { Args, "A workout's steps: see resource intervals-icu://workout-syntax." {
    /// Day, or 2026-07-10T06:30.
    #[serde(alias = "start_date_local")]
    #[schemars(example = &"2026-07-12")]
    start_date: LocalTime,
    #[schemars(example = &"Threshold 4 x 8 min")]
    name: String,
    /// WORKOUT, RACE_A/B/C, NOTE, HOLIDAY, SICK, INJURED, TARGET, …
    #[schemars(example = &"WORKOUT")]
    category: String,
    /// Own id, to replace.
    #[schemars(example = &"plan-1")]
    external_id: Option<String>,
} }

/// ADD one event: workout, race, note, day off, weekly target.
#[tool(write, tier = core, title = "Create event")]
async fn icu_create_event(athlete: Athlete, notes: Notes, mut args: Args) -> Result<Written> {
    let (start_date, external_id) = (Some(args.start_date), args.external_id.take());
    let (name, category) = (Some(std::mem::take(&mut args.name)), Some(std::mem::take(&mut args.category)));
    let draft = Draft { start_date, name, category, external_id, ..args.draft() };
    let fields = draft.create()?;
    let event = if fields.contains_key("external_id") {
        // Only the bulk form looks for an earlier one.
        let made = athlete.events().create_many(vec![fields.clone()], true).await?;
        made.into_iter().next().ok_or_else(|| {
            Error::new(
                "Intervals.icu does not say what it stored",
                "Look with icu_get_calendar_events before you repeat it.",
            )
        })?
    } else {
        athlete.events().create(fields.clone()).await?
    };
    Ok(Written::noting(&event, &fields, &notes))
}

#[cfg(test)]
mod tests;
