//! Hits that stay, and their order. Today is Sunday, 5 July 2026.
use futures::FutureExt;
use jiff::civil::date;

use super::*;
use crate::dates::Span;

const TODAY: Date = date(2026, 7, 5);

fn hit(id: Id, day: Date, name: &str) -> Hit {
    Hit {
        id,
        title: String::new(),
        url: String::new(),
        days: Some(Span::day(day)),
        name: name.into(),
        tags: vec![],
        about: vec![],
        text: String::new(),
        is_frame: false,
        planned_as: None,
    }
}

fn activity(id: &str, name: &str) -> Hit {
    hit(Id::Activity(id.into()), date(2026, 7, 1), name)
}

fn event(id: i64, name: &str) -> Hit {
    hit(Id::Event(id), date(2026, 7, 1), name)
}

async fn ids(hits: Vec<Hit>, query: &str) -> Vec<String> {
    let query = Query::read(query, TODAY).unwrap();
    best_first(hits, &query, TODAY).await.iter().map(|hit| hit.id.to_string()).collect()
}

#[tokio::test]
async fn words_that_nothing_has_do_not_count_and_one_is_enough_where_none_has_two() {
    let hits = || vec![activity("i1", "Lake"), activity("i2", "Hills"), activity("i3", "Track")];
    assert_eq!(ids(hits(), "lake qwertz uiop asdf").await, ["activity:i1"]);
    assert_eq!(ids(hits(), "lake hills track").await.len(), 3);
    assert_eq!(ids(hits(), "qwertz uiop").await, [] as [&str; 0]);
    assert_eq!(ids(hits(), "qwertz in july 2026").await.len(), 3);
    assert_eq!(ids(hits(), "qwertz in july 2025").await, [] as [&str; 0]);
    assert_eq!(ids(hits(), "#qwertz in july 2026").await, [] as [&str; 0]);
}

#[tokio::test]
async fn what_it_is_weighs_as_much_as_a_tag_and_a_frame_comes_after() {
    let phase = Hit { tags: vec!["Race".into()], is_frame: true, ..hit(Id::Event(1), TODAY, "Plan") };
    let race = Hit { about: vec!["race".into()], ..event(2, "Lake") };
    assert_eq!(ids(vec![phase, race], "race").await, ["event:2", "event:1"]);
}

#[tokio::test]
async fn a_plan_does_not_stand_before_what_came_of_it() {
    let planned = event(1, "Tempo hard");
    let other = event(2, "Tempo hard");
    let done = Hit { planned_as: Some(1), ..activity("i1", "Tempo") };
    assert_eq!(ids(vec![planned, other, done], "tempo hard").await, ["event:2", "activity:i1", "event:1"]);
}

#[test]
fn many_hits_let_others_run_between() {
    let query = Query::read("tempo", TODAY).unwrap();
    let hits = |count| (0..count).map(|id| event(id, "Tempo")).collect::<Vec<_>>();
    assert_eq!(best_first(hits(10), &query, TODAY).now_or_never().map(|found| found.len()), Some(10));
    assert!(best_first(hits(100), &query, TODAY).now_or_never().is_none());
}
