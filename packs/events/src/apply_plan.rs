//! `icu_apply_training_plan`
use std::collections::BTreeSet;

use intervals_core::{
    Day, Error, FolderRef, JsonMap, List, Notes, Result, Today,
    arguments::{self, Words, json_or},
    client::CalendarQuery,
    records::{SportName, event::Row, given},
    schema, tool,
    units::Number,
};
use jiff::ToSpan;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::annual_plan::monday;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// YYYY-MM-DD.
    #[serde(alias = "start_date")]
    #[schemars(example = &"2026-08-03")]
    start_date_local: Day,
    /// Added to it: name, type, day (0 first), description.
    #[serde(default, alias = "extra_workouts_json", deserialize_with = "json_or")]
    #[schemars(with = "Vec<JsonMap>", example = example())]
    extra_workouts: Vec<Value>,
}

fn example() -> Value {
    json!([{"name": "Shakeout", "type": "Run", "day": 1, "description": "- 20m Z1 HR"}])
}

// The fields of a workout in a plan. The service silently drops any other field.
#[derive(Deserialize, Serialize, JsonSchema)]
struct Extra {
    name: Option<String>,
    #[serde(rename = "type")]
    kind: Option<SportName>,
    day: Option<i64>,
    days: Option<Number>,
    description: Option<String>,
    moving_time: Option<Number>,
    distance: Option<Number>,
    icu_training_load: Option<Number>,
    indoor: Option<bool>,
    color: Option<String>,
    target: Option<String>,
    targets: Option<Words>,
    tags: Option<Words>,
    sub_type: Option<String>,
    for_week: Option<bool>,
    carbs_per_hour: Option<Number>,
    hide_from_athlete: Option<bool>,
    time: Option<String>,
}

/// The days of the calendar that are compared before and after.
const DAYS: i64 = 370;

/// The most rows of the answer.
const ROWS: usize = 50;

#[derive(Serialize, JsonSchema)]
struct Applied {
    #[serde(flatten)]
    added: List<Row>,
    /// Events that are gone.
    removed: Vec<i64>,
    /// The last day of what was added.
    until: Option<String>,
}

/// APPLY a plan of the library to the calendar from a start day; answers what changed there.
#[tool(destructive, tier = rare, title = "Apply training plan")]
async fn icu_apply_training_plan(folder: FolderRef, today: Today, notes: Notes, args: Args) -> Result<Applied> {
    let extra = args.extra_workouts.into_iter().enumerate().map(checked).collect::<Result<Vec<_>>>()?;
    let (events, start, today) = (folder.athlete().events(), args.start_date_local.0, today.date());
    // A plan consists of weeks, so it may start on any day of the current week, also before today.
    if start < monday(today) {
        let advice = format!("Start it on {}, the Monday of this week, or later.", monday(today));
        return Err(Error::new(format!("start_date_local {start} is in the past"), advice));
    }
    // The service's response is not documented, so new events are found by comparing the calendar before and after.
    let query = CalendarQuery::days(start, start.saturating_add(DAYS.days()));
    let before = events.list::<Row>(&query).await?;
    let of_plan = |event: &&Row| event.plan_folder_id.is_some_and(|id| id.0 as i64 == folder.id());
    let applied_before = before.iter().filter(of_plan).count();
    let before: BTreeSet<i64> = before.iter().map(|event| event.id).collect();
    events.apply_plan(folder.id(), start, &extra).await?;
    let after = match events.list::<Row>(&query).await {
        Ok(after) => after,
        Err(e) => {
            notes.add(format!("the plan was applied; what it added could not be read: {e}"));
            return Ok(Applied { added: Vec::new().into(), removed: vec![], until: None });
        }
    };
    let added: Vec<_> = after.iter().filter(|event| !before.contains(&event.id)).collect();
    if added.is_empty() {
        notes.add(format!(
            "nothing new is on the calendar within {DAYS} days of {start}: is {} a plan with workouts?",
            folder.id()
        ));
    }
    if applied_before > 0 {
        notes.add(format!(
            "{applied_before} events of this plan were on these days before; if it was applied twice, delete one set"
        ));
    }
    let past = added.iter().filter(|event| event.day().is_some_and(|day| day < today)).count();
    if past > 0 {
        notes.add(format!("{past} of them are before today, {today}"));
    }
    if after.unread() > 0 {
        notes.add(format!("up to {} more may be new, or not removed: they could not be read", after.unread()));
    }
    let until = added.iter().filter_map(|event| event.last_day()).max().map(|day| day.to_string());
    let remaining: BTreeSet<i64> = after.iter().map(|event| event.id).collect();
    let rows = added.into_iter().cloned().collect();
    Ok(Applied {
        added: List::excerpt(rows, ROWS, &notes, "icu_get_calendar_events"),
        removed: before.difference(&remaining).take(500).copied().collect(),
        until,
    })
}

