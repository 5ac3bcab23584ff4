//! Intervals, best efforts and histograms over HTTP.
use super::*;
use crate::{INTERVALS_RIDE, LONG_RIDE, MANUAL, RIDE, RUN, STRAVA, SWIM};
use rstest::rstest;

fn places(dto: &Value) -> Vec<(u64, u64, &str, Option<&str>)> {
    let place = |i: &'_ Value| (i["start_index"].as_u64().unwrap(), i["end_index"].as_u64().unwrap());
    let rows = dto["icu_intervals"].as_array().unwrap().iter();
    rows.map(|i| (place(i).0, place(i).1, i["type"].as_str().unwrap(), i["label"].as_str())).collect()
}

#[tokio::test]
async fn intervals_are_an_object_and_lists_are_null_without_a_recording() {
    let demo = Caller::start().await;
    let dto = demo.get(&format!("/activity/{INTERVALS_RIDE}/intervals")).await;
    assert_eq!(dto["icu_groups"][0]["count"], 4);
    assert!(dto["icu_intervals"].as_array().unwrap().len() > 8);
    for id in [MANUAL, STRAVA] {
        let dto = demo.get(&format!("/activity/{id}/intervals")).await;
        assert!(dto["icu_intervals"].is_null() && dto["icu_groups"].is_null(), "{dto}");
    }
}

#[tokio::test]
async fn only_place_and_label_are_kept_and_gaps_are_filled() {
    let demo = Caller::start().await;
    let path = format!("/activity/{LONG_RIDE}/intervals");
    let sent = json!([{ "start_index": 600, "end_index": 1200, "label": "Climb", "type": "RECOVERY", "zone": 9 }]);
    let dto = demo.put(&path, sent).await;
    let expected = [(0, 600, "RECOVERY", None), (600, 1200, "WORK", Some("Climb")), (1200, 7200, "RECOVERY", None)];
    assert_eq!(places(&dto), expected);
    let dto = demo.put(&format!("{path}?all=false"), json!([{ "start_index": 1000, "end_index": 1300 }])).await;
    assert_eq!(places(&dto)[1..3], [(600, 1000, "WORK", Some("Climb")), (1000, 1300, "WORK", None)]);
    assert_eq!(demo.get(&path).await, dto);
    for wrong in [json!([{ "start_index": 5 }]), json!([{ "start_index": 5, "end_index": 9999 }])] {
        assert_eq!(demo.fails(Method::PUT, &path, Some(wrong)).await.0, 422);
    }
    assert_eq!(demo.fails(Method::PUT, &format!("/activity/{STRAVA}/intervals"), Some(json!([]))).await.0, 422);
}

#[tokio::test]
async fn one_interval_is_renamed_split_and_deleted() {
    let demo = Caller::start().await;
    let path = format!("/activity/{LONG_RIDE}");
    let dto = demo.put(&format!("{path}/intervals/2"), json!({ "label": "Second" })).await;
    assert_eq!(places(&dto)[1], (1800, 3600, "WORK", Some("Second")));
    assert_eq!(demo.fails(Method::PUT, &format!("{path}/intervals/99"), Some(json!({}))).await.0, 404);
    assert_eq!(demo.fails(Method::PUT, &format!("{path}/intervals/x"), Some(json!({}))).await.0, 422);
    let dto = demo.put(&format!("{path}/split-interval?splitAt=2000"), Value::Null).await;
    assert_eq!(places(&dto)[1..3], [(1800, 2000, "WORK", Some("Second")), (2000, 3600, "WORK", Some("Second"))]);
    assert_eq!(demo.fails(Method::PUT, &format!("{path}/split-interval?splitAt=2000"), None).await.0, 422);
    assert_eq!(demo.fails(Method::PUT, &format!("{path}/split-interval"), None).await.0, 422);
    let dto = demo.put(&format!("{path}/delete-intervals"), json!([{ "id": 2 }])).await;
    assert_eq!(places(&dto)[1], (1800, 2000, "RECOVERY", None));
}

#[tokio::test]
async fn any_stretch_has_the_metrics_of_an_interval() {
    let demo = Caller::start().await;
    let path = format!("/activity/{INTERVALS_RIDE}");
    let first = demo.get(&format!("{path}/intervals")).await["icu_intervals"][1].clone();
    let stats = demo.get(&format!("{path}/interval-stats?start_index=900&end_index=1380")).await;
    assert_eq!((&stats["average_watts"], &stats["id"]), (&first["average_watts"], &Value::Null));
    for query in ["", "?start_index=1", "?start_index=5&end_index=5", "?start_index=5&end_index=99999"] {
        let status = demo.fails(Method::GET, &format!("{path}/interval-stats{query}"), None).await.0;
        assert_eq!(status, 422, "{query}");
    }
}

