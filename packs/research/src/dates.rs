//! Parses dates and words for dates in a query. Weeks begin on Monday.
mod numeric;
mod relative;
mod yearly;

use jiff::{
    Span as Time, ToSpan,
    civil::{Date, date},
};

pub use numeric::is_numeric;
pub use relative::weekday;

/// The first day that a search covers.
pub const EARLIEST: Date = date(2005, 1, 1);

/// Days from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub first: Date,
    pub last: Date,
}

impl Span {
    pub fn day(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// Returns whether it has a day in common with `other`.
    pub fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Returns the span from the earlier first day to the later last one.
    pub fn with(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// Returns the days of both; `self` when there are none.
    pub fn within(self, other: Self) -> Self {
        match self.meets(other) {
            true => Self { first: self.first.max(other.first), last: self.last.min(other.last) },
            false => self,
        }
    }

    pub fn week_of(day: Date) -> Self {
        let first = monday(day);
        Self { first, last: first.saturating_add(6.days()) }
    }

    /// Returns `months` months from the first day of `month`; `None` when the calendar ends before.
    fn months(year: i16, month: i8, months: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        let last = first.checked_add(Time::new().months(months)).and_then(Date::yesterday).ok()?;
        Some(Self { first, last })
    }

    /// Returns its first, middle or last third; all of it when it is shorter than a week.
    fn third(self, part: Part) -> Self {
        let days = (self.last - self.first).get_days() + 1;
        let [least, most] = [days / 3, (days + 2) / 3];
        let (skipped, dropped) = match part {
            _ if days < 7 => (0, 0),
            Part::Early => (0, days - most),
            Part::Mid => (least, least),
            Part::Late => (days - most, 0),
        };
        Self { first: self.first.saturating_add(skipped.days()), last: self.last.saturating_sub(dropped.days()) }
    }
}

/// Returns the Monday of a day's week.
pub fn monday(day: Date) -> Date {
    day.saturating_sub(Time::new().days(day.weekday().to_monday_zero_offset()))
}

/// Context that decides what the words of a date mean.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub today: Date,
    /// The word before, not counting articles.
    pub before: Option<&'a str>,
    /// Whether the query asks for the future.
    pub ahead: bool,
}

#[derive(Debug, Clone, Copy)]
enum Part {
    Early,
    Mid,
    Late,
}

/// Parses the first words as a date; returns its days and the number of words. A future date without a year is also last
/// year's.
pub fn read(words: &[&str], context: Context<'_>) -> Option<(Vec<Span>, usize)> {
    let Some((part, used)) = part(words) else { return without_part(words, context) };
    let (spans, more) = without_part(words.get(used..)?, Context { before: Some("of"), ..context })?;
    Some((spans.into_iter().map(|span| span.third(part)).collect(), used + more))
}

fn without_part(words: &[&str], context: Context<'_>) -> Option<(Vec<Span>, usize)> {
    yearly::read(words, context)
        .or_else(|| numeric::read(words.first()?, context.today).map(|spans| (spans, 1)))
        .or_else(|| relative::read(words, context).map(|(span, used)| (vec![span], used)))
}

/// Parses `early`, `end of` and the like; returns the number of words too.
fn part(words: &[&str]) -> Option<(Part, usize)> {
    Some(match words {
        ["early", ..] => (Part::Early, 1),
        ["mid", ..] => (Part::Mid, 1),
        ["late", ..] => (Part::Late, 1),
        ["beginning" | "start", "of", ..] => (Part::Early, 2),
        ["middle", "of", ..] => (Part::Mid, 2),
        ["end", "of", ..] => (Part::Late, 2),
        _ => return None,
    })
}

/// Parses a year in which training may be recorded or planned; 2000 is more likely a distance.
fn year(word: &str, today: Date) -> Option<i16> {
    let year = word.parse().ok().filter(|_| word.len() == 4)?;
    (EARLIEST.year()..=today.year() + 2).contains(&year).then_some(year)
}
