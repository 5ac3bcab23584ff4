//! Lengths, streams and starts of efforts.
use intervals_core::testing::{
    ToolRunner, demo,
    demo::{COACHED, COACHED_RIDE, INTERVALS_RIDE, MANUAL, RIDE, RUN, STRAVA, STRENGTH, SWIM},
    upstream, wiremock,
    wiremock::{ResponseTemplate, matchers::path},
};
use rstest::rstest;
use serde_json::{Value, json};

const TOOL: &str = "icu_get_best_efforts";

#[rstest]
#[case(json!({"stream": "power", "duration": 480}), "power_w")]
#[case(json!({"stream": "heartrate", "duration": 480}), "hr_bpm")]
#[case(json!({"stream": "speed", "distance": 2000}), "speed_mps")]
#[case(json!({"stream": "cadence", "duration": 60}), "cadence_rpm")]
#[case(json!({"stream": "altitude", "duration": 60}), "mean")]
#[tokio::test]
async fn efforts_have_their_unit_and_best_comes_first(#[case] mut arguments: Value, #[case] key: &str) {
    arguments["activity_id"] = INTERVALS_RIDE.into();
    arguments["count"] = json!(2);
    let answer = demo().await.structured(TOOL, arguments).await;
    let rows = answer["efforts"]["items"].as_array().unwrap();
    assert!(rows.len() == 2 && rows[0][key].as_f64() >= rows[1][key].as_f64(), "{answer}");
    assert!(rows.iter().all(|row| row["start_s"].is_number() && row.get("start_sample").is_none()));
}

#[rstest]
#[case(RIDE, "watts", &["0:00:05", "0:00:30", "0:01:00", "0:05:00", "0:20:00", "1:00:00"])]
#[case(STRENGTH, "heartrate", &["0:01:00", "0:05:00", "0:20:00"])]
#[tokio::test]
async fn without_a_length_the_usual_durations_are_shown(
    #[case] id: &str,
    #[case] stream: &str,
    #[case] durations: &[&str],
) {
    let answer = demo().await.answer(TOOL, json!({"activity_id": id})).await;
    assert_eq!(answer.structured["stream"], stream);
    let shown: Vec<_> =
        answer.text.lines().filter_map(|line| line.get(..7)).filter(|t| t.get(1..2) == Some(":")).collect();
    assert_eq!(shown, durations, "{}", answer.text);
}

#[rstest]
#[case(RUN, "pace /km", 5)]
#[case(SWIM, "pace /100m", 5)]
#[tokio::test]
async fn runs_and_swims_show_the_usual_distances(#[case] id: &str, #[case] head: &str, #[case] count: usize) {
    let demo = demo().await;
    let answer = demo.answer(TOOL, json!({"activity_id": id})).await;
    assert!(answer.text.contains(head), "{}", answer.text);
    assert_eq!(answer.structured["efforts"]["total"], count, "{}", answer.text);
    let asked: Vec<_> = demo.requests().into_iter().filter(|r| r.path.ends_with("best-efforts")).collect();
    // A length beyond the activity is not requested.
    assert_eq!(asked.len(), count);
    assert!(asked.iter().all(|r| r.query.contains(&("count".into(), "1".into()))));
}

#[tokio::test]
async fn a_duration_and_a_distance_are_both_looked_for() {
    let arguments = json!({"activity_id": RUN, "duration": 60, "distance": 1000, "count": 1});
    let answer = demo().await.structured(TOOL, arguments).await;
    assert_eq!((&answer["efforts"]["total"], &answer["efforts"]["items"][0]["duration_s"]), (&json!(2), &json!(60)));
}

#[tokio::test]
async fn an_unknown_stream_is_answered_with_the_known_ones() {
    let demo = demo().await;
    let error = demo.error(TOOL, json!({"activity_id": RUN, "stream": "power", "duration": 60})).await;
    let known = "It has heartrate, cadence, velocity_smooth, altitude, grade_smooth, temp.";
    assert_eq!(error.to_string(), format!("there is no stream watts in i9002. {known}"));
    assert!(demo.requests().iter().all(|r| !r.path.ends_with("best-efforts")));
}

#[tokio::test]
async fn without_data_it_says_so() {
    let demo = demo().await;
    let run = async |arguments| demo.structured(TOOL, arguments).await;
    let manual = run(json!({"activity_id": MANUAL})).await;
    assert_eq!(manual["notes"][0], "nothing was recorded that could be searched");
    let stub = run(json!({"activity_id": STRAVA, "duration": 60})).await;
    assert!(stub["notes"][0].as_str().unwrap().contains("connect the device itself"));
    let short = run(json!({"activity_id": RUN, "duration": 90_000})).await;
    assert_eq!(
        (&short["efforts"]["total"], &short["notes"][0]),
        (&json!(0), &json!("the service found no effort of that length"))
    );
    let other = run(json!({"activity_id": COACHED_RIDE, "duration": 60})).await;
    assert!(other["athlete"].as_str().unwrap().contains(COACHED));
}

