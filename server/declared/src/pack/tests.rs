//! Every fault with its line.
use std::fs;

use intervals_core::registry::Tier;
use rstest::rstest;
use tempfile::TempDir;

use super::*;
use crate::files::{MAX_BYTES, stamps};

/// A tool without fault, of which each case changes a line.
const GOOD: &str = r#"about = "Routes."
[[tool]]
name = "icu_get_route"
description = "ONE route."
effect = "read"
method = "GET"
path = "/athlete/{athlete_id}/routes/{route_id}"
fields = ["name", "tags"]
[tool.arguments.route_id]
type = "integer"
description = "Its id."
required = true
[tool.query]
includePath = false
"#;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn read(files: &[(&str, &str)]) -> (Vec<DeclaredPack>, Vec<BrokenPack>) {
    let owner_of = |name: &str| match name {
        "icu_taken" => Some(Name::Borrowed("gear")),
        "packs" => Some(Name::Borrowed("packs")),
        _ => None,
    };
    let DeclaredPacks { packs, broken, .. } = PackFiles::read(folder(files).path()).declared(owner_of);
    (packs, broken)
}

/// The faults of a file, without its folder.
fn faults(text: &str) -> Vec<String> {
    let (packs, broken) = read(&[("mine.toml", text)]);
    assert_eq!(packs.len() + broken.len(), 1);
    let without_folder = |fault: &Fault| fault.to_string().split_once("mine.toml").unwrap().1.to_owned();
    broken.iter().flat_map(|broken| &broken.faults).map(without_folder).collect()
}

#[test]
fn a_file_without_fault_is_a_pack() {
    assert_eq!(faults(GOOD), [""; 0]);
    let (packs, _) = read(&[("mine.toml", GOOD), ("notes.txt", "x"), (".hidden.toml", "x")]);
    let [pack] = packs.as_slice() else { panic!("{}", packs.len()) };
    assert_eq!((&*pack.card.name, &*pack.card.about, pack.card.default), ("mine", "Routes.", true));
    assert_eq!((&*pack.tools[0].name, pack.tools[0].tier), ("icu_get_route", Tier::Common));
    let (packs, _) = read(&[("mine.toml", &GOOD.replace("method", "tier = \"rare\"\nmethod"))]);
    assert_eq!(packs[0].tools[0].tier, Tier::Rare);
}

