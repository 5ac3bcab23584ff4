//! `icu_get_event`
use intervals_core::{
    Athlete, EventRef, Notes, Result, Today,
    client::{CalendarQuery, Creator, Event, PushError, Text},
    records::structure::{self, Step},
    tool,
    units::{Count, Intensity, Joules, Metres, Percent, Points, Seconds, Watts},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    pairing::{Recorded, WITHHELD},
    row::{self, Reader, said},
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

#[derive(Serialize, JsonSchema)]
struct Details {
    id: i64,
    date: Option<String>,
    until: Option<String>,
    category: Option<String>,
    sport: Option<String>,
    sub_type: Option<String>,
    name: Option<Text>,
    for_week: Option<bool>,
    indoor: Option<bool>,
    duration_s: Option<Seconds>,
    distance_m: Option<Metres>,
    load: Option<Points>,
    /// Percent of threshold.
    intensity_pct: Option<Intensity>,
    work_j: Option<Joules>,
    work_above_ftp_j: Option<Joules>,
    /// POWER, HR or PACE.
    target: Option<String>,
    load_target: Option<Points>,
    time_target_s: Option<Seconds>,
    distance_target_m: Option<Metres>,
    carbs_per_hour_g: Option<Count>,
    tags: Vec<Text>,
    training_availability: Option<String>,
    max_training_time_s: Option<Seconds>,
    can_train_sports: Vec<String>,
    /// Fitness after it, if all goes to plan.
    ctl: Option<Points>,
    /// Fatigue after it.
    atl: Option<Points>,
    ftp_w: Option<Watts>,
    ctl_days: Option<Count>,
    atl_days: Option<Count>,
    color: Option<String>,
    show_as_note: Option<bool>,
    not_on_fitness_chart: Option<bool>,
    show_on_ctl_line: Option<bool>,
    hide_from_athlete: Option<bool>,
    athlete_cannot_edit: Option<bool>,
    structure_read_only: Option<bool>,
    external_id: Option<String>,
    plan_folder_id: Option<Count>,
    plan_workout_id: Option<Count>,
    plan_applied: Option<String>,
    /// Absent when it is not known or ahead.
    done: Option<bool>,
    /// The activity that came of it.
    activity_id: Option<String>,
    compliance_pct: Option<Percent>,
    push_errors: Vec<Text>,
    description: Option<Text>,
    /// The structure that was read from the description.
    steps: Vec<Step>,
    author: Creator,
}

/// ONE event in full: text, planned steps, targets, whether it is done.
#[tool(read, title = "Event")]
async fn icu_get_event(event: EventRef, today: Today, notes: Notes, args: Args) -> Result<Details> {
    let athlete = event.athlete();
    let mut event = event.get().await?;
    if args.resolve && event.doc().is_some_and(|doc| !doc.steps.is_empty()) {
        match resolved(athlete, &event).await {
            Ok(Some(found)) => event = found,
            Ok(None) => notes.add("the targets stand as planned: they could not be resolved"),
            Err(e) => notes.add(format!("the targets stand as planned: {e}")),
        }
    }
    if event.is_not_understood() {
        notes.add(format!("the text was not understood as a workout: there are no steps; {SYNTAX}"));
    }
    if let Some(Err(e)) = &event.workout_doc {
        notes.add(format!("the planned steps could not be read: {e}"));
    }
    let reader = Reader::of(athlete).await;
    let mut details = Details::of(&event, &reader);
    let can_be_done = event.is("WORKOUT") || event.category.as_deref().is_some_and(|c| c.starts_with("RACE"));
    if let (true, Some(day), Some(last)) = (can_be_done, event.day(), event.last_day())
        && day <= today.date()
    {
        match Recorded::on(athlete, day, last).await {
            Err(e) => notes.add(format!("whether it is done is not known: {e}")),
            Ok(recorded) => details.set_done(&recorded, &notes),
        }
    }
    Ok(details)
}

/// The event with its targets in W, bpm and m/s, which only the list of its day tells.
pub async fn resolved(athlete: &Athlete, event: &Event) -> Result<Option<Event>> {
    let Some(day) = event.day() else { return Ok(None) };
    let query = CalendarQuery { resolve: Some(true), ..CalendarQuery::days(day, day) };
    let events = athlete.events().list(&query).await?;
    Ok(events.into_iter().find(|other| other.id == event.id))
}

impl Details {
    fn of(e: &Event, reader: &Reader) -> Self {
        let push_error = |error: &PushError| {
            let parts = [&error.service, &error.message, &error.date];
            let parts: Vec<&str> = parts.into_iter().flatten().map(|part| &**part).collect();
            Text::from(parts.join(": ")).truncated(200)
        };
        Self {
            id: e.id,
            date: row::date(e),
            until: row::until(e),
            category: e.category.clone(),
            sport: e.sport.clone(),
            sub_type: e.sub_type.clone().filter(|word| word != "NONE"),
            name: e.name.clone(),
            for_week: said(e.for_week),
            indoor: said(e.indoor),
            duration_s: e.moving_time,
            distance_m: e.distance,
            load: e.icu_training_load,
            intensity_pct: e.icu_intensity,
            work_j: e.joules,
            work_above_ftp_j: e.joules_above_ftp,
            target: e.target.clone().filter(|word| word != "AUTO"),
            load_target: e.load_target,
            time_target_s: e.time_target,
            distance_target_m: e.distance_target,
            carbs_per_hour_g: e.carbs_per_hour,
            tags: e.tags.clone(),
            training_availability: e.training_availability.clone(),
            max_training_time_s: e.max_training_time,
            can_train_sports: e.can_train_sports.clone(),
            ctl: e.icu_ctl,
            atl: e.icu_atl,
            ftp_w: e.icu_ftp,
            ctl_days: e.ctl_days,
            atl_days: e.atl_days,
            color: e.color.clone(),
            show_as_note: said(e.show_as_note),
            not_on_fitness_chart: said(e.not_on_fitness_chart),
            show_on_ctl_line: said(e.show_on_ctl_line),
            hide_from_athlete: said(e.hide_from_athlete),
            athlete_cannot_edit: said(e.athlete_cannot_edit),
            structure_read_only: said(e.structure_read_only),
            external_id: e.external_id.clone(),
            plan_folder_id: e.plan_folder_id,
            plan_workout_id: e.plan_workout_id,
            plan_applied: e.plan_applied.clone(),
            done: None,
            activity_id: None,
            compliance_pct: None,
            push_errors: e.push_errors.iter().take(10).map(push_error).collect(),
            description: e.description.clone().and_then(Text::non_empty),
            steps: e.doc().map(|doc| structure::steps(doc, reader.pace_units(e))).unwrap_or_default(),
            author: e.author(),
        }
    }

    fn set_done(&mut self, recorded: &Recorded, notes: &Notes) {
        match recorded.with(self.id) {
            Some(activity) => {
                self.done = Some(true);
                self.activity_id = Some(activity.id.clone());
                self.compliance_pct = activity.compliance_pct;
            }
            None if recorded.any_withheld() => {
                notes.add(format!("whether it is done is not known: {WITHHELD}"));
            }
            None => self.done = Some(false),
        }
    }
}

#[cfg(test)]
mod tests;
