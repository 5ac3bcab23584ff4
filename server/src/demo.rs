//! `--demo`: an in-memory Intervals.icu instead of the real one.
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// A running demo and its fixed time.
pub struct Demo {
    /// The demo's server, which runs until this is dropped.
    pub service: intervals_demo::Demo,
    /// Noon of the requested day in the athlete's time zone; `None` if the real time is used.
    pub now: Option<Timestamp>,
}

/// Starts the demo on `day`, or on the athlete's current date.
pub async fn start(day: Option<Date>) -> anyhow::Result<Demo> {
    let zone = TimeZone::get(intervals_demo::ZONE)?;
    let now = day.map(|day| day.at(12, 0, 0, 0).to_zoned(zone.clone())).transpose()?;
    let today = day.unwrap_or_else(|| Timestamp::now().to_zoned(zone).date());
    let options = intervals_demo::Options { today, ..intervals_demo::Options::default() };
    let service = intervals_demo::Demo::start_with(options).await?;
    Ok(Demo { service, now: now.map(|now| now.timestamp()) })
}

/// Whether the demo can start on this day: 2010 to 2099.
pub fn covers(day: Date) -> bool {
    (2010..2100).contains(&day.year())
}
