//! Tests of `icu_update_sport_settings`.
use intervals_core::testing::{ToolRunner, demo, demo::Recorded, reply, upstream, wiremock::matchers::method};
use rstest::rstest;
use serde_json::{Value, json};

fn sent(demo: &ToolRunner) -> (Recorded, Value) {
    let request = demo.requests().into_iter().find(|request| request.method == "PUT").unwrap();
    let body = serde_json::from_slice(&request.body).unwrap();
    (request, body)
}

async fn update(demo: &ToolRunner, arguments: Value) -> intervals_core::answer::Answer {
    demo.answer("icu_update_sport_settings", arguments).await
}

#[rstest]
#[case(json!({"sport_id": 71002, "pace_threshold": "4:40/km"}), 3.571_429, "4:40/km")]
#[case(json!({"sport_id": "Run", "pace_threshold": 4.5}), 3.703_704, "4:30/km")]
#[case(json!({"sport_id": 71003, "swim_threshold": "1:35"}), 1.052_632, "1:35/100m")]
#[case(json!({"sport_id": "OpenWaterSwim", "swim_threshold": 4}), 0.416_667, "4:00/100m")]
#[case(json!({"sport_id": 71003, "pace_threshold": "1:27/100y"}), 1.051_034, "1:35/100m")]
#[tokio::test]
async fn a_threshold_is_sent_in_metres_per_second_and_shown_as_a_pace(
    #[case] arguments: Value,
    #[case] mps: f64,
    #[case] read: &str,
) {
    let demo = demo().await;
    let answer = update(&demo, arguments).await;
    assert!(answer.text.contains(&format!("threshold_pace: {read}")), "{}", answer.text);
    // The athlete's own pace unit is not overwritten.
    assert_eq!(sent(&demo).1, json!({"threshold_pace": mps}));
    assert_eq!(sent(&demo).0.query, [("recalcHrZones".to_owned(), "false".to_owned())]);
}

/// Returns the body that is sent for this record of an athlete with this preference of units.
async fn sent_for(record: Value, preference: &str, arguments: Value) -> Result<Value, intervals_core::Error> {
    let athlete = json!({"id": "i1", "timezone": "UTC", "measurement_preference": preference});
    let list = json!([record]);
    let service = upstream("athlete/0", &athlete).and("sport-settings", &list).when(method("PUT"), reply(&record));
    let bench = service.await;
    bench.run("icu_update_sport_settings", arguments).await?;
    let requests = bench.received().await;
    Ok(requests.iter().find(|request| request.method == "PUT").unwrap().body_json().unwrap())
}

#[rstest]
#[case(json!(["Swim", "OpenWaterSwim"]), "meters", json!({"swim_threshold": "1:40/100m"}), 1.0, "SECS_100M", Some("SWIM"))]
#[case(json!(["Swim"]), "feet", json!({"swim_threshold": "1:31.44/100y"}), 1.0, "SECS_100Y", Some("SWIM"))]
#[case(json!(["Workout", "Run"]), "feet", json!({"pace_threshold": 5}), 3.333_333, "MINS_MILE", Some("RUN"))]
#[case(json!(["Rowing"]), "meters", json!({"pace_threshold": "2:05/500m"}), 4.0, "SECS_500M", None)]
#[tokio::test]
async fn a_record_without_a_pace_unit_gets_that_of_its_sport_and_athlete(
    #[case] types: Value,
    #[case] preference: &str,
    #[case] mut arguments: Value,
    #[case] mps: f64,
    #[case] units: &str,
    #[case] load: Option<&str>,
) {
    arguments["sport_id"] = "7".into();
    let record = |units: Value| json!({"id": 7, "types": types, "pace_units": units, "pace_load_type": null});
    let mut expected = json!({"threshold_pace": mps, "pace_units": units});
    if let Some(load) = load {
        expected["pace_load_type"] = load.into();
    }
    for unset in [Value::Null, json!("NONE")] {
        assert_eq!(sent_for(record(unset), preference, arguments.clone()).await.unwrap(), expected);
    }
    expected.as_object_mut().unwrap().remove("pace_units");
    assert_eq!(sent_for(record(json!("SECS_400M")), preference, arguments).await.unwrap(), expected);
}

