//! `icu_get_best_efforts`
use std::future::ready;

use futures::future::{join, try_join_all};
use intervals_core::{
    ActivityRef, Error, List, Notes, Result,
    client::{Effort, EffortQuery, sports},
    records::activity::Full,
    tool,
    units::{Count, Metres, Seconds, SpeedReading},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    clock::Clock,
    reading::{self, Reading, Sample},
};

/// Default lengths: seconds, and metres.
const SHORT: &[u32] = &[5, 30, 60, 300, 1200, 3600];
const LONG: &[u32] = &[60, 300, 1200, 3600];
const RUN: &[f64] = &[400.0, 1000.0, 1609.344, 5000.0, 10_000.0, 21_097.5];
const SWIM: &[f64] = &[100.0, 200.0, 400.0, 800.0, 1500.0];

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// watts (default), heartrate, velocity_smooth (default of runs and swims), …
    #[schemars(example = &"watts")]
    stream: Option<String>,
    /// Length in seconds; default the usual ones.
    #[schemars(example = 300)]
    duration: Option<u32>,
    /// Length in metres.
    #[schemars(example = 1000.0)]
    distance: Option<f64>,
    /// Efforts per length; default 8, of usual lengths 1.
    #[schemars(example = 3)]
    count: Option<usize>,
}

#[derive(Serialize, JsonSchema)]
struct Best {
    activity_id: String,
    stream: Option<String>,
    efforts: List<Row>,
}

// One effort; its mean is in the column of the stream's unit.
#[derive(Serialize, JsonSchema)]
struct Row {
    duration_s: Option<Seconds>,
    distance_m: Option<Metres>,
    /// From the start of the activity.
    start_s: Option<Seconds>,
    /// Where the activity has no clock.
    start_sample: Option<Count>,
    power_w: Option<Sample>,
    hr_bpm: Option<Sample>,
    cadence_rpm: Option<Sample>,
    speed_mps: Option<Sample>,
    pace_mps: Option<Sample>,
    /// In the stream's own unit.
    mean: Option<Sample>,
}

#[derive(Clone, Copy)]
enum Length {
    Seconds(u32),
    Metres(f64),
}

/// BEST stretches of one activity by mean power, heart rate or pace.
#[tool(read, title = "Best efforts")]
async fn icu_get_best_efforts(activity: ActivityRef, notes: Notes, args: Args) -> Result<Best> {
    let requested = lengths(&args)?;
    if let Some(count @ (0 | 101..)) = args.count {
        return Err(Error::new(format!("count is {count}"), "Ask for 1 to 100 efforts."));
    }
    let (opened, shared) = activity.beside(&notes, ready(Ok(()))).await?;
    let none = |stream| Best { activity_id: opened.id.clone(), stream, efforts: vec![].into() };
    if shared.is_none() {
        return Ok(none(None));
    }
    let Some(stream) = stream_to_search(&opened, args.stream.as_deref())? else {
        notes.add("nothing was recorded that could be searched");
        return Ok(none(None));
    };
    let count = args.count.unwrap_or(if requested.is_empty() { 1 } else { 8 });
    let lengths = if requested.is_empty() { default_lengths(&opened, &stream) } else { requested };
    if lengths.is_empty() {
        notes.add("the activity is shorter than the usual lengths: give duration or distance");
        return Ok(none(Some(stream)));
    }
    let queries: Vec<_> = lengths.into_iter().map(|length| query(&stream, length, count)).collect();
    let efforts = try_join_all(queries.iter().map(|query| activity.best_efforts(query)));
    let (efforts, clock) = join(efforts, Clock::of(&activity)).await;
    let efforts = efforts?;
    let clock = clock.unwrap_or_else(|e| {
        notes.add(format!("efforts start at samples, since the time stream could not be read: {e}"));
        Clock::default()
    });
    let rows: Vec<_> =
        efforts.iter().flatten().map(|effort| Row::of(effort, &stream, opened.sport.as_deref(), &clock)).collect();
    if rows.is_empty() {
        notes.add("the service found no effort of that length");
    }
    Ok(Best { efforts: rows.into(), ..none(Some(stream)) })
}

