//! `icu_get_event`
use intervals_core::{Athlete, EventRef, Notes, Result, Today, client::CalendarQuery, records::event::Full, tool};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    pairing::{RecordedActivities, WITHHELD},
    profile::CalendarProfile,
    written::SYNTAX,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Targets in W, bpm, pace.
    #[serde(default)]
    #[schemars(example = true)]
    resolve: bool,
}

/// ONE event in full: text, planned steps, targets, whether it is done.
#[tool(read, title = "Event")]
async fn icu_get_event(event: EventRef, today: Today, notes: Notes, args: Args) -> Result<Full> {
    let athlete = event.athlete();
    let mut event: Full = event.get().await?;
    if args.resolve && event.has_steps() {
        match resolved(athlete, &event).await {
            Ok(Some(found)) => event = found,
            Ok(None) => notes.add("the targets could not be resolved"),
            Err(e) => notes.add(format!("the targets are not resolved: {e}")),
        }
    }
    if event.is_not_understood() {
        notes.add(format!("the text was not understood as a workout: there are no steps; {SYNTAX}"));
    }
    if let Some(Err(e)) = event.planned_doc() {
        notes.add(format!("the planned steps could not be read: {e}"));
    }
    let profile = CalendarProfile::of(athlete).await;
    event.steps = event.planned_steps(profile.pace_units(event.sport.as_ref()));
    let can_be_done = event.is("WORKOUT") || event.is_race();
    if let (true, Some(day), Some(last)) = (can_be_done, event.day(), event.last_day())
        && day <= today.date()
    {
        match RecordedActivities::on(athlete, day, last).await {
            Err(e) => notes.add(format!("whether it is done is not known: {e}")),
            Ok(recorded) => set_done(&mut event, &recorded, &notes),
        }
    }
    Ok(event)
}

/// Returns the event with its targets in W, bpm and m/s. The service resolves them only in a list.
pub async fn resolved(athlete: &Athlete, event: &Full) -> Result<Option<Full>> {
    let Some(day) = event.day() else { return Ok(None) };
    let query = CalendarQuery { resolve: Some(true), ..CalendarQuery::days(day, day) };
    let events = athlete.events().list::<Full>(&query).await?;
    Ok(events.into_iter().find(|other| other.id == event.id))
}

/// Sets whether the event is done, and by which activity.
fn set_done(event: &mut Full, recorded: &RecordedActivities, notes: &Notes) {
    match recorded.paired_with(event.id) {
        Some(activity) => {
            event.done = Some(true);
            event.activity_id = Some(activity.id.clone());
            event.compliance_pct = activity.compliance_pct;
        }
        None if recorded.any_withheld() => {
            notes.add(format!("whether it is done is not known: {WITHHELD}"));
        }
        None => event.done = Some(false),
    }
}

#[cfg(test)]
mod tests;
