//! Faults of a pack file, each with its line.
mod files;
mod writes;

use std::fs;

use intervals_core::registry::Tier;
use rstest::rstest;
use tempfile::TempDir;

use super::*;

/// A file without faults, in which each case changes a line.
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

/// A temporary folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The packs and the files with faults of a folder with these files.
fn read(files: &[(&str, &str)]) -> (Vec<DeclaredPack>, Vec<BrokenPack>) {
    let owner_of = |name: &str| match name {
        "icu_taken" => Some(Name::Borrowed("gear")),
        "packs" => Some(Name::Borrowed("packs")),
        _ => None,
    };
    let DeclaredPacks { packs, broken, .. } = PackFiles::read(folder(files).path()).declared(owner_of);
    (packs, broken)
}

/// The faults of a file, without the path of its folder.
fn faults(text: &str) -> Vec<String> {
    let (packs, broken) = read(&[("mine.toml", text)]);
    assert_eq!(packs.len() + broken.len(), 1);
    let without_folder = |fault: &Fault| fault.to_string().split_once("mine.toml").unwrap().1.to_owned();
    broken.iter().flat_map(|broken| &broken.faults).map(without_folder).collect()
}

#[test]
fn a_file_without_faults_declares_a_pack() {
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
#[case("ONE route.", "ONE\\u202E route.", ":4: the description has an invisible character. ")]
#[case("ONE route.", &"x".repeat(301), ":4: the description has 301 characters. Write up to 300.")]
#[case("method", "title = \" \"\nmethod", ":6: the title is empty. ")]
#[case("method", "title = \"a\\nb\"\nmethod", ":6: the title has more than one line. ")]
#[case("method", &format!("title = \"{}\"\nmethod", "x".repeat(61)), ":6: the title has 61 characters. Write up to 60.")]
#[case("Its id.", "", ":11: the description is empty. ")]
#[case("ONE route.", "ONE\\u200B route.", ":4: the description has an invisible character. ")]
#[case("ONE route.", "ONE\\U000E0041 route.", ":4: the description has an invisible character. ")]
#[case("Its id.", "a\\u2067b", ":11: the description has an invisible character. ")]
#[case("Its id.", "a\\u001bb", ":11: the description has an invisible character. ")]
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
#[case("{athlete_id}", "{route_id}", ":7: \"{route_id}\" is in the place of the athlete. ")]
#[case("{athlete_id}", "0", ":7: \"0\" is in the place of the athlete. ")]
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
#[case("fields = [\"name\", \"tags\"]", "list = \"tokens\"\nfields = [\"value\"]", ":8: tokens may be a secret")]
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
    ":13: the argument spare is not used. "
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
fn a_fault_has_its_line(#[case] from: &str, #[case] to: &str, #[case] expected: &str) {
    let text = GOOD.replacen(from, to, 1);
    assert_ne!(text, GOOD);
    let found = faults(&text);
    assert!(found.iter().any(|fault| fault.starts_with(expected)), "{found:#?}");
}

/// A file without faults, whose tool writes.
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
#[case("today-2147483648")]
#[case("today+99999999999999999999")]
fn a_relative_date_out_of_range_is_a_fault(#[case] day: &str) {
    let found =
        faults(&GOOD.replace("\"integer\"", "\"date\"").replace("required = true", &format!("default = '{day}'")));
    assert!(found.iter().any(|fault| fault.starts_with(&format!(":12: \"{day}\" is not a day"))), "{found:?}");
}

#[test]
fn a_required_parameter_needs_a_value_in_every_call() {
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
fn all_faults_of_a_file_are_reported_by_line() {
    let text = GOOD.replace("ONE route.", "ONE").replace("includePath", "x").replace("icu_get_route", "y");
    let lines: Vec<_> = faults(&text).iter().map(|fault| fault.split(':').nth(1).unwrap().to_owned()).collect();
    assert_eq!(lines, ["3", "4", "14"]);
}
