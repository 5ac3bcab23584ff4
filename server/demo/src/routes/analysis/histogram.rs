//! Histograms of power, heart rate and speed.
use axum::{Json, Router, routing::get};
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    http::{Answer, Found, Query, Shared},
    random::round,
};

/// The four histograms below `/activity/{activity}`.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/activity/{activity}/power-histogram", get(power))
        .route("/activity/{activity}/hr-histogram", get(heart))
        .route("/activity/{activity}/pace-histogram", get(pace))
        .route("/activity/{activity}/gap-histogram", get(gap))
}

async fn power(found: Found, query: Query) -> Answer {
    counted(&found, "watts", size(&query, 25)?)
}

async fn heart(found: Found, query: Query) -> Answer {
    counted(&found, "heartrate", size(&query, 5)?)
}

async fn pace(found: Found) -> Answer {
    let paced = found.read(|_, activity| Ok(!activity.sport.has_power()))?;
    if paced { counted(&found, "velocity_smooth", 0.1) } else { Ok(Json(json!([]))) }
}

async fn gap(found: Found) -> Answer {
    let runs = found.read(|_, activity| Ok(activity.sport.is_run()))?;
    if runs { counted(&found, "velocity_smooth", 0.1) } else { Ok(Json(json!([]))) }
}

fn size(query: &Query, usual: usize) -> Result<f64, Failure> {
    match query.number("bucketSize")?.unwrap_or(usual) {
        0 => Err(Failure::rejected("Invalid bucketSize")),
        size => Ok(size as f64),
    }
}

/// Seconds in each bucket, starting two before the first with any time.
fn counted(found: &Found, stream: &str, size: f64) -> Answer {
    found.read(|account, activity| {
        let values = super::values(account, activity, stream).unwrap_or_default();
        let bucket = |value: &f64| (value / size + 1e-9).floor() as usize;
        let buckets: Vec<usize> = values.iter().flatten().map(bucket).collect();
        let (Some(first), Some(last)) = (buckets.iter().min(), buckets.iter().max()) else {
            return Ok(Json(json!([])));
        };
        let number = |bucket: usize| {
            let bound = round(bucket as f64 * size, 2);
            if size.fract() == 0.0 { json!(bound as u64) } else { json!(bound) }
        };
        let mut times = vec![0; last + 1];
        buckets.iter().filter_map(|bucket| times.get_mut(*bucket).map(|time| *time += 1)).count();
        let shown = times.iter().enumerate().skip(first.saturating_sub(2));
        let row =
            |(place, secs): (usize, &u32)| json!({ "min": number(place), "max": number(place + 1), "secs": secs });
        Ok(Json(Value::Array(shown.map(row).collect())))
    })
}
