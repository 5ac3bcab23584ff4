//! Starts and ends of events as the service stores them: an end is exclusive.
use intervals_core::{
    Error, LocalTime, Result,
    records::{
        DayOrMinute,
        event::{Fields, Full},
    },
};
use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};

/// The end in the arguments of a call.
pub struct End {
    /// The argument's name.
    name: &'static str,
    written: LocalTime,
    /// The end to send.
    pub stored: DateTime,
}

/// Returns the end in the arguments: the last day (`end_date`), or the exclusive end (`end_date_local`).
pub fn given_end(fields: &Fields) -> Option<End> {
    let last = fields.end_date.map(|last| End { name: "end_date", written: last, stored: exclusive_end(last) });
    let own = || fields.end_date_local.map(|own| End { name: "end_date_local", written: own, stored: own.start() });
    last.or_else(own)
}

/// Checks that the given end is after the start.
pub fn check(fields: &Fields, start: DateTime) -> Result<()> {
    let Some(End { name, written, .. }) = given_end(fields).filter(|end| end.stored <= start) else { return Ok(()) };
    let end = written.start();
    let how = if end < start { "before" } else { "not after" };
    let what = if fields.start_date.is_some() { "start_date" } else { "the start," };
    let swappable = end < start && fields.start_date.is_some_and(|written| written.start() == start);
    let advice = if swappable { "Swap the two." } else { "Give a later end, or an earlier start_date." };
    let (end, start) = (DayOrMinute::from(end), DayOrMinute::from(start));
    Err(Error::new(format!("{name} {end} is {how} {what} {start}"), advice))
}

/// Returns the end to send for an event that moves to `start`: the given one, else the one that keeps the length.
pub fn moved_end(fields: &Fields, old: &Full, start: Option<DateTime>) -> Option<DateTime> {
    if let Some(end) = given_end(fields) {
        return Some(end.stored);
    }
    let (start, old_start, old_end) = (start?, old.start()?, old.end()?);
    if old_end <= old_start {
        return None;
    }
    if is_midnight(old_end) {
        // Whole days stay whole days, also when the first one gets a time of day.
        let last = old.last_day()?;
        return Some(midnight_after(start.date().saturating_add(old_start.date().until(last).ok()?)));
    }
    start.checked_add(old_start.until(old_end).ok()?).ok()
}

/// Returns the new start. A day without a time keeps the time of the `old` start.
pub fn moved_start(start: LocalTime, old: Option<DateTime>) -> DateTime {
    old.map_or(start.start(), |old| start.or(old.time()))
}

/// Formats a local time for the service.
pub fn stamp(time: DateTime) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// Returns the exclusive end for a last day or a last moment.
fn exclusive_end(last: LocalTime) -> DateTime {
    if is_midnight(last.start()) { midnight_after(last.date) } else { last.start() }
}

/// Returns whether the time stands for a whole day.
fn is_midnight(time: DateTime) -> bool {
    time.time() == Time::midnight()
}

/// Returns the midnight at the end of the day.
fn midnight_after(day: Date) -> DateTime {
    day.saturating_add(1.day()).at(0, 0, 0, 0)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{from_value, json};

    use super::*;

    #[rstest]
    #[case("2026-07-10", "2026-07-10T00:00:00", "2026-07-11T00:00:00")]
    #[case("2026-07-10T06:30", "2026-07-10T06:30:00", "2026-07-10T06:30:00")]
    #[case("2026-07-10 06:30:15", "2026-07-10T06:30:15", "2026-07-10T06:30:15")]
    fn a_day_ends_at_the_next_midnight(#[case] text: &str, #[case] start: &str, #[case] end: &str) {
        let moment: LocalTime = from_value(json!(text)).unwrap();
        assert_eq!((stamp(moment.start()).as_str(), stamp(exclusive_end(moment)).as_str()), (start, end));
    }
}
