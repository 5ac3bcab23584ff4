//! Names of pack files, files with faults among others, and snapshots.
use rstest::rstest;

use super::*;
use crate::files::{MAX_BYTES, stamps};

#[test]
fn a_panic_over_one_file_leaves_the_others() {
    let folder = folder(&[("bad.toml", GOOD), ("good.toml", WRITES)]);
    let fails = |name: &str| match name {
        "icu_get_route" => panic!("as a reader with a defect would"),
        _ => None,
    };
    let DeclaredPacks { packs, broken, absent } = PackFiles::read(folder.path()).declared(fails);
    assert_eq!((packs.len(), &*packs[0].card.name), (1, "good"));
    assert!(
        broken[0]
            .reason()
            .ends_with("bad.toml: the server failed when it read this. Report this defect, with the file.")
    );
    assert!(absent.has_pack("bad"));
}

#[rstest]
#[case("Mine.toml", "\"Mine\" is no name of a pack")]
#[case("gear.toml", "the server has a pack gear of its own")]
#[case("packs.toml", "the server has a pack packs of its own")]
#[case("all.toml", "the server has a pack all of its own")]
fn the_name_of_a_file_is_valid_and_not_reserved(#[case] name: &str, #[case] problem: &str) {
    let (packs, broken) = read(&[(name, GOOD)]);
    assert!(packs.is_empty() && broken[0].reason().contains(problem), "{}", broken[0].reason());
}

#[test]
fn of_two_files_with_the_same_tool_the_second_has_a_fault() {
    let (packs, broken) = read(&[("a.toml", GOOD), ("b.toml", GOOD), ("c.toml", "x"), ("d.toml", WRITES)]);
    let names: Vec<_> = packs.iter().map(|pack| &*pack.card.name).collect();
    assert_eq!(names, ["a", "d"]);
    assert!(broken[0].reason().contains("b.toml:3: the pack a has a tool icu_get_route already"));
    let twice = GOOD.to_owned() + &GOOD.replace("about = \"Routes.\"\n", "");
    assert!(faults(&twice)[0].starts_with(":16: there are two tools icu_get_route"), "{:?}", faults(&twice));
}

#[test]
fn an_unreadable_file_has_a_fault_and_a_missing_folder_is_empty() {
    let folder = folder(&[]);
    fs::write(folder.path().join("odd.toml"), [0xff, 0xfe]).unwrap();
    fs::create_dir(folder.path().join("sub.toml")).unwrap();
    fs::write(folder.path().join("vast.toml"), "#".repeat(MAX_BYTES as usize + 1)).unwrap();
    let DeclaredPacks { packs, broken, .. } = PackFiles::read(folder.path()).declared(|_| None);
    assert_eq!((packs.len(), broken.len()), (0, 3));
    assert!(broken[2].reason().contains("262144 are read"), "{}", broken[2].reason());
    let nowhere = PackFiles::read(&folder.path().join("nowhere")).declared(|_| None);
    assert_eq!((nowhere.packs.len(), nowhere.broken.len()), (0, 0));
    // A file instead of a folder.
    let file = PackFiles::read(&folder.path().join("odd.toml")).declared(|_| None);
    assert_eq!((file.packs.len(), file.broken.len()), (0, 1));
}

#[test]
fn names_of_earlier_files_are_absent_but_not_faults() {
    let folder = folder(&[("mine.toml", GOOD), ("other.toml", WRITES), ("broken.toml", "name = \"icu_half\"")]);
    let before = PackFiles::read(folder.path());
    let absent = before.declared(|_| None).absent;
    assert!(absent.has_pack("broken") && absent.has_tool(|name| name == "icu_half"));
    assert!(!absent.has_pack("mine") && !absent.has_argument("route_id"));
    fs::remove_file(folder.path().join("mine.toml")).unwrap();
    let after = PackFiles::read(folder.path()).after(&before);
    assert_eq!(after.gone(&before).collect::<Vec<_>>(), ["mine"]);
    let absent = PackFiles::read(folder.path()).after(&after).declared(|_| None).absent;
    assert!(absent.has_pack("mine") && absent.has_argument("route_id"));
    assert!(absent.has_tool(|name| name == "icu_get_route") && !absent.has_tool(|name| name == "route_id"));
}

#[test]
fn a_reason_has_all_faults_and_a_brief_one_the_first() {
    let (_, broken) =
        read(&[("mine.toml", &GOOD.replace("\"read\"", "\"write\"").replace("[\"name\"", "[\"NAME\", \"a..b\""))]);
    let (brief, reason) = (broken[0].brief(), broken[0].reason());
    assert_eq!((broken[0].faults.len(), reason.matches("mine.toml:8: ").count()), (2, 2), "{reason}");
    assert!(brief.matches("mine.toml:8: ").count() == 1 && brief.contains(" 1 more: "), "{brief}");
}

#[test]
fn a_changed_comment_declares_the_same() {
    let folder = folder(&[("mine.toml", GOOD), ("broken.toml", "about = ")]);
    let put = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).unwrap();
        PackFiles::read(folder.path())
    };
    let before = PackFiles::read(folder.path());
    let commented = put("mine.toml", &GOOD.replace("[[tool]]", "\n# One.\n[[tool]]")).after(&before);
    assert!(commented != before && commented.declare_the_same(&before));
    assert!(put("broken.toml", "about = # still nothing").declare_the_same(&before));
    assert!(!put("other.toml", GOOD).declare_the_same(&before));
    fs::remove_file(folder.path().join("other.toml")).unwrap();
    assert!(!put("mine.toml", &GOOD.replace("ONE", "SAME")).declare_the_same(&before));
}

#[test]
fn snapshots_differ_after_a_file_changed() {
    let folder = folder(&[("mine.toml", GOOD)]);
    let read = || PackFiles::read(folder.path());
    let before = read();
    assert_eq!(before, read());
    fs::write(folder.path().join("mine.toml"), GOOD.replace("ONE", "SAME")).unwrap();
    assert_ne!(before, read());
    assert_ne!(*before.stamps(), stamps(Some(folder.path())));
}