#[tokio::test]
async fn one_end_of_an_unset_sweet_spot_may_be_set() {
    let record = json!({"id": 7, "types": ["Ride"], "sweet_spot_min": 0, "sweet_spot_max": 0});
    let sent = sent_for(record, "meters", json!({"sport_id": 7, "sweet_spot_min": 88})).await.unwrap();
    assert_eq!(sent, json!({"sweet_spot_min": 88}));
}

#[tokio::test]
async fn an_athlete_with_miles_sees_a_pace_per_mile() {
    let demo = demo().await;
    let arguments = json!({"athlete_id": demo::COACHED, "sport_id": "Run", "pace_threshold": "7:30/mi"});
    let answer = update(&demo, arguments).await;
    assert!(answer.text.contains("threshold_pace: 7:30/mi"), "{}", answer.text);
    assert!(sent(&demo).0.path.contains(demo::COACHED));
    // As in the old server, a bare number is minutes per kilometre.
    let arguments = json!({"athlete_id": demo::COACHED, "sport_id": "Run", "pace_threshold": 4.5});
    let answer = update(&demo, arguments).await;
    assert_eq!(answer.structured["notes"][0], "4.5 was taken for minutes: 4:30/km");
}

#[tokio::test]
async fn a_new_threshold_heart_rate_rescales_the_zones_unless_zones_are_given() {
    let demo = demo().await;
    let answer = update(&demo, json!({"sport_id": "Run", "fthr": 170, "ftp": 300})).await.structured;
    assert_eq!(sent(&demo).0.query[0].1, "true");
    assert_eq!((&answer["lthr_bpm"], &answer["max_hr_bpm"]), (&json!(170), &json!(186)));
    assert_ne!(answer["hr_zones"][0]["max_bpm"], 133);
    assert!(answer["notes"][0].as_str().unwrap().starts_with("this counts for future activities"));
    let zones = json!([130, 150, 160, 170, 175, 180, 190]);
    let arguments = json!({"sport_id": "Run", "fthr": 172, "hr_zones": zones, "recalc_hr_zones": true});
    let answer = update(&demo, arguments).await.structured;
    let bounds: Vec<_> = answer["hr_zones"].as_array().unwrap().iter().map(|zone| zone["max_bpm"].clone()).collect();
    assert_eq!((json!(bounds), &answer["max_hr_bpm"]), (zones, &json!(190)));
}

#[tokio::test]
async fn a_new_maximum_moves_the_end_of_the_last_zone() {
    let demo = demo().await;
    let answer = update(&demo, json!({"sport_id": "Ride", "max_hr": 192})).await.structured;
    assert_eq!((&answer["max_hr_bpm"], &answer["hr_zones"][6]["max_bpm"]), (&json!(192), &json!(192)));
    assert_eq!(answer["hr_zones"][5]["max_bpm"], 174);
    assert!(answer["notes"][0].as_str().unwrap().contains("max_hr"), "{answer}");
}

#[tokio::test]
async fn a_maximum_that_the_service_overrules_is_named() {
    let demo = demo().await;
    let answer = update(&demo, json!({"sport_id": "Ride", "max_hr": 192, "fthr": 166})).await.structured;
    assert_eq!(answer["max_hr_bpm"], 186);
    assert!(answer["notes"][1].as_str().unwrap().starts_with("max_hr is 186: "), "{answer}");
}

#[tokio::test]
async fn zones_and_names_are_replaced_together() {
    let demo = demo().await;
    let arguments = json!({"sport_id": "Ride", "power_zones_percent_ftp": "[60, 80, 100, 999]",
        "power_zone_names": "Easy, Steady, Hard, Max", "hr_zones": ["140", "165", "185"],
        "hr_zone_names": ["Low", "Mid", "High"], "sweet_spot_min": 88, "sweet_spot_max": 94});
    let answer = update(&demo, arguments).await.structured;
    assert_eq!(answer["power_zones"].as_array().unwrap().len(), 4);
    assert_eq!(answer["power_zones"][3], json!({"zone": 4, "name": "Max", "min_pct": 101, "min_w": 266}));
    assert_eq!(answer["hr_zones"][2], json!({"zone": 3, "name": "High", "min_bpm": 166, "max_bpm": 185}));
    assert_eq!((&answer["sweet_spot_min_pct"], &answer["max_hr_bpm"]), (&json!(88), &json!(185)));
}

