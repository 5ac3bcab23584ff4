//! `icu_get_power_histogram`
use intervals_core::{
    ActivityRef, List, Notes, Result,
    client::Histogram,
    tool,
    units::{Percent, Seconds, Watts},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::histogram;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Watts; default 25.
    #[schemars(example = 50)]
    bucket_size: Option<u32>,
}

// One bucket.
#[derive(Serialize, JsonSchema)]
struct Row {
    min_w: Option<Watts>,
    max_w: Option<Watts>,
    time_s: Seconds,
    time_pct: Percent,
}

/// TIME by power in one activity.
#[tool(read, title = "Power histogram")]
async fn icu_get_power_histogram(activity: ActivityRef, notes: Notes, args: Args) -> Result<List<Row>> {
    let (_, spans) =
        histogram::fetch(&activity, Histogram::Power, args.bucket_size, "no power was recorded", &notes).await?;
    let rows = histogram::merged(spans, &notes).into_iter().map(|s| Row {
        min_w: s.min.map(Watts),
        max_w: s.max.map(Watts),
        time_s: Seconds(s.secs),
        time_pct: s.percent,
    });
    Ok(rows.collect::<Vec<_>>().into())
}