#[tokio::test]
async fn best_efforts_need_a_stream_and_a_length() {
    let demo = Caller::start().await;
    let path = format!("/activity/{INTERVALS_RIDE}/best-efforts");
    let (status, text) = demo.fails(Method::GET, &format!("{path}?duration=60"), None).await;
    assert_eq!((status, text.as_str()), (422, "Required request parameter 'stream' is not present"));
    let (status, text) = demo.fails(Method::GET, &format!("{path}?stream=watts"), None).await;
    assert_eq!((status, text.as_str()), (422, "One of duration or distance is required"));
    let best = demo.get(&format!("{path}?stream=watts&duration=480&count=3")).await;
    let efforts = best["efforts"].as_array().unwrap();
    assert!(efforts.len() == 3 && efforts[0]["average"].as_f64() >= efforts[1]["average"].as_f64());
    assert!((250.0..290.0).contains(&efforts[0]["average"].as_f64().unwrap()), "{efforts:?}");
    let far = demo.get(&format!("{path}?stream=velocity_smooth&distance=1000&count=1")).await;
    assert!((990.0..1030.0).contains(&far["efforts"][0]["distance"].as_f64().unwrap()), "{far}");
    for query in ["stream=smo2&duration=60", "stream=watts&duration=90000"] {
        assert!(demo.get(&format!("{path}?{query}")).await["efforts"].is_null(), "{query}");
    }
    let manual = demo.get(&format!("/activity/{MANUAL}/best-efforts?stream=watts&duration=60")).await;
    assert!(manual["efforts"].is_null());
}

#[rstest]
#[case(RIDE, "power", 25.0)]
#[case(RIDE, "power", 50.0)]
#[case(RIDE, "hr", 5.0)]
#[case(RUN, "pace", 0.1)]
#[case(RUN, "gap", 0.1)]
#[case(SWIM, "pace", 0.1)]
#[tokio::test]
async fn a_histogram_is_a_bare_array_over_the_whole_time(#[case] id: &str, #[case] kind: &str, #[case] size: f64) {
    let demo = Caller::start().await;
    let query = if size == 50.0 { "?bucketSize=50" } else { "" };
    let buckets = demo.get(&format!("/activity/{id}/{kind}-histogram{query}")).await;
    let buckets = buckets.as_array().unwrap();
    let number = |bucket: &Value, key: &str| bucket[key].as_f64().unwrap();
    assert!(buckets.iter().all(|b| (number(b, "max") - number(b, "min") - size).abs() < 1e-6), "{buckets:?}");
    let secs: u64 = buckets.iter().map(|b| b["secs"].as_u64().unwrap()).sum();
    assert_eq!(json!(secs), demo.get(&format!("/activity/{id}")).await["moving_time"]);
    assert_eq!(buckets[0].as_object().unwrap().keys().collect::<Vec<_>>(), ["min", "max", "secs"]);
}

#[tokio::test]
async fn without_data_a_histogram_is_empty() {
    let demo = Caller::start().await;
    for path in [format!("{RUN}/power"), format!("{MANUAL}/hr"), format!("{STRAVA}/hr"), format!("{RIDE}/gap")] {
        assert_eq!(demo.get(&format!("/activity/{path}-histogram")).await, json!([]), "{path}");
    }
}

#[tokio::test]
async fn intervals_are_searched_within_four_bounds() {
    let demo = Caller::start().await;
    let path = "/athlete/0/activities/interval-search";
    let whole = "minSecs=480&maxSecs=480&minIntensity=95&maxIntensity=105";
    for missing in ["minSecs", "maxSecs", "minIntensity", "maxIntensity"] {
        let query: Vec<_> = whole.split('&').filter(|part| !part.starts_with(missing)).collect();
        let (status, text) = demo.fails(Method::GET, &format!("{path}?{}", query.join("&")), None).await;
        assert_eq!((status, text), (422, format!("Required request parameter '{missing}' is not present")));
    }
    let found = demo.get(&format!("{path}?{whole}&limit=3")).await;
    assert!(ids(&found).len() == 3 && found[0]["interval_summary"][0].as_str().unwrap().starts_with("4x 8m"));
    assert!(found[0].as_object().unwrap().len() > 150);
    assert_eq!(demo.get(&format!("{path}?{whole}&minReps=5")).await, json!([]));
    assert_eq!(demo.get(&format!("{path}?{whole}&type=PACE")).await, json!([]));
    assert_eq!(demo.fails(Method::GET, &format!("{path}?{whole}&type=WORK"), None).await.0, 422);
    let empty = Caller::with(Options { years: 0, ..Options::default() }).await;
    assert_eq!(empty.get(&format!("{path}?{whole}")).await, json!([]));
}
