//! Selection: filters that only narrow, and words that mean something.
use std::collections::BTreeSet;

use intervals_catalog::{Budget, Catalog, EVERYDAY, Filter, Selection, View, Why, profiles::PROFILES, ranked, tokens};
use intervals_core::{DeleteMode, Pack, Settings, registry::Tier};
use rstest::rstest;

fn words(list: &str) -> Vec<String> {
    list.split(',').filter(|word| !word.is_empty()).map(Into::into).collect()
}

fn names(selection: &Selection) -> Vec<String> {
    let catalog = Catalog::linked().unwrap();
    View::new(&catalog, selection).unwrap().tools().map(|entry| entry.tool.name.to_string()).collect()
}

fn everything() -> Selection {
    Selection { packs: words("all"), delete_mode: DeleteMode::Full, ..Selection::default() }
}

#[test]
#[cfg(feature = "activities")]
fn read_only_shows_exactly_what_reads() {
    let selection = Selection { read_only: true, ..everything() };
    let expected: Vec<_> = crate::world::tools()
        .into_iter()
        .filter(|tool| tool.effect == intervals_core::Effect::Read)
        .map(|tool| &*tool.name)
        .collect();
    assert_eq!(names(&selection), expected);
    assert!(names(&everything()).len() > expected.len());
}

#[test]
fn every_filter_only_narrows() {
    let all = names(&everything());
    for narrower in [
        Selection { packs: vec![], ..everything() },
        Selection { allow: words("*et*"), ..everything() },
        Selection { deny: words("*et*"), ..everything() },
        Selection { delete_mode: DeleteMode::Safe, ..everything() },
        Selection { delete_mode: DeleteMode::None, ..everything() },
        Selection { read_only: true, ..everything() },
    ] {
        assert!(names(&narrower).iter().all(|name| all.contains(name)), "{narrower:?}");
    }
}

#[rstest]
#[case("all", |_: &Pack| true)]
#[case("", |pack: &Pack| pack.default)]
#[case("default,-wellness", |pack: &Pack| pack.default && pack.name != "wellness")]
#[case("-wellness", |pack: &Pack| pack.default && pack.name != "wellness")]
#[case("wellness", |pack: &Pack| pack.name == "wellness")]
#[case("wellness,athlete,-athlete", |pack: &Pack| pack.name == "wellness")]
#[cfg(all(feature = "athlete", feature = "wellness"))]
fn words_for_packs(#[case] list: &str, #[case] expected: fn(&Pack) -> bool) {
    let catalog = Catalog::linked().unwrap();
    let expected: Vec<_> =
        intervals_core::registry::packs().into_iter().filter(|card| expected(card)).map(|card| card.name).collect();
    let view = View::new(&catalog, &Selection { packs: words(list), ..Selection::default() }).unwrap();
    let on: Vec<_> = catalog.packs.keys().filter(|name| view.has_pack(name)).collect();
    assert_eq!(on, expected);
}

#[rstest]
#[case("icu_get_wellness_data", |name: &str| name == "icu_get_wellness_data")]
#[case("icu_*_wellness*", |name: &str| name.starts_with("icu_") && name.contains("_wellness"))]
#[case("*wellness_data", |name: &str| name.ends_with("wellness_data"))]
#[case("*", |_: &str| true)]
#[cfg(feature = "wellness")]
fn a_star_stands_for_any_characters(#[case] pattern: &str, #[case] matches: fn(&str) -> bool) {
    let wellness = || Selection { packs: words("wellness"), ..everything() };
    let (yes, no): (Vec<_>, Vec<_>) = names(&wellness()).into_iter().partition(|name| matches(name));
    assert!(!yes.is_empty());
    assert_eq!(names(&Selection { allow: words(pattern), ..wellness() }), yes);
    assert_eq!(names(&Selection { deny: words(pattern), ..wellness() }), no);
}

#[rstest]
#[case("welness", "", "there is no pack welness (did you mean wellness?)")]
#[case("knitting", "", "there is no pack knitting; known are ")]
#[case("@planing", "", "there is no profile @planing (did you mean @planning?); known are ")]
#[case("minimal", "", "there is no pack minimal (did you mean @minimal?); known are ")]
#[case(
    "all",
    "icu_get_welness_data",
    "no tool of this build is called icu_get_welness_data (did you mean icu_get_wellness_data?)"
)]
#[cfg(feature = "wellness")]
fn an_unknown_word_is_an_error_with_the_nearest_one(#[case] packs: &str, #[case] tools: &str, #[case] problem: &str) {
    let selection = Selection { packs: words(packs), allow: words(tools), ..Selection::default() };
    let unknown = View::new(&Catalog::linked().unwrap(), &selection).err().unwrap();
    assert!(unknown.problem.starts_with(problem), "{}", unknown.problem);
}

