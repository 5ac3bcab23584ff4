//! `icu_bulk_create_manual_activities`
use intervals_core::{
    Athlete, Error, JsonMap, List, LocalTime, Result,
    arguments::{Words, json_or},
    client::{Activity, Text, sports},
    tool,
};
use jiff::civil::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};

use crate::{row, update};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// What was done.
    #[serde(alias = "activities_json", deserialize_with = "json_or")]
    #[schemars(example = example())]
    activities: Vec<Manual>,
}

fn example() -> Value {
    json!([
        {"start_date_local": "2026-07-01T18:00:00", "type": "Yoga", "name": "Stretching", "moving_time": 1800},
        {"start_date_local": "2026-07-02T18:00:00", "type": "Ride", "elapsed_time": 3700, "max_heartrate": 150,
            "average_cadence": 88, "icu_average_watts": 180, "carbs_ingested": 60, "sub_type": "NONE", "device_name": "Erg",
            "gear": {"id": "b5001"}, "kg_lifted": 0, "trainer": true, "commute": false, "race": false, "tags": ["gym"]},
    ])
}

// An activity in the service's own names, which the old server passed through.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Manual {
    /// Local, 2026-07-01T18:00:00.
    #[serde(serialize_with = "noon_unless_timed")]
    start_date_local: LocalTime,
    /// Such as Ride, Run, WeightTraining, Yoga.
    #[serde(rename = "type", alias = "sport")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// s.
    #[serde(skip_serializing_if = "Option::is_none")]
    moving_time: Option<i64>,
    /// s.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("hidden" = true))]
    elapsed_time: Option<i64>,
    /// m.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<f64>,
    /// m.
    #[serde(skip_serializing_if = "Option::is_none")]
    total_elevation_gain: Option<f64>,
    /// bpm.
    #[serde(skip_serializing_if = "Option::is_none")]
    average_heartrate: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icu_training_load: Option<i64>,
    /// 1-10.
    #[serde(skip_serializing_if = "Option::is_none", alias = "rpe", alias = "perceived_exertion")]
    icu_rpe: Option<i64>,
    /// 1 strong - 5 weak.
    #[serde(skip_serializing_if = "Option::is_none")]
    feel: Option<i64>,
    /// kcal.
    #[serde(skip_serializing_if = "Option::is_none")]
    calories: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("hidden" = true))]
    max_heartrate: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("hidden" = true))]
    average_cadence: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("hidden" = true))]
    icu_average_watts: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("hidden" = true))]
    carbs_ingested: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("hidden" = true))]
    sub_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("hidden" = true))]
    device_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("hidden" = true))]
    gear: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("hidden" = true))]
    kg_lifted: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("hidden" = true))]
    trainer: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("hidden" = true))]
    commute: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("hidden" = true))]
    race: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Words>,
    /// Own id for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
}

/// As the service takes it; a day alone is its noon.
fn noon_unless_timed<S: Serializer>(start: &LocalTime, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    LocalTime { time: start.time.or(Some(Time::constant(12, 0, 0, 0))), ..*start }.serialize(serializer)
}

#[derive(Serialize, JsonSchema)]
struct Created {
    id: String,
    start: Option<String>,
    sport: Option<String>,
    name: Option<Text>,
}

/// ADD activities without a file. One with the external_id of an earlier one made with the same key replaces it.
#[tool(destructive, tier = rare, title = "Create manual activities")]
async fn icu_bulk_create_manual_activities(athlete: Athlete, args: Args) -> Result<List<Created>> {
    let activities: Vec<JsonMap> = args.activities.iter().enumerate().map(checked).collect::<Result<_>>()?;
    if activities.is_empty() {
        return Err(Error::new("activities is empty", "Give at least one activity."));
    }
    let kinds: Vec<_> = args.activities.iter().map(|a| a.kind.as_str()).collect();
    let odd = kinds.into_iter().find(|kind| sports::known(kind).is_none());
    let created = athlete.activities().create_manual(activities).await;
    let created = created.map_err(|e| update::better_type(e.into(), odd))?;
    let rows = created.into_iter().map(|Activity { known: a, .. }| Created {
        start: a.start_date_local.as_deref().map(row::minute),
        id: a.id,
        sport: a.sport,
        name: a.name,
    });
    Ok(rows.collect::<Vec<_>>().into())
}

