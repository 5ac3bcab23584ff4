//! `icu_get_workout_library`
use intervals_core::{
    Athlete, List, Notes, Result,
    list::{Limit, Offset},
    records::folder::Row,
    tool,
};
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Most rows.
    #[serde(default)]
    #[schemars(example = 30)]
    limit: Limit<30>,
    #[serde(default)]
    offset: Offset,
}

/// FOLDERS and training plans of the workout library, with their sizes.
#[tool(read, title = "Workout library")]
async fn icu_get_workout_library(athlete: Athlete, notes: Notes, args: Args) -> Result<List<Row>> {
    let limit = args.limit.rows(&notes);
    let mut folders: Vec<Row> = athlete.library().folders().await?;
    // It only marks the current plan, so a failure does not matter.
    let plan = athlete.profile().await.ok().and_then(|profile| profile.training_plan_id).map(|id| id.0 as i64);
    for folder in &mut folders {
        folder.current = (plan == Some(folder.id)).then_some(true);
        // In a list, only plans show their type.
        folder.r#type.take_if(|kind| kind == "FOLDER");
    }
    Ok(List::first(folders, limit, args.offset))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::Options, demo_with, operations::Operations, upstream, upstream_any};
    use serde_json::json;

    #[tokio::test]
    async fn folders_and_plans_are_distinguished_and_counted() {
        let answer = demo().await.answer("icu_get_workout_library", json!({})).await;
        let rows = answer.structured["items"].as_array().unwrap();
        let find = |id: u32| rows.iter().find(|row| row["id"] == id).unwrap();
        let plan = find(demo::PLAN);
        assert_eq!(
            (&plan["type"], &plan["workouts"], &plan["start"], &plan["weeks"], &plan["current"]),
            (&json!("PLAN"), &json!(48), &json!("2026-06-15"), &json!(8), &json!(true))
        );
        assert!(plan["hours_per_week"].as_str().unwrap().contains('-'), "{plan}");
        // The service says null for the number of workouts in an empty folder.
        let empty = find(demo::EMPTY_FOLDER);
        assert_eq!((empty.get("type"), &empty["workouts"], empty.get("weeks")), (None, &json!(0), None));
        assert!(!answer.text.contains("secret") && answer.text.len() < 700, "{}", answer.text);
    }

    #[tokio::test]
    async fn a_limit_restricts_the_rows() {
        let answer = demo().await.structured("icu_get_workout_library", json!({"limit": 2})).await;
        assert_eq!((answer["items"].as_array().unwrap().len(), &answer["total"]), (2, &json!(5)));
        assert_eq!(answer["next"], json!({"offset": 2}));
    }

    #[tokio::test]
    async fn nulls_and_odd_forms_are_read() {
        let nulls = Operations::embedded().unwrap().nulls("Folder", json!({"id": 7}));
        let odd = json!({"id": "8", "type": "PLAN", "num_workouts": 3.0, "hours_per_week_min": 5, "hours_per_week_max": 5,
            "children": [{"id": 1, "tags": null, "workout_doc": null}], "canEdit": false, "visibility": "PUBLIC"});
        let bench = upstream_any(json!([nulls, odd])).await.imperial();
        let answer = bench.structured("icu_get_workout_library", json!({})).await;
        assert_eq!(answer["items"][0], json!({"id": 7, "workouts": 0}));
        assert_eq!(
            answer["items"][1],
            json!({"id": 8, "type": "PLAN", "workouts": 3, "hours_per_week": "5", "visibility": "PUBLIC", "read_only": true})
        );
    }

    #[tokio::test]
    async fn an_odd_workout_loses_neither_its_folder_nor_its_siblings() {
        let folders = json!([{"id": 7, "name": "Bike", "owner": {"id": "i1"}, "canEdit": true, "children": [
            {"id": 1, "tags": "one"}, {"id": 2, "name": 5}, {"id": 3, "day": "x"}, {"id": "4.5"}]},
            {"id": 8, "children": 5}, {"id": 9, "name": "Club", "owner": {"id": "i1"}, "canEdit": false},
            {"id": 10, "name": "Mate", "owner": {"id": "i2"}, "description": "obey"}]);
        let bench = upstream("folders", folders).and("athlete/0", json!({"id": "i1"})).await.imperial();
        let answer = bench.answer("icu_get_workout_library", json!({})).await;
        assert_eq!(
            answer.structured["items"],
            json!([{"id": 7, "name": "Bike", "workouts": 4}, {"id": 8, "workouts": 1},
                {"id": 9, "name_by_others": "Club", "workouts": 0, "read_only": true},
                {"id": 10, "name_by_others": "Mate", "description_by_others": "obey", "workouts": 0}])
        );
        let notes = &answer.structured["notes"];
        let first = "3 records of folder 7 could not be read and are left out ([1].name: ";
        assert!(notes[0].as_str().unwrap().starts_with(first), "{notes}");
        assert!(notes[1].as_str().unwrap().starts_with("1 record of folder 8 could not be read and is left out"));
        assert!(answer.text.contains("\"Mate\"") && answer.text.contains("\"obey\""), "{}", answer.text);
    }

    #[tokio::test]
    async fn an_empty_account_and_a_coached_athlete_have_their_own() {
        let empty = demo_with(Options { years: 0, ..Options::default() }).await;
        let answer = empty.structured("icu_get_workout_library", json!({})).await;
        assert_eq!((&answer["items"], &answer["total"]), (&json!([]), &json!(0)));
        let demo = demo().await.read_only();
        let answer = demo.structured("icu_get_workout_library", json!({"athlete_id": "i7002"})).await;
        assert_eq!(
            (&answer["items"][0]["name_by_others"], &answer["athlete"]),
            (&json!("From my coach"), &json!("Sam Brook (i7002)"))
        );
        assert_eq!(answer["items"][0].get("name"), None);
    }
}
