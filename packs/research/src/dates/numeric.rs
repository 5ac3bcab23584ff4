//! Parses dates in figures, and single words for days.
use intervals_core::Day;
use jiff::civil::Date;

use super::{Span, year};

/// Parses `2026-07-05`, `2026/07/05`, `05.07.2026`, `2026-07`, `07/2026`, `2026`, `2025-2026`, `today`. `04/07/2026` has two
/// readings.
pub fn read(word: &str, today: Date) -> Option<Vec<Span>> {
    let day = match word {
        "today" | "tonight" => Some(today),
        "yesterday" => today.yesterday().ok(),
        "tomorrow" => today.tomorrow().ok(),
        _ => word.parse().ok().map(|Day(day)| day),
    };
    if let Some(day) = day {
        return Some(vec![Span::day(day)]);
    }
    let mark = word.chars().find(|c| matches!(c, '/' | '.' | '-'));
    let parts: Vec<_> = mark.map_or(vec![word], |mark| word.split(mark).collect());
    let year = |word: &str| year(word, today);
    let day = |year, month: &str, day: &str| {
        Date::new(year, number(month)?.try_into().ok()?, number(day)?.try_into().ok()?).ok().map(Span::day)
    };
    let month = |year, month: &str| Span::months(year, number(month)?.try_into().ok()?, 1);
    let spans: Vec<_> = match *parts {
        [only] => year(only).and_then(|year| Span::months(year, 1, 12)).into_iter().collect(),
        [one, other] => match (year(one), year(other)) {
            (Some(year), None) => month(year, other),
            (None, Some(year)) => month(year, one),
            (Some(first), Some(last)) => {
                Span::months(first, 1, 12).zip(Span::months(last, 1, 12)).map(|(a, b)| a.with(b))
            }
            (None, None) => None,
        }
        .into_iter()
        .collect(),
        [one, middle, other] => match (year(one), year(other)) {
            (Some(year), None) => day(year, middle, other).into_iter().collect(),
            // With slashes the month may come first; equal numbers have one reading.
            (None, Some(year)) => {
                let mut both = vec![day(year, middle, one)];
                both.extend((mark == Some('/') && one != middle).then(|| day(year, one, middle)));
                both.into_iter().flatten().collect()
            }
            _ => vec![],
        },
        _ => vec![],
    };
    (!spans.is_empty()).then_some(spans)
}

/// Returns whether [`read`] parses a word.
pub fn is_numeric(word: &str, today: Date) -> bool {
    read(word, today).is_some()
}

/// Parses one or two digits.
fn number(digits: &str) -> Option<u8> {
    let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}
