//! `icu_search_activities`
use intervals_core::{
    Athlete, Error, List, Notes, Result,
    client::{Activity, Owner, Text},
    list::{Limit, Offset, wanted},
    tool,
    units::{Metres, Seconds},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::row;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Args {
    /// Part of the name, or #tag.
    #[schemars(example = &"loop")]
    pub query: String,
    /// Most rows, up to 500.
    #[serde(default)]
    #[schemars(example = 30)]
    pub limit: Limit<30>,
    #[serde(default)]
    pub offset: Offset,
}

impl Args {
    /// The words to look for.
    pub fn words(&self) -> Result<&str> {
        match self.query.trim() {
            "" | "#" => Err(Error::new("query is empty", "Say a part of the name, or #tag for an exact tag.")),
            query => Ok(query),
        }
    }
}

// One match.
#[derive(Serialize, JsonSchema)]
struct Match {
    id: String,
    start: Option<String>,
    sport: Option<String>,
    name: Option<Text>,
    distance_m: Option<Metres>,
    moving_time_s: Option<Seconds>,
    race: Option<bool>,
    tags: Vec<Text>,
    description: Option<Text>,
    owner: Option<Owner>,
}

/// FIND activities of any time by words in their name, or by #tag.
#[tool(read, tier = core, title = "Search activities")]
async fn icu_search_activities(athlete: Athlete, notes: Notes, args: Args) -> Result<List<Match>> {
    let (query, limit) = (args.words()?, args.limit.rows(&notes));
    let found = athlete.activities().search(query, wanted(limit, args.offset)).await?;
    if found.iter().any(|a| a.is_withheld()) {
        notes.add(intervals_core::client::STRAVA_REMEDY);
    }
    Ok(List::fetched(found.records, found.received, limit, args.offset).map(Match::from))
}

impl From<Activity> for Match {
    fn from(Activity { known: a, .. }: Activity) -> Self {
        Self {
            start: a.start_date_local.as_deref().map(row::minute),
            distance_m: row::covered(&a),
            moving_time_s: a.moving_time,
            race: a.race.filter(|race| *race),
            owner: a.owner(),
            description: a.description.and_then(Text::non_empty),
            name: a.name,
            id: a.id,
            sport: a.sport,
            tags: a.tags,
        }
    }
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::demo;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case("icu_search_activities")]
    #[case("icu_search_activities_full")]
    #[tokio::test]
    async fn the_limit_is_the_services_and_a_blank_query_is_refused(#[case] tool: &str) {
        let demo = demo().await;
        let answer = demo.structured(tool, json!({"query": "RIDE", "limit": 2})).await;
        let items = answer["items"].as_array().unwrap();
        assert!(items.len() == 2 && items.iter().all(|i| i["name"].as_str().unwrap().to_lowercase().contains("ride")));
        assert_eq!(answer["next"], json!({"offset": 2}));
        let sent = demo.requests().into_iter().find(|r| r.path.contains("/search")).unwrap();
        assert!(sent.query.contains(&("limit".into(), "3".into())));
        let error = demo.error(tool, json!({"query": " "})).await;
        assert_eq!(error.problem, "query is empty");
    }
}
