//! Tables against the demo, odd bodies against a mock.
use intervals_core::testing::{
    ToolRunner, demo,
    demo::{COACHED, COACHED_RIDE, LONG_RIDE, MANUAL, RIDE, RUN, STRAVA, STRENGTH, SWIM},
    upstream,
};
use rstest::rstest;
use serde_json::{Value, json};

const TOOL: &str = "icu_get_activity_streams";

async fn ride(arguments: Value) -> Value {
    let mut all = json!({"activity_id": LONG_RIDE});
    all.as_object_mut().unwrap().extend(arguments.as_object().unwrap().clone());
    demo().await.structured(TOOL, all).await
}

fn column<'a>(answer: &'a Value, key: &str) -> &'a Vec<Value> {
    answer["series"][key].as_array().unwrap_or_else(|| panic!("{key} in {answer}"))
}

#[tokio::test]
async fn two_hours_stay_short_and_all_series_share_their_rows() {
    let answer = demo().await.answer(TOOL, json!({"activity_id": LONG_RIDE})).await;
    let series = answer.structured["series"].as_object().unwrap();
    let keys: Vec<_> = series.keys().collect();
    assert_eq!(keys, ["time_s", "power_w", "hr_bpm", "cadence_rpm", "speed_mps", "altitude_m"]);
    assert!(series.values().all(|values| values.as_array().unwrap().len() == 166));
    assert_eq!((&series["time_s"][0], &series["time_s"][165]), (&json!(0), &json!(7199)));
    assert!(answer.text.contains("time_s,power W,hr bpm,cadence rpm,speed km/h,altitude m\n0,"), "{}", answer.text);
    // About 2,700 tokens of o200k: one for every three digits of a number, and one for each separator.
    assert!(answer.text.len() < 5500, "{}", answer.text.len());
    let note = answer.structured["notes"][0].as_str().unwrap();
    assert!(note.starts_with("166 of 7200 samples") && note.contains("not a mean"), "{note}");
    let others = answer.structured["other_streams"].as_array().unwrap();
    assert!(others.contains(&json!("latlng")) && !others.contains(&json!("watts")));
}

#[tokio::test]
async fn a_summary_is_of_all_samples() {
    let answer = ride(json!({"streams": ["watts", "distance"], "max_points": 3})).await;
    let all = ride(json!({"streams": ["watts"], "max_points": 1000})).await;
    let row = |key: &str| {
        let rows = answer["summary"].as_array().unwrap();
        rows.iter().find(|row| row["series"] == key).unwrap().clone()
    };
    let shown = column(&all, "power_w").iter().map(|w| w.as_f64().unwrap()).fold(0.0, f64::max);
    assert_eq!(row("power_w")["max"].as_f64().unwrap(), shown, "the peak survives");
    assert!(row("power_w")["mean"].as_f64().unwrap() > 100.0 && row("power_w")["min"] == 0);
    assert!(row("distance_m").get("mean").is_none());
    assert_eq!(column(&answer, "power_w").len(), 3);
}

#[tokio::test]
async fn a_zoom_shows_every_second_between_two() {
    let answer = ride(json!({"streams": "watts, hr", "from": 600, "to": "0:10:10"})).await;
    let times: Vec<_> = (600..=610).map(|second| json!(second)).collect();
    assert_eq!(column(&answer, "time_s"), &times);
    assert_eq!(answer["samples"], 11);
    assert!(answer.get("notes").is_none());
}

#[tokio::test]
async fn a_position_is_two_columns_and_balance_is_the_right_side() {
    let answer = ride(json!({"streams": ["latlng", "balance"], "from": 0, "to": 10})).await;
    let (lat, lon) = (column(&answer, "lat"), column(&answer, "lon"));
    assert!(lat[0].is_null() && lon[0].is_null());
    assert!(lat[10].as_f64().unwrap() < -36.0 && lon[10].as_f64().unwrap() > 174.0);
    assert!((45.0..55.0).contains(&column(&answer, "right_pct")[10].as_f64().unwrap()));
}

