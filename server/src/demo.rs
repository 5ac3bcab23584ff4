//! `--demo`: an in-memory Intervals.icu instead of the real one.
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// A running demo, and the clock that goes with it.
pub struct Demo {
    /// Holds the server.
    pub service: intervals_demo::Demo,
    /// When the demo's day is a given one: its noon, where the athlete lives.
    pub now: Option<Timestamp>,
}

/// Starts the demo on `day`, or on the athlete's own today.
pub async fn start(day: Option<Date>) -> anyhow::Result<Demo> {
    let zone = TimeZone::get(intervals_demo::ZONE)?;
    let now = day.map(|day| day.at(12, 0, 0, 0).to_zoned(zone.clone())).transpose()?;
    let today = day.unwrap_or_else(|| Timestamp::now().to_zoned(zone).date());
    let options = intervals_demo::Options { today, ..intervals_demo::Options::default() };
    let service = intervals_demo::Demo::start_with(options).await?;
    Ok(Demo { service, now: now.map(|now| now.timestamp()) })
}

/// Whether the demo can be on this day: its history is of this century.
pub fn possible(day: Date) -> bool {
    (2010..2100).contains(&day.year())
}
