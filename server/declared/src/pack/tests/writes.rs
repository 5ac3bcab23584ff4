//! Checks of tools that write: effects, bodies and dates.
use intervals_core::registry::Delete;
use rstest::rstest;

use super::*;

#[rstest]
#[case("\"{name}\"", "\"{athlete_id}\"", ":16: there is no argument athlete_id. It can be only in the path")]
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
fn a_request_is_checked_against_the_contract(#[case] from: &str, #[case] to: &str, #[case] expected: &str) {
    assert_eq!(faults(WRITES), [""; 0]);
    let found = faults(&WRITES.replacen(from, to, 1));
    assert!(found.iter().any(|fault| fault.starts_with(expected)), "{found:#?}");
}

#[rstest]
#[case("PUT", "/athlete/{athlete_id}/events/bulk-delete", "write", false)]
#[case("DELETE", "/activity/{activity_id}", "write", false)]
#[case("DELETE", "/activity/{activity_id}", "destructive", true)]
fn an_operation_that_deletes_is_destructive_and_permanent(
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
        Some(pack) => assert_eq!(pack.tools[0].delete, Some(Delete::Forever)),
        None => {
            assert!(broken[0].reason().contains(":5: ") && broken[0].reason().contains("needs the effect destructive"))
        }
    }
}

/// A file with one tool of this effect, method and path; `rest` is added at its end.
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
fn an_operation_that_replaces_is_destructive_and_no_deletion(
    #[case] method: &str,
    #[case] path: &str,
    #[case] rest: &str,
) {
    let found = faults(&writing("write", method, path, rest));
    assert!(found.len() == 1 && found[0].contains("needs the effect destructive"), "{found:?}");
    let (packs, broken) = read(&[("mine.toml", &writing("destructive", method, path, rest))]);
    assert!(broken.is_empty(), "{broken:?}");
    assert_eq!(packs[0].tools[0].delete, None);
}

#[test]
fn a_body_with_the_field_deleted_is_a_destructive_deletion() {
    let text = |effect| writing(effect, "PUT", "/chats/1/messages/2", "[tool.body]\ndeleted = \"2026-07-05\"");
    assert!(faults(&text("write"))[0].starts_with(":9: what deletes is destructive. "), "{:?}", faults(&text("write")));
    let (packs, broken) = read(&[("mine.toml", &text("destructive"))]);
    assert!(broken.is_empty(), "{broken:?}");
    assert_eq!(packs[0].tools[0].delete, Some(Delete::Forever));
}

#[test]
fn a_body_that_is_sent_as_a_list_is_answered_with_a_list() {
    let text =
        |list| writing("write", "POST", "/athlete/{athlete_id}/events/bulk", list) + "\n[tool.body]\nname = \"x\"";
    let found = faults(&text("fields = [\"id\"]"));
    assert!(
        found.len() == 1 && found[0].starts_with(":8: a body that is sent as a list is answered with a list. "),
        "{found:?}"
    );
    assert_eq!(faults(&text("list = \".\"\nfields = [\"id\"]")), [""; 0]);
    assert_eq!(faults(&text("")), [""; 0]);
}

#[rstest]
#[case("\"today-30\"")]
#[case("\"today\"")]
fn a_fixed_date_relative_to_today_is_a_fault(#[case] day: &str) {
    let text =
        writing("read", "GET", "/athlete/{athlete_id}/activities", "list = \".\"\nfields = [\"id\"]\n[tool.query]")
            + &format!("\noldest = {day}");
    let day = day.trim_matches('"');
    assert_eq!(
        faults(&text),
        [format!(
            ":11: \"{day}\" would be sent as text. Make it the default of an argument of type date, and write that in braces \
             here."
        )]
    );
}

#[test]
fn a_relative_date_in_a_body_is_a_fault_but_a_name_may_be_today() {
    let text = |body: &str| writing("write", "PUT", "/athlete/{athlete_id}/events/1", &format!("[tool.body]\n{body}"));
    let found = faults(&text("start_date_local = \"today+1\""));
    assert!(found[0].starts_with(":9: \"today+1\" would be sent as text. "), "{found:?}");
    assert_eq!(faults(&text("name = \"today\"")), [""; 0]);
}

#[test]
fn a_table_in_a_body_is_inline_or_has_its_own_header() {
    let inner = "type = \"string\"\ndescription = \"Id.\"\n";
    let tool = |body: &str| {
        writing("write", "PUT", "/activity/1", &format!("[tool.arguments.gear_id]\n{inner}[tool.body]\n{body}"))
    };
    assert_eq!(faults(&tool("gear = { id = \"{gear_id}\" }")), [""; 0]);
    assert_eq!(faults(&tool("[tool.body.gear]\nid = \"{gear_id}\"")), [""; 0]);
    assert!(faults(&tool("gear.id = \"{gear_id}\""))[0].contains(": a key has a dot. Write a table in braces"));
}