#[rstest]
#[case(json!({"duration": 0}), "duration is 0")]
#[case(json!({"duration": 3_000_000_000_u32}), "duration is 3000000000")]
#[case(json!({"distance": -1}), "distance is -1")]
#[case(json!({"count": 0}), "count is 0")]
#[case(json!({"count": 500}), "count is 500")]
#[tokio::test]
async fn what_cannot_be_right_is_not_sent(#[case] mut arguments: Value, #[case] problem: &str) {
    let demo = demo().await;
    arguments["activity_id"] = RIDE.into();
    let error = demo.error(TOOL, arguments).await;
    assert_eq!(error.problem, problem);
    assert!(demo.requests().iter().all(|r| !r.path.contains("/activity/")));
}

#[rstest]
#[case(json!([{"type": "time", "data": [0, 5, 60, 125]}]), "start", "0:02:05")]
#[case(json!(null), "start_sample", "3")]
#[tokio::test]
async fn the_start_is_the_time_of_its_sample_and_not_its_number(
    #[case] time: Value,
    #[case] head: &str,
    #[case] start: &str,
) {
    let bench = odd(json!({"type": "Ride"}), ResponseTemplate::new(200).set_body_json(time)).await;
    let text = bench.text(TOOL, json!({"activity_id": "i9", "duration": 60})).await;
    let table = format!("efforts:\nduration|{head}|power W\n0:01:00|{start}|302\n(1)\n");
    assert!(text.ends_with(&table), "{text}");
}

/// An activity `i9` with one effort.
async fn odd(mut activity: Value, streams: ResponseTemplate) -> ToolRunner {
    activity["id"] = "i9".into();
    activity["stream_types"] = json!(["watts", "velocity_smooth"]);
    let efforts =
        json!({"efforts": [{"start_index": 3, "end_index": null, "average": 301.5, "duration": 60, "distance": null}]});
    upstream("athlete/0", json!({"id": "i1"}))
        .and("activity/i9", activity)
        .when(path("/api/v1/activity/i9/streams.json"), streams)
        .and("activity/i9/best-efforts", efforts)
        .await
}

#[tokio::test]
async fn without_its_times_an_effort_is_still_an_effort() {
    let bench = odd(json!({"type": "Ride"}), ResponseTemplate::new(404)).await;
    let answer = bench.structured(TOOL, json!({"activity_id": "i9", "duration": 60})).await;
    assert_eq!(answer["efforts"]["items"], json!([{"duration_s": 60, "start_sample": 3, "power_w": 302}]));
    let note = answer["notes"][0].as_str().unwrap();
    assert!(note.starts_with("efforts start at samples, since the time stream could not be read: "), "{note}");
}

#[rstest]
#[case(json!({"type": "Ride", "moving_time": 0}), "duration", &["5", "30", "60", "300", "1200", "3600"])]
#[case(json!({"type": "Rowing", "distance": 5500}), "distance", &["500", "1000", "2000", "5000"])]
#[case(json!({"type": "VirtualRow", "distance": 0}), "distance", &["500", "1000", "2000", "5000", "6000", "10000"])]
#[case(json!({"type": "Run", "distance": 300}), "distance", &[])]
#[tokio::test]
async fn the_usual_lengths_are_those_of_the_sport_as_far_as_it_went(
    #[case] activity: Value,
    #[case] key: &str,
    #[case] lengths: &[&str],
) {
    let bench = odd(activity, ResponseTemplate::new(200).set_body_json(json!([]))).await;
    let answer = bench.structured(TOOL, json!({"activity_id": "i9"})).await;
    let sent = bench.received().await;
    let asked = sent.iter().filter(|request| request.url.path().ends_with("best-efforts"));
    let value = |request: &wiremock::Request| {
        request
            .url
            .query_pairs()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.trim_end_matches(".0").to_owned())
    };
    // The requests run concurrently.
    let mut asked: Vec<_> = asked.filter_map(value).collect();
    asked.sort_by_key(|length| length.parse::<u32>().unwrap());
    assert_eq!(asked, lengths);
    let note = answer["notes"][0].as_str().unwrap_or_default();
    assert_eq!(note.starts_with("the activity is shorter than the usual lengths"), lengths.is_empty(), "{note}");
}

#[tokio::test]
async fn a_bad_effort_loses_no_other() {
    let activity = json!({"id": "i9", "type": "Ride", "stream_types": ["watts"]});
    let efforts = json!({"efforts": ["no record", {"average": 300, "duration": 60}, null]});
    let answer = upstream("athlete/0", json!({"id": "i1"}))
        .and("activity/i9", activity)
        .and("activity/i9/streams.json", json!(null))
        .and("activity/i9/best-efforts", efforts)
        .await
        .structured(TOOL, json!({"activity_id": "i9", "duration": 60}))
        .await;
    assert_eq!(answer["efforts"]["items"], json!([{"duration_s": 60, "power_w": 300}]));
    assert!(answer["notes"][0].as_str().unwrap().starts_with("2 records of best-efforts could not be read"));
}
