//! Marked texts over HTTP: each has the word of its author, and invisible characters.
use super::*;
use crate::{
    ATHLETE, CLUB_NOTE, COACHED, COACHED_EVENT, COACHED_RIDE, FITNESS_CHART, INTERVALS_RIDE, MESSAGE, PAST_EVENT, RIDE,
    marked::*,
};
use rstest::rstest;
use std::collections::BTreeSet;

/// Keys of texts that people write.
const TEXTS: &str = "name firstname lastname city state country bio icu_notes icu_tags description notes content comments \
    Mantra label location tags blurb script hr_zone_names power_zone_names pace_zone_names";

async fn marked_demo() -> Caller {
    Caller::with(Options { marked: true, ..Options::default() }).await
}

/// Collects the texts in an answer that people write, with their keys.
fn texts<'a>(value: &'a Value, key: &'a str, found: &mut Vec<(&'a str, &'a str)>) {
    match value {
        Value::String(text) if TEXTS.split_whitespace().any(|known| known == key) => found.push((key, text)),
        Value::Array(values) => values.iter().for_each(|value| texts(value, key, found)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| texts(value, key, found)),
        _ => {}
    }
}

fn words(value: &Value) -> BTreeSet<&'static str> {
    let mut found = Vec::new();
    texts(value, "", &mut found);
    let word = |text: &str| [OWN, FOREIGN].into_iter().filter(|word| text.contains(*word)).collect::<Vec<_>>();
    found.into_iter().flat_map(|(_, text)| word(text)).collect()
}

fn paths(athlete: &str, activity: &str) -> Vec<String> {
    let of_athlete = [
        "",
        "/events?oldest=2000-01-01&newest=2100-01-01",
        "/folders",
        "/workouts",
        "/gear",
        "/custom-item",
        "/sport-settings",
        "/routes",
        "/weather-config",
        "/activities?oldest=2025-01-01",
        "/wellness?oldest=2025-07-05",
    ];
    let of_activity = ["?intervals=true", "/intervals", "/messages"];
    let athlete = of_athlete.iter().map(|path| format!("/athlete/{athlete}{path}"));
    athlete.chain(of_activity.iter().map(|path| format!("/activity/{activity}{path}"))).collect()
}

#[rstest]
#[case::own("0", RIDE)]
#[case::coached(COACHED, COACHED_RIDE)]
#[tokio::test]
async fn every_text_has_one_word_and_invisible_characters(#[case] athlete: &str, #[case] activity: &str) {
    let demo = marked_demo().await;
    for path in paths(athlete, activity) {
        let answer = demo.get(&path).await;
        let mut found = Vec::new();
        texts(&answer, "", &mut found);
        assert!(!found.is_empty(), "{path}");
        for (key, text) in found {
            let words = [OWN, FOREIGN].iter().filter(|word| text.contains(**word)).count();
            assert!(words == 1 && text.contains(INVISIBLE), "{path} {key} {text:?}");
        }
    }
    let athletes = demo.get("/athletes").await;
    assert_eq!((words(&athletes[0]), athletes[1]["name"].as_str().unwrap().contains(FOREIGN)), ([OWN].into(), true));
}

#[tokio::test]
async fn the_word_follows_the_author() {
    let demo = marked_demo().await;
    for (athlete, events) in [
        ("0", [COACH_WORKOUT, COACH_RACE, COACH_TARGET, COACH_PHASE, COACH_HOLIDAY, COACH_SEASON].as_slice()),
        ("0", &[COACH_PLAN_WORKOUT, CLUB_NOTE, PAST_EVENT]),
        (COACHED, &[ANONYMOUS_NOTE, ANONYMOUS_WORKOUT, COACHED_EVENT]),
    ] {
        for event in events {
            let event = demo.get(&format!("/athlete/{athlete}/events/{event}")).await;
            assert_eq!(words(&event), [FOREIGN].into(), "{event}");
        }
    }
    let anonymous = demo.get(&format!("/athlete/{COACHED}/events/{ANONYMOUS_NOTE}")).await;
    assert_eq!(anonymous["created_by_id"], Value::Null);
    let own = demo.get(&format!("/athlete/{COACHED}/events/{NOTE_FOR_COACHED}")).await;
    assert_eq!((words(&own), &own["created_by_id"]), ([OWN].into(), &json!(ATHLETE)));

    let folders = demo.get("/athlete/0/folders").await;
    for folder in folders.as_array().unwrap() {
        let word = if folder["id"] == SHARED_FOLDER { FOREIGN } else { OWN };
        assert_eq!(words(folder), [word].into(), "{folder}");
    }
    let items = demo.get("/athlete/0/custom-item").await;
    for item in items.as_array().unwrap() {
        let word = if item["id"] == FITNESS_CHART { FOREIGN } else { OWN };
        assert_eq!(words(item), [word].into(), "{item}");
    }
    for path in ["/gear", "/sport-settings", "/routes", "/wellness?oldest=2026-06-01", "/activities?oldest=2026-01-01"]
    {
        assert_eq!(words(&demo.get(&format!("/athlete/0{path}")).await), [OWN].into(), "{path}");
        assert_eq!(words(&demo.get(&format!("/athlete/{COACHED}{path}")).await), [FOREIGN].into(), "{path}");
    }
    for (activity, own) in [(RIDE, [MESSAGE + 1, MESSAGE + 2].as_slice()), (COACHED_RIDE, &[MESSAGE_FOR_COACHED])] {
        for message in demo.get(&format!("/activity/{activity}/messages")).await.as_array().unwrap() {
            let word = if own.contains(&message["id"].as_i64().unwrap()) { OWN } else { FOREIGN };
            assert_eq!(words(message), [word].into(), "{message}");
        }
    }
}

#[tokio::test]
async fn marked_workouts_keep_their_steps() {
    let (plain, marked) = (Caller::start().await, marked_demo().await);
    for path in [format!("/athlete/0/events/{PAST_EVENT}"), format!("/athlete/0/workouts/{}", crate::WORKOUT)] {
        let (before, after) = (plain.get(&path).await, marked.get(&path).await);
        assert_eq!(before["workout_doc"]["steps"], after["workout_doc"]["steps"]);
        assert_eq!(before["icu_training_load"], after["icu_training_load"]);
    }
    for path in [format!("events/{COACH_WORKOUT}"), format!("workouts/{SHARED_WORKOUT}")] {
        let workout = marked.get(&format!("/athlete/0/{path}")).await;
        let steps = &workout["workout_doc"]["steps"];
        assert!(steps[0]["text"].as_str().unwrap().contains(FOREIGN), "{steps}");
        assert!(steps[1]["text"].as_str().unwrap().contains(INVISIBLE) && steps[1]["reps"] == 3, "{steps}");
    }
    let ride = marked.get(&format!("/activity/{INTERVALS_RIDE}?intervals=true")).await;
    assert_eq!((ride["icu_intervals"].as_array().unwrap().len(), &ride["icu_intervals_edited"]), (10, &json!(false)));
}

#[tokio::test]
async fn the_ordinary_demo_has_no_mark() {
    let demo = Caller::start().await;
    for path in paths("0", RIDE).into_iter().chain(paths(COACHED, COACHED_RIDE)) {
        let text = demo.get(&path).await.to_string();
        assert!(!text.contains(OWN) && !text.contains(FOREIGN) && !text.contains('\u{202E}'), "{path}");
    }
}
