//! `icu_get_activity_intervals`
use intervals_core::{
    ActivityRef, Error, List, Notes, Result,
    client::{ActivityInterval, ActivityIntervals, CustomFields, IntervalRecord, Owner, Text, sports::Sport},
    list::{Limit, Next},
    records::activity::Full,
    tool,
    units::{Bpm, Climb, Count, Intensity, Joules, Metres, Number, Percent, Points, Rpm, Seconds, SpeedReading, Watts},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::reading::{self, Reading, Sample};

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

// One interval.
#[derive(Serialize, JsonSchema)]
pub struct Row {
    /// 1 is the first.
    n: Option<usize>,
    id: Option<String>,
    /// WORK or RECOVERY.
    #[serde(rename = "type")]
    kind: Option<String>,
    label: Option<Text>,
    start_s: Option<Seconds>,
    #[serde(flatten)]
    metrics: Metrics,
    wbal_start_j: Option<Joules>,
    wbal_end_j: Option<Joules>,
    custom: Option<CustomFields>,
}

// Repetitions of one kind; duration and distance are means of one repetition.
#[derive(Serialize, JsonSchema)]
struct Group {
    id: Option<String>,
    count: Option<Count>,
    #[serde(flatten)]
    metrics: Metrics,
}

#[derive(Serialize, JsonSchema)]
struct Metrics {
    duration_s: Option<Seconds>,
    /// With pauses.
    elapsed_s: Option<Seconds>,
    distance_m: Option<Metres>,
    avg_power_w: Option<Watts>,
    weighted_power_w: Option<Watts>,
    max_power_w: Option<Watts>,
    zone: Option<Count>,
    /// Percent of threshold.
    intensity_pct: Option<Intensity>,
    load: Option<Points>,
    avg_hr_bpm: Option<Bpm>,
    max_hr_bpm: Option<Bpm>,
    cadence_rpm: Option<Rpm>,
    speed_mps: Option<Sample>,
    pace_mps: Option<Sample>,
    gap_mps: Option<Sample>,
    stride_m: Option<Number>,
    climb_m: Option<Climb>,
    decoupling_pct: Option<Percent>,
    right_pct: Option<Percent>,
    dfa_a1: Option<Number>,
    smo2_pct: Option<Percent>,
}

/// INTERVALS of an activity, work and recovery, and its groups of repetitions.
#[tool(read, tier = core, title = "Activity intervals")]
async fn icu_get_activity_intervals(activity: ActivityRef, notes: Notes, args: Args) -> Result<Parts> {
    let limit = args.limit.rows(&notes);
    let (activity, found) = activity.beside(&notes, activity.intervals()).await?;
    let Some(found) = found else { return Ok(Parts::of(&activity, ActivityIntervals::default(), None, &notes)) };
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
    pub fn of(activity: &Full, found: ActivityIntervals, page: Option<Page>, notes: &Notes) -> Self {
        let Page { from, limit } = page.unwrap_or(Page { from: 1, limit: ROWS });
        let speed_reading = reading::speed_reading(activity.sport.as_deref());
        let is_kind = |kind: &'static str| move |i: &&ActivityInterval| i.kind.as_deref() == Some(kind);
        let count = |kind| found.intervals.iter().filter(is_kind(kind)).count();
        let time = |kind| {
            let times: Vec<f64> =
                found.intervals.iter().filter(is_kind(kind)).filter_map(|i| Some(duration(i)?.0)).collect();
            (!times.is_empty()).then(|| Seconds(times.iter().sum()))
        };
        let (total, groups) = (found.intervals.len(), found.groups.len());
        if groups > limit {
            notes.add(format!(
                "{limit} of {groups} groups are shown; icu_get_activity_intervals has more with a greater limit"
            ));
        }
        let more = from - 1 + limit < total;
        if more && page.is_none() {
            notes.add("icu_get_activity_intervals has the other intervals");
        }
        Self {
            activity_id: activity.id.clone(),
            sport: activity.sport.clone(),
            owner: activity.owner.clone(),
            work: count("WORK"),
            work_time_s: time("WORK"),
            recovery: count("RECOVERY"),
            recovery_time_s: time("RECOVERY"),
            groups: found
                .groups
                .iter()
                .take(limit)
                .map(|group| Group::of(group, &found.intervals, speed_reading))
                .collect(),
            intervals: {
                let row = |(n, i): (usize, &ActivityInterval)| Row { n: Some(n + 1), ..Row::of(i, speed_reading) };
                let rows = found.intervals.iter().enumerate().skip(from - 1).take(limit);
                List {
                    items: rows.map(row).collect(),
                    total: Some(total),
                    next: page.filter(|_| more).map(|_| Next::default().with("from", from + limit)),
                }
            },
        }
    }
}

impl Row {
    /// Converts an interval, without its number.
    pub fn of(interval: &ActivityInterval, speed_reading: Reading) -> Self {
        let i = &interval.known;
        Self {
            n: None,
            id: i.id.clone(),
            kind: i.kind.clone(),
            label: i.label.clone().and_then(Text::non_empty),
            start_s: i.start_time,
            metrics: Metrics::of(i, speed_reading),
            wbal_start_j: i.wbal_start,
            wbal_end_j: i.wbal_end,
            custom: CustomFields::non_empty(interval.custom.clone()),
        }
    }
}

impl Group {
    /// Computes the means of one repetition: the service does not say whether times, distances and loads of a group are sums.
    fn of(group: &ActivityInterval, intervals: &[ActivityInterval], speed_reading: Reading) -> Self {
        let members: Vec<_> = intervals.iter().filter(|i| i.group_id.is_some() && i.group_id == group.id).collect();
        let mean = |value: fn(&IntervalRecord) -> Option<f64>| {
            let values: Vec<f64> = members.iter().filter_map(|i| value(&i.known)).collect();
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        let metrics = Metrics {
            duration_s: mean(|i| Some(duration(i)?.0)).map(Seconds),
            elapsed_s: None,
            distance_m: mean(|i| Some(distance(i)?.0)).map(Metres),
            load: mean(|i| Some(i.training_load?.0)).map(Points),
            climb_m: None,
            ..Metrics::of(&group.known, speed_reading)
        };
        Self { id: group.id.clone(), count: group.count, metrics }
    }
}

fn duration(i: &IntervalRecord) -> Option<Seconds> {
    i.moving_time.filter(|time| time.0 > 0.0).or(i.elapsed_time)
}

fn distance(i: &IntervalRecord) -> Option<Metres> {
    i.distance.filter(|distance| distance.0 > 0.0)
}

impl Metrics {
    fn of(i: &IntervalRecord, speed_reading: Reading) -> Self {
        let speed = i.average_speed.filter(|speed| speed.0 > 0.0).map(|speed| Sample(speed_reading, speed.0));
        let is_paced = speed_reading != Reading::Speed(SpeedReading::Speed);
        Self {
            duration_s: duration(i),
            elapsed_s: i.elapsed_time.filter(|elapsed| Some(*elapsed) != duration(i)),
            distance_m: distance(i),
            avg_power_w: i.average_watts,
            weighted_power_w: i.weighted_average_watts,
            max_power_w: i.max_watts,
            zone: i.zone,
            intensity_pct: i.intensity,
            load: i.training_load,
            avg_hr_bpm: i.average_heartrate,
            max_hr_bpm: i.max_heartrate,
            cadence_rpm: i.average_cadence,
            speed_mps: speed.filter(|_| !is_paced),
            pace_mps: speed.filter(|_| is_paced),
            gap_mps: i.gap.filter(|gap| is_paced && gap.0 > 0.0).map(|gap| Sample(speed_reading, gap.0)),
            stride_m: i.average_stride,
            climb_m: i.total_elevation_gain,
            decoupling_pct: i.decoupling,
            right_pct: i.avg_lr_balance,
            dfa_a1: i.average_dfa_a1,
            smo2_pct: i.average_smo2,
        }
    }
}

#[cfg(test)]
mod tests;
