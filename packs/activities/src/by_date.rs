//! `icu_get_activities_by_date`
use icu_core::{Athlete, Day, Error, List, Notes, Result, client::Activity, limit, tool};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::row::{FIELDS, Row};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// First day, YYYY-MM-DD.
    #[schemars(example = &"2026-06-01")]
    oldest: Day,
    /// Last day; default today.
    #[schemars(example = &"2026-06-30")]
    newest: Option<Day>,
    /// Most rows, up to 500.
    #[serde(default = "hundred")]
    #[schemars(example = 100)]
    limit: usize,
    /// Only this type, such as Run.
    #[schemars(example = &"Ride")]
    sport: Option<String>,
}

fn hundred() -> usize {
    100
}

/// RANGE of days: its activities, newest first.
#[tool(read, title = "Activities by date")]
async fn icu_get_activities_by_date(athlete: Athlete, notes: Notes, args: Args) -> Result<List<Row>> {
    let limit = limit(args.limit)?;
    if let Some(newest) = args.newest.filter(|newest| *newest < args.oldest) {
        return Err(Error::new(format!("newest {newest} is before oldest {}", args.oldest), "Swap the two days."));
    }
    let found = find(&athlete, args.oldest.0, args.newest.map(|day| day.0), limit, args.sport.as_deref()).await?;
    let last_day = found.iter().take(limit).next_back().and_then(|a| a.start_date_local.as_deref()?.get(..10));
    let next = format!("newest={} (that day comes again)", last_day.unwrap_or_default());
    Ok(List::page(Row::all(&found, &notes), limit, |_| next))
}

/// Up to one more than `limit` activities, newest first.
pub async fn find(
    athlete: &Athlete,
    oldest: Date,
    newest: Option<Date>,
    limit: usize,
    sport: Option<&str>,
) -> Result<Vec<Activity>> {
    let Some(sport) = sport else {
        return Ok(athlete.activities().list(oldest, newest, limit + 1, FIELDS).await?);
    };
    // The service cannot filter by type: the whole range is asked for, and the rest dropped here.
    const ALL: usize = 20_000;
    let mut found = athlete.activities().list(oldest, newest, ALL, FIELDS).await?;
    found.retain(|a| a.sport.as_deref().is_some_and(|of| of.eq_ignore_ascii_case(sport)));
    found.truncate(limit + 1);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use icu_core::testing::Bench;
    use icu_demo::Demo;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn a_range_can_be_walked_to_its_end() {
        let demo = Demo::start().await.unwrap();
        let bench = Bench::at(&demo.url);
        let all = bench
            .run("icu_get_activities_by_date", json!({"oldest": "2026-04-01", "newest": "2026-06-30"}))
            .await
            .unwrap();
        let ids = |answer: &Value| -> Vec<String> {
            answer["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
        };
        let (mut walked, mut newest) = (vec![], "2026-06-30".to_owned());
        for _ in 0..100 {
            let arguments = json!({"oldest": "2026-04-01", "newest": newest, "limit": 20});
            let page = bench.run("icu_get_activities_by_date", arguments).await.unwrap().structured;
            walked.extend(ids(&page));
            let Some(next) = page["next"].as_str() else { break };
            newest = next["newest=".len()..][..10].to_owned();
        }
        walked.dedup();
        let mut unique = vec![];
        walked.into_iter().for_each(|id| {
            if !unique.contains(&id) {
                unique.push(id)
            }
        });
        assert_eq!(unique, ids(&all.structured));
    }

    #[tokio::test]
    async fn the_last_day_is_included() {
        let demo = Demo::start().await.unwrap();
        let bench = Bench::at(&demo.url);
        let ride = bench.run("icu_get_activity_details", json!({"activity_id": icu_demo::RIDE})).await.unwrap();
        let day = &ride.structured["start"].as_str().unwrap()[..10];
        let answer =
            bench.run("icu_get_activities_by_date", json!({"oldest": day, "newest": day})).await.unwrap().structured;
        assert!(answer["items"].as_array().unwrap().iter().any(|item| item["id"] == icu_demo::RIDE));
    }

    #[tokio::test]
    async fn days_the_wrong_way_round_are_refused() {
        let bench = Bench::at("http://127.0.0.1:1").imperial();
        let arguments = json!({"oldest": "2026-07-02", "newest": "2026-07-01"});
        let error = bench.run("icu_get_activities_by_date", arguments).await.unwrap_err();
        assert_eq!(error.to_string(), "newest 2026-07-01 is before oldest 2026-07-02. Swap the two days.");
        let error = bench.run("icu_get_activities_by_date", json!({"oldest": "yesterday"})).await.unwrap_err();
        assert!(error.problem.contains("oldest: \"yesterday\" is not a day; write it as YYYY-MM-DD"), "{error}");
    }
}
