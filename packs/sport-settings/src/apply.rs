//! `icu_apply_sport_settings`
use std::cmp::Reverse;

use intervals_core::{
    Athlete, Day, List, Notes, Result,
    records::{Minute, sport_settings::MatchingActivity},
    tool,
    units::Count,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::find;

/// The most activities of an answer; its total counts all.
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
    list: List<MatchingActivity>,
}

/// PAST activities that settings match; applying settings to them is no longer possible by API.
#[tool(read, tier = rare, title = "Apply sport settings")]
async fn icu_apply_sport_settings(athlete: Athlete, notes: Notes, args: Args) -> Result<Matching> {
    let (record, id) = find(&athlete, &args.sport_id).await?;
    let oldest = args.oldest_date.map(|day| day.0);
    let mut found: Vec<MatchingActivity> = athlete.sport_settings().matching(&id, oldest).await?;
    found.sort_by_key(|activity| Reverse(activity.start.as_ref().and_then(Minute::time)));
    notes.add(
        "nothing was changed: Intervals.icu no longer applies settings to past activities by API; they keep \
         their numbers, and the settings count for future ones",
    );
    let list = List::excerpt(found, SHOWN, &notes, "icu_get_activities_by_date");
    Ok(Matching { applied: false, sport_id: record.sport_id, types: record.types, list })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::Options, demo_with};
    use serde_json::json;

    #[tokio::test]
    async fn nothing_is_applied_and_matches_are_counted() {
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
