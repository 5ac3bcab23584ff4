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

/// What is shown unless other streams are asked for.
const USUAL: [&str; 5] = ["watts", "heartrate", "cadence", "velocity_smooth", "altitude"];
/// Rows of an answer, unless they are many columns wide: then fewer, so that the whole stays about as long.
const ROWS: usize = 200;
const VALUES: usize = 1000;
/// The most rows, whatever is asked for.
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
    // The first and the last sample alone have no shape.
    if let Some(rows @ 0..3) = args.max_points {
        return Err(Error::new(format!("max_points is {rows}"), format!("Ask for 3 to {CAP} rows.")));
    }
    if args.from.zip(args.to).is_some_and(|(from, to)| from >= to) {
        return Err(Error::new("from is not before to", "Give the seconds in their order."));
    }
    let wanted: Vec<String> = match &words {
        Some(words) => words.iter().flat_map(|word| reading::candidates(word)).filter(|name| name != "time").collect(),
        None => USUAL.map(String::from).into(),
    };
    let types: Vec<&str> = std::iter::once("time").chain(wanted.iter().map(String::as_str)).collect();
    let work = activity.streams(&types);
    let (found_activity, found) = activity.beside(&notes, work).await?;
    let known = Known { activity: found_activity, withheld: found.is_none() };
    let mut found = found.unwrap_or_default();
    let asked = words.map(|words| known.named(&words, &found));
    if let Some(asked) = &asked {
        // What else the words may have meant.
        found.retain(|stream| !wanted.contains(&stream.kind) || asked.contains(&stream.kind));
    }
    match &asked {
        Some(names) => known.check(names, &found, &notes)?,
        None if found.is_empty() && !known.withheld => notes.add("nothing was recorded"),
        None => {}
    }
    // In the order asked for.
    found.sort_by_key(|stream| types.iter().position(|name| *name == stream.kind));
    let sport = known.activity.sport.as_deref();
    let range = Range::of(&found, args.from, args.to)?;
    let mut answer = Streams {
        samples: range.x.len(),
        summary: vec![],
        empty: vec![],
        other_streams: known.others(&found),
        series: Columns::default(),
        activity_id: activity.id().into(),
        sport: known.activity.sport.clone(),
    };
    let mut series = vec![];
    for stream in &found {
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
    // Time alone is shown only to those who ask for nothing else.
    if !series.is_empty() || (wanted.is_empty() && !range.x.is_empty()) {
        answer.series = sampled(&range, series, rows, &notes);
    }
    Ok(answer)
}

/// The activity, as far as its streams are concerned.
struct Known {
    activity: Full,
    withheld: bool,
}

impl Known {
    /// The streams that are asked for, by the names they have here.
    fn named(&self, words: &[String], found: &[ActivityStream]) -> Vec<String> {
        let found = found.iter().map(|stream| stream.kind.clone());
        let known: Vec<_> = found.chain(self.activity.streams.iter().cloned()).collect();
        words.iter().map(|word| reading::named(word, &known)).collect()
    }

    /// Whether what was asked for by name is there; when none of it is, that is an error.
    fn check(&self, asked: &[String], found: &[ActivityStream], notes: &Notes) -> Result<()> {
        let there = |name: &&String| found.iter().any(|stream| stream.kind == **name);
        let missing: Vec<_> = asked.iter().filter(|name| !there(name)).map(String::as_str).collect();
        if missing.is_empty() || self.withheld {
            return Ok(());
        }
        let problem = format!("there is no stream {} in {}", missing.join(", "), self.activity.id);
        if missing.len() < asked.len() {
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