#[rstest]
#[case("about = \"Routes.\"", "about = \"Routes\"", ":1: `about` has no full stop at its end. ")]
#[case("\"Routes.\"", "\"\"", ":1: `about` is empty. ")]
#[case("about = \"Routes.\"", "about = 5", ":1: invalid type: integer `5`, expected a string. ")]
#[case(
    "about = \"Routes.\"",
    "abuot = \"Routes.\"",
    ":1: there is no key abuot (did you mean about?). Use about, default, tool."
)]
#[case("name = \"icu_get_route\"", "name = \"get_route\"", ":3: \"get_route\" is no name of a tool. ")]
#[case("name = \"icu_get_route\"", "name = \"icu_taken\"", ":3: the pack gear has a tool icu_taken already. ")]
#[case("name = \"icu_get_route\"", "name = \"icu_get_route\"\nanswer = 1", ":4: there is no key answer. ")]
#[case("\"ONE route.\"", "\"ONE route\"", ":4: the description has no full stop at its end. ")]
#[case(
    "\"ONE route.\"",
    "\"\"\"\nONE route.\nOf many.\"\"\"",
    ":4: the description has more than one line. Write it in one"
)]
#[case("ONE route.", "ONE\\u202E route.", ":4: the description has a character that nobody sees. ")]
#[case("ONE route.", &"x".repeat(301), ":4: the description has 301 characters. Write up to 300.")]
#[case("method", "title = \" \"\nmethod", ":6: the title is empty. ")]
#[case("method", "title = \"a\\nb\"\nmethod", ":6: the title has more than one line. ")]
#[case("method", &format!("title = \"{}\"\nmethod", "x".repeat(61)), ":6: the title has 61 characters. Write up to 60.")]
#[case("Its id.", "", ":11: the description is empty. ")]
#[case("Its id.", "a\\u2067b", ":11: the description has a character that nobody sees. ")]
#[case("Its id.", "a\\u001bb", ":11: the description has a character that nobody sees. ")]
#[case("Its id.", &"x".repeat(201), ":11: the description has 201 characters. Write up to 200.")]
#[case("\"read\"", "\"reads\"", ":5: unknown variant `reads`, expected one of `read`, `write`, `destructive`. ")]
#[case("\"read\"", "\"read\"\ndelete = \"guarded\"", ":6: `delete` is \"guarded\". Write forever")]
#[case("\"read\"", "\"read\"\ndelete = \"forever\"", ":6: what deletes is destructive. ")]
#[case("method", "tier = \"main\"\nmethod", ":6: unknown variant `main`, expected one of `core`, `common`, `rare`. ")]
#[case("method", "base_url = \"https://evil.example\"\nmethod", ":6: there is no key base_url")]
#[case("\"GET\"", "\"FETCH\"", ":6: there is no method FETCH. ")]
#[case("\"GET\"", "\"DELETE\"", ":6: the API has no DELETE /athlete/{athlete_id}/routes/{route_id}. It has GET, PUT.")]
#[case(
    "/routes/{route_id}",
    "/rotes",
    ":7: the API has no GET /athlete/{athlete_id}/rotes (did you mean /athlete/{id}/routes?). "
)]
#[case("\"/athlete", "\"https://evil.example/athlete", ":7: the API has no GET https://evil.example/athlete/")]
#[case("\"/athlete", "\"//evil.example/athlete", ":7: the API has no GET //evil.example/athlete/")]
#[case("\"/athlete", "\"/../athlete", ":7: the API has no GET /../athlete/")]
#[case("{route_id}\"", "..\"", ":7: \"..\" is no part of a path. ")]
#[case("{route_id}\"", "1?x=1\"", ":7: \"1?x=1\" is no part of a path. ")]
#[case("{athlete_id}", "{route_id}", ":7: \"{route_id}\" stands where the athlete does. ")]
#[case("{athlete_id}", "0", ":7: \"0\" stands where the athlete does. ")]
#[case("{route_id}", "{route}", ":7: there is no argument route")]
#[case("{route_id}", "x{route_id}", ":7: \"x{route_id}\" is no part of a path. ")]
#[case("/routes/{route_id}", "/wellness.csv", ":7: /athlete/{athlete_id}/wellness.csv answers with a file. ")]
#[case(
    "/routes/{route_id}",
    "/events/{route_id}/download",
    ":7: /athlete/{athlete_id}/events/{route_id}/download answers with a file. Name another operation"
)]
#[case(
    "/routes/{route_id}",
    "/events/{route_id}/download.zwo",
    ":7: /athlete/{athlete_id}/events/{route_id}/download.zwo answers"
)]
#[case("athlete/{athlete_id}/routes/{route_id}", "activity/{route_id}/file", ":7: /activity/{route_id}/file answers")]
#[case(
    "athlete/{athlete_id}/routes/{route_id}",
    "activity/{route_id}/fit-file",
    ":7: /activity/{route_id}/fit-file answers"
)]
#[case(
    "athlete/{athlete_id}/routes/{route_id}",
    "activity/{route_id}/gpx-file",
    ":7: /activity/{route_id}/gpx-file answers"
)]
#[case(
    "\"GET\"\npath = \"/athlete/{athlete_id}/routes/{route_id}\"",
    "\"POST\"\npath = \"/athlete/{athlete_id}/download-workout.zwo\"",
    ":7: /athlete/{athlete_id}/download-workout.zwo answers with a file. "
)]
#[case(
    "\"GET\"\npath = \"/athlete/{athlete_id}/routes/{route_id}\"",
    "\"POST\"\npath = \"/athlete/{athlete_id}/download-fit-files\"",
    ":7: /athlete/{athlete_id}/download-fit-files answers with a file. "
)]
#[case("\"tags\"]", "\"icu_api_key\"]", ":8: icu_api_key may be a secret, and those are never returned. ")]
#[case("\"tags\"]", "\"owner.email as mail\"]", ":8: email may be a secret")]
#[case("\"tags\"]", "\"name\"]", ":8: there are two fields name. ")]
#[case("\"tags\"]", "\"fooBar\"]", ":8: \"fooBar\" is no name of a field. ")]
#[case("\"tags\"]", "\"athlete\"]", ":8: athlete is added by the server. ")]
#[case("\"tags\"]", "\"a..b\"]", ":8: \"a..b\" is no path")]
#[case("\"tags\"]", "\"../tags\"]", ":8: \"../tags\" leads out of the answer. ")]
#[case(
    "fields = [\"name\", \"tags\"]",
    "list = \".\"\nfields = [\"../tags\"]",
    ":9: \"../tags\" leads out of the answer. "
)]
#[case("fields", "list = \"../a\"\nfields", ":8: \"../a\" leads out of the answer. ")]
#[case("fields = [\"name\", \"tags\"]", "", ":3: nothing of the answer is returned. ")]
#[case("fields", "limit = 5\nfields", ":8: `limit` is how many rows a list has by default. ")]
#[case("[tool.arguments.route_id]", "[tool.arguments.athlete_id]", ":9: the argument athlete_id is the server's own. ")]
#[case(
    "[tool.query]",
    "[tool.arguments.limit]\ntype = \"integer\"\ndescription = \"x\"\n[tool.query]",
    ":13: the argument limit is the server's own. "
)]
#[case(
    "[tool.query]",
    "[tool.arguments.spare]\ntype = \"integer\"\ndescription = \"x\"\n[tool.query]",
    ":13: the argument spare goes nowhere. "
)]
#[case("\"integer\"", "\"int\"", ":10: there is no type \"int\"")]
#[case("required = true", "", ":7: the path needs one route_id in every call. ")]
#[case("required = true", "required = true\ndefault = 5", ":13: what is required has no default. ")]
#[case("required = true", "default = \"x\"", ":12: \"x\" is not a whole number. ")]
#[case("required = true", "required = true\nenum = [1, 2]\nexample = 3", ":14: 3 is not one of 1, 2. ")]
#[case(
    "includePath",
    "includepath",
    ":14: GET /athlete/{id}/routes/{route_id} has no parameter includepath (did you mean includePath?). It has includePath."
)]
#[case("includePath = false", "includePath = \"maybe\"", ":14: includePath takes boolean. ")]
#[case("includePath = false", "includePath = \"{route_id}\"", ":14: includePath takes boolean. ")]
#[case("includePath = false", "includePath = \"{with}\"", ":14: there is no argument with")]
#[case("includePath = false", "includePath = \"{with\"", ":14: \"{with\" has a brace that belongs to no argument. ")]
#[case(
    "[tool.query]\nincludePath = false",
    "[tool.body]\nname = \"x\"",
    ":14: GET /athlete/{id}/routes/{route_id} takes no body. "
)]
#[case("includePath = false", "includePath = ", ":14: ")]
#[case("includePath = false", "includePath.x = 1", ":14: a key has a dot. Write a table in braces")]
fn a_fault_is_named_with_its_line(#[case] from: &str, #[case] to: &str, #[case] expected: &str) {
    let text = GOOD.replacen(from, to, 1);
    assert_ne!(text, GOOD);
    let found = faults(&text);
    assert!(found.iter().any(|fault| fault.starts_with(expected)), "{found:#?}");
}

