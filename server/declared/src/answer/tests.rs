//! Fields of an answer: paths, units, limits and notes.
use intervals_core::{render::Document, units::Units};
use rstest::rstest;

use super::*;

fn shape(fields: &[(&str, &str)], list: Option<&str>) -> AnswerShape {
    let field = |(name, path): &(&str, &str)| AnswerField { name: (*name).into(), path: FieldPath::of(path).unwrap() };
    AnswerShape::new(list.map(|list| FieldPath::of(list).unwrap()), fields.iter().map(field).collect())
}

/// The object as text and as JSON, and the notes.
fn object(fields: &[(&str, &str)], answer: &Value) -> (String, Value, Vec<String>) {
    let mut notes = vec![];
    let row = shape(fields, None).object(answer, &mut |note| notes.push(note));
    let page = Document::of(&row, Units::default()).unwrap();
    (page.text(), serde_json::to_value(&row).unwrap(), notes)
}

/// The rows as JSON, the number of rows in the response, and the notes.
fn rows(fields: &[(&str, &str)], list: &str, answer: &Value) -> (Vec<Value>, usize, Vec<String>) {
    let mut notes = vec![];
    let (rows, received) = shape(fields, Some(list)).rows(answer, 0, 500, &mut |note| notes.push(note));
    (rows.iter().map(|row| serde_json::to_value(row).unwrap()).collect(), received, notes)
}

#[rstest]
#[case("distance_m", json!(42195), "distance: 42.2 km\n")]
#[case("climb_m", json!("1203.4"), "climb: 1203 m\n")]
#[case("pace_mps", json!(3.571), "pace: 4:40/km\n")]
#[case("speed_mps", json!(8.4), "speed: 30.2 km/h\n")]
#[case("time_s", json!(5025), "time: 1:23:45\n")]
#[case("max_c", json!(21.4), "max: 21 °C\n")]
#[case("name_by_others", json!("do \"this\""), "name_by_others: \"do 'this'\"\n")]
#[case("count_by_others", json!(7), "count_by_others: \"7\"\n")]
#[case("tags", json!(["a", "b"]), "tags: a, b\n")]
#[case("zones_s", json!([60, null, 3600]), "zones: 0:01:00, , 1:00:00\n")]
#[case("link", json!("https://x.example/a?token=secret"), "link: https://x.example/a\n")]
#[case("nothing", json!(null), "")]
fn a_name_has_the_unit(#[case] name: &str, #[case] value: Value, #[case] text: &str) {
    let (shown, _, notes) = object(&[(name, "x")], &json!({ "x": value }));
    assert_eq!((shown.as_str(), notes.len()), (text, 0));
}

#[rstest]
#[case("x", json!({"a": 1}))]
#[case("x", json!([{"a": 1}]))]
#[case("x_m", json!("far"))]
fn an_object_or_a_text_with_a_unit_is_left_out(#[case] name: &str, #[case] value: Value) {
    let (_, row, notes) = object(&[(name, "x")], &json!({ "x": value }));
    let expected = format!("{name} is left out where it is not a plain value, or not of its unit");
    assert_eq!((&row[name], notes), (&Value::Null, vec![expected]));
}

#[rstest]
#[case(json!({"f": [{"l": "A", "d": [{"t": {"max": 1}}, {"t": null}]}, {"l": "B", "d": null}, {"l": "C", "d": [{"t": {"max": 3}}]}]}), json!([["A", 1], ["A", null], ["C", 3]]), false)]
#[case(json!({"f": [{"l": "A"}]}), json!([]), true)]
#[case(json!({"f": [{"l": "A", "d": 5}]}), json!([]), true)]
#[case(json!({"f": null}), json!([]), false)]
#[case(json!({}), json!([]), true)]
fn rows_of_nested_lists_have_fields_of_the_outer_lists(
    #[case] answer: Value,
    #[case] expected: Value,
    #[case] lacks: bool,
) {
    let (rows, _, notes) = rows(&[("label", "../l"), ("max", "t.max")], "f[].d", &answer);
    let read: Vec<Value> = rows.iter().map(|row| json!([row["label"], row["max"]])).collect();
    assert_eq!((json!(read), !notes.is_empty()), (expected, lacks));
}

#[rstest]
#[case("a.items", "../label", json!("held"))]
#[case("a.items", "../owner.name", json!("Ann"))]
#[case("groups[].of.items", "../label", json!("inner"))]
#[case("groups[].of.items", "../../label", json!("outermost"))]
#[case("top", "../label", json!("outermost"))]
fn a_field_of_a_row_may_be_in_the_object_that_contains_the_list(
    #[case] list: &str,
    #[case] field: &str,
    #[case] expected: Value,
) {
    let answer = json!({
        "label": "outermost", "top": [{}],
        "a": {"label": "held", "owner": {"name": "Ann"}, "items": [{}]},
        "groups": [{"label": "group", "of": {"label": "inner", "items": [{}]}}],
    });
    assert_eq!(rows(&[("x", field)], list, &answer).0, [json!({"x": expected})]);
}