#[rstest]
#[case(RUN, "pace_mps", "pace /km")]
#[case(SWIM, "pace_mps", "pace /100m")]
#[case(RIDE, "speed_mps", "speed km/h")]
#[tokio::test]
async fn speed_is_read_as_the_sport_reads_it(#[case] id: &str, #[case] key: &str, #[case] head: &str) {
    let answer = demo().await.answer(TOOL, json!({"activity_id": id})).await;
    assert!(column(&answer.structured, key).len() > 100 && answer.text.contains(head), "{}", answer.text);
}

#[tokio::test]
async fn what_is_missing_is_named_with_what_there_is() {
    let demo = demo().await;
    let answer = demo.structured(TOOL, json!({"activity_id": RUN, "streams": ["hr", "smo2"]})).await;
    assert_eq!(answer["notes"][0], "there is no stream smo2 in i9002");
    let error = demo.error(TOOL, json!({"activity_id": STRENGTH, "streams": ["watts"]})).await;
    assert_eq!(error.to_string(), "there is no stream watts in i9004. It has time, heartrate, moving.");
    let error = demo.error(TOOL, json!({"activity_id": MANUAL, "streams": ["watts"]})).await;
    assert!(error.advice.starts_with("Nothing was recorded"));
    let answer = demo.structured(TOOL, json!({"activity_id": MANUAL})).await;
    assert_eq!(answer["notes"], json!(["nothing was recorded"]));
    for arguments in [json!({"activity_id": STRAVA}), json!({"activity_id": STRAVA, "streams": ["watts"]})] {
        let stub = demo.structured(TOOL, arguments).await;
        assert!(stub["notes"][0].as_str().unwrap().contains("connect the device itself"), "{stub}");
    }
    let other = demo.structured(TOOL, json!({"activity_id": COACHED_RIDE, "max_points": 3})).await;
    assert!(other["athlete"].as_str().unwrap().contains(COACHED));
}

#[rstest]
#[case(json!({"max_points": 0}), "max_points is 0")]
#[case(json!({"max_points": 2}), "max_points is 2")]
#[case(json!({"from": 10, "to": 10}), "from is not before to")]
#[case(json!({"from": "soon"}), "invalid arguments for icu_get_activity_streams: from")]
#[tokio::test]
async fn what_cannot_be_right_is_not_sent(#[case] mut arguments: Value, #[case] problem: &str) {
    let demo = demo().await;
    arguments["activity_id"] = LONG_RIDE.into();
    demo.refuses(TOOL, arguments, problem).await;
    assert!(demo.requests().iter().all(|request| !request.path.contains("streams")));
}

#[tokio::test]
async fn a_range_behind_the_end_says_where_that_is() {
    let error = demo().await.error(TOOL, json!({"activity_id": LONG_RIDE, "from": 9000})).await;
    assert_eq!(error.problem, "nothing was recorded between from and to; the activity ends at 7199 s");
}

async fn odd(streams: Value) -> ToolRunner {
    let activity = json!({"id": "i9", "type": "Ride", "stream_types": null});
    upstream("athlete/0", json!({"id": "i1"}))
        .and("activity/i9", activity)
        .and("activity/i9/streams.json", streams)
        .await
}