#[test]
#[cfg(not(feature = "athlete"))]
fn a_pack_that_was_left_out_of_the_build_is_told_apart() {
    let selection = Selection { packs: words("athlete"), ..Selection::default() };
    let unknown = View::new(&Catalog::linked().unwrap(), &selection).err().unwrap();
    assert!(unknown.problem.starts_with("pack athlete is not in this build"), "{}", unknown.problem);
}

#[test]
#[cfg(feature = "activities")]
fn what_deletes_for_good_is_hidden_unless_asked_for() {
    for (mode, shown) in [(DeleteMode::None, false), (DeleteMode::Safe, false), (DeleteMode::Full, true)] {
        let tools = names(&Selection { delete_mode: mode, ..everything() });
        assert_eq!(tools.contains(&"icu_delete_activity".to_owned()), shown, "{mode:?}");
        // Destructive, but no delete.
        assert!(tools.contains(&"icu_update_activity_streams".to_owned()));
    }
}

/// The tools that a profile names, and those of the packs that it names.
fn of_profile(name: &str) -> Vec<String> {
    let profile = PROFILES.iter().find(|profile| profile.name == name).unwrap();
    let catalog = Catalog::linked().unwrap();
    let tools = catalog
        .tools
        .values()
        .filter(|entry| profile.packs.contains(&&*entry.pack) || profile.tools.contains(&&*entry.tool.name));
    tools.map(|entry| entry.tool.name.to_string()).collect()
}

#[test]
fn profiles_hold_what_is_there() {
    if !crate::world::has_every_pack() {
        return;
    }
    let catalog = Catalog::linked().unwrap();
    for profile in PROFILES {
        let packs = profile.packs.iter().filter(|pack| !catalog.packs.contains_key(**pack));
        let tools = profile
            .tools
            .iter()
            .filter(|tool| catalog.tools.get(**tool).is_none_or(|entry| profile.packs.contains(&&*entry.pack)));
        let odd: Vec<_> = packs.chain(tools).collect();
        assert!(odd.is_empty(), "{}: unknown, or a tool of a pack that it holds whole: {odd:?}", profile.name);
        assert_eq!(
            names(&Selection { packs: words(profile.name), ..everything() }),
            of_profile(profile.name),
            "{}",
            profile.name
        );
    }
}

#[test]
#[cfg(all(feature = "activities", feature = "gear", feature = "wellness", feature = "events", feature = "athlete"))]
fn profiles_are_added_and_taken_out_like_packs() {
    let of = |list: &str| -> BTreeSet<String> {
        names(&Selection { packs: words(list), ..everything() }).into_iter().collect()
    };
    let union = |one: &str, other: &str| &of(one) | &of(other);
    assert_eq!(of("@minimal,gear"), union("@minimal", "gear"));
    assert_eq!(of("@minimal,wellness"), union("wellness", "@minimal"));
    assert_eq!(of("default,-@minimal"), &of("default") - &of("@minimal"));
    assert_eq!(of("-@minimal"), of("default,-@minimal"));
    assert_eq!(of("@minimal,-activities"), &of("@minimal") - &of("activities"));
    // A profile sets nothing else: the other filters hold as they would.
    let catalog = Catalog::linked().unwrap();
    let view = |list: &str| {
        View::new(&catalog, &Selection { packs: words(list), read_only: true, ..Selection::default() }).unwrap()
    };
    assert!(view("@coach").tools().all(|entry| entry.tool.effect == intervals_core::Effect::Read));
    let on: Vec<_> = view("@minimal,-activities").packs().map(ToString::to_string).collect();
    assert!(!on.contains(&"activities".to_owned()) && on.contains(&"wellness".to_owned()), "{on:?}");
}

#[test]
#[cfg(all(feature = "activities", feature = "wellness", feature = "athlete"))]
fn a_profile_of_a_smaller_build_holds_what_that_has() {
    let card = |name: &str| intervals_core::registry::packs().into_iter().find(|card| card.name == name).unwrap();
    let wellness = card("wellness");
    let own = |krate: &'static str| intervals_core::registry::TOOLS.iter().filter(move |tool| tool.krate == krate);
    let small = Catalog::of([wellness], own(wellness.krate)).unwrap();
    let view = View::new(&small, &Selection { packs: words("@minimal"), ..Selection::default() }).unwrap();
    assert_eq!(view.tools().map(|entry| &*entry.tool.name).collect::<Vec<_>>(), ["icu_get_wellness_data"]);
    let gear = card("sport-settings");
    let other = Catalog::of([gear], own(gear.krate)).unwrap();
    let unknown = View::new(&other, &Selection { packs: words("@minimal"), ..Selection::default() }).err().unwrap();
    assert_eq!(unknown.problem, "nothing of @minimal is in this build, which has sport-settings");
    View::new(&other, &Selection { packs: words("all,-@minimal"), ..Selection::default() }).unwrap();
}

