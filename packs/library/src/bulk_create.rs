//! `icu_bulk_create_workouts`
use intervals_core::{
    Athlete, Error, JsonMap, List, Notes, Result,
    arguments::{self, json_or},
    client::{Owner, Text},
    list::CAP,
    records::{
        New,
        workout::{Fields, Full},
    },
    tool,
    units::{Count, Points, Seconds},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::written::{doubts, overruled_numbers};

/// The most remarks on single workouts in an answer or an error.
const REMARKS: usize = 10;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Objects with the arguments of icu_create_workout.
    #[serde(alias = "workouts_json", deserialize_with = "json_or")]
    #[schemars(with = "Vec<JsonMap>", example = example())]
    workouts: Vec<Value>,
    /// Folder of those that name none.
    #[schemars(example = 61_009)]
    folder_id: Option<i64>,
}

fn example() -> Value {
    json!([{"folder_id": 61_010, "name": "Tempo", "workout_type": "Run", "day": 9, "description": "- 40m 90% Pace"},
        {"folder_id": 61_010, "name": "Yoga", "workout_type": "Yoga", "day": 10, "duration_seconds": 1800}])
}

#[derive(Serialize, JsonSchema)]
struct Created {
    id: i64,
    owner: Option<Owner>,
    folder_id: Option<Count>,
    day: Option<Count>,
    name: Option<Text>,
    sport: Option<String>,
    duration_s: Option<Seconds>,
    load: Option<Points>,
    /// Absent when they could not be read.
    steps: Option<usize>,
}

/// ADD several workouts to folders or plans, all or none.
#[tool(write, tier = rare, title = "Create workouts")]
async fn icu_bulk_create_workouts(athlete: Athlete, notes: Notes, args: Args) -> Result<List<Created>> {
    if args.workouts.is_empty() || args.workouts.len() > CAP {
        let problem = format!("workouts has {} items", args.workouts.len());
        return Err(Error::new(problem, format!("Give 1 to {CAP}.")));
    }
    let folder = args.folder_id;
    let read: Vec<_> = args.workouts.into_iter().enumerate().map(|(n, item)| checked(n, item, folder)).collect();
    let mistakes: Vec<_> = read.iter().filter_map(|item| item.as_ref().err()).collect();
    if !mistakes.is_empty() {
        let more = mistakes.len().saturating_sub(REMARKS);
        let shown: Vec<_> = mistakes.iter().take(REMARKS).map(ToString::to_string).collect();
        let more = if more > 0 { format!(" And {more} more.") } else { String::new() };
        return Err(Error::new(
            format!("{}{more}", shown.join(" ")),
            "Nothing was sent; correct these and call again.",
        ));
    }
    let sent: Vec<_> = read.into_iter().flatten().collect();
    let has_days = sent.iter().any(|fields| fields.contains_key("day"));
    let created: Vec<Full> = athlete.library().create_workouts(sent.clone()).await?;
    // When a created workout could not be read, the order no longer tells which one was sent.
    let sent = if sent.len() == created.len() { sent } else { vec![] };
    let lost_numbers = |n: usize, w: &Full| sent.get(n).and_then(|sent| overruled_numbers(sent, w));
    let remarks_on = |(n, w): (usize, &Full)| {
        let name = w.name.clone().unwrap_or_else(|| "?".into());
        lost_numbers(n, w).into_iter().chain(doubts(w)).map(move |doubt| format!("{name}: {doubt}")).collect::<Vec<_>>()
    };
    let remarks: Vec<_> = created.iter().enumerate().flat_map(remarks_on).collect();
    remarks.iter().take(REMARKS).for_each(|remark| notes.add(remark));
    if remarks.len() > REMARKS {
        notes.add(format!("{} more remarks of this kind; the column steps shows where", remarks.len() - REMARKS));
    }
    Ok(created.into_iter().map(|w| Created::of(w, has_days)).collect::<Vec<_>>().into())
}

/// Returns the body of one workout. An error names its place in the list.
fn checked(n: usize, item: Value, folder: Option<i64>) -> Result<JsonMap> {
    let at = format!("workouts[{n}]");
    let error = |problem: String| Error::new(problem, "See icu_create_workout.");
    let Value::Object(mut item) = item else { return Err(error(format!("{at} is no object"))) };
    if let Some(folder) = folder {
        item.entry("folder_id").or_insert(folder.into());
    }
    let workout: New<Fields> = arguments::item(&at, item).map_err(error)?;
    Ok(workout.given())
}