#[tokio::test]
async fn rows_pair_with_time_and_keep_their_gaps() {
    let streams = json!([
        {"type": "watts", "data": [100, null, 300.4], "data2": null,
         "anomalies": [{"start_index": 0, "end_index": 1}], "allNull": false},
        {"type": "time", "data": [0, 4, 60]},
        {"type": "heartrate", "data": [null, null, null], "allNull": true},
        {"type": "cadence", "data": null},
        {"type": "hrv", "data": [[812, 790], null, [801]], "valueTypeIsArray": true},
        {"type": "moving", "data": [true, false, true]},
        {"type": "My, own", "data": ["1.256", 2], "custom": true},
        {"type": 5}
    ]);
    let bench = odd(streams).await;
    let arguments =
        json!({"activity_id": "i9", "streams": ["watts", "heartrate", "cadence", "hrv", "moving", "My, own"]});
    let answer = bench.answer(TOOL, arguments.clone()).await;
    let series = json!({
        "time_s": [0, 4, 60], "power_w": [100, null, 300], "moving": [1, 0, 1], "My, own": [1.26, 2, null]
    });
    assert_eq!(answer.structured["series"], series);
    assert!(
        answer.text.contains("\ntime_s,power W,moving,My  own\n0,100,1,1.26\n4,,0,2\n60,300,1,\n"),
        "{}",
        answer.text
    );
    assert_eq!(answer.structured["empty"], json!(["5", "heartrate", "cadence"]));
    let power = &answer.structured["summary"][0];
    assert_eq!((&power["mean"], &power["missing"], &power["corrected"]), (&json!(200), &json!(1), &json!(1)));
    assert!(answer.structured["notes"][0].as_str().unwrap().starts_with("hrv holds several values"));
    let zoomed = json!({"activity_id": "i9", "streams": ["watts"], "from": 4, "to": 60});
    let zoomed = bench.structured(TOOL, zoomed).await;
    let corrected = |answer: &Value| {
        let rows = answer["summary"].as_array().unwrap();
        rows.iter().find(|row| row["series"] == "power_w").unwrap().get("corrected").cloned()
    };
    assert_eq!(corrected(&zoomed), Some(json!(1)));
    let end = json!({"activity_id": "i9", "streams": ["watts"], "from": 60});
    let end = bench.structured(TOOL, end).await;
    assert_eq!(corrected(&end), None, "what was corrected lies before it");
    assert_eq!((&zoomed["series"]["time_s"], &zoomed["series"]["power_w"]), (&json!([4, 60]), &json!([null, 300])));
}

#[tokio::test]
async fn a_name_of_the_athlete_s_own_is_not_taken_for_a_usual_word() {
    let watts = json!({"type": "watts", "data": [200, 210]});
    let bench = odd(json!([watts, {"type": "Power", "data": [1, 2], "custom": true}])).await;
    let own = bench.structured(TOOL, json!({"activity_id": "i9", "streams": ["Power"]})).await;
    assert_eq!(own["series"], json!({"sample": [0, 1], "Power": [1, 2]}));
    let both = bench.structured(TOOL, json!({"activity_id": "i9", "streams": ["Power", "power"]})).await;
    assert_eq!(both["series"], json!({"sample": [0, 1], "Power": [1, 2], "power_w": [200, 210]}));
    let sent = bench.received().await;
    let query = sent.iter().find_map(|request| request.url.query()).unwrap();
    assert_eq!(query, "types=time%2CPower%2Cwatts");
    let bench = odd(json!([watts])).await;
    let usual = bench.structured(TOOL, json!({"activity_id": "i9", "streams": ["Power"]})).await;
    assert_eq!((&usual["series"]["power_w"], usual.get("notes")), (&json!([200, 210]), None));
}

#[tokio::test]
async fn time_alone_can_be_asked_for() {
    let answer = ride(json!({"streams": ["time"], "from": 600, "to": 602})).await;
    assert_eq!(answer["series"], json!({"time_s": [600, 601, 602]}));
    assert_eq!(column(&ride(json!({"streams": ["time"], "max_points": 50})).await, "time_s").len(), 50);
}

#[tokio::test]
async fn without_a_time_stream_rows_are_samples() {
    let bench = odd(json!([{"type": "watts", "data": [1, 2]}])).await;
    let answer = bench.structured(TOOL, json!({"activity_id": "i9"})).await;
    assert_eq!(answer["series"], json!({"sample": [0, 1], "power_w": [1, 2]}));
    let error = bench.error(TOOL, json!({"activity_id": "i9", "from": 1})).await;
    assert!(error.problem.contains("no time stream"), "{error}");
}