#[rstest]
#[case(everything(), "icu_delete_activity", None)]
#[case(Selection { packs: words("all,-activities"), ..everything() }, "icu_delete_activity", Some(Why::PackOff))]
#[case(Selection { packs: words("@minimal"), ..everything() }, "icu_delete_activity", Some(Why::PartOff))]
#[case(Selection { allow: words("icu_get_*"), ..everything() }, "icu_delete_activity", Some(Why::NotNamed))]
#[case(Selection { deny: words("icu_delete_*"), ..everything() }, "icu_delete_activity", Some(Why::Denied))]
#[case(Selection { delete_mode: DeleteMode::Safe, ..everything() }, "icu_delete_activity", Some(Why::DeleteMode))]
#[case(Selection { read_only: true, ..everything() }, "icu_delete_activity", Some(Why::ReadOnly))]
#[case(Selection { read_only: true, ..everything() }, "icu_get_activity_details", None)]
// The first filter that leaves it out is the one that is named.
#[case(
    Selection { deny: words("icu_delete_*"), read_only: true, ..everything() }, "icu_delete_activity", Some(Why::Denied)
)]
#[cfg(feature = "activities")]
fn a_tool_is_out_for_a_reason(#[case] selection: Selection, #[case] tool: &str, #[case] why: Option<Why>) {
    let catalog = Catalog::linked().unwrap();
    let filter = Filter::new(&catalog, &selection).unwrap();
    assert_eq!(filter.leaves_out(&catalog.tools[tool]), why);
    assert_eq!(filter.view(&catalog).get(tool).is_some(), why.is_none());
}

#[test]
fn a_limit_of_tokens_keeps_the_better_tiers_and_more_room_takes_nothing_away() {
    let all = View::new(&Catalog::linked().unwrap(), &everything()).unwrap();
    let names = |view: &View| view.tools().map(|entry| entry.tool.name.clone()).collect::<BTreeSet<_>>();
    let cost = |view: &View| -> usize {
        view.tools().map(|entry| tokens::estimate(&tokens::seen(&entry.tool, &Settings::default()))).sum()
    };
    let mut before = BTreeSet::new();
    for limit in (250..=12_000).step_by(250) {
        let budget = Budget::new(limit, all.tools(), &Settings::default());
        let view = all.within(&budget);
        assert!(cost(&view) <= limit, "{limit}");
        let now = names(&view);
        assert!(now.is_superset(&before), "{limit}");
        let out = all.tools().filter(|entry| !now.contains(&entry.tool.name)).map(|entry| entry.tool.tier).min();
        let lowest = view.tools().map(|entry| entry.tool.tier).max();
        assert!(out.zip(lowest).is_none_or(|(out, lowest)| lowest <= out), "{limit}: {lowest:?} in, {out:?} out");
        before = now;
    }
    assert_eq!(before, names(&all));
}

#[test]
#[cfg(all(feature = "activities", feature = "wellness", feature = "gear"))]
fn within_a_tier_those_of_everyday_packs_come_first() {
    let all = View::new(&Catalog::linked().unwrap(), &everything()).unwrap();
    let order: Vec<_> =
        ranked(all.tools()).into_iter().map(|entry| (entry.tool.tier, entry.tool.name.to_string())).collect();
    assert!(order.is_sorted_by_key(|(tier, _)| *tier));
    // Of an everyday pack, reading before writing, then by name.
    let common = order.iter().filter(|(tier, _)| *tier == Tier::Common).map(|(_, name)| name).take(3);
    assert!(common.eq(["icu_get_tags", "icu_search_activities_full", "icu_update_activity"]), "{order:?}");
}

#[test]
fn every_pack_has_its_place_among_the_everyday_ones() {
    let catalog = Catalog::linked().unwrap();
    let missing: Vec<_> = catalog.packs.keys().filter(|name| !EVERYDAY.contains(&&***name)).collect();
    assert!(missing.is_empty(), "add them to server/catalog/src/budget.rs: {missing:?}");
}
