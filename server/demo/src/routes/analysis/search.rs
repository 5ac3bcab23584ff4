//! Interval search: activities by the length, intensity and number of their intervals.
use axum::{Json, Router, routing::get};
use serde_json::Value;

use crate::{
    activity::Activity,
    failure::Failure,
    http::{Answer, Query, Shared, Target},
    intensity,
};

/// `/athlete/{id}/activities/interval-search`.
pub fn routes() -> Router<Shared> {
    Router::new().route("/athlete/{id}/activities/interval-search", get(search))
}

async fn search(athlete: Target, query: Query) -> Answer {
    let bound = |name: &str| {
        query.required(name)?;
        Ok::<_, Failure>(query.number(name)?.unwrap_or_default())
    };
    let (secs, percent) = (bound("minSecs")?..=bound("maxSecs")?, bound("minIntensity")?..=bound("maxIntensity")?);
    let reps = query.number("minReps")?.unwrap_or(1)..=query.number("maxReps")?.unwrap_or(999_999);
    let limit = query.number("limit")?.unwrap_or(30);
    let kind = query.get("type").unwrap_or("AUTO");
    let fits: fn(&Activity) -> bool = match kind {
        "AUTO" => |_| true,
        "POWER" => |activity| activity.power.is_some(),
        "HR" => |activity| activity.heart.is_some(),
        "PACE" => |activity| activity.distance.is_some() && activity.power.is_none(),
        _ => return Err(Failure::rejected(format!("Failed to convert 'type' with value: '{kind}'"))),
    };
    let found = |activity: &&Activity| {
        if !activity.is_recorded() || !fits(activity) {
            return false;
        }
        let steps = activity.steps();
        let matches = |from: u32, to: u32| {
            let intensity = (intensity::weighted(&intensity::cut(&steps, from, to)) * 100.0).round() as usize;
            secs.contains(&((to - from) as usize)) && percent.contains(&intensity)
        };
        let pieces = activity.pieces();
        reps.contains(&pieces.iter().filter(|piece| piece.work && matches(piece.from, piece.to)).count())
    };
    athlete.with(|account| {
        let activities = account.activities.iter().rev().filter(found).take(limit);
        Ok(Json(activities.map(|activity| Value::Object(activity.json(account))).collect()))
    })
}
