//! Intervals of the demo, and odd bodies against a mock.
use intervals_core::testing::{
    demo,
    demo::{COACHED, COACHED_RIDE, INTERVALS_RIDE, MANUAL, RUN, STRAVA, SWIM},
    operations::Operations,
    upstream,
};
use rstest::rstest;
use serde_json::{Value, json};

const TOOL: &str = "icu_get_activity_intervals";

async fn intervals(id: &str) -> Value {
    demo().await.structured(TOOL, json!({"activity_id": id})).await
}

#[tokio::test]
async fn work_and_recovery_are_counted_and_nothing_is_lost() {
    let answer = intervals(INTERVALS_RIDE).await;
    assert_eq!((&answer["work"], &answer["recovery"]), (&json!(4), &json!(6)));
    assert_eq!((&answer["work_time_s"], &answer["recovery_time_s"]), (&json!(1920), &json!(2580)));
    let rep = &answer["intervals"]["items"][1];
    assert_eq!(
        (&rep["n"], &rep["id"], &rep["type"], &rep["label"]),
        (&json!(2), &json!("2"), &json!("WORK"), &json!("Rep 2"))
    );
    for (key, value) in [("start_s", 900), ("duration_s", 480), ("zone", 4), ("intensity_pct", 100)] {
        assert_eq!(rep[key], value, "{key}");
    }
    for key in ["weighted_power_w", "load", "distance_m", "max_hr_bpm", "cadence_rpm", "climb_m", "wbal_end_j"] {
        assert!(rep[key].is_number(), "{key}");
    }
    let group = &answer["groups"][0];
    assert_eq!(
        (&group["count"], &group["duration_s"], &group["distance_m"]),
        (&json!(4), &json!(480), &rep["distance_m"])
    );
}

#[rstest]
#[case(INTERVALS_RIDE, "speed_mps", "speed km/h")]
#[case(RUN, "pace_mps", "pace /km")]
#[case(SWIM, "pace_mps", "pace /100m")]
#[tokio::test]
async fn speed_is_read_as_the_sport_reads_it(#[case] id: &str, #[case] key: &str, #[case] head: &str) {
    let answer = demo().await.answer(TOOL, json!({"activity_id": id})).await;
    assert!(answer.structured["intervals"]["items"][0][key].is_number());
    assert!(answer.text.contains(head) && !answer.text.contains("decoupling"), "{}", answer.text);
}

#[tokio::test]
async fn more_than_the_limit_is_announced_and_still_counted() {
    let demo = demo().await;
    let answer = demo.structured(TOOL, json!({"activity_id": INTERVALS_RIDE, "limit": 3})).await;
    let list = &answer["intervals"];
    assert_eq!((list["items"].as_array().unwrap().len(), &list["total"]), (3, &json!(10)));
    assert_eq!((&list["next"], &answer["recovery"]), (&json!({"from": 4}), &json!(6)));
    let arguments = json!({"activity_id": INTERVALS_RIDE, "limit": 3, "from": 10});
    let last = demo.structured(TOOL, arguments).await["intervals"].clone();
    assert_eq!((last["items"].as_array().unwrap().len(), &last["items"][0]["n"]), (1, &json!(10)));
    assert_eq!((&last["total"], last.get("next")), (&json!(10), None));
}

