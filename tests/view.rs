//! Selection: filters that only narrow, and words that mean something.
use icu_core::{DeleteMode, Pack};
use intervals_icu_mcp::{
    catalog::Catalog,
    view::{Selection, View},
};
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
        .filter(|tool| tool.effect == icu_core::Effect::Read)
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
        catalog.packs.values().map(|pack| pack.card).filter(|card| expected(card)).map(|card| card.name).collect();
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
