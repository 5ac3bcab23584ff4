//! Days as they are seen from today.
use jiff::{
    Span as Time, ToSpan,
    civil::{Date, Weekday},
};

use super::{Context, Span};

/// `last week`, `next 3 days`, `past six weeks`, `2 weeks ago`, `last monday`, `saturday`, `this weekend`, `last night`.
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
        weekday(word).map_or_else(|| weekend(word, direction, today), |day| on(day, direction, today)).map(|s| (s, 1))
    };
    counted().or_else(directed).or_else(bare)
}

/// With a number.
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

/// With a word for when.
fn directed(direction: &str, unit: &str, today: Date) -> Option<Span> {
    if let Some(day) = weekday(unit) {
        return on(day, direction, today);
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

/// A weekday: `on` it is the one that was, `this` the one that comes, today both.
fn on(weekday: Weekday, direction: &str, today: Date) -> Option<Span> {
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

/// Saturday and Sunday, by the same words.
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

/// The whole week, month, quarter or year.
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

/// A number in figures or as a word, and how many words that takes.
fn count(words: &[&str]) -> Option<(i64, usize)> {
    const NUMBERS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    match words {
        ["a", rest @ ..] if matches!(rest, ["couple" | "few", ..]) => count(rest).map(|(n, used)| (n, used + 1)),
        ["couple", "of", ..] => Some((2, 2)),
        ["couple", ..] => Some((2, 1)),
        // Rather a day too many.
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
