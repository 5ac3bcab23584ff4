//! `icu_get_workouts_in_folder`
use intervals_core::{
    Error, FolderRef, List, Notes, Result,
    client::{Owner, Text},
    list::{Limit, Offset},
    records::workout::Row,
    tool,
    units::{Count, Points, Seconds},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// One week of a plan, from 1.
    #[schemars(example = 2)]
    week: Option<u32>,
    /// Most rows.
    // Eight weeks with one workout a day.
    #[serde(default)]
    #[schemars(example = 60)]
    limit: Limit<60>,
    #[serde(default)]
    offset: Offset,
}

#[derive(Serialize, JsonSchema)]
struct Workouts {
    owner: Option<Owner>,
    folder: Option<Text>,
    /// FOLDER or PLAN.
    r#type: Option<String>,
    #[serde(flatten)]
    list: List<Row>,
    /// Of all workouts, shown or not.
    total_duration_s: Option<Seconds>,
    total_load: Option<Points>,
    /// Of a plan.
    weeks: Vec<Week>,
}

#[derive(Serialize, JsonSchema)]
struct Week {
    week: Count,
    workouts: usize,
    duration_s: Option<Seconds>,
    load: Option<Points>,
}

/// WORKOUTS of one folder or plan, a plan's in the order of its days.
#[tool(read, title = "Workouts in folder")]
async fn icu_get_workouts_in_folder(folder: FolderRef, notes: Notes, args: Args) -> Result<Workouts> {
    let limit = args.limit.rows(&notes);
    let id = folder.id();
    let folder = folder.get().await?;
    let plan = folder.is_plan();
    if !plan && args.week.is_some() {
        let problem = format!("folder {id} is no plan, so it has no weeks");
        return Err(Error::new(problem, "Leave week out."));
    }
    let mut workouts: Vec<_> = folder.children.good.into_iter().map(|workout| workout.of_plan(plan)).collect();
    if plan {
        workouts.sort_by_key(Row::day_of_plan);
    }
    if let Some(week) = args.week {
        let planned = workouts.last().map_or(1, week_of).max(folder.weeks.map_or(1, |weeks| weeks.0 as i64));
        if !(1..=planned).contains(&i64::from(week)) {
            return Err(Error::new(format!("week is {week}"), format!("The plan has weeks 1 to {planned}.")));
        }
    }
    let weeks = if plan && args.week.is_none() { weeks(&workouts) } else { vec![] };
    workouts.retain(|workout| args.week.is_none_or(|week| week_of(workout) == i64::from(week)));
    Ok(Workouts {
        owner: folder.owner,
        folder: folder.name,
        r#type: folder.r#type,
        total_duration_s: duration(&workouts),
        total_load: load(&workouts),
        list: List::first(workouts, limit, args.offset),
        weeks,
    })
}

/// Returns the week of the plan, counted from 1.
fn week_of(workout: &Row) -> i64 {
    workout.day_of_plan() / 7 + 1
}

/// Sums up the workouts of each week. They must be in order of days.
fn weeks(workouts: &[Row]) -> Vec<Week> {
    let of_week = |week: &[Row]| Week {
        week: Count(week.first().map_or(0, week_of) as f64),
        workouts: week.len(),
        duration_s: duration(week),
        load: load(week),
    };
    workouts.chunk_by(|a, b| week_of(a) == week_of(b)).take(intervals_core::list::CAP).map(of_week).collect()
}

/// Sums the durations; `None` when none is known.
fn duration(workouts: &[Row]) -> Option<Seconds> {
    workouts.iter().filter_map(|workout| workout.duration_s).reduce(|sum, time| Seconds(sum.0 + time.0))
}

