//! Streams of an activity, in the API's JSON and as CSV.
mod writes;

use serde_json::{Value, json};

use crate::{activity::Activity, person::Person, track::Track};

pub use writes::{from_csv, from_json};

/// Streams of an activity in the API's JSON.
///
/// Without `types`, returns all streams and names power `raw_watts`. `defaults` adds all streams to `types`.
pub fn stream_list(activity: &Activity, person: &Person, types: Option<&[String]>, defaults: bool) -> Vec<Value> {
    let track = Track::of(activity, person);
    let own = activity.stream_types();
    let mut names: Vec<&str> = types.unwrap_or_default().iter().map(String::as_str).collect();
    if types.is_none() || defaults {
        let all = own.iter().map(|name| if *name == "watts" { "raw_watts" } else { name });
        names.extend(all.filter(|name| types.is_none() || *name != "raw_watts"));
    }
    let mut seen = Vec::new();
    names.retain(|name| {
        !seen.contains(name) && {
            seen.push(*name);
            true
        }
    });
    names.into_iter().filter_map(|name| one(activity, &track, &own, name)).collect()
}

fn one(activity: &Activity, track: &Track, own: &[&str], name: &str) -> Option<Value> {
    let series = match name {
        "raw_watts" => "watts",
        "raw_heartrate" | "fixed_heartrate" => "heartrate",
        _ => name,
    };
    if let Some(written) = activity.streams.get(name).or_else(|| activity.streams.get(series)) {
        let (data, data2) = (written.get("data")?, written.get("data2").cloned().unwrap_or_default());
        let custom = !KNOWN.contains(&series);
        return Some(stream(name, data.clone(), data2, custom));
    }
    if !own.contains(&series) {
        return None;
    }
    let (data, data2) = generated(track, series)?;
    Some(stream(name, data, data2, false))
}

fn stream(name: &str, data: Value, data2: Value, custom: bool) -> Value {
    let all_null = data.as_array().is_some_and(|data| data.iter().all(Value::is_null));
    json!({
        "type": name, "name": if custom { json!(name) } else { Value::Null }, "data": data, "data2": data2,
        "anomalies": null, "custom": custom, "allNull": all_null, "valueTypeIsArray": false,
    })
}

/// Stream types of the service. All others are custom.
const KNOWN: [&str; 16] = [
    "time",
    "watts",
    "heartrate",
    "cadence",
    "distance",
    "velocity_smooth",
    "altitude",
    "grade_smooth",
    "latlng",
    "temp",
    "left_right_balance",
    "moving",
    "torque",
    "hrv",
    "respiration",
    "smo2",
];

fn generated(track: &Track, series: &str) -> Option<(Value, Value)> {
    let whole =
        |values: &Option<Vec<f64>>| values.as_ref().map(|all| all.iter().map(|value| json!(*value as i64)).collect());
    let data: Value = match series {
        "time" => (0..track.secs).map(Value::from).collect(),
        "moving" => std::iter::repeat_n(Value::Bool(true), track.secs).collect(),
        "watts" => whole(&track.watts)?,
        "heartrate" => whole(&track.heartrate)?,
        "cadence" => whole(&track.cadence)?,
        "temp" => whole(&track.temp)?,
        "distance" => json!(track.distance.as_ref()?),
        "velocity_smooth" => json!(track.velocity.as_ref()?),
        "altitude" => json!(track.altitude.as_ref()?),
        "grade_smooth" => json!(track.grade.as_ref()?),
        "left_right_balance" => json!(track.balance.as_ref()?),
        "latlng" => {
            let places = track.places.as_ref()?;
            let lat = places.iter().map(|place| json!(place.map(|(lat, _)| lat))).collect();
            let lng = places.iter().map(|place| json!(place.map(|(_, lng)| lng))).collect();
            return Some((lat, lng));
        }
        _ => return None,
    };
    Some((data, Value::Null))
}

/// CSV with a column for each stream. `latlng` has two: `lat` and `lng`.
pub fn csv(streams: &[Value]) -> String {
    let mut columns: Vec<(&str, &[Value])> = Vec::new();
    for stream in streams {
        let name = stream.get("type").and_then(Value::as_str).unwrap_or_default();
        let data = |key: &str| stream.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        match name {
            "latlng" => columns.extend([("lat", data("data")), ("lng", data("data2"))]),
            _ => columns.push((name, data("data"))),
        }
    }
    let rows = columns.iter().map(|(_, data)| data.len()).max().unwrap_or_default();
    let mut table = columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(",");
    for row in 0..rows {
        let cell =
            |data: &[Value]| data.get(row).filter(|value| !value.is_null()).map(Value::to_string).unwrap_or_default();
        table.push('\n');
        table.push_str(&columns.iter().map(|(_, data)| cell(data)).collect::<Vec<_>>().join(","));
    }
    table + "\n"
}
