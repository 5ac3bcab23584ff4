//! Tests of structs with flattened members, enums and nested lists.
use serde::Serialize;
use serde_json::json;

use super::Document;
use crate::{
    List,
    client::RawJson,
    units::{Metres, Seconds, System, Watts},
};

#[derive(Serialize)]
struct Row {
    id: u64,
    #[serde(flatten)]
    effort: Effort,
    tags: Vec<&'static str>,
    ok: bool,
}

#[derive(Serialize)]
struct Effort {
    time_s: Option<Seconds>,
    best_w: Vec<Watts>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Part {
    Steady { distance_m: Metres },
    Rest,
}

#[derive(Serialize)]
struct Whole {
    parts: Vec<Part>,
    best: List<Row>,
    nothing: Option<u8>,
}

#[test]
fn units_are_known_inside_flattened_structs_options_and_arrays() {
    let effort = Effort { time_s: Some(Seconds(61.0)), best_w: vec![Watts(300.0), Watts(250.4)] };
    let list: List<_> = vec![Row { id: u64::MAX, effort, tags: vec!["a", "b"], ok: true }].into();
    assert_eq!(
        Document::of(&list, System::Metric.into()).unwrap().text(),
        "id|time|best_w|tags|ok\n18446744073709551615|0:01:01|300, 250|a, b|yes\n(1)\n"
    );
    let whole =
        Whole { parts: vec![Part::Steady { distance_m: Metres(1000.0) }, Part::Rest], best: list, nothing: None };
    assert_eq!(
        Document::of(&whole, System::Imperial.into()).unwrap().text(),
        "parts:\nkind|distance mi\nsteady|0.62\nrest\n\
         best:\nid|time|best_w|tags|ok\n\
         18446744073709551615|0:01:01|300, 250|a, b|yes\n(1)\n"
    );
    assert_eq!(serde_json::to_value(Metres(1.5)).unwrap(), json!(1.5));
    assert_eq!(serde_json::from_value::<Metres>(json!(2)).unwrap(), Metres(2.0));
}

#[test]
fn json_stays_json_in_text() {
    #[derive(Serialize)]
    struct Answer {
        content: RawJson,
    }
    let json = json!({"on": true, "share": 0.00012, "script": "a\nb", "rows": [{"n": 1}, {"n": 2}]});
    let page = Document::of(&Answer { content: RawJson(json.as_object().unwrap().clone()) }, System::Metric.into());
    let page = page.unwrap();
    assert_eq!(page.text(), format!("content: {json}\n"));
    assert_eq!(page.into_json(), json!({"content": json}));
}