/// Checks a workout and returns the object to send. Fails on a missing name or type, and on a field that the service would drop.
fn checked((n, workout): (usize, Value)) -> Result<JsonMap> {
    let at = format!("extra_workouts[{n}]");
    let Value::Object(workout) = workout else {
        return Err(Error::new(format!("{at} is no workout"), "Each one is an object with name, type and day."));
    };
    let schema = schema::input::<Extra>();
    let known: Vec<_> =
        schema.get("properties").and_then(Value::as_object).into_iter().flat_map(JsonMap::keys).collect();
    if let Some(unknown) = workout.keys().find(|key| !known.contains(key)) {
        let known = known.iter().map(|key| key.as_str()).collect::<Vec<_>>().join(", ");
        return Err(Error::new(format!("{at} has a field {unknown}"), format!("Use {known}.")));
    }
    let extra: Extra = arguments::item(&at, workout).map_err(|e| Error::new(e, "Give name, type and day."))?;
    let has_name = extra.name.as_deref().is_some_and(|name| !name.is_empty());
    for (needed, given) in [("name", has_name), ("type", extra.kind.is_some())] {
        if !given {
            return Err(Error::new(format!("{at} has no {needed}"), "Give name, type and day."));
        }
    }
    if extra.day.is_some_and(|day| day < 0) {
        return Err(Error::new(
            format!("{at}.day is no day of the plan"),
            "0 is the first day, 7 the first of week 2.",
        ));
    }
    Ok(given(&extra))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::demo;
    use rstest::rstest;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn added_events_are_read_back() {
        let demo = demo().await;
        let extra = json!([{"name": "Shakeout", "type": "run", "day": 1, "moving_time": 1200}]).to_string();
        let arguments = json!({"folder_id": 61010, "start_date_local": "2027-01-04", "extra_workouts_json": extra});
        let answer = demo.structured("icu_apply_training_plan", arguments).await;
        let row = answer["items"].as_array().unwrap().iter().find(|row| row["name"] == "Shakeout").unwrap();
        assert_eq!(
            (&row["date"], &row["sport"], &row["duration_s"]),
            (&json!("2027-01-05"), &json!("Run"), &json!(1200))
        );
        let sent = demo.requests().into_iter().find(|r| r.method == "POST").unwrap();
        let body: Value = serde_json::from_slice(&sent.body).unwrap();
        assert_eq!(body["start_date_local"], "2027-01-04T00:00:00");
        assert_eq!(body["extra_workouts"][0]["type"], "Run");
    }

    #[tokio::test]
    async fn applying_a_plan_twice_is_noted() {
        let demo = demo().await;
        let arguments = json!({"folder_id": 61010, "start_date_local": "2027-01-04"});
        let first = demo.structured("icu_apply_training_plan", arguments.clone()).await;
        let count = first["items"].as_array().unwrap().len();
        assert_eq!(first.get("notes"), None);
        let again = demo.structured("icu_apply_training_plan", arguments).await;
        let note = again["notes"][0].as_str().unwrap();
        assert!(note.starts_with(&format!("{count} events of this plan were on these days before")), "{note}");
    }

    #[tokio::test]
    async fn the_past_is_refused_and_the_first_days_of_this_week_are_noted() {
        let demo = demo().await;
        let from = |day: &str| json!({"folder_id": 61010, "start_date_local": day});
        let error = demo.text("icu_apply_training_plan", from("2026-06-28")).await;
        let monday = "Start it on 2026-06-29, the Monday of this week, or later.";
        assert_eq!(error, format!("start_date_local 2026-06-28 is in the past. {monday}"));
        assert_eq!(demo.writes(), [""; 0]);
        let answer = demo.structured("icu_apply_training_plan", from("2026-06-29")).await;
        assert!(answer["notes"][0].as_str().unwrap().ends_with("of them are before today, 2026-07-05"), "{answer}");
    }

    #[rstest]
    #[case(json!([5]), "extra_workouts[0] is no workout")]
    #[case(json!([{"name": "A", "type": "Run", "load": 5}]), "extra_workouts[0] has a field load")]
    #[case(json!([{"name": "A", "type": "Jog"}]), "extra_workouts[0].type: there is no type Jog. Use Run. ")]
    #[case(json!([{"type": "Run"}]), "extra_workouts[0] has no name")]
    #[case(json!([{"name": "A", "type": "Run", "day": -1}]), "extra_workouts[0].day is no day of the plan")]
    #[tokio::test]
    async fn invalid_extra_workouts_are_not_sent(#[case] extra: Value, #[case] problem: &str) {
        let demo = demo().await;
        let arguments = json!({"folder_id": 1, "start_date_local": "2027-01-04", "extra_workouts": extra});
        demo.refuses("icu_apply_training_plan", arguments, problem).await;
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[tokio::test]
    async fn extra_workouts_accept_the_forms_of_other_arguments() {
        let demo = demo().await;
        let extra =
            json!([{"name": 5, "type": "run", "day": "1", "moving_time": 1200.0, "indoor": "true", "color": null}]);
        let arguments = json!({"folder_id": 61010, "start_date_local": "2027-01-04", "extra_workouts": extra});
        demo.answer("icu_apply_training_plan", arguments).await;
        let sent = demo.requests().into_iter().find(|r| r.method == "POST").unwrap();
        let body: Value = serde_json::from_slice(&sent.body).unwrap();
        let expected = json!([{"name": "5", "type": "Run", "day": 1, "moving_time": 1200, "indoor": true}]);
        assert_eq!(body["extra_workouts"], expected);
    }
}
