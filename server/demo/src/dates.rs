//! Days between dates, and parsing of a date in a request.
use jiff::civil::Date;

use crate::failure::Failure;

/// Days from one date to a later one.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map(|span| span.get_days()).unwrap_or_default()
}

/// Parses a date as `YYYY-MM-DD`.
///
/// # Errors
/// 422 that quotes the text.
pub fn plain_date(text: &str) -> Result<Date, Failure> {
    let date = Date::strptime("%Y-%m-%d", text).ok().filter(|_| text.len() == 10);
    date.ok_or_else(|| Failure::rejected(format!("Invalid date [{text}]")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("2026-07-05", true)]
    #[case("2026-7-5", false)]
    #[case("2026-02-30", false)]
    #[case("today", false)]
    fn dates_are_iso(#[case] text: &str, #[case] good: bool) {
        assert_eq!(plain_date(text).is_ok(), good);
    }
}