#[rstest]
#[case(json!({}), "there is nothing to change. ")]
#[case(json!({"ftp": 2650}), "invalid arguments for icu_update_sport_settings: ftp: 2650 is out of range: it goes from 30 to 700")]
#[case(json!({"ftp": 265.5}), "invalid arguments for icu_update_sport_settings: ftp: expected a whole number, found 265.5")]
#[case(json!({"fthr": 190}), "fthr 190 is not below the maximum of 186 bpm. ")]
#[case(json!({"pace_threshold": "280"}), "pace_threshold \"280\" is 0.06 m/s. A run's threshold lies between ")]
#[case(json!({"pace_threshold": "25:00/km"}), "pace_threshold \"25:00/km\" is 0.67 m/s. ")]
#[case(json!({"swim_threshold": "1:35"}), "swim_threshold does not fit settings of Run, VirtualRun, TrailRun. ")]
#[case(json!({"hr_zones": [150, 140, 186]}), "invalid arguments for icu_update_sport_settings: hr_zones[1]: 140 is not above 150: give each zone's upper bound, ascending")]
#[case(json!({"hr_zones": [140, 160, 186]}), "hr_zones has 3 zones, and the settings have 7 names. Give hr_zone_names as well, 3 of them.")]
#[case(json!({"hr_zone_names": ["Low"]}), "hr_zone_names has 1 names for 7 zones. Give 7 names, or hr_zones as well.")]
#[case(json!({"hr_zones": [1, 2, 3, 4, 5, 6, 7], "max_hr": 190}), "invalid arguments for icu_update_sport_settings: hr_zones[0]: 1 is out of range: it goes from 40 to 250")]
#[case(json!({"hr_zones": [134, 148, 155, 165, 170, 176, 188], "max_hr": 190}), "hr_zones end at 188 and max_hr is 190. ")]
#[case(json!({"max_hr": 150}), "max_hr 150 is not above 174, where the last zone starts. ")]
#[case(json!({"power_zones_percent_ftp": [145, 198, 238, 278]}), "invalid arguments for icu_update_sport_settings: power_zones_percent_ftp[2]: 238 is out of range: it goes from 1 to 200; 999 in the last place")]
#[case(json!({"power_zones_percent_ftp": [55, 999, 100]}), "invalid arguments for icu_update_sport_settings: power_zones_percent_ftp[2]: 100 is not above 999: ")]
#[case(json!({"sweet_spot_min": 98, "sweet_spot_max": 90}), "sweet spot from 98 to 90 % is empty. ")]
#[case(json!({"ftp": "much"}), "invalid arguments for icu_update_sport_settings: ftp: ")]
#[tokio::test]
async fn invalid_arguments_are_not_sent(#[case] mut arguments: Value, #[case] error: &str) {
    let demo = demo().await;
    arguments["sport_id"] = "Run".into();
    let refused = demo.run("icu_update_sport_settings", arguments).await;
    let refused = refused.map(|answer| answer.text).unwrap_err().to_string();
    assert!(refused.starts_with(error), "{refused}");
    assert_eq!(demo.writes(), [""; 0]);
}

#[tokio::test]
async fn of_two_thresholds_the_one_of_the_sport_counts() {
    let demo = demo().await;
    let arguments = json!({"sport_id": "Swim", "pace_threshold": "4:40/km", "swim_threshold": "1:30"});
    let answer = update(&demo, arguments).await;
    assert!(answer.text.contains("threshold_pace: 1:30/100m"), "{}", answer.text);
    assert_eq!(answer.structured["notes"][0], "pace_threshold was left out: these are settings of a swim");
}

#[tokio::test]
async fn a_read_only_client_changes_nothing() {
    let demo = demo().await.read_only();
    let error = demo.text("icu_update_sport_settings", json!({"sport_id": "Run", "ftp": 300})).await;
    assert!(error.contains("was not sent"));
    assert_eq!(demo.writes(), [""; 0]);
}
