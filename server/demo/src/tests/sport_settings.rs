//! Sport settings over HTTP: by id or type, and updates.
use super::*;
use rstest::rstest;

const RUN: &str = "/athlete/0/sport-settings/71002";

#[tokio::test]
async fn settings_are_found_by_number_and_by_type() {
    let demo = Caller::start().await;
    let run = demo.get(RUN).await;
    assert_eq!(run["types"][0], "Run");
    assert_eq!(demo.get("/athlete/0/sport-settings/TrailRun").await, run);
}

#[tokio::test]
async fn a_write_merges_and_the_last_bound_is_the_maximum() {
    let demo = Caller::start().await;
    let before = demo.get(RUN).await;
    let body = json!({ "threshold_pace": 4.2, "max_hr": 200, "ftp": null, "nonsense": 1 });
    let after = demo.put(&format!("{RUN}?recalcHrZones=false"), body).await;
    assert_eq!((&after["threshold_pace"], &after["max_hr"]), (&json!(4.2), &before["max_hr"]));
    assert_eq!(after["hr_zones"], before["hr_zones"]);
    assert_eq!(demo.get("/athlete/0").await["sportSettings"][1], after);
}

#[tokio::test]
async fn zones_follow_the_threshold_unless_they_come_with_it() {
    let demo = Caller::start().await;
    let path = format!("{RUN}?recalcHrZones=true");
    let scaled = demo.put(&path, json!({ "lthr": 150 })).await;
    assert_eq!(scaled["hr_zones"], json!([121, 133, 139, 148, 153, 158, 186]));
    let zones = json!([120, 130, 140, 150, 155, 160, 190]);
    let kept = demo.put(&path, json!({ "lthr": 160, "hr_zones": zones })).await;
    assert_eq!((&kept["hr_zones"], &kept["max_hr"]), (&zones, &json!(190)));
}

#[rstest]
#[case(RUN, json!({ "ftp": 200 }), 422, "Required request parameter 'recalcHrZones' is not present")]
#[case("/athlete/0/sport-settings/71002?recalcHrZones=true", json!({ "hr_zone_names": ["x"] }), 422, "Invalid HR zone names")]
#[case("/athlete/0/sport-settings/71002?recalcHrZones=true", json!({ "power_zones": [90, 60] }), 422, "Invalid power zones")]
#[case("/athlete/0/sport-settings/Swim?recalcHrZones=true", json!({ "threshold_pace": 95 }), 422, "Invalid threshold pace")]
#[case("/athlete/0/sport-settings/9?recalcHrZones=true", json!({}), 404, "Not found")]
#[case("/athlete/0/sport-settings/Bike?recalcHrZones=true", json!({}), 422, "Failed to convert 'id' with value: 'Bike'")]
#[case("/athlete/0/sport-settings/71002/apply", json!({}), 404, "Not Found")]
#[tokio::test]
async fn what_does_not_fit_is_refused(
    #[case] path: &str,
    #[case] body: Value,
    #[case] status: u16,
    #[case] error: &str,
) {
    let demo = Caller::start().await;
    assert_eq!(demo.fails(Method::PUT, path, Some(body)).await, (status, error.to_owned()));
}

#[tokio::test]
async fn settings_come_and_go() {
    let demo = Caller::start().await;
    let made = demo.post("/athlete/0/sport-settings", json!({ "types": ["Rowing"], "ftp": 250 })).await;
    assert_eq!((&made["id"], &made["ftp"], &made["power_zones"][6]), (&json!(71_005), &json!(250), &json!(999)));
    let twice = demo.fails(Method::POST, "/athlete/0/sport-settings", Some(json!({ "types": ["Rowing"] }))).await;
    assert_eq!(twice.0, 422);
    assert_eq!(demo.send(Method::DELETE, "/athlete/0/sport-settings/71005", None).await, (200, json!({})));
    assert_eq!(demo.fails(Method::GET, "/athlete/0/sport-settings/71005", None).await.0, 404);
}

#[tokio::test]
async fn matching_activities_are_those_of_the_types() {
    let demo = Caller::start().await;
    let path = "/athlete/0/sport-settings/Swim/matching-activities";
    let all = demo.get(path).await;
    assert_eq!(ids(&all)[0], crate::SWIM);
    assert!(all.as_array().unwrap().iter().all(|row| row["type"] == "Swim"));
    let few = demo.get(&format!("{path}?oldest=2026-06-01")).await;
    assert!(ids(&few).len() < ids(&all).len());
}
