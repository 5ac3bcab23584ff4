//! Parses days that are relative to today.
use jiff::{
    Span as Time, ToSpan,
    civil::{Date, Weekday},
};

use super::{Context, Span};

/// Parses `last week`, `next 3 days`, `past six weeks`, `2 weeks ago`, `last monday`, `saturday`, `this weekend`, `last night`.
pub fn read(words: &[&str], context: Context<'_>) -> Option<(Span, usize)> {
    let today = context.today;
    let counted = || counted(words, today);
    let directed = || match words {
        [direction, unit, ..] => directed(direction, unit, today).map(|span| (span, 2)),
        _ => None,
    };
    let bare = || {
        let direction = if context.ahead { "this" } else { "on" };
        let word = words.first()?;
        weekday(word)
            .map_or_else(|| weekend(word, direction, today), |day| directed_weekday(day, direction, today))
            .map(|s| (s, 1))
    };
    counted().or_else(directed).or_else(bare)
}

/// Parses a number of days, weeks and so on.
fn counted(words: &[&str], today: Date) -> Option<(Span, usize)> {
    let ahead = match words.first()? {
        &"last" | &"past" | &"previous" => Some(false),
        &"next" | &"coming" | &"upcoming" => Some(true),
        _ => None,
    };
    let skipped = usize::from(ahead.is_some());
    let (count, used) = count(words.get(skipped..)?)?;
    let used = skipped + used;
    let unit = words.get(used)?;
    let length = length(count, unit)?;
    match ahead {
        Some(true) => Some((Span { first: today, last: today.saturating_add(length) }, used + 1)),
        Some(false) => Some((Span { first: today.saturating_sub(length), last: today }, used + 1)),
        None if words.get(used + 1) == Some(&"ago") => {
            let day = today.saturating_sub(length);
            Some((around(day, unit.trim_end_matches('s')).unwrap_or(Span::day(day)), used + 2))
        }
        None => None,
    }
}

/// Parses a direction, such as `last`, and a unit or a weekday.
fn directed(direction: &str, unit: &str, today: Date) -> Option<Span> {
    if let Some(day) = weekday(unit) {
        return directed_weekday(day, direction, today);
    }
    match (direction, unit) {
        // Sleep is kept on the day of waking.
        ("last", "night") => return Some(Span { first: today.yesterday().ok()?, last: today }),
        ("this", "morning" | "afternoon" | "evening") => return Some(Span::day(today)),
        (_, "weekend") => return weekend(unit, direction, today),
        _ => {}
    }
    let day = match direction {
        "this" | "current" => today,
        "last" | "past" | "previous" => today.saturating_sub(length(1, unit)?),
        "next" | "coming" | "upcoming" => today.saturating_add(length(1, unit)?),
        _ => return None,
    };
    around(day, unit)
}

/// Returns a weekday: the past one for `on`, the coming one for `this`; today is both.
fn directed_weekday(weekday: Weekday, direction: &str, today: Date) -> Option<Span> {
    let day = match direction {
        "last" | "past" | "previous" => today.nth_weekday(-1, weekday),
        "next" | "coming" | "upcoming" => today.nth_weekday(1, weekday),
        "this" | "on" if today.weekday() == weekday => Ok(today),
        "this" => today.nth_weekday(1, weekday),
        "on" => today.nth_weekday(-1, weekday),
        _ => return None,
    };
    day.ok().map(Span::day)
}

/// Returns Saturday and Sunday, for the same directions.
fn weekend(word: &str, direction: &str, today: Date) -> Option<Span> {
    let this = Span::week_of(today).first.saturating_add(5.days());
    let weeks = match direction {
        _ if word != "weekend" => return None,
        "last" | "past" | "previous" => -1,
        "next" => 1,
        "this" | "coming" | "upcoming" => 0,
        "on" => -i64::from(today < this),
        _ => return None,
    };
    let first = this.saturating_add(weeks.weeks());
    Some(Span { first, last: first.saturating_add(1.day()) })
}

/// Returns the whole week, month, quarter or year of a day.
fn around(day: Date, unit: &str) -> Option<Span> {
    match unit {
        "week" => Some(Span::week_of(day)),
        "month" => Span::months(day.year(), day.month(), 1),
        "quarter" => Span::months(day.year(), (day.month() - 1) / 3 * 3 + 1, 3),
        "year" => Span::months(day.year(), 1, 12),
        _ => None,
    }
}

fn length(count: i64, unit: &str) -> Option<Time> {
    match unit.trim_end_matches('s') {
        "day" => Some(count.days()),
        "week" => Some(count.min(5000).weeks()),
        "month" => Some(count.min(1200).months()),
        "quarter" => Some((3 * count.min(400)).months()),
        "year" => Some(count.min(100).years()),
        _ => None,
    }
}

/// Parses a number in figures or as a word; returns the number of words too.
fn count(words: &[&str]) -> Option<(i64, usize)> {
    const NUMBERS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    match words {
        ["a", rest @ ..] if matches!(rest, ["couple" | "few", ..]) => count(rest).map(|(n, used)| (n, used + 1)),
        ["couple", "of", ..] => Some((2, 2)),
        ["couple", ..] => Some((2, 1)),
        // Too many days are better than too few.
        ["few", ..] => Some((4, 1)),
        ["a" | "an", ..] => Some((1, 1)),
        [word, ..] => {
            let figures = word.parse::<u16>().ok().map(i64::from);
            let named = || NUMBERS.iter().position(|name| name == word).and_then(|n| i64::try_from(n + 1).ok());
            figures.or_else(named).map(|n| (n, 1))
        }
        [] => None,
    }
}

pub fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}