const WRITES: &str = r#"about = "Writes."
[[tool]]
name = "icu_set"
description = "SET."
effect = "write"
method = "PUT"
path = "/athlete/{athlete_id}/routes/{route_id}"
[tool.arguments.route_id]
type = "integer"
description = "Its id."
required = true
[tool.arguments.name]
type = "string"
description = "Its name."
[tool.body]
name = "{name}"
"#;

#[rstest]
#[case("\"{name}\"", "\"{athlete_id}\"", ":16: there is no argument athlete_id. It stands in the path only")]
#[case("name = \"{name}\"", "title = \"{name}\"", ":16: AthleteRoute has no field title")]
#[case("name = \"{name}\"", "name.x = \"{name}\"", ":16: a key has a dot. ")]
#[case("name = \"{name}\"", "", ":7: [tool.body] is empty. ")]
#[case("name = \"{name}\"", "athlete_id = \"{name}\"", ":16: athlete_id would make it another athlete's. ")]
#[case("\"{name}\"", "[{ icu_athlete_id = \"{name}\" }]", ":16: icu_athlete_id would make it another athlete's. ")]
#[case("[tool.body]\nname = \"{name}\"", "[tool.query]", ":7: PUT /athlete/{id}/routes/{route_id} takes a body. ")]
#[case(
    "\"write\"",
    "\"read\"",
    ":5: PUT /athlete/{id}/routes/{route_id} needs the effect write. Write effect = \"write\"."
)]
fn what_is_written_is_held_against_the_contract(#[case] from: &str, #[case] to: &str, #[case] expected: &str) {
    assert_eq!(faults(WRITES), [""; 0]);
    let found = faults(&WRITES.replacen(from, to, 1));
    assert!(found.iter().any(|fault| fault.starts_with(expected)), "{found:#?}");
}

