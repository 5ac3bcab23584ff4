//! `icu_get_activity_streams`
mod table;

use intervals_core::{
    ActivityRef, Error, Notes, Result,
    answer::Columns,
    arguments::json_or,
    client::{ActivityStream, sports::Sport},
    records::activity::Full,
    tool,
    units::Count,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    clock::Second,
    reading::{self, Sample},
};
use table::{Range, columns, sampled};

/// Default streams.
const USUAL: [&str; 5] = ["watts", "heartrate", "cadence", "velocity_smooth", "altitude"];
/// Default rows of an answer; [`VALUES`] allows fewer when there are many columns.
const ROWS: usize = 200;
/// Default values of an answer.
const VALUES: usize = 1000;
/// Maximum rows.
const CAP: usize = 1000;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Default watts, heartrate, cadence, velocity_smooth, altitude.
    #[serde(default, deserialize_with = "json_or")]
    #[schemars(example = &["watts", "latlng"])]
    streams: Option<Vec<String>>,
    /// Default about 200.
    #[schemars(example = 100)]
    max_points: Option<usize>,
    /// First second, or h:mm:ss.
    #[schemars(example = 600)]
    from: Option<Second>,
    /// Last second.
    #[schemars(example = 1200)]
    to: Option<Second>,
}

#[derive(Serialize, JsonSchema)]
struct Streams {
    activity_id: String,
    sport: Option<Sport>,
    /// Recorded in the range.
    samples: usize,
    /// Over all samples of the range, zeros included.
    summary: Vec<Summary>,
    /// Without a single value.
    empty: Vec<String>,
    other_streams: Vec<String>,
    series: Columns<Sample>,
}

// One series in three numbers.
#[derive(Serialize, JsonSchema)]
struct Summary {
    series: String,
    min: Sample,
    mean: Option<Sample>,
    max: Sample,
    /// Samples without a value.
    missing: Option<Count>,
    /// Ranges that the service corrected here.
    corrected: Option<Count>,
}

/// SERIES over time of one activity, downsampled; zoom with from and to.
#[tool(read, title = "Activity streams")]
async fn icu_get_activity_streams(activity: ActivityRef, notes: Notes, args: Args) -> Result<Streams> {
    let words = args.streams.filter(|words| !words.is_empty());
    // Two rows would be the first and the last sample, which have no shape.
    if let Some(rows @ 0..3) = args.max_points {
        return Err(Error::new(format!("max_points is {rows}"), format!("Ask for 3 to {CAP} rows.")));
    }
    if args.from.zip(args.to).is_some_and(|(from, to)| from >= to) {
        return Err(Error::new("from is not before to", "Give the seconds in their order."));
    }
    let candidates: Vec<String> = match &words {
        Some(words) => words.iter().flat_map(|word| reading::candidates(word)).filter(|name| name != "time").collect(),
        None => USUAL.map(String::from).into(),
    };
    let types: Vec<&str> = std::iter::once("time").chain(candidates.iter().map(String::as_str)).collect();
    let work = activity.streams(&types);
    let (found_activity, streams) = activity.beside(&notes, work).await?;
    let known = Known { activity: found_activity, withheld: streams.is_none() };
    let mut streams = streams.unwrap_or_default();
    let requested = words.map(|words| known.stream_names(&words, &streams));
    if let Some(requested) = &requested {
        // Drops the other candidates of each word.
        streams.retain(|stream| !candidates.contains(&stream.kind) || requested.contains(&stream.kind));
    }
    match &requested {
        Some(names) => known.check(names, &streams, &notes)?,
        None if streams.is_empty() && !known.withheld => notes.add("nothing was recorded"),
        None => {}
    }
    // In the requested order.
    streams.sort_by_key(|stream| types.iter().position(|name| *name == stream.kind));
    let sport = known.activity.sport.as_deref();
    let range = Range::of(&streams, args.from, args.to)?;
    let mut answer = Streams {
        samples: range.x.len(),
        summary: vec![],
        empty: vec![],
        other_streams: known.others(&streams),
        series: Columns::default(),
        activity_id: activity.id().into(),
        sport: known.activity.sport.clone(),
    };
    let mut series = vec![];
    for stream in &streams {
        if stream.kind == "time" {
            continue;
        }
        if stream.data.nested {
            notes.add(format!("{} holds several values a sample and is not shown", stream.kind));
        } else if stream.all_null == Some(true) || stream.data.values.iter().all(Option::is_none) {
            answer.empty.push(stream.kind.clone());
        } else {
            let (column, summary) = columns(stream, sport, &range);
            series.extend(column);
            answer.summary.extend(summary);
        }
    }
    let rows = args.max_points.map_or(ROWS.min(VALUES / (series.len() + 1)), |rows| rows.min(CAP));
    // Time alone is shown only when nothing else is requested.
    if !series.is_empty() || (candidates.is_empty() && !range.x.is_empty()) {
        answer.series = sampled(&range, series, rows, &notes);
    }
    Ok(answer)
}

/// The activity, and whether its streams are withheld.
struct Known {
    activity: Full,
    withheld: bool,
}

impl Known {
    /// Returns the names that the requested streams have in this activity.
    fn stream_names(&self, words: &[String], streams: &[ActivityStream]) -> Vec<String> {
        let streams = streams.iter().map(|stream| stream.kind.clone());
        let known: Vec<_> = streams.chain(self.activity.streams.iter().cloned()).collect();
        words.iter().map(|word| reading::stream_name(word, &known)).collect()
    }

    /// Adds a note for requested streams that are missing; fails when all are.
    fn check(&self, requested: &[String], streams: &[ActivityStream], notes: &Notes) -> Result<()> {
        let exists = |name: &&String| streams.iter().any(|stream| stream.kind == **name);
        let missing: Vec<_> = requested.iter().filter(|name| !exists(name)).map(String::as_str).collect();
        if missing.is_empty() || self.withheld {
            return Ok(());
        }
        let problem = format!("there is no stream {} in {}", missing.join(", "), self.activity.id);
        if missing.len() < requested.len() {
            notes.add(problem);
            return Ok(());
        }
        let advice = match self.activity.streams.as_slice() {
            [] => "Nothing was recorded; see icu_get_activity_details.".into(),
            types => format!("It has {}.", types.join(", ")),
        };
        Err(Error::new(problem, advice))
    }

    fn others(&self, shown: &[ActivityStream]) -> Vec<String> {
        let hidden = |name: &&String| !shown.iter().any(|stream| stream.kind == **name);
        self.activity.streams.iter().filter(hidden).cloned().collect()
    }
}

#[cfg(test)]
mod tests;