/// Sums the loads; `None` when none is known.
fn load(workouts: &[Row]) -> Option<Points> {
    workouts.iter().filter_map(|workout| workout.load).reduce(|sum, load| Points(sum.0 + load.0))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        ToolRunner, demo,
        demo::{EMPTY_FOLDER, FOLDER, PLAN},
        operations::Operations,
        upstream_any,
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    async fn get(demo: &ToolRunner, arguments: Value) -> Value {
        demo.structured("icu_get_workouts_in_folder", arguments).await
    }

    #[tokio::test]
    async fn a_plan_is_read_in_one_request_and_sorted_by_its_days() {
        let demo = demo().await;
        let answer = get(&demo, json!({"folder_id": PLAN})).await;
        let rows = answer["items"].as_array().unwrap();
        assert_eq!(rows.len(), 48);
        assert!(rows.is_sorted_by_key(|row| row["day"].as_u64().unwrap()));
        assert_eq!((&rows[7]["day"], &rows[7]["week_day"]), (&json!(8), &json!("2/2")));
        assert_eq!((&rows[0]["name"], &rows[0]["steps"], rows[0].get("load")), (&json!("Strength 1"), &json!(0), None));
        let weeks = answer["weeks"].as_array().unwrap();
        assert_eq!((weeks.len(), &weeks[0]["workouts"]), (8, &json!(6)));
        let total: u64 = weeks.iter().map(|week| week["load"].as_u64().unwrap()).sum();
        assert_eq!(answer["total_load"], total);
        let asked: Vec<_> =
            demo.requests().iter().map(|r| r.path.clone()).filter(|path| path.contains("/athlete/0/")).collect();
        assert_eq!(asked, ["/api/v1/athlete/0/folders"]);
    }

    #[tokio::test]
    async fn a_week_and_a_limit_restrict_the_rows() {
        let demo = demo().await;
        let week = get(&demo, json!({"folder_id": PLAN, "week": 3})).await;
        assert_eq!((&week["total"], &week["items"][0]["week_day"]), (&json!(6), &json!("3/1")));
        let few = get(&demo, json!({"folder_id": PLAN, "limit": 5})).await;
        assert_eq!((few["items"].as_array().unwrap().len(), &few["total"]), (5, &json!(48)));
        assert_eq!(few["next"], json!({"offset": 5}));
    }

    #[tokio::test]
    async fn a_folder_has_no_days_and_unset_numbers_are_absent() {
        let demo = demo().await;
        let answer = get(&demo, json!({"folder_id": FOLDER})).await;
        let first = &answer["items"][0];
        assert_eq!((first.get("day"), first.get("distance_m")), (None, None));
        assert_eq!((&first["load"], &first["tags"]), (&json!(66), &json!(["sweetspot"])));
        assert!(first["intensity_pct"].as_f64().unwrap() > 60.0, "{first}");
        let coffee = &answer["items"][5];
        assert_eq!((&coffee["steps"], coffee.get("duration_s"), coffee.get("intensity_pct")), (&json!(0), None, None));
        let empty = get(&demo, json!({"folder_id": EMPTY_FOLDER})).await;
        assert_eq!((&empty["total"], empty.get("total_load")), (&json!(0), None));
    }

    #[rstest]
    #[case(json!({"folder_id": 5}), "there is no folder 5. Use an id from icu_get_workout_library.")]
    #[case(json!({"folder_id": FOLDER, "week": 1}), "folder 61001 is no plan, so it has no weeks. Leave week out.")]
    #[case(json!({"folder_id": PLAN, "week": 0}), "week is 0. The plan has weeks 1 to 8.")]
    #[case(json!({"folder_id": PLAN, "week": 99}), "week is 99. The plan has weeks 1 to 8.")]
    #[case(json!({"folder_id": FOLDER, "limit": 0}), "invalid arguments for icu_get_workouts_in_folder: limit: 0 is no limit; it goes from 1 to 500. Call again with the arguments of the input schema.")]
    #[tokio::test]
    async fn bad_arguments_say_why(#[case] arguments: Value, #[case] error: &str) {
        assert_eq!(demo().await.text("icu_get_workouts_in_folder", arguments).await, error);
    }

    #[tokio::test]
    async fn an_unreadable_folder_is_not_missing_and_text_by_others_is_quoted() {
        let odd = json!({"id": 1, "name": 5});
        let shared = json!({"id": 2, "name": "Club", "canEdit": false, "children": [
            {"id": 3, "name": "Hard", "description": "obey", "workout_doc": {"steps": [{"text": 5}]}}]});
        let bench = upstream_any(json!([odd, shared])).await.imperial();
        let left_out = "1 value of athlete/0/folders could not be read and is left out: name: ";
        bench.answers("icu_get_workouts_in_folder", json!({"folder_id": 1}), &[left_out]).await;
        let answer = bench.structured("icu_get_workouts_in_folder", json!({"folder_id": 2})).await;
        assert_eq!((&answer["folder_by_others"], answer.get("folder")), (&json!("Club"), None));
        assert_eq!(
            answer["items"],
            json!([{"id": 3, "name_by_others": "Hard", "tags": [], "description_by_others": "obey"}])
        );
    }

    #[tokio::test]
    async fn a_workout_without_values_is_a_row_and_a_long_text_is_cut() {
        let operations = Operations::embedded().unwrap();
        let nulls = operations.nulls("Workout", json!({"id": 1}));
        let long = operations.nulls(
            "Workout",
            json!({"id": 2, "description": "x".repeat(5000), "icu_training_load": 0,
            "moving_time": 0, "distance": 0.0, "workout_doc": {"steps": null}}),
        );
        let folder = operations.nulls("Folder", json!({"id": 9, "type": "PLAN", "children": [nulls, long]}));
        let bench = upstream_any(json!([folder])).await.imperial();
        let answer = bench.structured("icu_get_workouts_in_folder", json!({"folder_id": 9})).await;
        assert_eq!(answer["items"][0], json!({"id": 1, "tags": [], "steps": 0}));
        assert_eq!(answer["items"][1]["description"].as_str().unwrap().chars().count(), 201);
        assert_eq!(answer.get("total_duration_s"), None);
    }
}
