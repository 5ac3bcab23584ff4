//! What people write, and what of it is days. Today is Sunday, 5 July 2026.
use jiff::civil::date;
use rstest::rstest;

use super::*;

fn read(text: &str) -> Query {
    Query::read(text, date(2026, 7, 5))
}

fn days(text: &str) -> Vec<String> {
    let spans = read(text).spans.into_iter();
    spans
        .map(|Span { first, last }| if first == last { first.to_string() } else { format!("{first}..{last}") })
        .collect()
}

#[rstest]
#[case("2026-07-05", &["2026-07-05"])]
#[case("2026-07-05T08:00:00", &["2026-07-05"])]
#[case("2026-06", &["2026-06-01..2026-06-30"])]
#[case("races in 2025?", &["2025-01-01..2025-12-31"])]
#[case("July 2026", &["2026-07-01..2026-07-31"])]
#[case("jul 2025", &["2025-07-01..2025-07-31"])]
#[case("3rd July, 2025", &["2025-07-03"])]
#[case("July 3, 2025", &["2025-07-03"])]
#[case("march", &["2026-03-01..2026-03-31"])]
#[case("september", &["2026-09-01..2026-09-30", "2025-09-01..2025-09-30"])]
#[case("3 july", &["2026-07-03"])]
#[case("9 july", &["2026-07-09", "2025-07-09"])]
#[case("feb 29", &[])]
#[case("today", &["2026-07-05"])]
#[case("Yesterday's ride", &["2026-07-04"])]
#[case("yesterday", &["2026-07-04"])]
#[case("tomorrow", &["2026-07-06"])]
#[case("this week", &["2026-06-29..2026-07-05"])]
#[case("last week", &["2026-06-22..2026-06-28"])]
#[case("next week", &["2026-07-06..2026-07-12"])]
#[case("last month", &["2026-06-01..2026-06-30"])]
#[case("this year", &["2026-01-01..2026-12-31"])]
#[case("last 10 days", &["2026-06-25..2026-07-05"])]
#[case("next 2 weeks", &["2026-07-05..2026-07-19"])]
#[case("3 days ago", &["2026-07-02"])]
#[case("2 weeks ago", &["2026-06-15..2026-06-21"])]
#[case("last sunday", &["2026-06-28"])]
#[case("on sunday", &["2026-07-05"])]
#[case("on friday", &["2026-07-03"])]
#[case("next friday", &["2026-07-10"])]
#[case("2026-06-01 to 2026-06-10", &["2026-06-01..2026-06-10"])]
#[case("2026-06-01..2026-06-10", &["2026-06-01..2026-06-10"])]
#[case("between 1 june and 10 june", &["2026-06-01..2026-06-10"])]
#[case("from May 2026 until june 2026", &["2026-05-01..2026-06-30"])]
#[case("1 june and 10 june", &["2026-06-01", "2026-06-10"])]
#[case("since 2026-06-20", &["2026-06-20..2026-10-03"])]
#[case("before 2026-06-20", &["2025-06-20..2026-06-20"])]
#[case("2000 m row", &[])]
#[case("may", &[])]
#[case("Mar Menor", &[])]
#[case("last 99999 days", &[])]
fn words_for_days_are_days(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(days(text), expected);
}

#[test]
fn the_rest_is_words_tags_and_a_phrase() {
    let query = read("Show me the Tour of Flanders rides, #race in April 2026");
    assert_eq!(query.words, ["tour", "flander", "ride"]);
    assert_eq!((query.tags, query.phrase.as_str()), (vec!["race".to_owned()], "tour of flanders rides"));
    assert_eq!(days("Show me the Tour of Flanders rides, #race in April 2026"), ["2026-04-01..2026-04-30"]);
}

#[rstest]
#[case("tempo", "2025-07-05", "2026-10-03")]
#[case("tempo 2019", "2019-01-01", "2019-12-31")]
#[case("tempo 2012-01-01 to today", "2024-07-04", "2026-07-05")]
fn what_is_looked_at_is_bounded(#[case] text: &str, #[case] first: &str, #[case] last: &str) {
    let range = read(text).range(date(2026, 7, 5));
    assert_eq!((range.first.to_string().as_str(), range.last.to_string().as_str()), (first, last));
}

#[rstest]
#[case("")]
#[case("  ?? ")]
#[case("what did I do")]
fn a_query_may_say_nothing(#[case] text: &str) {
    let query = read(text);
    assert!(query.is_of_days() && query.spans.is_empty(), "{query:?}");
}
