//! Best efforts of a stream.
use axum::Json;
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    http::{Answer, Found, Query},
    random::round,
};

/// `GET best-efforts`: the best efforts over a duration or distance that do not overlap, best first.
pub async fn best(found: Found, query: Query) -> Answer {
    let name = query.required("stream")?.to_owned();
    let (duration, count) = (query.number("duration")?, query.number("count")?.unwrap_or(8));
    let distance = query.get("distance").map(str::parse::<f64>).transpose();
    let distance = distance.map_err(|_| Failure::rejected("Failed to convert 'distance'"))?;
    found.read(|account, activity| {
        let (Some(values), Some(metres)) =
            (super::values(account, activity, &name), super::values(account, activity, "distance").or(Some(vec![])))
        else {
            return Ok(Json(json!({ "efforts": null })));
        };
        let ends: Vec<usize> = match (duration, distance) {
            (Some(secs), _) => (0..values.len()).map(|start| start + secs.max(1)).collect(),
            (None, Some(distance)) => reach(&metres, distance),
            (None, None) => return Err(Failure::rejected("One of duration or distance is required")),
        };
        let covered = |from: usize, to: usize| {
            let at = |index: usize| metres.get(index).copied().flatten();
            Some(round(at(to.checked_sub(1)?)? - at(from)?, 1))
        };
        let effort = |(start, end, average): (usize, usize, f64)| {
            json!({ "start_index": start, "end_index": end, "average": round(average, 3), "duration": end - start,
                "distance": covered(start, end) })
        };
        let best: Vec<Value> = chosen(&values, &ends, count).into_iter().map(effort).collect();
        Ok(Json(json!({ "efforts": if best.is_empty() { Value::Null } else { json!(best) } })))
    })
}

/// For each start, the first index at which the distance is covered.
fn reach(metres: &[Option<f64>], distance: f64) -> Vec<usize> {
    let mut end = 0;
    let of = |start: &Option<f64>| {
        let goal = start.unwrap_or_default() + distance;
        while metres.get(end).is_some_and(|at| at.unwrap_or_default() < goal) {
            end += 1;
        }
        end + 1
    };
    metres.iter().map(of).collect()
}

fn chosen(values: &[Option<f64>], ends: &[usize], count: usize) -> Vec<(usize, usize, f64)> {
    let mut sums = vec![0.0];
    for value in values {
        sums.push(sums.last().copied().unwrap_or_default() + value.unwrap_or_default());
    }
    let mean = |(start, end): (usize, &usize)| {
        let sum = sums.get(*end)? - sums.get(start)?;
        Some((start, *end, sum / (*end - start) as f64))
    };
    let mut all: Vec<_> = ends.iter().enumerate().filter_map(mean).collect();
    all.sort_by(|a, b| b.2.total_cmp(&a.2));
    let mut best: Vec<(usize, usize, f64)> = Vec::new();
    for effort in all {
        if best.len() == count {
            break;
        }
        if best.iter().all(|other| effort.1 <= other.0 || other.1 <= effort.0) {
            best.push(effort);
        }
    }
    best
}
