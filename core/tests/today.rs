//! Tests of the time zone of today.
use intervals_core::{Athlete, Result, Today, testing::upstream, tool};
use rstest::rstest;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

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
async fn a_day_is_the_athletes(
    #[case] athlete: &str,
    #[case] zone: &str,
    #[case] expected: &str,
    #[case] certain: bool,
) {
    let athletes = upstream("athlete/0", json!({"id": "i1"}))
        .and("athlete/i1", json!({"id": "i1"}))
        .and("athlete/i2", json!({"id": "i2", "timezone": "Pacific/Auckland"}))
        .and("athlete/i3", json!({"id": "i3", "timezone": null}))
        .and("athlete/i4", json!({"id": "i4", "timezone": "X/Y"}));
    let answer = athletes.await.zone(zone).structured("day", json!({"athlete_id": athlete})).await;
    assert_eq!((&answer["day"], &answer["certain"]), (&json!(expected), &json!(certain)));
    let doubts = answer["notes"].to_string();
    assert_eq!(doubts.contains("days are counted in Pacific/Honolulu: the "), !certain, "{doubts}");
}
