//! `icu_search_activities_full`
use intervals_core::{
    Athlete, List, Notes, Result, client::STRAVA_REMEDY, list::wanted, records::activity::FullMatch, tool,
};

use crate::search::Args;

/// COMPARE activities found by name or tag: the search with efficiency, decoupling, eFTP, RPE, gear and intervals.
#[tool(read, title = "Search activities with metrics")]
async fn icu_search_activities_full(athlete: Athlete, notes: Notes, args: Args) -> Result<List<FullMatch>> {
    let (query, limit) = (args.trimmed_query()?, args.limit.rows(&notes));
    let page = athlete.activities().search_full::<FullMatch>(query, wanted(limit, args.offset)).await?;
    if page.iter().any(FullMatch::is_withheld) {
        notes.add(STRAVA_REMEDY);
    }
    Ok(List::fetched(page.records, page.received, limit, args.offset))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, upstream_any};
    use serde_json::json;

    #[tokio::test]
    async fn a_match_tells_more_than_a_row() {
        let answer = demo().await.structured("icu_search_activities_full", json!({"query": "ride", "limit": 50})).await;
        let items = answer["items"].as_array().unwrap();
        for key in ["efficiency", "decoupling_pct", "eftp_w", "rpe_1_10", "gear", "weighted_power_w"] {
            assert!(items.iter().any(|item| item.get(key).is_some()), "{key}");
        }
    }

    #[tokio::test]
    async fn the_athletes_own_rating_comes_before_the_one_from_strava() {
        let found =
            json!([{"id": "i1", "icu_rpe": 7, "perceived_exertion": 5.0}, {"id": "i2", "perceived_exertion": 5.5}]);
        let service = upstream_any(found).await.imperial();
        let rows = service.structured("icu_search_activities_full", json!({"query": "x"})).await;
        assert_eq!((&rows["items"][0]["rpe_1_10"], &rows["items"][1]["rpe_1_10"]), (&json!(7), &json!(6)));
    }
}