/// One activity as it is sent, with its ratings in range.
fn checked((n, activity): (usize, &Manual)) -> Result<JsonMap> {
    const WEEK: f64 = 604_800.0;
    let number = |value: Option<i64>| value.map(|value| value as f64);
    let ranges = [
        ("icu_rpe", number(activity.icu_rpe), 1.0, 10.0),
        ("feel", number(activity.feel), 1.0, 5.0),
        ("moving_time", number(activity.moving_time), 0.0, WEEK),
        ("elapsed_time", number(activity.elapsed_time), 0.0, WEEK),
        ("distance", activity.distance, 0.0, 5_000_000.0),
        ("total_elevation_gain", activity.total_elevation_gain, 0.0, 50_000.0),
        ("average_heartrate", number(activity.average_heartrate), 20.0, 250.0),
        ("icu_training_load", number(activity.icu_training_load), 0.0, 3000.0),
        ("calories", number(activity.calories), 0.0, 50_000.0),
    ];
    for (name, value, least, most) in ranges {
        if let Some(value) = value.filter(|value| !(least..=most).contains(value)) {
            let advice = format!("It goes from {least} to {most}.");
            return Err(Error::new(format!("activities[{n}].{name} is {value}"), advice));
        }
    }
    match json!(activity) {
        Value::Object(mut fields) => {
            if let Some(tags) = &activity.tags {
                fields.insert("tags".into(), json!(intervals_core::text::tags(&tags.0)));
            }
            Ok(fields)
        }
        other => Err(Error::new(format!("{other} is no activity"), "Report this defect.")),
    }
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::demo;
    use rstest::rstest;

    use super::*;

    #[tokio::test]
    async fn activities_are_added_and_replaced_by_their_own_key() {
        let demo = demo().await;
        let mut yoga =
            json!({"start_date_local": "2026-07-01T18:00:00", "type": "Yoga", "name": "A", "external_id": "y1"});
        let run = json!({"start_date_local": "2026-07-02", "type": "Run", "distance": 5000.0, "moving_time": 1500});
        let json_string = json!([yoga, run]).to_string();
        let arguments = json!({"activities_json": json_string});
        let first = demo.structured("icu_bulk_create_manual_activities", arguments).await;
        assert_eq!(first["total"], 2);
        let starts = |n: usize| first["items"][n]["start"].as_str().unwrap();
        assert_eq!((starts(0), starts(1)), ("2026-07-01T18:00", "2026-07-02T12:00"));
        yoga["name"] = "B".into();
        let second = demo.structured("icu_bulk_create_manual_activities", json!({"activities": [yoga]})).await;
        assert_eq!(second["items"][0]["id"], first["items"][0]["id"]);
    }

    #[rstest]
    #[case(json!([]), "activities is empty")]
    #[case(json!([{"type": "Run"}]), "missing field `start_date_local`")]
    #[case(json!([{"type": "Run", "start_date_local": "today"}]), "\"today\" is not a local day or time")]
    #[case(json!([{"type": "Run", "start_date_local": "2026-07-01T18:00:00Z"}]), "without a zone")]
    #[case(json!([{"type": "Run", "start_date_local": "2026-07-01T18:00:00+02:00"}]), "without a zone")]
    #[case(json!([{"type": "Run", "start_date_local": "2026-07-01", "moving_time": -5}]), "activities[0].moving_time is -5")]
    #[case(json!([{"type": "Run", "start_date_local": "2026-07-01", "pace": 4}]), "unknown field `pace`")]
    #[case(json!([{"type": "Run", "start_date_local": "2026-07-01", "icu_rpe": 11}]), "activities[0].icu_rpe is 11")]
    #[case(json!([{"type": "Run", "start_date_local": "2026-07-01"}, 5]), "[1]: invalid type: integer `5`")]
    #[tokio::test]
    async fn what_would_be_lost_or_wrong_is_not_sent(#[case] activities: Value, #[case] problem: &str) {
        let demo = demo().await;
        let error = demo.error("icu_bulk_create_manual_activities", json!({"activities": activities})).await;
        assert!(error.problem.contains(problem), "{error}");
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[tokio::test]
    async fn an_item_has_the_forms_of_a_single_call() {
        let activity = json!({"start_date_local": "2026-07-01", "type": "Ride", "name": 5, "moving_time": "1800",
            "distance": "5000", "icu_rpe": 7.0, "trainer": "true", "description": null, "tags": "a, b"});
        for activities in [json!([activity]), json!([activity.to_string()]), json!(json!([activity]).to_string())] {
            for name in ["activities", "activities_json"] {
                let demo = demo().await;
                demo.answer("icu_bulk_create_manual_activities", json!({name: activities})).await;
                let sent = demo.requests().into_iter().find(|request| request.method == "POST").unwrap();
                let sent: Value = serde_json::from_slice(&sent.body).unwrap();
                let expected = json!([{"start_date_local": "2026-07-01T12:00:00", "type": "Ride", "name": "5",
                    "moving_time": 1800, "distance": 5000.0, "icu_rpe": 7, "trainer": true, "tags": ["a", "b"]}]);
                assert_eq!(sent, expected);
            }
        }
    }
}
