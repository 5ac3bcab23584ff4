//! `icu_get_activities_by_date`
use intervals_core::{
    Athlete, Day, Error, List, Notes, Result,
    client::{Page, STRAVA_REMEDY, sports},
    list::{Limit, Offset, wanted},
    records::activity::Row,
    tool,
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

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
    #[serde(default)]
    #[schemars(example = 100)]
    limit: Limit<100>,
    #[serde(default)]
    offset: Offset,
    /// Exact type, such as Run or VirtualRide.
    #[schemars(example = &"Ride")]
    sport: Option<String>,
}

/// RANGE of days: its activities, newest first.
#[tool(read, tier = core, title = "Activities by date")]
async fn icu_get_activities_by_date(athlete: Athlete, notes: Notes, args: Args) -> Result<List<Row>> {
    let limit = args.limit.rows(&notes);
    if let Some(newest) = args.newest.filter(|newest| *newest < args.oldest) {
        return Err(Error::new(format!("newest {newest} is before oldest {}", args.oldest), "Swap the two days."));
    }
    let (oldest, newest) = (args.oldest.0, args.newest.map(|day| day.0));
    let page = find(&athlete, &notes, oldest, newest, wanted(limit, args.offset), args.sport.as_deref()).await?;
    note_withheld(page.iter(), &notes);
    Ok(List::by_day(page.records, page.received, limit, args.offset, "newest", Row::day))
}

/// Adds a note with the remedy when some of the activities are withheld.
pub fn note_withheld<'a>(rows: impl IntoIterator<Item = &'a Row>, notes: &Notes) {
    if rows.into_iter().any(Row::is_withheld) {
        notes.add(STRAVA_REMEDY);
    }
}

/// Returns up to `most` activities, newest first.
pub async fn find(
    athlete: &Athlete,
    notes: &Notes,
    oldest: Date,
    newest: Option<Date>,
    most: usize,
    sport: Option<&str>,
) -> Result<Page<Row>> {
    let Some(sport) = sport.map(str::trim).filter(|sport| !sport.is_empty()) else {
        return Ok(athlete.activities().list(oldest, newest, most).await?);
    };
    if sports::known(sport).is_none() {
        notes.add(format!("there may be no type {sport}; did you mean {}?", sports::instead_of(sport)));
    }
    // The service cannot filter by type, so this requests the whole range and filters it here.
    const ALL: usize = 20_000;
    let mut page: Page<Row> = athlete.activities().list(oldest, newest, ALL).await?;
    // A stub has no type and cannot match; a note says how many there are.
    let withheld = page.iter().filter(|a| a.is_withheld()).count();
    if withheld > 0 {
        notes.add(format!("{withheld} more have no type here, because they come from Strava"));
        notes.add(STRAVA_REMEDY);
    }
    page.retain(|a| a.sport.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case(sport)));
    page.truncate(most);
    page.received = page.len();
    Ok(page)
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{ToolRunner, demo};
    use serde_json::{Value, json};

    #[tokio::test]
    async fn a_range_can_be_walked_to_its_end() {
        let demo = demo().await;
        let all = demo
            .structured("icu_get_activities_by_date", json!({"oldest": "2026-04-01", "newest": "2026-06-30"}))
            .await;
        let ids = |answer: &Value| -> Vec<String> {
            answer["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
        };
        for limit in [1, 20] {
            let arguments = json!({"oldest": "2026-04-01", "newest": "2026-06-30", "limit": limit});
            let pages = demo.pages("icu_get_activities_by_date", arguments).await;
            assert_eq!(pages.iter().flat_map(ids).collect::<Vec<_>>(), ids(&all));
        }
    }

    #[tokio::test]
    async fn the_last_day_is_included() {
        let demo = demo().await;
        let ride = demo.structured("icu_get_activity_details", json!({"activity_id": demo::RIDE})).await;
        let day = &ride["start"].as_str().unwrap()[..10];
        let answer = demo.structured("icu_get_activities_by_date", json!({"oldest": day, "newest": day})).await;
        assert!(answer["items"].as_array().unwrap().iter().any(|item| item["id"] == demo::RIDE));
    }

    #[tokio::test]
    async fn a_sport_leaves_out_stubs_and_says_so() {
        let demo = demo().await;
        let range = |sport: &str| json!({"oldest": "2025-07-05", "sport": sport, "limit": 500});
        let answer = demo.structured("icu_get_activities_by_date", range("ride")).await;
        let items = answer["items"].as_array().unwrap();
        assert!(!items.is_empty() && items.iter().all(|item| item["sport"] == "Ride"));
        assert!(answer["notes"][0].as_str().unwrap().ends_with("because they come from Strava"));
        let none = demo.structured("icu_get_activities_by_date", range("Cycling")).await;
        assert_eq!(none["total"], 0);
        assert!(none["notes"][0].as_str().unwrap().starts_with("there may be no type Cycling; did you mean Ride,"));
    }

    #[tokio::test]
    async fn a_row_has_every_column_that_a_search_has() {
        let demo = demo().await;
        let listed = demo.structured("icu_get_activities_by_date", json!({"oldest": "2026-06-01"})).await;
        let found = demo.structured("icu_search_activities_full", json!({"query": "e", "limit": 100})).await;
        let (listed, found) = (listed["items"].as_array().unwrap(), found["items"].as_array().unwrap());
        let mut compared = 0;
        for row in listed {
            let Some(whole) = found.iter().find(|other| other["id"] == row["id"]) else { continue };
            compared += 1;
            for (key, value) in row.as_object().unwrap() {
                assert_eq!(Some(value), whole.get(key), "{key} of {row}");
            }
            // A column that the list does not request would be missing here.
            let more = [
                "efficiency",
                "decoupling_pct",
                "eftp_w",
                "rpe_1_10",
                "feel_1_5",
                "temperature_c",
                "gear",
                "tags",
                "intervals",
            ];
            let missing =
                whole.as_object().unwrap().keys().find(|key| !more.contains(&key.as_str()) && row.get(*key).is_none());
            assert_eq!(missing, None, "{row}");
        }
        assert!(compared > 10);
    }

    #[tokio::test]
    async fn days_the_wrong_way_round_are_refused() {
        let bench = ToolRunner::at("http://127.0.0.1:1").imperial();
        let arguments = json!({"oldest": "2026-07-02", "newest": "2026-07-01"});
        let error = bench.error("icu_get_activities_by_date", arguments).await;
        assert_eq!(error.to_string(), "newest 2026-07-01 is before oldest 2026-07-02. Swap the two days.");
        let error = bench.error("icu_get_activities_by_date", json!({"oldest": "yesterday"})).await;
        assert!(error.problem.contains("oldest: \"yesterday\" is not a day; write it as YYYY-MM-DD"), "{error}");
    }
}