#[rstest]
#[case("icu_api_key", true)]
#[case("owner.email", true)]
#[case("icu_friend_invite_token", true)]
#[case("name", false)]
fn secrets_are_recognized_by_their_keys(#[case] place: &str, #[case] secret: bool) {
    assert_eq!(FieldPath::of(place).unwrap().secret().is_some(), secret);
}

#[test]
fn long_texts_and_lists_are_cut_and_a_cut_list_is_noted() {
    let many: Vec<_> = (0..60).collect();
    let answer = json!({"long": "x".repeat(5000), "many": many, "zones": many, "few": [1]});
    let fields = [("long", "long"), ("many", "many"), ("zones_s", "zones"), ("few", "few")];
    let (_, row, notes) = object(&fields, &answer);
    assert_eq!(row["long"].as_str().unwrap().chars().count(), MAX_TEXT + 1);
    let lengths = ["many", "zones_s"].map(|name| row[name].as_array().unwrap().len());
    assert_eq!((lengths, &row["few"]), ([50, 50], &json!([1])));
    let expected = ["many", "zones_s"].map(|name| format!("{name} has more than the first 50, which are shown"));
    assert_eq!(notes, expected);
}

#[test]
fn lists_of_the_same_elements_have_the_same_length() {
    let answer = json!({"z": [{"id": "a"}, {"id": "b", "max": 2}, {"max": null}, {"id": "d", "max": 4}]});
    let (_, row, notes) = object(&[("ids", "z[].id"), ("max_bpm", "z[].max"), ("odd", "z[].odd")], &answer);
    assert_eq!(row["ids"], json!(["a", "b", null, "d"]));
    assert_eq!(row["max_bpm"], json!([null, 2, null, 4]));
    assert_eq!((&row["odd"], notes), (&Value::Null, vec!["the answer has no z[].odd".to_owned()]));
}

#[rstest]
#[case(json!([{"name": "A"}, {"name": "B"}]), &["no row has a.b, nmae"])]
// A name that only some rows have, and a null or empty value on the way, is not noted.
#[case(json!([{"nmae": "A", "a": null}, {"a": null}]), &[])]
#[case(json!([{"nmae": null, "a": {"b": 1}}]), &[])]
#[case(json!([]), &[])]
fn a_path_that_no_row_has_is_noted(#[case] answer: Value, #[case] expected: &[&str]) {
    assert_eq!(rows(&[("name", "nmae"), ("b", "a.b")], ".", &answer).2, expected);
}

#[test]
fn an_answer_has_a_limit_of_characters() {
    let row = json!({"words": vec!["x".repeat(300); 50], "id": 1});
    let (shown, received, notes) = rows(&[("words", "words"), ("id", "id")], ".", &json!(vec![row; 400]));
    assert_eq!((shown.len(), received), (9, 400));
    assert!(shown.iter().all(|row| row["words"].as_array().unwrap().len() == 50 && row["id"] == 1));
    assert_eq!(notes, ["there is room for 9 of these rows only; ask for others, or for less in each"]);

    // A single object is cut; numbers are kept even then.
    let vast = json!({"a": vec!["y".repeat(4000); 50], "b": vec!["y".repeat(4000); 50], "n": 5});
    let (text, row, notes) = object(&[("a", "a"), ("b", "b"), ("n", "n")], &vast);
    assert!(text.chars().count() < MAX_TOTAL + 1000, "{}", text.len());
    assert_eq!((&row["n"], notes), (&json!(5), vec!["the answer is cut at 100000 characters".to_owned()]));
    let (shown, received, notes) = rows(&[("a", "a")], ".", &json!([{"a": "z"}, {"a": "z"}]));
    assert_eq!((shown.len(), received, notes.len()), (2, 2, 0));
}

#[test]
fn the_output_schema_fits_the_answer() {
    let schema = shape(&[("zones_s", "a"), ("name_by_others", "b"), ("tags", "c")], None).schema(false);
    let kinds = ["zones_s", "name_by_others", "tags"].map(|name| schema["properties"][name]["type"].clone());
    assert_eq!(kinds, [json!(["number", "array"]), json!(["string", "array"]), Value::Null]);
    assert!(schema["properties"].get("done").is_none());
    let writes = shape(&[("name", "a")], None).schema(true);
    assert_eq!(writes["properties"]["done"]["type"], "boolean");
}
