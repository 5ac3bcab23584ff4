//! Whether the right tools are found for what people ask.
//!
//! `find/questions.tsv` holds a question, the tools that answer it (one or two), and what it is for: the ranking and
//! its synonyms were tuned on `tuning`; `kept` was written when they stood, so that it measures. Whoever tunes on a
//! kept question makes it a tuning one and writes another.
use std::collections::BTreeSet;

use intervals_catalog::{Catalog, Index};
use rstest::rstest;

use crate::world::has_every_pack;

struct Question {
    asked: &'static str,
    right: Vec<&'static str>,
    half: &'static str,
}

fn questions() -> Vec<Question> {
    let read = |line: &'static str| {
        let [asked, right, half] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        Question { asked, right: right.split(' ').collect(), half }
    };
    include_str!("find/questions.tsv").lines().map(read).collect()
}

fn index() -> Index {
    Index::of(&Catalog::linked().unwrap())
}

#[rstest]
#[case("tuning")]
#[case("kept")]
fn the_right_tool_is_among_the_first_three(#[case] half: &str) {
    if !has_every_pack() {
        return;
    }
    let index = index();
    let (mut asked, mut first, mut found, mut misses) = (0, 0, 0, vec![]);
    for question in questions().into_iter().filter(|question| question.half == half) {
        let best = index.best(question.asked, |_| true, 3);
        let place = best.iter().position(|name| question.right.contains(name));
        asked += 1;
        first += usize::from(place == Some(0));
        found += usize::from(place.is_some());
        if place.is_none() {
            misses.push(format!("{}: {}, not {}", question.asked, question.right.join(" or "), best.join(", ")));
        }
    }
    let share = |of: usize| 100.0 * of as f64 / asked as f64;
    eprintln!(
        "{half}: of {asked} questions {:.1} % in the first three, {:.1} % first; missed: {misses:#?}",
        share(found),
        share(first)
    );
    assert!(share(found) >= 90.0, "{misses:#?}");
}

#[test]
fn every_tool_is_asked_for_in_both_halves_and_no_question_stands_twice() {
    if !has_every_pack() {
        return;
    }
    let tools: BTreeSet<_> = crate::world::tools().iter().map(|tool| &*tool.name).collect();
    for half in ["tuning", "kept"] {
        let of_half = questions().into_iter().filter(|question| question.half == half);
        let right: BTreeSet<_> = of_half.flat_map(|question| question.right).collect();
        assert_eq!(tools, right, "left: tools, right: tools of the {half} questions");
    }
    let asked: BTreeSet<_> = questions().iter().map(|question| question.asked).collect();
    assert_eq!(asked.len(), questions().len());
    assert!(questions().iter().all(|question| (1..=2).contains(&question.right.len())));
}

/// The gear pack's reading tool comes first, when it may be seen.
#[rstest]
#[case("which shoes are worn out?")]
#[case("WHICH SHOES ARE WORN OUT")]
#[case("sheos that are worn out")] // two letters change places
#[case("my geer and equipmnt")] // a letter is missing, another too short to be understood
#[case("icu_get_gear_list")]
#[case("what does icu_get_gear_list give me about the weather?")]
fn words_names_and_slips_are_understood(#[case] query: &str) {
    let index = index();
    if Catalog::linked().unwrap().packs.contains_key("gear") {
        assert_eq!(index.best(query, |_| true, 1), ["icu_get_gear_list"]);
        assert!(!index.best(query, |name| name != "icu_get_gear_list", 100).contains(&"icu_get_gear_list"));
    }
}

#[test]
fn what_is_hidden_is_not_found_and_the_next_one_moves_up() {
    let index = index();
    for question in questions() {
        let all = index.best(question.asked, |_| true, 100);
        let Some(hidden) = all.first() else { continue };
        let rest = index.best(question.asked, |name| name != *hidden, 100);
        assert_eq!(all.get(1..).unwrap(), rest, "{}", question.asked);
        assert_eq!(index.best(question.asked, |_| true, 2), all.get(..all.len().min(2)).unwrap());
    }
}

#[test]
fn the_same_question_is_answered_the_same_by_every_index() {
    let (one, other) = (index(), index());
    for question in questions() {
        assert_eq!(one.best(question.asked, |_| true, 100), other.best(question.asked, |_| true, 100));
    }
}

#[rstest]
#[case("")]
#[case("?! …")]
#[case("what is it and why")]
#[case("42 7 1000")]
#[case("xylophone quagmire")]
fn nothing_is_found_for_words_that_mean_nothing_here(#[case] query: &str) {
    assert_eq!(index().best(query, |_| true, 3), [""; 0]);
}

#[test]
fn a_question_of_any_length_and_script_is_read() {
    let index = index();
    for query in [
        "sleep ".repeat(100_000),
        "睡眠はどうでしたか".into(),
        "Schlaf’s über 🚴 élévation".into(),
        "a-1:2.3,".repeat(999),
    ] {
        assert!(index.best(&query, |_| true, 3).len() <= 3);
    }
}
