//! `icu_bulk_create_manual_activities`
use intervals_core::{
    Athlete, Error, JsonMap, List, LocalTime, Result,
    arguments::json_or,
    client::sports,
    records::{Decimal, Tags, Whole, activity::Created, given_new},
    tool,
};
use jiff::civil::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};

use crate::update;

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

/// A week in seconds.
const WEEK: i64 = 604_800;

// An activity under the service's names, which the old server passed through.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Manual {
    /// Local, 2026-07-01T18:00:00.
    #[serde(serialize_with = "noon_unless_timed")]
    start_date_local: LocalTime,
    /// Such as Ride, Run, WeightTraining, Yoga.
    #[serde(rename = "type", alias = "sport")]
    kind: String,
    name: Option<String>,
    description: Option<String>,
    /// s.
    moving_time: Option<Whole<0, WEEK>>,
    /// s.
    #[schemars(extend("hidden" = true))]
    elapsed_time: Option<Whole<0, WEEK>>,
    /// m.
    distance: Option<Decimal<0, 5_000_000>>,
    /// m.
    total_elevation_gain: Option<Decimal<0, 50_000>>,
    /// bpm.
    average_heartrate: Option<Whole<20, 250>>,
    icu_training_load: Option<Whole<0, 3000>>,
    /// 1-10.
    #[serde(alias = "rpe", alias = "perceived_exertion")]
    icu_rpe: Option<Whole<1, 10>>,
    /// 1 strong - 5 weak.
    feel: Option<Whole<1, 5>>,
    /// kcal.
    calories: Option<Whole<0, 50_000>>,
    #[schemars(extend("hidden" = true))]
    max_heartrate: Option<i64>,
    #[schemars(extend("hidden" = true))]
    average_cadence: Option<f64>,
    #[schemars(extend("hidden" = true))]
    icu_average_watts: Option<i64>,
    #[schemars(extend("hidden" = true))]
    carbs_ingested: Option<i64>,
    #[schemars(extend("hidden" = true))]
    sub_type: Option<String>,
    #[schemars(extend("hidden" = true))]
    device_name: Option<String>,
    #[schemars(extend("hidden" = true))]
    gear: Option<Value>,
    #[schemars(extend("hidden" = true))]
    kg_lifted: Option<f64>,
    #[schemars(extend("hidden" = true))]
    trainer: Option<bool>,
    #[schemars(extend("hidden" = true))]
    commute: Option<bool>,
    #[schemars(extend("hidden" = true))]
    race: Option<bool>,
    tags: Option<Tags>,
    /// Own id for it.
    external_id: Option<String>,
}

/// Serializes a start as the service takes it; a day without a time becomes noon.
fn noon_unless_timed<S: Serializer>(start: &LocalTime, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    LocalTime { time: start.time.or(Some(Time::constant(12, 0, 0, 0))), ..*start }.serialize(serializer)
}

/// ADD activities without a file. One with the external_id of an earlier one made with the same key replaces it.
#[tool(destructive, tier = rare, title = "Create manual activities")]
async fn icu_bulk_create_manual_activities(athlete: Athlete, args: Args) -> Result<List<Created>> {
    let activities: Vec<JsonMap> = args.activities.iter().map(given_new).collect();
    if activities.is_empty() {
        return Err(Error::new("activities is empty", "Give at least one activity."));
    }
    let unknown_type = args.activities.iter().map(|a| a.kind.as_str()).find(|kind| sports::known(kind).is_none());
    let created = athlete.activities().create_manual::<Created>(activities).await;
    Ok(created.map_err(|e| update::with_type_suggestions(e.into(), unknown_type))?.into())
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
    #[case(json!([{"type": "Run", "start_date_local": "2026-07-01", "moving_time": -5}]), "[0].moving_time: -5 is out of range: it goes from 0 to 604800")]
    #[case(json!([{"type": "Run", "start_date_local": "2026-07-01", "pace": 4}]), "unknown field `pace`")]
    #[case(json!([{"type": "Run", "start_date_local": "2026-07-01", "icu_rpe": 11}]), "[0].icu_rpe: 11 is out of range: it goes from 1 to 10")]
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
