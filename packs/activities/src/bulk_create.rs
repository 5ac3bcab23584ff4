//! `icu_bulk_create_manual_activities`
use icu_core::{Athlete, Error, JsonMap, List, Result, arguments::json_or, client::Activity, tool};
use jiff::civil::DateTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::row;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// What was done.
    #[serde(alias = "activities_json", deserialize_with = "json_or")]
    #[schemars(example = example())]
    activities: Vec<Manual>,
}

fn example() -> Value {
    json!([{"start_date_local": "2026-07-01T18:00:00", "type": "Yoga", "name": "Stretching", "moving_time": 1800}])
}

// An activity in the service's own names, which the old server passed through.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Manual {
    /// Local, 2026-07-01T18:00:00.
    #[serde(alias = "start_date")]
    start_date_local: DateTimeText,
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
    #[schemars(skip)]
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
    #[schemars(skip)]
    kg_lifted: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    trainer: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    commute: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    race: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<String>>,
    /// Own key: the same again replaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
}

/// A local date and time as it stands in the argument; a date alone is its noon.
#[derive(Serialize)]
struct DateTimeText(String);

impl<'de> Deserialize<'de> for DateTimeText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let date = text.parse().map(|date: jiff::civil::Date| date.at(12, 0, 0, 0));
        let time = date.or_else(|_| text.trim_end_matches('Z').parse::<DateTime>());
        let expected = format!("\"{text}\" is not a local time; write it as 2026-07-01T18:00:00");
        time.map(|time| Self(time.to_string())).map_err(|_| serde::de::Error::custom(expected))
    }
}

impl JsonSchema for DateTimeText {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DateTime".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string"})
    }
}

#[derive(Serialize, JsonSchema)]
struct Created {
    id: String,
    start: Option<String>,
    sport: Option<String>,
    name: Option<String>,
}

/// ADD activities without a file. One with the external_id of an earlier one replaces it.
#[tool(destructive, title = "Create manual activities")]
async fn icu_bulk_create_manual_activities(athlete: Athlete, args: Args) -> Result<List<Created>> {
    let activities: Vec<JsonMap> = args.activities.iter().enumerate().map(checked).collect::<Result<_>>()?;
    if activities.is_empty() {
        return Err(Error::new("activities is empty", "Give at least one activity."));
    }
    let created = athlete.activities().create_manual(activities).await?;
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
    for (name, value, worst) in [("icu_rpe", activity.icu_rpe, 10), ("feel", activity.feel, 5)] {
        if let Some(value) = value.filter(|value| !(1..=worst).contains(value)) {
            return Err(Error::new(
                format!("activities[{n}].{name} is {value}"),
                format!("It goes from 1 to {worst}."),
            ));
        }
    }
    match json!(activity) {
        Value::Object(fields) => Ok(fields),
        other => Err(Error::new(format!("{other} is no activity"), "Report this defect.")),
    }
}

#[cfg(test)]
mod tests {
    use icu_core::testing::Bench;
    use icu_demo::Demo;
    use rstest::rstest;

    use super::*;

    #[tokio::test]
    async fn activities_are_added_and_replaced_by_their_own_key() {
        let demo = Demo::start().await.unwrap();
        let bench = Bench::at(&demo.url);
        let mut yoga =
            json!({"start_date_local": "2026-07-01T18:00:00", "type": "Yoga", "name": "A", "external_id": "y1"});
        let run = json!({"start_date_local": "2026-07-02", "type": "Run", "distance": 5000.0, "moving_time": 1500});
        let json_string = json!([yoga, run]).to_string();
        let arguments = json!({"activities_json": json_string});
        let first = bench.run("icu_bulk_create_manual_activities", arguments).await.unwrap().structured;
        assert_eq!(first["total"], 2);
        assert_eq!(first["items"][1]["start"], "2026-07-02T12:00");
        yoga["name"] = "B".into();
        let second = bench.run("icu_bulk_create_manual_activities", json!({"activities": [yoga]})).await.unwrap();
        assert_eq!(second.structured["items"][0]["id"], first["items"][0]["id"]);
    }

    #[rstest]
    #[case(json!([]), "activities is empty")]
    #[case(json!([{"type": "Run"}]), "missing field `start_date_local`")]
    #[case(json!([{"type": "Run", "start_date_local": "today"}]), "\"today\" is not a local time")]
    #[case(json!([{"type": "Run", "start_date_local": "2026-07-01", "pace": 4}]), "unknown field `pace`")]
    #[case(json!([{"type": "Run", "start_date_local": "2026-07-01", "icu_rpe": 11}]), "activities[0].icu_rpe is 11")]
    #[case(json!([{"type": "Run", "start_date_local": "2026-07-01"}, 5]), "[1]: invalid type: integer `5`")]
    #[tokio::test]
    async fn what_would_be_lost_or_wrong_is_not_sent(#[case] activities: Value, #[case] problem: &str) {
        let demo = Demo::start().await.unwrap();
        let arguments = json!({"activities": activities});
        let error = Bench::at(&demo.url).run("icu_bulk_create_manual_activities", arguments).await.unwrap_err();
        assert!(error.problem.contains(problem), "{error}");
        assert_eq!(demo.writes(), [""; 0]);
    }
}
