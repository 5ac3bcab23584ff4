//! `icu_get_steps`
use intervals_core::{
    Athlete, Day, List, Notes, Result, Today,
    client::OfDay,
    list::{Limit, Offset},
    tool,
    units::Count,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// First day, YYYY-MM-DD.
    #[schemars(example = &"2026-06-01")]
    oldest: Day,
    /// Last day; default today.
    #[schemars(example = &"2026-07-01")]
    newest: Option<Day>,
    /// Most days; default 30.
    #[schemars(example = 7)]
    limit: Option<Limit<30>>,
    #[serde(default)]
    offset: Offset,
}

// The fields of a day that are read and shown; the service calls the date `id`.
#[derive(Deserialize, Serialize, JsonSchema)]
struct Row {
    #[serde(rename(deserialize = "id"))]
    date: String,
    steps: Option<Count>,
}

impl OfDay for Row {
    fn day(&self) -> &str {
        &self.date
    }
}

/// STEPS of each day of a range, newest first.
#[tool(read, title = "Steps")]
async fn icu_get_steps(athlete: Athlete, today: Today, notes: Notes, args: Args) -> Result<List<Row>> {
    let limit = args.limit.unwrap_or_default().rows(&notes);
    let newest = args.newest.map_or(today.date(), |day| day.0);
    let days: Vec<Row> = athlete.wellness().range(args.oldest.0, newest).await?;
    Ok(List::first(days.into_iter().rev().collect(), limit, args.offset))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::demo;
    use serde_json::json;

    #[tokio::test]
    async fn the_newest_days_come_first_and_the_rest_can_be_reached() {
        let demo = demo().await;
        let arguments = json!({"oldest": "2026-06-01", "newest": "2026-07-01", "limit": 2});
        let answer = demo.structured("icu_get_steps", arguments).await;
        let days = answer["items"].as_array().unwrap();
        assert!(days.len() == 2 && days[0]["date"] == "2026-07-01" && days[0]["steps"].is_number(), "{days:?}");
        assert_eq!(answer["next"], json!({"offset": 2}));
    }
}
