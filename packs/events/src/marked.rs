//! Tests that the answers of this pack mark text by others.
use intervals_core::testing::{
    ToolRunner, demo,
    demo::{COACHED, COACHED_EVENT, EVENT, Options, PAST_EVENT, TODAY_EVENT, marked::*},
    demo_with,
    marks::unmarked,
};
use serde_json::{Value, json};

async fn marked() -> ToolRunner {
    demo_with(Options { marked: true, ..Options::default() }).await
}

#[tokio::test]
async fn every_reading_tool_marks_text_by_others() {
    let demo = marked().await;
    let mut calls = vec![];
    for athlete in [None, Some(COACHED)] {
        for (tool, arguments) in [
            ("icu_get_calendar_events", json!({"days_back": 60, "days_ahead": 120, "limit": 500})),
            ("icu_get_calendar_events", json!({"days_ahead": 14, "limit": 500, "resolve": true})),
            ("icu_get_upcoming_workouts", json!({"limit": 100})),
            ("icu_get_annual_training_plan", json!({"days_back": 365})),
        ] {
            calls.push((tool, arguments, athlete));
        }
    }
    let own = [
        EVENT,
        TODAY_EVENT,
        PAST_EVENT,
        COACH_WORKOUT,
        COACH_RACE,
        COACH_TARGET,
        COACH_PHASE,
        COACH_HOLIDAY,
        COACH_SEASON,
        COACH_PLAN_WORKOUT,
    ];
    let theirs = [COACHED_EVENT, ANONYMOUS_NOTE, ANONYMOUS_WORKOUT, NOTE_FOR_COACHED];
    let events = own.map(|id| (id, None)).into_iter().chain(theirs.map(|id| (id, Some(COACHED))));
    for (id, athlete) in events {
        calls.push(("icu_get_event", json!({"event_id": id, "resolve": true}), athlete));
    }
    let (mut faults, mut quoted) = (vec![], 0);
    for (tool, mut arguments, athlete) in calls {
        if let Some(id) = athlete {
            arguments["athlete_id"] = id.into();
        }
        let answer = demo.answer(tool, arguments.clone()).await;
        quoted += usize::from(answer.structured.to_string().contains("_by_others"));
        faults.extend(unmarked(&answer).into_iter().map(|fault| format!("{tool} {arguments}: {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(quoted > 15, "{quoted}");
}

#[tokio::test]
async fn texts_are_marked_by_their_author_and_an_unknown_author_is_another_person() {
    let demo = marked().await;
    let event = async |arguments: Value| demo.structured("icu_get_event", arguments).await;
    let race = event(json!({"event_id": COACH_RACE})).await;
    assert!(race.get("name").is_none() && race["name_by_others"].as_str().unwrap().starts_with(FOREIGN), "{race}");
    let applied = event(json!({"event_id": COACH_PLAN_WORKOUT})).await;
    assert!(applied["steps"][0]["text_by_others"].as_str().unwrap().starts_with(FOREIGN), "{applied}");
    let anonymous = event(json!({"event_id": ANONYMOUS_NOTE, "athlete_id": COACHED})).await;
    assert!(anonymous["description_by_others"].is_string() && anonymous["name_by_others"].is_string(), "{anonymous}");
    for mine in [json!({"event_id": EVENT}), json!({"event_id": NOTE_FOR_COACHED, "athlete_id": COACHED})] {
        let mine = event(mine).await;
        assert!(mine["name"].as_str().unwrap().starts_with(OWN), "{mine}");
    }
}

#[tokio::test]
async fn answers_of_writes_are_marked_too() {
    let demo = marked().await;
    for (tool, arguments) in [
        ("icu_update_event", json!({"event_id": COACH_RACE, "distance_meters": 50_000})),
        ("icu_duplicate_events", json!({"event_ids": [COACH_WORKOUT]})),
        ("icu_bulk_update_event_access", json!({"event_ids": [COACH_WORKOUT], "athlete_cannot_edit": true})),
    ] {
        let answer = demo.answer(tool, arguments).await;
        assert_eq!(unmarked(&answer), [""; 0], "{tool}");
    }
    let day = demo::Demo::TODAY.to_string();
    let lock = json!({"oldest": day, "newest": "2026-07-12", "athlete_cannot_edit": true, "category": "ALL"});
    assert_eq!(unmarked(&demo.answer("icu_bulk_update_event_access", lock).await), [""; 0]);
}