impl Created {
    /// `has_days` tells whether the call gave days. Without one the service stores 0, which is left out.
    fn of(workout: Full, has_days: bool) -> Self {
        let steps = workout.unread_steps().is_none().then_some(workout.steps.len());
        let Full { id, owner, folder_id, day, name, sport, duration_s, load, .. } = workout;
        Self { id, owner, folder_id, day: day.filter(|_| has_days), name, sport, duration_s, load, steps }
    }
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{EMPTY_FOLDER, PLAN},
    };
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::tool_names(json!([{"name": "A", "workout_type": "Run", "description": "- 30m 80% Pace", "folder_id": PLAN, "day": 3}]))]
    #[case::raw_names(json!([{"name": "A", "type": "Run", "description": "- 30m 80% Pace", "folder_id": PLAN, "day": 3,
        "for_week": false, "moving_time": 1800, "indoor": null}]))]
    #[case::old_name(json!([{"name": "A", "event_type": "run", "description": "- 30m 80% Pace", "folder_id": PLAN, "day": 3}]))]
    #[tokio::test]
    async fn items_may_use_either_names_and_be_json_text(#[case] workouts: Value) {
        for workouts in [json!(workouts.to_string()), workouts] {
            let answer = demo().await.run("icu_bulk_create_workouts", json!({"workouts": workouts})).await;
            let answer = answer.unwrap().structured;
            let row = &answer["items"][0];
            assert_eq!((&row["sport"], &row["duration_s"], &row["load"]), (&json!("Run"), &json!(1800), &json!(32)));
            assert_eq!((&row["day"], &row["steps"], answer.get("notes")), (&json!(3), &json!(1), None));
        }
    }

    #[tokio::test]
    async fn items_accept_the_forms_of_a_single_call_and_overruled_numbers_are_noted() {
        let demo = demo().await;
        let workouts = json!([
            {"folder_id": EMPTY_FOLDER.to_string(), "name": "A", "type": "Yoga", "moving_time": "1800", "distance": "10",
                "tags": "#easy, home", "icu_intensity": "60", "sub_type": "RACE", "targets": ["POWER"]},
            {"folder_id": EMPTY_FOLDER, "name": "B", "type": "Ride", "duration_seconds": 1800.0, "description": "- 10m 50%",
                "filename": "b.zwo", "file_contents": "<x/>", "file_contents_base64": "PHgvPg==", "carbs_per_hour": "60"}]);
        let answer = demo.structured("icu_bulk_create_workouts", json!({"workouts": workouts})).await;
        assert_eq!(answer["notes"], json!(["B: duration_seconds was not kept: computed from the steps instead"]));
        let sent = demo.requests().into_iter().find(|request| request.method == "POST").unwrap();
        let sent: Value = serde_json::from_slice(&sent.body).unwrap();
        assert_eq!(
            sent,
            json!([{"folder_id": EMPTY_FOLDER, "name": "A", "type": "Yoga", "moving_time": 1800, "distance": 10.0,
                "tags": ["easy", "home"], "sub_type": "RACE", "icu_intensity": 60.0, "targets": ["POWER"]},
                {"folder_id": EMPTY_FOLDER, "name": "B", "description": "- 10m 50%", "type": "Ride", "moving_time": 1800,
                "carbs_per_hour": 60.0, "filename": "b.zwo", "file_contents": "<x/>", "file_contents_base64": "PHgvPg=="}])
        );
    }

    #[tokio::test]
    async fn one_folder_applies_to_all_workouts_and_doubts_name_their_workout() {
        let demo = demo().await;
        let items: Vec<_> =
            (0..12).map(|n| json!({"name": format!("W{n}"), "workout_type": "Ride", "description": "easy"})).collect();
        let arguments = json!({"workouts": items, "folder_id": EMPTY_FOLDER});
        let answer = demo.structured("icu_bulk_create_workouts", arguments).await;
        assert_eq!((&answer["total"], &answer["items"][0]["folder_id"]), (&json!(12), &json!(EMPTY_FOLDER)));
        assert_eq!(answer["items"][0].get("day"), None);
        let notes = answer["notes"].as_array().unwrap();
        assert_eq!(notes.len(), 11);
        assert!(notes[0].as_str().unwrap().starts_with("W0: the text has no steps"), "{notes:?}");
        assert_eq!(demo.writes(), ["POST /api/v1/athlete/0/workouts/bulk"]);
    }

    #[tokio::test]
    async fn every_mistake_is_named_with_its_place_and_nothing_is_sent() {
        let demo = demo().await;
        let good = json!({"folder_id": PLAN, "name": "x", "workout_type": "Ride"});
        let workouts = json!([good, 5, {"folder_id": PLAN, "name": "x"}, {"name": "x", "type": "Ride"},
            {"folder_id": PLAN, "name": "x", "type": "Bike"}, {"folder_id": PLAN, "name": "x", "type": "Ride", "day": -1},
            {"folder_id": PLAN, "name": "x", "type": "Ride", "pace": 4},
            {"folder_id": PLAN, "name": "x", "type": "Ride", "day": "soon"}]);
        let error = demo.error("icu_bulk_create_workouts", json!({"workouts": workouts})).await;
        for mistake in [
            "workouts[1] is no object.",
            "workouts[2]: missing field `workout_type`.",
            "workouts[3]: missing field `folder_id`.",
            "workouts[4].type: there is no type Bike. Use Ride,",
            "workouts[5].day: -1 is out of range: it goes from 0 to 3650.",
            "workouts[6].pace: unknown field `pace`.",
            "workouts[7].day: expected a whole number, found \"soon\".",
        ] {
            assert!(error.problem.contains(mistake), "{mistake} in {error}");
        }
        assert!(!error.problem.contains("workouts[0]"), "{error}");
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[rstest]
    #[case(json!([]), "workouts has 0 items. Give 1 to 500.")]
    #[case(json!("not json"), "workouts[0] is no object.")]
    #[case(json!("[{"), "invalid arguments for icu_bulk_create_workouts: workouts: ")]
    #[tokio::test]
    async fn an_empty_or_invalid_list_is_refused(#[case] workouts: Value, #[case] error: &str) {
        demo().await.refuses("icu_bulk_create_workouts", json!({"workouts": workouts}), error).await;
    }
}
