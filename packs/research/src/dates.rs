//! Dates, and words for dates, in what is searched for. Weeks begin on Monday.
use icu_core::Day;
use jiff::{
    Span as Time, ToSpan,
    civil::{Date, Weekday, date},
};

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

    /// Whether it has a day in common with `other`.
    pub fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// From the earlier first day to the later last one.
    pub fn with(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    pub fn week_of(day: Date) -> Self {
        let first = monday(day);
        Self { first, last: first.saturating_add(6.days()) }
    }

    fn month_of(day: Date) -> Self {
        Self { first: day.first_of_month(), last: day.last_of_month() }
    }

    fn year_of(day: Date) -> Self {
        Self { first: day.first_of_year(), last: day.last_of_year() }
    }
}

/// The Monday of a day's week.
pub fn monday(day: Date) -> Date {
    day.saturating_sub(Time::new().days(day.weekday().to_monday_zero_offset()))
}

/// What the first words mean as a date, and how many of them it takes. A month without a year that lies ahead is also
/// last year's.
pub fn read(words: &[&str], today: Date) -> Option<(Vec<Span>, usize)> {
    let named = || in_month(words, today);
    let one = || one_word(words.first()?, today).map(|span| (vec![span], 1));
    let relative = || relative(words, today).map(|(span, used)| (vec![span], used));
    named().or_else(one).or_else(relative)
}

fn one_word(word: &str, today: Date) -> Option<Span> {
    match word {
        "today" => return Some(Span::day(today)),
        "yesterday" => return today.yesterday().ok().map(Span::day),
        "tomorrow" => return today.tomorrow().ok().map(Span::day),
        _ => {}
    }
    if let Ok(Day(day)) = word.parse() {
        return Some(Span::day(day));
    }
    match word.split_once('-') {
        Some((year, month)) if month.len() == 2 => {
            first_of(self::year(year, today)?, month.parse().ok()?).map(Span::month_of)
        }
        Some(_) => None,
        None => first_of(year(word, today)?, 1).map(Span::year_of),
    }
}

/// `july 2026`, `5 july 2026`, `july 5th`, `july`.
fn in_month(words: &[&str], today: Date) -> Option<(Vec<Span>, usize)> {
    let (month, day, used) = match words {
        [first, second, ..] if day_of_month(first).is_some() && month(second).is_some() => {
            (month(second)?, day_of_month(first), 2)
        }
        [first, second, ..] if month(first).is_some() && day_of_month(second).is_some() => {
            (month(first)?, day_of_month(second), 2)
        }
        [first, ..] => (month(first)?, None, 1),
        [] => return None,
    };
    let in_year = |year| match day {
        Some(day) => Date::new(year, month, day).ok().map(Span::day),
        None => first_of(year, month).map(Span::month_of),
    };
    if let Some(year) = words.get(used).and_then(|word| year(word, today)) {
        return in_year(year).map(|span| (vec![span], used + 1));
    }
    // By themselves these say less than a month: "may", and what is cut short.
    if day.is_none() && words.first().is_none_or(|word| word.len() <= 3) {
        return None;
    }
    let this = in_year(today.year());
    let last = || in_year(today.year() - 1);
    let spans: Vec<_> = match this {
        Some(this) if this.first > today => [Some(this), last()].into_iter().flatten().collect(),
        this => this.or_else(last).into_iter().collect(),
    };
    (!spans.is_empty()).then_some((spans, used))
}

/// `last week`, `next 3 days`, `2 weeks ago`, `last monday`.
fn relative(words: &[&str], today: Date) -> Option<(Span, usize)> {
    let back = |span| today.saturating_sub(span);
    let ahead = |span| today.saturating_add(span);
    match words {
        [direction, count, unit, ..] if count.parse::<u16>().is_ok() => {
            let length = length(count, unit)?;
            match *direction {
                "last" | "past" | "previous" => Some((Span { first: back(length), last: today }, 3)),
                "next" | "coming" => Some((Span { first: today, last: ahead(length) }, 3)),
                _ => None,
            }
        }
        [count, unit, "ago", ..] => {
            let day = back(length(count, unit)?);
            Some((around(day, unit.trim_end_matches('s')).unwrap_or(Span::day(day)), 3))
        }
        [direction, unit, ..] => {
            if let Some(weekday) = weekday(unit) {
                let day = match *direction {
                    "last" | "past" | "previous" => today.nth_weekday(-1, weekday),
                    "next" | "coming" => today.nth_weekday(1, weekday),
                    "this" | "on" if today.weekday() == weekday => Ok(today),
                    "this" => today.nth_weekday(1, weekday),
                    "on" => today.nth_weekday(-1, weekday),
                    _ => return None,
                };
                return day.ok().map(|day| (Span::day(day), 2));
            }
            let day = match *direction {
                "this" | "current" => today,
                "last" | "past" | "previous" => back(length("1", unit)?),
                "next" | "coming" => ahead(length("1", unit)?),
                _ => return None,
            };
            around(day, unit).map(|span| (span, 2))
        }
        _ => None,
    }
}

/// The whole week, month or year.
fn around(day: Date, unit: &str) -> Option<Span> {
    match unit {
        "week" => Some(Span::week_of(day)),
        "month" => Some(Span::month_of(day)),
        "year" => Some(Span::year_of(day)),
        _ => None,
    }
}

fn length(count: &str, unit: &str) -> Option<Time> {
    let count: i64 = count.parse::<u16>().ok()?.into();
    match unit.trim_end_matches('s') {
        "day" => Some(count.days()),
        "week" => Some(count.min(5000).weeks()),
        "month" => Some(count.min(1200).months()),
        "year" => Some(count.min(100).years()),
        _ => None,
    }
}

fn first_of(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()
}

/// Only a year that training may have been recorded or planned in: 2000 may well be a distance.
fn year(word: &str, today: Date) -> Option<i16> {
    let year = word.parse().ok().filter(|_| word.len() == 4)?;
    (date(2005, 1, 1).year()..=today.year() + 2).contains(&year).then_some(year)
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

fn weekday(word: &str) -> Option<Weekday> {
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
