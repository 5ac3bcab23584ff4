//! Queries as people write them. Today is Sunday, 5 July 2026.
use jiff::civil::date;
use rstest::rstest;

use super::*;

fn read(text: &str) -> Query {
    Query::read(text, date(2026, 7, 5)).unwrap()
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
#[case("before 2026-06-20", &["2005-01-01..2026-06-20"])]
#[case("2000 m row", &[])]
#[case("2026/07/04", &["2026-07-04"])]
#[case("2026-7-4", &["2026-07-04"])]
#[case("ride 05.07.2026", &["2026-07-05"])]
#[case("13/06/2026", &["2026-06-13"])]
#[case("04/07/2026", &["2026-07-04", "2026-04-07"])]
#[case("06/2026", &["2026-06-01..2026-06-30"])]
#[case("2026/06", &["2026-06-01..2026-06-30"])]
#[case("2024-2025", &["2024-01-01..2025-12-31"])]
#[case("4/8 min at 3.5", &[])]
#[case("2026-06-01–2026-06-10", &["2026-06-01..2026-06-10"])]
#[case("1 june - 10 june", &["2026-06-01..2026-06-10"])]
#[case("1 june – 10 june", &["2026-06-01..2026-06-10"])]
#[case("rides in May", &["2026-05-01..2026-05-31"])]
#[case("since may", &["2026-05-01..2026-10-03"])]
#[case("until may", &["2005-01-01..2026-05-31"])]
#[case("last may", &["2026-05-01..2026-05-31"])]
#[case("3rd of may", &["2026-05-03"])]
#[case("may 2026", &["2026-05-01..2026-05-31"])]
#[case("late may", &["2026-05-21..2026-05-31"])]
#[case("last july", &["2025-07-01..2025-07-31"])]
#[case("next june", &["2027-06-01..2027-06-30"])]
#[case("this may", &["2026-05-01..2026-05-31"])]
#[case("early June", &["2026-06-01..2026-06-10"])]
#[case("the end of june 2025", &["2025-06-21..2025-06-30"])]
#[case("early yesterday", &["2026-07-04"])]
#[case("early bird start of line", &[])]
#[case("this weekend", &["2026-07-04..2026-07-05"])]
#[case("last weekend", &["2026-06-27..2026-06-28"])]
#[case("next weekend", &["2026-07-11..2026-07-12"])]
#[case("over the weekend", &["2026-07-04..2026-07-05"])]
#[case("past six weeks", &["2026-05-24..2026-07-05"])]
#[case("the last couple of days", &["2026-07-03..2026-07-05"])]
#[case("a few weeks ago", &["2026-06-01..2026-06-07"])]
#[case("a week ago", &["2026-06-22..2026-06-28"])]
#[case("six climbs", &[])]
#[case("summer 2025", &["2025-06-01..2025-08-31"])]
#[case("summer of 2025", &["2025-06-01..2025-08-31"])]
#[case("winter 2025", &["2024-12-01..2025-02-28", "2025-12-01..2026-02-28"])]
#[case("last summer", &["2025-06-01..2025-08-31"])]
#[case("last winter", &["2025-12-01..2026-02-28"])]
#[case("this summer", &["2026-06-01..2026-08-31"])]
#[case("in the spring", &["2026-03-01..2026-05-31"])]
#[case("spring classic", &[])]
#[case("Q2 2026", &["2026-04-01..2026-06-30"])]
#[case("2025 q4", &["2025-10-01..2025-12-31"])]
#[case("q1", &["2026-01-01..2026-03-31"])]
#[case("second quarter of 2025", &["2025-04-01..2025-06-30"])]
#[case("last quarter", &["2026-04-01..2026-06-30"])]
#[case("q5", &[])]
#[case("Saturday", &["2026-07-04"])]
#[case("sunday", &["2026-07-05"])]
#[case("upcoming saturday", &["2026-07-11"])]
#[case("planned ride Saturday", &["2026-07-11"])]
#[case("last night", &["2026-07-04..2026-07-05"])]
#[case("this morning", &["2026-07-05"])]
#[case("next race", &["2026-07-05..2027-07-05"])]
#[case("what is coming up", &["2026-07-05..2027-07-05"])]
#[case("latest race", &["2005-01-01..2026-07-05"])]
#[case("upcoming races in 2026", &["2026-07-05..2026-12-31"])]
#[case("workouts planned last week", &["2026-06-22..2026-06-28"])]
#[case("may", &[])]
#[case("Mar Menor", &[])]
#[case("last 99999 days", &["2005-01-01..2026-07-05"])]
#[case("99999 days ago", &[])]
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
#[case("tempo", &["2025-07-05..2026-10-03"])]
#[case("tempo 2019", &["2019-01-01..2019-12-31"])]
#[case("tempo 2012-01-01 to today", &["2024-07-04..2026-07-05"])]
#[case("tempo before 2020", &["2018-12-31..2020-12-31"])]
#[case("tempo this year and last year", &["2025-01-01..2026-12-31"])]
#[case("tempo 2020 and 2026", &["2020-01-01..2020-12-31", "2026-01-01..2026-12-31"])]
#[case("tempo 2018 and 2020 and 2026", &["2024-12-30..2026-12-31"])]
fn what_is_looked_at_is_bounded(#[case] text: &str, #[case] expected: &[&str]) {
    let ranges: Vec<_> =
        read(text).ranges(date(2026, 7, 5)).iter().map(|range| format!("{}..{}", range.first, range.last)).collect();
    assert_eq!(ranges, expected);
}

#[rstest]
#[case("tempo 2025", false)]
#[case("tempo", false)]
#[case("tempo since 2019", true)]
#[case("latest tempo", true)]
#[case("tempo 2020 and 2026", false)]
#[case("tempo 2018 and 2020 and 2026", true)]
fn a_range_knows_whether_it_is_cut(#[case] text: &str, #[case] cut: bool) {
    assert_eq!(read(text).is_cut(date(2026, 7, 5)), cut);
}

#[rstest]
#[case("how did I sleep last night", &["sleep"])]
#[case("what races do I have coming up?", &["race"])]
#[case("why was I so tired in early June?", &["tired"])]
#[case("compare my fitness this year with last year", &["fitness"])]
#[case("rides longer than 100 km", &["ride"])]
#[case("runs over 90min in the hills", &["run", "hill"])]
#[case("over unders 3 x 10", &["under", "3", "x", "10"])]
fn fillers_and_words_for_time_are_no_words_to_find(#[case] text: &str, #[case] words: &[&str]) {
    assert_eq!(read(text).words, words);
}

#[rstest]
#[case("Zwift - Tempo", "zwift - tempo", None)]
#[case("yesterday's Zwift – Tempo", "zwift – tempo", None)]
#[case("Pain & Gain", "pain & gain", None)]
#[case("- tempo -", "tempo", None)]
#[case("Tuesday Night Worlds", "night worlds", Some("tuesday night worlds"))]
#[case("The Last Climb", "climb", Some("last climb"))]
#[case("on saturday", "", None)]
fn a_phrase_is_as_it_was_written(#[case] text: &str, #[case] phrase: &str, #[case] name: Option<&str>) {
    let query = read(text);
    assert_eq!((query.phrase.as_str(), query.name.as_deref()), (phrase, name));
}

#[rstest]
#[case::characters("x".repeat(501), "the query has 501 characters, 500 at most")]
#[case::long("threshold ".repeat(100_000), "the query has 1000000 characters, 500 at most")]
#[case::words((0..25).map(|n| format!("w{n} ")).collect(), "the query has 25 words to look for, 24 at most")]
#[case::tags((0..25).map(|n| format!("#t{n} ")).collect(), "the query has 25 words to look for, 24 at most")]
fn what_cannot_be_compared_with_everything_is_refused(#[case] text: String, #[case] problem: &str) {
    let error = Query::read(&text, date(2026, 7, 5)).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("{problem}. Search for fewer words, such as a name, a type, a #tag, a date.")
    );
}

#[rstest]
#[case::characters("x".repeat(500))]
#[case::words_again("tempo ".repeat(80))]
#[case::words((0..24).map(|n| format!("w{n} and ")).collect())]
fn what_is_just_short_enough_is_taken(#[case] text: String) {
    Query::read(&text, date(2026, 7, 5)).unwrap();
}

#[rstest]
#[case("")]
#[case("  ?? ")]
#[case("what did I do")]
fn a_query_may_say_nothing(#[case] text: &str) {
    let query = read(text);
    assert!(query.has_only_days() && query.spans.is_empty(), "{query:?}");
}