#[rstest]
#[case("PUT", "/athlete/{athlete_id}/events/bulk-delete", "write", false)]
#[case("DELETE", "/activity/{activity_id}", "write", false)]
#[case("DELETE", "/activity/{activity_id}", "destructive", true)]
fn what_deletes_is_destructive_and_for_good(
    #[case] method: &str,
    #[case] path: &str,
    #[case] effect: &str,
    #[case] good: bool,
) {
    let argument = "[tool.arguments.activity_id]\ntype = \"string\"\ndescription = \"Id.\"\nrequired = true\n";
    let argument = if path.contains("activity_id") { argument } else { "" };
    let text = format!(
        "about = \"Deletes.\"\n[[tool]]\nname = \"icu_remove\"\ndescription = \"REMOVE.\"\neffect = \"{effect}\"\nmethod = \"{method}\"\npath = \"{path}\"\n{argument}"
    );
    let (packs, broken) = read(&[("mine.toml", &text)]);
    assert_eq!(packs.len() == 1, good, "{broken:?}");
    match packs.first() {
        Some(pack) => assert_eq!(pack.tools[0].delete, Some(intervals_core::registry::Delete::Forever)),
        None => {
            assert!(broken[0].reason().contains(":5: ") && broken[0].reason().contains("needs the effect destructive"))
        }
    }
}

/// A tool that writes a request of this body.
fn writing(effect: &str, method: &str, path: &str, rest: &str) -> String {
    format!(
        "about = \"Writes.\"\n[[tool]]\nname = \"icu_set\"\ndescription = \"SET.\"\neffect = \"{effect}\"\n\
         method = \"{method}\"\npath = \"{path}\"\n{rest}"
    )
}

#[rstest]
#[case("PUT", "/activity/i1/streams", "[tool.body]\ntype = \"watts\"")]
#[case("PUT", "/athlete/{athlete_id}/apply-plan-changes", "")]
#[case("POST", "/athlete/{athlete_id}/events/apply-plan", "[tool.body]\nfolder_id = 1")]
#[case("POST", "/athlete/{athlete_id}/activities/manual/bulk", "[tool.body]\nname = \"x\"")]
fn what_replaces_is_destructive_and_no_deletion(#[case] method: &str, #[case] path: &str, #[case] rest: &str) {
    let found = faults(&writing("write", method, path, rest));
    assert!(found.len() == 1 && found[0].contains("needs the effect destructive"), "{found:?}");
    let (packs, broken) = read(&[("mine.toml", &writing("destructive", method, path, rest))]);
    assert!(broken.is_empty(), "{broken:?}");
    assert_eq!(packs[0].tools[0].delete, None);
}

