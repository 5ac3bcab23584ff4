//! `icu_get_activity_intervals`
use intervals_core::{
    ActivityRef, Error, List, Notes, Result,
    client::{Extended, Owner, sports::Sport},
    list::{Limit, Next},
    records::{
        activity::Full,
        interval::{Group, IntervalsAndGroups, Row},
    },
    tool,
    units::Seconds,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Default rows of an answer.
const ROWS: usize = 50;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Most rows.
    #[serde(default)]
    #[schemars(example = 50)]
    limit: Limit<ROWS>,
    /// First row.
    #[serde(default = "first")]
    #[schemars(example = 1)]
    from: usize,
}

fn first() -> usize {
    1
}

#[derive(Serialize, JsonSchema)]
pub struct Parts {
    activity_id: String,
    sport: Option<Sport>,
    work: usize,
    work_time_s: Option<Seconds>,
    recovery: usize,
    recovery_time_s: Option<Seconds>,
    /// Work intervals that are alike.
    groups: Vec<Group>,
    intervals: List<Row>,
    owner: Option<Owner>,
}

/// INTERVALS of an activity, work and recovery, and its groups of repetitions.
#[tool(read, tier = core, title = "Activity intervals")]
async fn icu_get_activity_intervals(activity: ActivityRef, notes: Notes, args: Args) -> Result<Parts> {
    let limit = args.limit.rows(&notes);
    let (activity, found) = activity.beside(&notes, activity.intervals()).await?;
    let Some(found) = found else { return Ok(Parts::of(&activity, IntervalsAndGroups::default(), None, &notes)) };
    let (from, total) = (args.from, found.intervals.len());
    if from == 0 || from > total.max(1) {
        return Err(Error::new(format!("from is {from}"), format!("There are {total} intervals; 1 is the first.")));
    }
    if total == 0 {
        notes.add("there are no intervals: nothing was recorded, or it is not analyzed yet");
    }
    Ok(Parts::of(&activity, found, Some(Page { from, limit }), &notes))
}

/// The requested rows.
#[derive(Clone, Copy)]
pub struct Page {
    /// First row, counted from 1.
    from: usize,
    limit: usize,
}

impl Parts {
    /// Summarizes an activity's intervals. Without a page it has the first rows, and a note says where the others are.
    pub fn of(activity: &Full, found: IntervalsAndGroups, page: Option<Page>, notes: &Notes) -> Self {
        let Page { from, limit } = page.unwrap_or(Page { from: 1, limit: ROWS });
        let is_kind = |kind: &'static str| move |i: &&Extended<Row>| i.kind.as_deref() == Some(kind);
        let count = |kind| found.intervals.iter().filter(is_kind(kind)).count();
        let time = |kind| {
            let times: Vec<f64> =
                found.intervals.iter().filter(is_kind(kind)).filter_map(|i| Some(i.duration_s?.0)).collect();
            (!times.is_empty()).then(|| Seconds(times.iter().sum()))
        };
        let total = found.intervals.len();
        if found.groups.len() > limit {
            notes.add(format!(
                "{limit} of {} groups are shown; icu_get_activity_intervals shows more with a larger limit",
                found.groups.len()
            ));
        }
        let more = from - 1 + limit < total;
        if more && page.is_none() {
            notes.add("icu_get_activity_intervals has the other intervals");
        }
        let (work, recovery) = (count("WORK"), count("RECOVERY"));
        let (work_time_s, recovery_time_s) = (time("WORK"), time("RECOVERY"));
        let sport = activity.sport.as_deref();
        let groups = found.groups.into_iter().take(limit).map(|group| group.of(&found.intervals, sport)).collect();
        let row = |(interval, n)| {
            let mut row = Row::of(interval, sport);
            row.n = Some(n);
            row
        };
        let intervals = List {
            items: found.intervals.into_iter().zip(1..).skip(from - 1).take(limit).map(row).collect(),
            total: Some(total),
            next: page.filter(|_| more).map(|_| Next::default().with("from", from + limit)),
        };
        Self {
            activity_id: activity.id.clone(),
            sport: activity.sport.clone(),
            work,
            work_time_s,
            recovery,
            recovery_time_s,
            groups,
            intervals,
            owner: activity.owner.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
