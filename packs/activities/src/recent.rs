//! `icu_get_recent_activities`
use intervals_core::{
    Athlete, Error, List, Notes, Result, Today,
    list::{Limit, Offset, wanted},
    records::activity::Row,
    tool,
};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::by_date;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Args {
    /// Most rows, up to 500.
    #[schemars(example = 30)]
    limit: Limit<30>,
    offset: Offset,
    /// Days before today.
    #[schemars(example = 30)]
    days_back: i32,
    /// Exact type, such as Run or VirtualRide.
    #[schemars(example = &"Ride")]
    sport: Option<String>,
}

impl Default for Args {
    fn default() -> Self {
        Self { limit: Limit::default(), offset: Offset::default(), days_back: 30, sport: None }
    }
}

/// LIST the last days' activities, newest first.
#[tool(read, tier = core, title = "Recent activities")]
async fn icu_get_recent_activities(athlete: Athlete, today: Today, notes: Notes, args: Args) -> Result<List<Row>> {
    let limit = args.limit.rows(&notes);
    if !(0..=36_500).contains(&args.days_back) {
        return Err(Error::new(format!("days_back is {}", args.days_back), "Say how many days back, 0 is today only."));
    }
    let oldest = today.date().saturating_sub(jiff::Span::new().days(args.days_back));
    let page = by_date::find(&athlete, &notes, oldest, None, wanted(limit, args.offset), args.sport.as_deref()).await?;
    by_date::note_withheld(page.iter(), &notes);
    Ok(List::fetched(page.records, page.received, limit, args.offset))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, upstream_any};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn days_are_the_athletes_and_not_the_servers() {
        let mut demo = demo().await;
        demo.answer("icu_get_recent_activities", json!({"days_back": 0})).await;
        // It is 5 July in Auckland while UTC still has the evening of the 4th.
        demo.settings.now = "2026-07-04T13:00:00Z".parse().ok();
        demo.answer("icu_get_recent_activities", json!({"days_back": 0})).await;
        let asked: Vec<_> = demo.requests().into_iter().filter(|r| r.path.ends_with("/activities")).collect();
        assert_eq!(asked.len(), 2);
        for request in asked {
            assert!(request.query.contains(&("oldest".into(), "2026-07-05".into())), "{request}");
        }
    }

    #[tokio::test]
    async fn more_than_the_limit_is_announced() {
        let demo = demo().await;
        let answer = demo.answer("icu_get_recent_activities", json!({"limit": 2})).await;
        assert_eq!(answer.structured["items"].as_array().unwrap().len(), 2);
        assert_eq!(answer.structured["next"], json!({"offset": 2}));
        assert!(answer.text.contains("(2, there are more)"), "{}", answer.text);
        let error = demo.error("icu_get_recent_activities", json!({"limit": 0})).await;
        assert_eq!(
            error.to_string(),
            "invalid arguments for icu_get_recent_activities: limit: 0 is no limit; it goes from 1 to 500. Call again with the arguments of the input schema."
        );
    }

    #[rstest]
    #[case("icu_get_recent_activities", json!({}))]
    #[case("icu_get_activities_by_date", json!({"oldest": "2026-07-01"}))]
    #[case("icu_search_activities", json!({"query": "a"}))]
    #[case("icu_search_activities_full", json!({"query": "a"}))]
    #[tokio::test]
    async fn a_record_that_cannot_be_read_hides_no_later_one(#[case] tool: &str, #[case] mut arguments: Value) {
        let found = json!([{"id": "i3", "start_date_local": "2026-07-03T08:00:00"}, "no record",
            {"id": "i1", "start_date_local": "2026-07-01T08:00:00"}]);
        let bench = upstream_any(found).await.imperial().zone("UTC");
        arguments["limit"] = 2.into();
        let answer = bench.structured(tool, arguments).await;
        assert_eq!((answer["items"].as_array().unwrap().len(), answer["next"].is_object()), (2, true), "{answer}");
    }

    #[tokio::test]
    async fn one_sport_is_looked_for_in_the_whole_time() {
        let arguments = json!({"sport": "run", "limit": 3, "days_back": 90});
        let answer = demo().await.structured("icu_get_recent_activities", arguments).await;
        let items = answer["items"].as_array().unwrap();
        assert!(items.len() == 3 && items.iter().all(|item| item["sport"] == "Run"));
    }

    #[tokio::test]
    async fn text_of_others_makes_no_rows_and_a_stub_says_what_helps() {
        let answer = demo().await.answer("icu_get_recent_activities", json!({"days_back": 365, "limit": 500})).await;
        let rows = answer.structured["items"].as_array().unwrap().len();
        let notes = answer.structured["notes"].as_array().unwrap().len();
        assert_eq!(answer.text.lines().count(), 1 + rows + 1 + notes, "{}", answer.text);
        assert!(answer.structured["notes"][0].as_str().unwrap().contains("connect the device itself"));
    }
}
