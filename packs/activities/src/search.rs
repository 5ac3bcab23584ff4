//! `icu_search_activities`
use intervals_core::{
    Athlete, Error, List, Notes, Result,
    client::STRAVA_REMEDY,
    list::{Limit, Offset, wanted},
    records::activity::Match,
    tool,
};
use schemars::JsonSchema;
use serde::Deserialize;

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
    /// Returns the trimmed query; fails when it is empty.
    pub fn trimmed_query(&self) -> Result<&str> {
        match self.query.trim() {
            "" | "#" => Err(Error::new("query is empty", "Say a part of the name, or #tag for an exact tag.")),
            query => Ok(query),
        }
    }
}

/// FIND activities of any time by words in their name, or by #tag.
#[tool(read, tier = core, title = "Search activities")]
async fn icu_search_activities(athlete: Athlete, notes: Notes, args: Args) -> Result<List<Match>> {
    let (query, limit) = (args.trimmed_query()?, args.limit.rows(&notes));
    let page = athlete.activities().search::<Match>(query, wanted(limit, args.offset)).await?;
    if page.iter().any(Match::is_withheld) {
        notes.add(STRAVA_REMEDY);
    }
    Ok(List::fetched(page.records, page.received, limit, args.offset))
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
