//! Texts of activities: those of others are marked, and no answer has characters that a reader cannot see.
use intervals_core::testing::{
    demo::{COACHED, Options, RIDE},
    demo_with,
};
use intervals_demo::marked::{FOREIGN, INVISIBLE, OWN};
use rstest::rstest;
use serde_json::{Value, json};

use crate::references::calls;

/// Lists of the coached athlete.
fn lists() -> Vec<(&'static str, Value)> {
    vec![
        ("icu_get_recent_activities", json!({"days_back": 60, "limit": 50})),
        ("icu_get_activities_by_date", json!({"oldest": "2026-05-01"})),
        ("icu_search_activities", json!({"query": "e"})),
        ("icu_search_activities_full", json!({"query": "e"})),
        ("icu_search_intervals", json!({})),
        ("icu_get_tags", json!({})),
    ]
}

/// The strings with `word` in them that stand under a key which is marked, or is not, as `marked` says.
fn found(answer: &Value, word: &str, marked: bool) -> Vec<String> {
    fn walk(value: &Value, key: &str, see: &mut impl FnMut(&str, &str)) {
        match value {
            Value::String(text) => see(key, text),
            Value::Array(values) => values.iter().for_each(|value| walk(value, key, see)),
            Value::Object(members) => members.iter().for_each(|(key, value)| walk(value, key, see)),
            _ => {}
        }
    }
    let mut found = vec![];
    walk(answer, "", &mut |key, text| {
        // The athlete is named by their own name.
        if key != "athlete" && text.contains(word) && key.ends_with("_by_others") == marked {
            found.push(format!("{key}: {text}"));
        }
    });
    found
}

#[tokio::test]
async fn texts_of_others_are_marked_and_nothing_is_invisible() {
    let of_coached = lists().into_iter().map(|(tool, mut arguments)| {
        arguments["athlete_id"] = COACHED.into();
        (tool, arguments)
    });
    let (mut faults, mut marked) = (vec![], 0);
    for (tool, arguments) in calls().into_iter().map(|(tool, call)| (&*tool.name, call)).chain(of_coached) {
        let demo = demo_with(Options { marked: true, ..Options::default() }).await.coach();
        // What cannot be answered is tested elsewhere.
        let Ok(answer) = demo.run(tool, arguments).await else { continue };
        let plain = found(&answer.structured, FOREIGN, false);
        faults.extend(plain.into_iter().map(|text| format!("{tool}: {text}")));
        marked += found(&answer.structured, FOREIGN, true).len();
        let all = format!("{}{}", answer.structured, answer.text);
        if INVISIBLE.chars().any(|c| all.contains(c)) {
            faults.push(format!("{tool}: invisible characters in {:?}", answer.text));
        }
    }
    assert!(faults.is_empty() && marked > 20, "{marked} {faults:#?}");
}

#[rstest]
#[case("icu_get_activity_details", json!({"activity_id": RIDE}))]
#[case("icu_get_recent_activities", json!({}))]
#[case("icu_search_activities", json!({"query": "e"}))]
#[case("icu_search_activities_full", json!({"query": "e"}))]
#[case("icu_get_tags", json!({}))]
#[tokio::test]
async fn ones_own_texts_are_not_marked(#[case] tool: &str, #[case] arguments: Value) {
    let demo = demo_with(Options { marked: true, ..Options::default() }).await;
    let answer = demo.structured(tool, arguments).await;
    assert_eq!(found(&answer, OWN, true), [""; 0]);
    assert!(!found(&answer, OWN, false).is_empty(), "{answer}");
}
