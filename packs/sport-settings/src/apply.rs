//! `icu_apply_sport_settings`
use intervals_core::{
    Athlete, Day, List, Notes, Result,
    client::Text,
    tool,
    units::{Count, Metres, Seconds},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::find;

/// How many activities are shown; the total says how many there are.
const SHOWN: usize = 10;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Number or type, such as Ride.
    #[schemars(example = &"71001")]
    sport_id: String,
    /// YYYY-MM-DD; default all.
    #[serde(default)]
    #[schemars(example = &"2026-06-01")]
    oldest_date: Option<Day>,
}

// The newest of the activities to which the settings would apply.
#[derive(Serialize, JsonSchema)]
struct Matching {
    applied: bool,
    sport_id: Option<Count>,
    types: Vec<String>,
    #[serde(flatten)]
    list: List<Row>,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    id: String,
    /// Local time.
    start: Option<String>,
    sport: Option<String>,
    name: Option<Text>,
    distance_m: Option<Metres>,
    moving_time_s: Option<Seconds>,
}

/// PAST activities that settings match; applying settings to them is no longer possible by API.
#[tool(read, tier = rare, title = "Apply sport settings")]
async fn icu_apply_sport_settings(athlete: Athlete, notes: Notes, args: Args) -> Result<Matching> {
    let (record, id) = find(&athlete, &args.sport_id).await?;
    let found = athlete.sport_settings().matching(&id, args.oldest_date.map(|day| day.0)).await?;
    notes.add(
        "nothing was changed: Intervals.icu took away the way to apply settings to past activities by API; they keep \
         their numbers, and the settings count for future ones",
    );
    let row = |activity: intervals_core::client::MatchingActivity| Row {
        start: activity.start_date_local.as_deref().map(|start| start.get(..16).unwrap_or(start).to_owned()),
        name: activity.name,
        distance_m: activity.distance.filter(|distance| distance.0 > 0.0),
        moving_time_s: activity.moving_time.filter(|time| time.0 > 0.0),
        sport: activity.sport,
        id: activity.id,
    };
    let list = List::excerpt(found, SHOWN, &notes, "icu_get_activities_by_date").map(row);
    Ok(Matching { applied: false, sport_id: record.id, types: record.types, list })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::Options, demo_with};
    use serde_json::json;

    #[tokio::test]
    async fn nothing_is_applied_and_what_would_match_is_counted() {
        let demo = demo().await;
        let arguments = json!({"sport_id": 71001, "oldest_date": "2026-06-01"});
        let answer = demo.structured("icu_apply_sport_settings", arguments).await;
        assert_eq!((&answer["applied"], &answer["sport_id"]), (&json!(false), &json!(71001)));
        let note = answer["notes"][0].as_str().unwrap();
        assert!(note.starts_with("nothing was changed: ") && note.contains("future"), "{note}");
        let (items, total) = (answer["items"].as_array().unwrap(), answer["total"].as_u64().unwrap());
        assert!(items.len() == 10 && (10..40).contains(&total), "{total}");
        assert_eq!(items[0]["id"], demo::RIDE);
        assert!(items.iter().all(|item| item["start"].as_str().unwrap() > "2026-06-01"));
        let all = demo.structured("icu_apply_sport_settings", json!({"sport_id": "Ride"})).await;
        assert!(all["total"].as_u64().unwrap() > 200);
        assert_eq!(demo.writes(), [""; 0]);
        assert!(demo.requests().iter().all(|request| !request.path.ends_with("/apply")));
    }

    #[tokio::test]
    async fn an_account_without_activities_matches_none() {
        let demo = demo_with(Options { years: 0, ..Options::default() }).await.read_only();
        let answer = demo.structured("icu_apply_sport_settings", json!({"sport_id": "Run"})).await;
        assert_eq!((&answer["total"], answer.get("next")), (&json!(0), None));
    }
}
