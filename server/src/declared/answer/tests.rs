//! What is read of an answer, by path and by name.
use icu_core::render::Page;
use rstest::rstest;

use super::*;

fn shape(fields: &[(&str, &str)], list: Option<&str>) -> Shape {
    let field = |(name, place): &(&str, &str)| Field { name: (*name).into(), place: Place::of(place).unwrap() };
    Shape::new(list.map(|list| Place::of(list).unwrap()), fields.iter().map(field).collect())
}

#[rstest]
#[case("distance_m", json!(42195), "distance: 42.2 km\n")]
#[case("climb_m", json!("1203.4"), "climb: 1203 m\n")]
#[case("pace_mps", json!(3.571), "pace: 4:40/km\n")]
#[case("speed_mps", json!(8.4), "speed: 30.2 km/h\n")]
#[case("time_s", json!(5025), "time: 1:23:45\n")]
#[case("max_c", json!(21.4), "max: 21 °C\n")]
#[case("name_by_others", json!("do \"this\""), "name_by_others: \"do 'this'\"\n")]
#[case("tags", json!(["a", "b"]), "tags: a, b\n")]
#[case("link", json!("https://x.example/a?token=secret"), "link: https://x.example/a\n")]
#[case("nothing", json!(null), "")]
fn a_name_says_the_unit(#[case] name: &str, #[case] value: Value, #[case] text: &str) {
    let answer = json!({ "x": value });
    let shape = shape(&[(name, "x")], None);
    let mut odd = BTreeSet::new();
    let row = shape.row(&[&answer], ALONE, &mut odd);
    assert_eq!(Page::of(&row, Units::default()).unwrap().text(), text);
    assert!(odd.is_empty());
}

#[rstest]
#[case("x", json!({"a": 1}))]
#[case("x", json!([{"a": 1}]))]
#[case("x_m", json!("far"))]
fn what_is_no_plain_value_or_not_of_its_unit_is_left_out(#[case] name: &str, #[case] value: Value) {
    let answer = json!({ "x": value });
    let shape = shape(&[(name, "x")], None);
    let mut odd = BTreeSet::new();
    let row = shape.row(&[&answer], ALONE, &mut odd);
    assert_eq!((serde_json::to_value(&row).unwrap()[name].clone(), odd.len()), (Value::Null, 1));
}

#[rstest]
#[case(json!({"f": [{"l": "A", "d": [{"t": {"max": 1}}, {"t": null}]}, {"l": "B", "d": null}, {"l": "C", "d": [{"t": {"max": 3}}]}]}), json!([["A", 1], ["A", null], ["C", 3]]), false)]
#[case(json!({"f": [{"l": "A"}]}), json!([]), true)]
#[case(json!({"f": null}), json!([]), false)]
#[case(json!({}), json!([]), true)]
fn rows_of_lists_within_lists_know_what_is_around_them(
    #[case] answer: Value,
    #[case] rows: Value,
    #[case] lacks: bool,
) {
    let shape = shape(&[("label", "../l"), ("max", "t.max")], Some("f[].d"));
    let (mut found, mut missing) = (vec![], false);
    collect(&answer, &shape.list.as_ref().unwrap().steps, &mut vec![&answer], &mut found, &mut missing);
    let mut odd = BTreeSet::new();
    let read: Vec<Value> = found
        .iter()
        .map(|stack| serde_json::to_value(shape.row(stack, IN_LIST, &mut odd)).unwrap())
        .map(|row| json!([row["label"], row["max"]]))
        .collect();
    assert_eq!((json!(read), missing), (rows, lacks));
}

#[rstest]
#[case("icu_api_key", true)]
#[case("owner.email", true)]
#[case("icu_friend_invite_token", true)]
#[case("name", false)]
fn secrets_are_known_by_their_keys(#[case] place: &str, #[case] secret: bool) {
    assert_eq!(Place::of(place).unwrap().secret().is_some(), secret);
}

#[test]
fn long_texts_and_lists_are_cut() {
    let answer = json!({"long": "x".repeat(5000), "many": (0..60).collect::<Vec<_>>()});
    let row = serde_json::to_value(shape(&[("long", "long"), ("many", "many")], None).row(
        &[&answer],
        ALONE,
        &mut BTreeSet::new(),
    ))
    .unwrap();
    assert_eq!(row["long"].as_str().unwrap().chars().count(), ALONE + 1);
    assert_eq!((row["many"].as_array().unwrap().len(), &row["many"][50]), (51, &json!("… 10 more")));
}
