//! `icu_search_activities_full`
use intervals_core::{
    Athlete, List, Notes, Result,
    client::{Activity, Text},
    list::wanted,
    tool,
    units::{Celsius, Count, Number, Percent, Watts},
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{row::Row, search::Args};

// A match with what a comparison of sessions needs.
#[derive(Serialize, JsonSchema)]
struct FullMatch {
    #[serde(flatten)]
    row: Row,
    /// Weighted power, or speed, per heart beat.
    efficiency: Option<Number>,
    /// Power against heart rate, first to second half.
    decoupling_pct: Option<Percent>,
    eftp_w: Option<Watts>,
    rpe_1_10: Option<Count>,
    /// 1 is strong.
    feel_1_5: Option<Count>,
    temperature_c: Option<Celsius>,
    gear: Option<Text>,
    tags: Vec<Text>,
    intervals: Vec<String>,
}

/// COMPARE activities found by name or tag: the search with efficiency, decoupling, eFTP, RPE, gear and intervals.
#[tool(read, title = "Search activities with metrics")]
async fn icu_search_activities_full(athlete: Athlete, notes: Notes, args: Args) -> Result<List<FullMatch>> {
    let (query, limit) = (args.words()?, args.limit.rows(&notes));
    let found = athlete.activities().search_full(query, wanted(limit, args.offset)).await?;
    Row::explain(found.iter(), &notes);
    let list = List::fetched(found.records, found.received, limit, args.offset);
    Ok(list.map(|a| FullMatch::of(Row::of(&a), a)))
}

impl FullMatch {
    fn of(row: Row, Activity { known: a, .. }: Activity) -> Self {
        Self {
            row,
            efficiency: a.icu_efficiency_factor,
            decoupling_pct: a.decoupling,
            eftp_w: a.icu_rolling_ftp,
            rpe_1_10: a.rpe(),
            feel_1_5: a.feel,
            temperature_c: a.average_temp.or(a.average_weather_temp),
            gear: a.gear.and_then(|gear| gear.name),
            tags: a.tags,
            intervals: a.interval_summary,
        }
    }
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