#[test]
fn a_field_that_deletes_is_destructive_and_a_deletion() {
    let text = |effect| writing(effect, "PUT", "/chats/1/messages/2", "[tool.body]\ndeleted = \"2026-07-05\"");
    assert!(faults(&text("write"))[0].starts_with(":9: what deletes is destructive. "), "{:?}", faults(&text("write")));
    let (packs, broken) = read(&[("mine.toml", &text("destructive"))]);
    assert!(broken.is_empty(), "{broken:?}");
    assert_eq!(packs[0].tools[0].delete, Some(intervals_core::registry::Delete::Forever));
}

#[test]
fn what_is_sent_as_a_list_is_answered_with_one() {
    let text =
        |list| writing("write", "POST", "/athlete/{athlete_id}/events/bulk", list) + "\n[tool.body]\nname = \"x\"";
    let found = faults(&text("fields = [\"id\"]"));
    assert!(found.len() == 1 && found[0].starts_with(":8: what is sent as a list is answered with one. "), "{found:?}");
    assert_eq!(faults(&text("list = \".\"\nfields = [\"id\"]")), [""; 0]);
    assert_eq!(faults(&text("")), [""; 0]);
}

#[rstest]
#[case("\"today-30\"")]
#[case("\"today\"")]
fn a_day_counted_from_today_is_an_argument(#[case] day: &str) {
    let text =
        writing("read", "GET", "/athlete/{athlete_id}/activities", "list = \".\"\nfields = [\"id\"]\n[tool.query]")
            + &format!("\noldest = {day}");
    let day = day.trim_matches('"');
    assert_eq!(
        faults(&text),
        [format!(
            ":11: \"{day}\" would be sent as it stands. Make it the default of an argument of type date, and write that in braces \
             here."
        )]
    );
}

#[test]
fn a_day_in_a_body_is_an_argument_and_a_name_may_be_today() {
    let text = |body: &str| writing("write", "PUT", "/athlete/{athlete_id}/events/1", &format!("[tool.body]\n{body}"));
    let found = faults(&text("start_date_local = \"today+1\""));
    assert!(found[0].starts_with(":9: \"today+1\" would be sent as it stands. "), "{found:?}");
    assert_eq!(faults(&text("name = \"today\"")), [""; 0]);
}

#[test]
fn a_table_in_a_body_stands_in_braces_or_under_its_name() {
    let inner = "type = \"string\"\ndescription = \"Id.\"\n";
    let tool = |body: &str| {
        writing("write", "PUT", "/activity/1", &format!("[tool.arguments.gear_id]\n{inner}[tool.body]\n{body}"))
    };
    assert_eq!(faults(&tool("gear = { id = \"{gear_id}\" }")), [""; 0]);
    assert_eq!(faults(&tool("[tool.body.gear]\nid = \"{gear_id}\"")), [""; 0]);
    assert!(faults(&tool("gear.id = \"{gear_id}\""))[0].contains(": a key has a dot. Write a table in braces"));
}

#[rstest]
#[case("today-2147483648")]
#[case("today+99999999999999999999")]
fn a_day_that_no_calendar_has_is_a_fault(#[case] day: &str) {
    let found =
        faults(&GOOD.replace("\"integer\"", "\"date\"").replace("required = true", &format!("default = '{day}'")));
    assert!(found.iter().any(|fault| fault.starts_with(&format!(":12: \"{day}\" is not a day"))), "{found:?}");
}