/// Returns the requested lengths.
fn lengths(args: &Args) -> Result<Vec<Length>> {
    if let Some(duration @ (0 | 1_000_001..)) = args.duration {
        return Err(Error::new(format!("duration is {duration}"), "Give 1 to 1000000 seconds."));
    }
    if let Some(distance) = args.distance.filter(|distance| *distance <= 0.0 || *distance > 1e7) {
        return Err(Error::new(format!("distance is {distance}"), "Give more than 0 and up to 10000000 metres."));
    }
    let (duration, distance) = (args.duration.map(Length::Seconds), args.distance.map(Length::Metres));
    Ok(duration.into_iter().chain(distance).collect())
}

/// Returns the stream to search: the requested one, or the first default that was recorded.
fn stream_to_search(activity: &Full, requested: Option<&str>) -> Result<Option<String>> {
    let types = &activity.streams;
    let has = |name: &str| types.iter().any(|known| known == name);
    let Some(requested) = requested.map(|words| reading::stream_name(words, types)).filter(|name| !name.is_empty())
    else {
        let is_paced = reading::speed_reading(activity.sport.as_deref()) != Reading::Speed(SpeedReading::Speed);
        let order = if is_paced {
            ["velocity_smooth", "watts", "heartrate"]
        } else {
            ["watts", "heartrate", "velocity_smooth"]
        };
        return Ok(order.into_iter().find(|name| has(name)).map(Into::into));
    };
    if has(&requested) {
        return Ok(Some(requested));
    }
    let searchable = |name: &&String| !matches!(name.as_str(), "time" | "distance" | "latlng" | "moving");
    let known: Vec<_> = types.iter().filter(searchable).map(String::as_str).collect();
    let advice =
        if known.is_empty() { "Nothing was recorded.".into() } else { format!("It has {}.", known.join(", ")) };
    Err(Error::new(format!("there is no stream {requested} in {}", activity.id), advice))
}

/// Returns the default lengths of the sport and stream that fit in the activity; a length of 0 is unknown.
fn default_lengths(activity: &Full, stream: &str) -> Vec<Length> {
    let known_or_infinite = |length: Option<f64>| length.filter(|length| *length > 0.0).unwrap_or(f64::INFINITY);
    let distances = |metres: &[f64]| {
        let covered = known_or_infinite(activity.distance_m.map(|distance| distance.0));
        metres.iter().copied().filter(|metres| *metres <= covered).map(Length::Metres).collect()
    };
    let durations = |seconds: &[u32]| {
        let moved = known_or_infinite(activity.moving_time_s.map(|time| time.0));
        seconds.iter().copied().filter(|s| f64::from(*s) <= moved).map(Length::Seconds).collect()
    };
    match (stream, reading::speed_reading(activity.sport.as_deref())) {
        ("velocity_smooth", Reading::Speed(SpeedReading::Swim)) => distances(SWIM),
        ("velocity_smooth", Reading::Speed(SpeedReading::Row)) => distances(sports::ROWED),
        ("velocity_smooth", Reading::Speed(SpeedReading::Foot)) => distances(RUN),
        ("watts" | "raw_watts", _) => durations(SHORT),
        _ => durations(LONG),
    }
}

fn query(stream: &str, length: Length, count: usize) -> EffortQuery<'_> {
    let (duration, distance) = match length {
        Length::Seconds(seconds) => (Some(seconds), None),
        Length::Metres(metres) => (None, Some(metres)),
    };
    EffortQuery { stream, duration, distance, count }
}

impl Row {
    fn of(effort: &Effort, stream: &str, sport: Option<&str>, clock: &Clock) -> Self {
        let start_s = effort.start_index.and_then(|start| clock.second(start.0 as usize)).map(Seconds);
        let mut row = Self {
            duration_s: effort.duration,
            distance_m: effort.distance.filter(|distance| distance.0 > 0.0),
            start_s,
            start_sample: effort.start_index.filter(|_| start_s.is_none()),
            power_w: None,
            hr_bpm: None,
            cadence_rpm: None,
            speed_mps: None,
            pace_mps: None,
            mean: None,
        };
        let (key, reading) = reading::key_and_reading(stream, sport);
        let place = match key.as_ref() {
            "power_w" | "raw_power_w" | "fixed_power_w" => &mut row.power_w,
            "hr_bpm" | "raw_hr_bpm" | "fixed_hr_bpm" => &mut row.hr_bpm,
            "cadence_rpm" => &mut row.cadence_rpm,
            "speed_mps" => &mut row.speed_mps,
            "pace_mps" => &mut row.pace_mps,
            _ => &mut row.mean,
        };
        *place = effort.average.map(|average| Sample(reading, average.0));
        row
    }
}

#[cfg(test)]
mod tests;
