//! Parses parts of a year: months and their days, quarters, seasons.
use jiff::civil::Date;

use super::{Context, Span, year};

/// Part of a year.
#[derive(Debug, Clone, Copy)]
struct Period {
    /// The first month.
    month: i8,
    months: i8,
    day: Option<i8>,
    /// Whether the word alone means it: "may", "fall" and abbreviations do not.
    clear: bool,
}

impl Period {
    fn of(self, year: i16) -> Option<Span> {
        match self.day {
            Some(day) => Date::new(year, self.month, day).ok().map(Span::day),
            None => Span::months(year, self.month, self.months),
        }
    }

    /// Returns it in a named year; a winter counts for the year in which it begins and for the one in which it ends.
    fn named(self, year: i16) -> Vec<Span> {
        let before = (self.month + self.months > 13).then(|| self.of(year - 1)).flatten();
        before.into_iter().chain(self.of(year)).collect()
    }
}

/// Parses `july 2026`, `2026 july`, `5 july 2026`, `july 5th`, `july`, `q2`, `last summer`.
pub fn read(words: &[&str], context: Context<'_>) -> Option<(Vec<Span>, usize)> {
    let today = context.today;
    let named = |word: &str| year(word, today);
    let (spans, used) = match words {
        [year, rest @ ..] if named(year).is_some() => {
            let (period, used) = period(rest)?;
            (period.named(named(year)?), used + 1)
        }
        ["last" | "past" | "previous", rest @ ..] => {
            let (period, used) = period(rest)?;
            let over = (0..=2).filter_map(|back| period.of(today.year() - back)).find(|span| span.last < today);
            (Vec::from_iter(over), used + 1)
        }
        ["next" | "coming" | "upcoming", rest @ ..] => {
            let (period, used) = period(rest)?;
            let ahead = (0..=1).filter_map(|on| period.of(today.year() + on)).find(|span| span.first > today);
            (Vec::from_iter(ahead), used + 1)
        }
        ["this", rest @ ..] => {
            let (period, used) = period(rest)?;
            let mut years = [today.year() - 1, today.year()].into_iter().filter_map(|year| period.of(year));
            (Vec::from_iter(years.find(|span| span.last >= today).or(period.of(today.year()))), used + 1)
        }
        _ => {
            let (period, used) = period(words)?;
            let rest = words.get(used..).unwrap_or_default();
            match rest {
                [year, ..] if named(year).is_some() => (period.named(named(year)?), used + 1),
                ["of", year, ..] if named(year).is_some() => (period.named(named(year)?), used + 2),
                _ if period.clear || context.before.is_some_and(|word| LEADING.contains(&word)) => {
                    (nearest(period, today), used)
                }
                _ => return None,
            }
        }
    };
    (!spans.is_empty()).then_some((spans, used))
}

/// Words after which a name means a month or a season.
const LEADING: &[&str] = &[
    "after", "before", "between", "by", "during", "from", "in", "of", "over", "since", "through", "till", "to", "until",
];

/// Returns this year's, or last year's when there is none; a future one is also last year's.
fn nearest(period: Period, today: Date) -> Vec<Span> {
    let (this, last) = (period.of(today.year()), period.of(today.year() - 1));
    match this {
        Some(this) if this.first > today => [Some(this), last].into_iter().flatten().collect(),
        this => this.or(last).into_iter().collect(),
    }
}

fn period(words: &[&str]) -> Option<(Period, usize)> {
    let dated = |name: &str, day: &str| {
        Some(Period { month: month(name)?, months: 1, day: Some(day_of_month(day)?), clear: true })
    };
    match words {
        [day, "of", name, ..] if dated(name, day).is_some() => Some((dated(name, day)?, 3)),
        [one, other, ..] if dated(other, one).is_some() => Some((dated(other, one)?, 2)),
        [one, other, ..] if dated(one, other).is_some() => Some((dated(one, other)?, 2)),
        [ordinal, "quarter", ..] => {
            let n = ["first", "second", "third", "fourth"].iter().position(|name| name == ordinal)?;
            Some((quarter(i8::try_from(n).ok()? + 1), 2))
        }
        [name, ..] => {
            let months = || Some(Period { month: month(name)?, months: 1, day: None, clear: name.len() > 3 });
            let quarters = || name.strip_prefix('q')?.parse().ok().filter(|n| (1..=4).contains(n)).map(quarter);
            months().or_else(quarters).or_else(|| season(name)).map(|period| (period, 1))
        }
        [] => None,
    }
}

fn quarter(n: i8) -> Period {
    Period { month: 3 * n - 2, months: 3, day: None, clear: true }
}

/// Parses the seasons of the northern hemisphere, in whole months.
fn season(name: &str) -> Option<Period> {
    let month = match name {
        "spring" => 3,
        "summer" => 6,
        "autumn" | "fall" => 9,
        "winter" => 12,
        _ => return None,
    };
    Some(Period { month, months: 3, day: None, clear: false })
}

fn day_of_month(word: &str) -> Option<i8> {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    number.parse().ok().filter(|day| (1..=31).contains(day))
}

fn month(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is = |name: &&str| *name == word || name.get(..3) == Some(word) || (word == "sept" && *name == "september");
    NAMES.iter().position(is).and_then(|n| i8::try_from(n + 1).ok())
}
