//! `icu_compare_with_plan`
use intervals_core::{
    ActivityRef, ClientError, Error, Notes, Result,
    client::{Owner, SignedText, Text, sports::Sport},
    records::{DayOrMinute, activity::Full, event, structure::Step},
    tool,
    units::{Bpm, Count, Intensity, Metres, Percent, Points, Seconds, Speed, SpeedReading, Watts},
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{event::resolved, profile::CalendarProfile};

#[derive(Serialize, JsonSchema)]
struct Comparison {
    activity_id: String,
    event_id: i64,
    date: Option<DayOrMinute>,
    sport: Option<Sport>,
    planned_name: Option<SignedText>,
    done_name: Option<Text>,
    /// As Intervals.icu rates it.
    compliance_pct: Option<Percent>,
    planned_duration_s: Option<Seconds>,
    done_duration_s: Option<Seconds>,
    duration_of_plan_pct: Option<Percent>,
    planned_distance_m: Option<Metres>,
    done_distance_m: Option<Metres>,
    distance_of_plan_pct: Option<Percent>,
    planned_load: Option<Points>,
    done_load: Option<Points>,
    load_of_plan_pct: Option<Percent>,
    /// Percent of threshold.
    planned_intensity_pct: Option<Intensity>,
    done_intensity_pct: Option<Intensity>,
    done_avg_power_w: Option<Watts>,
    done_weighted_power_w: Option<Watts>,
    done_avg_hr_bpm: Option<Bpm>,
    done_avg_pace_mps: Option<Speed>,
    rpe_1_10: Option<Count>,
    /// Efforts found in what was done.
    done_intervals: Vec<String>,
    planned_steps: Vec<Step>,
    owner: Option<Owner>,
}

/// PLANNED against done: an activity beside the event it is paired with.
#[tool(read, title = "Compare with plan")]
async fn icu_compare_with_plan(subject: ActivityRef, notes: Notes) -> Result<Comparison> {
    let activity = subject.open().await?;
    let id = &activity.id;
    let Some(event_id) = activity.planned_event() else {
        let advice = "Pair it with a planned event on intervals.icu, or compare it with icu_get_event by hand.";
        return Err(Error::new(format!("activity {id} is paired with no planned event"), advice));
    };
    let athlete = subject.athlete(activity.owner.as_ref());
    let mut event: event::Full = athlete.events().get(event_id).await.map_err(|e| match e {
        ClientError::NotFound { .. } => {
            let problem = format!("the event {event_id}, with which activity {id} is paired, is no longer there");
            Error::new(problem, "There is nothing left to compare with.")
        }
        e => e.into(),
    })?;
    if event.has_steps() {
        match resolved(&athlete, &event).await {
            Ok(found) => event = found.unwrap_or(event),
            Err(e) => notes.add(format!("the targets are not resolved: {e}")),
        }
    }
    Ok(Comparison::of(&activity, &event, &CalendarProfile::of(&athlete).await))
}

impl Comparison {
    fn of(a: &Full, e: &event::Full, profile: &CalendarProfile) -> Self {
        let share =
            |done: Option<f64>, planned: Option<f64>| Some(Percent(100.0 * done? / planned.filter(|p| *p > 0.0)?));
        let distance = a.distance_m;
        let units = profile.pace_units(e.sport.as_ref());
        let speed = a.speed().filter(|_| units.is_some());
        Self {
            activity_id: a.id.clone(),
            event_id: e.id,
            date: e.date.clone(),
            sport: a.sport.clone().or_else(|| e.sport.clone()),
            planned_name: e.name.clone().map(|text| SignedText { text, by: e.author.clone() }),
            done_name: a.name.clone(),
            compliance_pct: a.compliance_pct,
            planned_duration_s: e.duration_s,
            done_duration_s: a.moving_time_s,
            duration_of_plan_pct: share(a.moving_time_s.map(|v| v.0), e.duration_s.map(|v| v.0)),
            planned_distance_m: e.distance_m,
            done_distance_m: distance,
            distance_of_plan_pct: share(distance.map(|v| v.0), e.distance_m.map(|v| v.0)),
            planned_load: e.load,
            done_load: a.load,
            load_of_plan_pct: share(a.load.map(|v| v.0), e.load.map(|v| v.0)),
            planned_intensity_pct: e.intensity_pct,
            done_intensity_pct: a.intensity_pct,
            done_avg_power_w: a.avg_power_w,
            done_weighted_power_w: a.weighted_power_w,
            done_avg_hr_bpm: a.avg_hr_bpm,
            done_avg_pace_mps: speed.map(|speed| Speed::read_as(SpeedReading::in_unit(units), speed)),
            rpe_1_10: a.rpe_1_10,
            owner: a.owner.clone(),
            done_intervals: a.intervals.clone(),
            planned_steps: e.planned_steps(units),
        }
    }
}

#[cfg(test)]
mod tests;