#[test]
fn a_file_that_the_server_fails_over_takes_no_other_with_it() {
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

#[test]
fn a_required_parameter_is_required() {
    let found = faults(
        &GOOD.replace("/routes/{route_id}", "/activities").replace("includePath = false", "route_id = '{route_id}'"),
    );
    assert_eq!(found, [":7: GET /athlete/{id}/activities needs the parameter oldest. Add oldest to [tool.query]."]);
    let optional = GOOD
        .replace("/routes/{route_id}", "/activities")
        .replace("includePath = false", "oldest = '{route_id}'")
        .replace("required = true", "");
    assert_eq!(
        faults(&optional),
        [
            ":14: the parameter is required, and the argument route_id is not. Give the argument required = true or a default."
        ]
    );
}

#[test]
fn all_faults_of_a_file_are_said_at_once_in_its_order() {
    let text = GOOD.replace("ONE route.", "ONE").replace("includePath", "x").replace("icu_get_route", "y");
    let lines: Vec<_> = faults(&text).iter().map(|fault| fault.split(':').nth(1).unwrap().to_owned()).collect();
    assert_eq!(lines, ["3", "4", "14"]);
}

#[rstest]
#[case("Mine.toml", "\"Mine\" is no name of a pack")]
#[case("gear.toml", "the server has a pack gear of its own")]
#[case("packs.toml", "the server has a pack packs of its own")]
#[case("all.toml", "the server has a pack all of its own")]
fn a_file_has_a_name_of_its_own(#[case] name: &str, #[case] problem: &str) {
    let (packs, broken) = read(&[(name, GOOD)]);
    assert!(packs.is_empty() && broken[0].reason().contains(problem), "{}", broken[0].reason());
}

#[test]
fn of_two_files_with_the_same_tool_the_second_is_broken_and_the_rest_works() {
    let (packs, broken) = read(&[("a.toml", GOOD), ("b.toml", GOOD), ("c.toml", "x"), ("d.toml", WRITES)]);
    let names: Vec<_> = packs.iter().map(|pack| &*pack.card.name).collect();
    assert_eq!(names, ["a", "d"]);
    assert!(broken[0].reason().contains("b.toml:3: the pack a has a tool icu_get_route already"));
    let twice = GOOD.to_owned() + &GOOD.replace("about = \"Routes.\"\n", "");
    assert!(faults(&twice)[0].starts_with(":16: there are two tools icu_get_route"), "{:?}", faults(&twice));
}

#[test]
fn what_cannot_be_read_is_broken_and_a_missing_folder_is_empty() {
    let folder = folder(&[]);
    fs::write(folder.path().join("odd.toml"), [0xff, 0xfe]).unwrap();
    fs::create_dir(folder.path().join("sub.toml")).unwrap();
    fs::write(folder.path().join("vast.toml"), "#".repeat(MAX_BYTES as usize + 1)).unwrap();
    let DeclaredPacks { packs, broken, .. } = PackFiles::read(folder.path()).declared(|_| None);
    assert_eq!((packs.len(), broken.len()), (0, 3));
    assert!(broken[2].reason().contains("262144 are read"), "{}", broken[2].reason());
    let nowhere = PackFiles::read(&folder.path().join("nowhere")).declared(|_| None);
    assert_eq!((nowhere.packs.len(), nowhere.broken.len()), (0, 0));
    // A file where the folder should be.
    let file = PackFiles::read(&folder.path().join("odd.toml")).declared(|_| None);
    assert_eq!((file.packs.len(), file.broken.len()), (0, 1));
}

#[test]
fn what_was_declared_before_may_still_be_named() {
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
fn all_that_is_wrong_is_said_and_in_brief_the_first() {
    let (_, broken) =
        read(&[("mine.toml", &GOOD.replace("\"read\"", "\"write\"").replace("[\"name\"", "[\"NAME\", \"a..b\""))]);
    let (brief, reason) = (broken[0].brief(), broken[0].reason());
    assert_eq!((broken[0].faults.len(), reason.matches("mine.toml:8: ").count()), (2, 2), "{reason}");
    assert!(brief.matches("mine.toml:8: ").count() == 1 && brief.contains(" 1 more: "), "{brief}");
}

#[test]
fn what_files_declare_is_the_same_until_more_than_a_comment_changes() {
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
fn files_are_equal_until_one_changes() {
    let folder = folder(&[("mine.toml", GOOD)]);
    let read = || PackFiles::read(folder.path());
    let before = read();
    assert_eq!(before, read());
    fs::write(folder.path().join("mine.toml"), GOOD.replace("ONE", "SAME")).unwrap();
    assert_ne!(before, read());
    assert_ne!(*before.stamps(), stamps(Some(folder.path())));
}