#[rstest]
#[case(json!({"limit": 0}), "invalid arguments for icu_get_activity_intervals: limit: 0 is no limit; it goes from 1 to 500. Call again with the arguments of the input schema.")]
#[case(json!({"from": 0}), "from is 0. There are 10 intervals; 1 is the first.")]
#[case(json!({"from": 11}), "from is 11. There are 10 intervals; 1 is the first.")]
#[tokio::test]
async fn rows_that_are_not_there_cannot_be_asked_for(#[case] mut arguments: Value, #[case] expected: &str) {
    arguments["activity_id"] = INTERVALS_RIDE.into();
    let error = demo().await.error(TOOL, arguments).await;
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn hundreds_of_intervals_and_groups_stay_bounded_and_can_all_be_reached() {
    let rep =
        |n: u32| json!({"id": n, "type": "WORK", "start_index": n, "end_index": n + 1, "group_id": n.to_string()});
    let group = |n: u32| json!({"id": n.to_string(), "count": 1});
    let dto = json!({"icu_intervals": (1..=700).map(rep).collect::<Vec<_>>(),
        "icu_groups": (1..=700).map(group).collect::<Vec<_>>()});
    let bench = upstream("athlete/0", json!({"id": "i1"}))
        .and("activity/i9", json!({"id": "i9"}))
        .and("activity/i9/intervals", &dto)
        .and("activity/i9/delete-intervals", &dto)
        .and("activity/i9/intervals/1", &dto)
        .await;
    let run = async |tool, arguments| bench.structured(tool, arguments).await;
    let last = run(TOOL, json!({"activity_id": "i9", "limit": 700, "from": 501})).await;
    assert_eq!((&last["intervals"]["items"][199]["n"], last["intervals"].get("next")), (&json!(700), None));
    let first = run(TOOL, json!({"activity_id": "i9"})).await;
    let (mut arguments, mut seen) = (json!({"activity_id": "i9"}), vec![]);
    loop {
        let list = run(TOOL, arguments.clone()).await["intervals"].clone();
        seen.extend(list["items"].as_array().unwrap().iter().filter_map(|row| row["n"].as_u64()));
        let Some(next) = list["next"].as_object().cloned().filter(|_| seen.len() < 1000) else { break };
        arguments.as_object_mut().unwrap().extend(next);
    }
    assert!(seen.into_iter().eq(1..=700));
    let edited = run("icu_edit_intervals", json!({"activity_id": "i9", "interval_id": 1, "label": "x"})).await;
    let deleted = run("icu_delete_intervals", json!({"activity_id": "i9", "interval_ids": [1]})).await;
    // A `next` after a write would repeat the write.
    let (next, others) = (json!({"from": 51}), "icu_get_activity_intervals has the other intervals");
    for (parts, next, answer) in
        [(&first, Some(&next), &first), (&edited, None, &edited), (&deleted["left"], None, &deleted)]
    {
        let shown = |key: &Value| key.as_array().unwrap().len();
        assert_eq!((shown(&parts["intervals"]["items"]), shown(&parts["groups"])), (50, 50));
        assert_eq!(parts["intervals"].get("next"), next);
        assert_eq!(answer["notes"].to_string().contains(others), next.is_none(), "{}", answer["notes"]);
        assert!(answer["notes"].to_string().contains("50 of 700 groups are shown"), "{}", answer["notes"]);
    }
}

#[tokio::test]
async fn null_lists_say_why_and_others_are_named() {
    let manual = intervals(MANUAL).await;
    assert_eq!((&manual["intervals"]["total"], &manual["work"]), (&json!(0), &json!(0)));
    assert!(manual["notes"][0].as_str().unwrap().starts_with("there are no intervals"));
    let stub = intervals(STRAVA).await;
    assert!(stub["notes"][0].as_str().unwrap().contains("connect the device itself"), "{stub}");
    assert!(intervals(COACHED_RIDE).await["athlete"].as_str().unwrap().contains(COACHED));
}

#[tokio::test]
async fn every_field_may_be_null_and_a_bad_record_loses_no_other() {
    let nulls = |schema: &str, given: Value| Operations::embedded().unwrap().nulls(schema, given);
    let rep = |id: u32| json!({"id": id, "type": "WORK", "group_id": "g", "moving_time": "61.0", "distance": 0, "Torque": 41});
    let dto = json!({
        "id": "i9", "analyzed": null,
        "icu_intervals": [nulls("Interval", json!({"id": 1})), rep(2), "no record", rep(4)],
        "icu_groups": [nulls("IntervalGroup", json!({"id": "g", "count": 2, "moving_time": 9999}))]
    });
    let found = upstream("athlete/0", json!({"id": "i1"}))
        .and("activity/i9", json!({"id": "i9"}))
        .and("activity/i9/intervals", dto)
        .await
        .text(TOOL, json!({"activity_id": "i9"}))
        .await;
    let expected = "activity_id: i9\nwork: 2\nwork_time: 0:02:02\nrecovery: 0\ngroups:\nid|count|duration\ng|2|0:01:01\n\
                    intervals:\nn|id|type|duration|custom\n1|1\n2|2|WORK|0:01:01|Torque 41\n\
                    3|4|WORK|0:01:01|Torque 41\n(3)\n";
    assert!(found.starts_with(expected), "{found}");
    assert!(found.contains("1 record of intervals could not be read"), "{found}");
}
