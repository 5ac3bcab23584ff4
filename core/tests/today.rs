//! Whose clock a day is read from.
use intervals_core::{Athlete, Result, Today, testing::ToolRunner, tool};
use jiff::tz::TimeZone;
use rstest::rstest;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::path};

#[derive(Serialize, JsonSchema)]
struct Day {
    day: String,
    certain: bool,
}

/// Says the day.
#[tool(read)]
async fn day(_athlete: Athlete, today: Today) -> Result<Day> {
    Ok(Day { day: today.date().to_string(), certain: today.certain().is_ok() })
}

/// At noon of 5 July in Auckland it is still the 4th in Honolulu, and in UTC just the 5th.
#[rstest]
#[case::the_operators_zone_is_the_own_athletes("0", "Pacific/Honolulu", "2026-07-04", true)]
#[case::also_when_named_by_the_full_id("i1", "Pacific/Honolulu", "2026-07-04", true)]
#[case::another_has_one_of_their_own("i2", "Pacific/Honolulu", "2026-07-05", true)]
#[case::the_operators_is_a_guess_for_one_without("i3", "Pacific/Honolulu", "2026-07-04", false)]
#[case::an_unknown_one_is_none("i4", "Pacific/Honolulu", "2026-07-04", false)]
#[tokio::test]
async fn a_day_is_the_athletes(#[case] athlete: &str, #[case] zone: &str, #[case] said: &str, #[case] certain: bool) {
    let server = MockServer::start().await;
    for (id, zone) in
        [("i1", Value::Null), ("i2", json!("Pacific/Auckland")), ("i3", Value::Null), ("i4", json!("X/Y"))]
    {
        let record = ResponseTemplate::new(200).set_body_json(json!({"id": id, "timezone": zone}));
        for place in if id == "i1" { vec!["0", "i1"] } else { vec![id] } {
            let place = format!("/api/v1/athlete/{place}");
            Mock::given(path(place)).respond_with(record.clone()).mount(&server).await;
        }
    }
    let mut bench = ToolRunner::at(&server.uri());
    bench.settings.timezone = TimeZone::get(zone).ok();
    let answer = bench.run("day", json!({"athlete_id": athlete})).await.unwrap().structured;
    assert_eq!((&answer["day"], &answer["certain"]), (&json!(said), &json!(certain)));
    let doubts = answer["notes"].to_string();
    assert_eq!(doubts.contains("days are counted in Pacific/Honolulu: the "), !certain, "{doubts}");
}
