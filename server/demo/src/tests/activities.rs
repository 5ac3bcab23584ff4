//! Reading activities.
use super::*;
use crate::{ATHLETE, COACHED, COACHED_RIDE, INTERVALS_RIDE, LONG_RIDE, MANUAL, RIDE, RUN, STRAVA, STRENGTH, SWIM};
use rstest::rstest;

#[tokio::test]
async fn a_range_is_inclusive_newest_first_and_limited_from_the_newest() {
    let demo = Caller::start().await;
    let range = demo.get("/athlete/0/activities?oldest=2026-07-01&newest=2026-07-04").await;
    assert_eq!(ids(&range), [RIDE, RUN, SWIM, INTERVALS_RIDE]);
    let limited = demo.get("/athlete/0/activities?oldest=2020-01-01&limit=2").await;
    assert_eq!(ids(&limited), [RIDE, RUN]);
    let times = demo.get("/athlete/0/activities?oldest=2026-07-03T06:20:17&newest=2026-07-04T07:12:16").await;
    assert_eq!(ids(&times), [RUN]);
    assert_eq!(demo.get("/athlete/0/activities?oldest=2026-07-04&newest=2026-07-01").await, json!([]));
}

#[tokio::test]
async fn asked_fields_come_without_nulls() {
    let demo = Caller::start().await;
    let range = demo.get("/athlete/0/activities?oldest=2026-06-20&fields=id,distance,kg_lifted").await;
    let strength = range.as_array().unwrap().iter().find(|row| row["id"] == STRENGTH).unwrap();
    assert_eq!(strength.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "kg_lifted"]);
}

#[rstest]
#[case("activities", "Required request parameter 'oldest' is not present")]
#[case("activities?oldest=yesterday", "Failed to convert 'oldest' with value: 'yesterday'")]
#[case("activities?oldest=2026-07-01&limit=few", "Failed to convert 'limit' with value: 'few'")]
#[case("activities/search", "Required request parameter 'q' is not present")]
#[case("activities-around?id=i9001&count=3", "Required request parameter 'activity_id' is not present")]
#[tokio::test]
async fn what_is_missing_or_wrong_is_named(#[case] path: &str, #[case] message: &str) {
    let demo = Caller::start().await;
    assert_eq!(demo.fails(Method::GET, &format!("/athlete/0/{path}"), None).await, (422, message.to_owned()));
}

#[tokio::test]
async fn around_is_closest_first_without_the_centre() {
    let demo = Caller::start().await;
    let around = demo.get(&format!("/athlete/0/activities-around?activity_id={SWIM}&limit=4")).await;
    let found = ids(&around);
    assert_eq!(found.len(), 4);
    assert_eq!(&found[..2], [INTERVALS_RIDE, RUN].as_slice());
    assert!(!found.contains(&SWIM));
    let all = demo.get(&format!("/athlete/0/activities-around?activity_id={SWIM}")).await;
    assert_eq!(ids(&all).len(), 30);
    assert_eq!(demo.fails(Method::GET, "/athlete/0/activities-around?activity_id=i404", None).await.0, 404);
}

#[tokio::test]
async fn search_finds_names_and_exact_tags() {
    let demo = Caller::start().await;
    let names = demo.get("/athlete/0/activities/search?q=THRESHOLD&limit=3").await;
    assert_eq!(names[0]["id"], INTERVALS_RIDE);
    assert_eq!(names.as_array().unwrap().len(), 3);
    assert_eq!(names[0].as_object().unwrap().len(), 9);
    let full = demo.get("/athlete/0/activities/search-full?q=%23key&limit=1").await;
    assert_eq!((&full[0]["id"], full[0]["icu_ctl"].is_f64()), (&json!(SWIM), true));
    assert_eq!(demo.get("/athlete/0/activities/search?q=%23ke").await, json!([]));
    let odd = demo.get("/athlete/0/activities/search?q=%7C").await;
    assert_eq!(odd[0]["name"], "Zwift | Tempo\nGroup ride");
}

#[tokio::test]
async fn several_ids_skip_missing_ones_and_strava_is_a_stub() {
    let demo = Caller::start().await;
    let several = demo.get(&format!("/athlete/0/activities/{LONG_RIDE},i404,{STRAVA},{MANUAL}?intervals=true")).await;
    assert_eq!(ids(&several), [LONG_RIDE, STRAVA, MANUAL]);
    assert_eq!(several[0]["icu_intervals"].as_array().unwrap().len(), 4);
    assert_eq!(several[1].as_object().unwrap().len(), 5);
    assert_eq!(several[2]["icu_intervals"], json!([]));
}

#[tokio::test]
async fn one_activity_has_intervals_only_when_asked() {
    let demo = Caller::start().await;
    assert!(demo.get(&format!("/activity/{RIDE}")).await.get("icu_intervals").is_none());
    let ride = demo.get(&format!("/activity/{INTERVALS_RIDE}?intervals=true")).await;
    assert_eq!((&ride["icu_groups"][0]["count"], &ride["icu_athlete_id"]), (&json!(4), &json!(ATHLETE)));
    let coached = demo.get(&format!("/activity/{COACHED_RIDE}")).await;
    assert_eq!((&coached["icu_athlete_id"], &coached["timezone"]), (&json!(COACHED), &json!("America/Denver")));
}

#[tokio::test]
async fn the_latest_activities_lie_within_their_days() {
    let demo = Caller::start().await;
    let starts = async |days: i64| {
        let oldest = Demo::TODAY.saturating_sub(jiff::Span::new().days(days));
        demo.get(&format!("/athlete/0/activities?oldest={oldest}&fields=id")).await
    };
    assert!(ids(&starts(30).await).contains(&STRAVA));
    assert!(ids(&starts(60).await).contains(&MANUAL));
    let latest = starts(10).await;
    for id in [RIDE, RUN, SWIM, STRENGTH, INTERVALS_RIDE] {
        assert!(ids(&latest).contains(&id), "{id}");
    }
}
