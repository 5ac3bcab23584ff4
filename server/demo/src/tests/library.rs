//! Folders, plans, workouts and their files over HTTP.
use super::*;
use crate::{EMPTY_FOLDER, FOLDER, PLAN, WORKOUT};
use rstest::rstest;

fn numbers(rows: &Value, key: &str) -> Vec<u64> {
    rows.as_array().unwrap().iter().map(|row| row[key].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn folders_hold_their_workouts_and_an_empty_one_has_nulls() {
    let demo = Caller::start().await;
    let folders = demo.get("/athlete/0/folders").await;
    let find = |id: u32| folders.as_array().unwrap().iter().find(|folder| folder["id"] == id).unwrap();
    let plan = find(PLAN);
    assert_eq!(
        (&plan["type"], &plan["num_workouts"], &plan["duration_weeks"]),
        (&json!("PLAN"), &json!(48), &json!(8))
    );
    assert_eq!(plan["start_date_local"], "2026-06-15T00:00:00");
    assert!(plan["hours_per_week_min"].as_u64() < plan["hours_per_week_max"].as_u64());
    let empty = find(EMPTY_FOLDER);
    assert_eq!((&empty["num_workouts"], &empty["children"]), (&Value::Null, &Value::Null));
    let children = &find(FOLDER)["children"];
    assert_eq!((&children[0]["id"], &children[0]["icu_training_load"]), (&json!(WORKOUT), &json!(66)));
    let coffee = &children[5];
    assert_eq!(
        (&coffee["workout_doc"]["steps"], &coffee["distance"], &coffee["tags"]),
        (&json!([]), &json!(0.0), &Value::Null)
    );
    let all = demo.get("/athlete/0/workouts").await;
    assert_eq!(all.as_array().unwrap().len(), 60);
    for workout in all.as_array().unwrap() {
        let text = workout["description"].as_str().unwrap();
        let parsed = workout["workout_doc"]["steps"].as_array().is_some_and(|steps| !steps.is_empty());
        assert_eq!(parsed, text.starts_with("- ") || text.contains("\n- "), "{text}");
        assert!(!parsed || workout["icu_training_load"].is_u64(), "{text}");
    }
    assert_eq!(demo.get("/athlete/i7002/workouts").await.as_array().unwrap().len(), 2);
    let empty = Caller::with(Options { years: 0, ..Options::default() }).await;
    assert_eq!(empty.get("/athlete/0/folders").await, json!([]));
}

#[tokio::test]
async fn a_text_is_read_when_it_is_written_and_what_it_says_wins() {
    let demo = Caller::start().await;
    let body = json!({"folder_id": EMPTY_FOLDER, "type": "Ride", "name": "New", "description": "- 60m 80%", "moving_time": 60});
    let made = demo.post("/athlete/0/workouts", body).await;
    assert_eq!((&made["moving_time"], &made["icu_training_load"]), (&json!(3600), &json!(64)));
    let path = format!("/athlete/0/workouts/{}", made["id"]);
    let changed =
        demo.put(&path, json!({"description": "talk", "moving_time": 1800, "tags": ["a"], "name": null})).await;
    assert_eq!((&changed["moving_time"], &changed["icu_training_load"]), (&json!(1800), &Value::Null));
    assert_eq!((&changed["name"], &changed["tags"]), (&json!("New"), &json!(["a"])));
    assert_eq!(demo.get(&path).await, changed);
    assert_eq!(demo.put(&path, json!({"tags": [], "description": ""})).await["tags"], json!([]));
    assert_eq!(demo.send(Method::DELETE, &path, None).await, (200, json!([made["id"]])));
    assert_eq!(demo.send(Method::DELETE, &path, None).await.0, 404);
}

#[rstest]
#[case("/workouts", json!({"type": "Ride", "name": "x"}), "Folder is required")]
#[case("/workouts", json!({"folder_id": FOLDER, "name": "x"}), "Missing type")]
#[case("/workouts", json!({"folder_id": FOLDER, "type": "Bike"}), "Invalid type")]
#[case("/workouts", json!({"folder_id": 5, "type": "Ride"}), "Folder not found [5]")]
#[case("/workouts", json!({"folder_id": FOLDER, "type": "Ride", "target": "FTP"}), "JSON parse error: cannot deserialize [target] from \"FTP\"")]
#[case("/folders", json!({"type": "PLAN"}), "Name is required")]
#[case("/folders", json!({"name": "x", "type": "BOX"}), "Invalid folder type [\"BOX\"]")]
#[tokio::test]
async fn what_does_not_fit_is_refused(#[case] path: &str, #[case] body: Value, #[case] message: &str) {
    let demo = Caller::start().await;
    assert_eq!(demo.fails(Method::POST, &format!("/athlete/0{path}"), Some(body)).await, (422, message.to_owned()));
}

#[tokio::test]
async fn several_are_added_or_none_and_deleted_together_on_a_plan() {
    let demo = Caller::start().await;
    let item = |day: u32| json!({"folder_id": PLAN, "type": "Run", "name": "x", "day": day});
    let broken = json!([item(1), {"folder_id": PLAN}]);
    assert_eq!(demo.fails(Method::POST, "/athlete/0/workouts/bulk", Some(broken)).await.0, 422);
    assert_eq!(demo.get("/athlete/0/workouts").await.as_array().unwrap().len(), 60);
    let made = numbers(&demo.post("/athlete/0/workouts/bulk", json!([item(1), item(8)])).await, "id");
    let (_, gone) = demo.send(Method::DELETE, &format!("/athlete/0/workouts/{}?others=true", made[0]), None).await;
    assert_eq!(gone, json!(made));
}

#[tokio::test]
async fn folders_are_made_copied_changed_and_deleted() {
    let demo = Caller::start().await;
    let copy = demo.post("/athlete/0/folders", json!({"name": "Copy", "copy_folder_id": FOLDER})).await;
    assert_eq!((&copy["name"], &copy["num_workouts"], &copy["type"]), (&json!("Copy"), &json!(6), &json!("FOLDER")));
    let path = format!("/athlete/0/folders/{}", copy["id"]);
    assert_eq!(demo.put(&path, json!({"description": "d", "rollout_weeks": 2})).await["rollout_weeks"], 2);
    assert_eq!(demo.send(Method::DELETE, &path, None).await, (200, json!({})));
    assert_eq!(demo.send(Method::DELETE, &path, None).await, (200, json!({})));
    assert_eq!(demo.get("/athlete/0/workouts").await.as_array().unwrap().len(), 60);
    assert_eq!(demo.send(Method::GET, &format!("/athlete/0/folders/{FOLDER}/workouts"), None).await.0, 405);
    assert_eq!(demo.fails(Method::DELETE, "/athlete/0/folders/x", None).await.0, 422);
    let hidden = demo
        .put(&format!("/athlete/0/folders/{PLAN}/workouts?oldest=0&newest=6"), json!({"hide_from_athlete": true}))
        .await;
    assert_eq!(hidden.as_array().unwrap().len(), 6);
}

#[tokio::test]
async fn a_workout_becomes_a_file() {
    let demo = Caller::start().await;
    let workout = demo.get(&format!("/athlete/0/workouts/{WORKOUT}")).await;
    for (kind, start) in
        [("zwo", "<workout_file>"), ("mrc", "[COURSE HEADER]"), ("erg", "[COURSE HEADER]"), ("fit", "\u{e}")]
    {
        let request = demo.request(Method::POST, &format!("/athlete/0/download-workout.{kind}")).json(&workout);
        let response = request.send().await.unwrap();
        let name = response.headers()["content-disposition"].to_str().unwrap().to_owned();
        assert_eq!(name, format!("attachment; filename=\"Sweet spot 3x12.{kind}\""));
        let file = response.bytes().await.unwrap();
        assert!(file.starts_with(start.as_bytes()), "{kind}");
        let text = String::from_utf8_lossy(&file).into_owned();
        match kind {
            "zwo" => assert!(text.contains("<SteadyState Duration=\"720\" Power=\"0.910\"/>"), "{text}"),
            "erg" => assert!(text.contains("22.00\t241"), "{text}"),
            "fit" => assert_eq!(&file[8..12], b".FIT"),
            _ => {}
        }
    }
    let prose = json!({"name": "x", "type": "Ride", "description": "easy"});
    assert_eq!(demo.fails(Method::POST, "/athlete/0/download-workout.zwo", Some(prose)).await.0, 422);
}
