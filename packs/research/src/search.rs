//! `search`
use intervals_core::{Notes, Result, Today, tool};
use jiff::ToSpan;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{candidates, dates::Span, hit::Hit, order::best_first, own::Own, query::Query};

/// Maximum results of a query.
const MOST: usize = 20;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Words, #tags, dates such as 2026-07-05, july 2026, last week.
    #[schemars(example = &"threshold ride")]
    query: String,
}

#[derive(Serialize, JsonSchema)]
struct Found {
    results: Vec<Row>,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    id: String,
    title: String,
    url: String,
}

/// SEARCH activities, calendar, wellness days and library; best first, fetch has the whole.
#[tool(read, exact, tier = core, title = "Search")]
async fn search(athlete: Own, today: Today, notes: Notes, args: Args) -> Result<Found> {
    let today = today.date();
    let mut query = Query::read(&args.query, today)?;
    if query.has_only_days() && query.spans.is_empty() {
        // A query for nothing in particular returns the days around today.
        query.spans.push(Span { first: today.saturating_sub(7.days()), last: today.saturating_add(7.days()) });
    }
    let hits = candidates::gather(&athlete, &query, today, &notes).await?;
    let row = |hit: Hit| Row { id: hit.id.to_string(), title: hit.title, url: hit.url };
    Ok(Found { results: best_first(hits, &query, today).await.into_iter().take(MOST).map(row).collect() })
}

#[cfg(test)]
mod tests;
