//! An event as it is read and written.
use rstest::rstest;
use serde_json::{Value, json};

use super::*;
use crate::{New, Patch};

fn event(fields: Value) -> Full {
    serde_json::from_value(fields).unwrap()
}

#[rstest]
#[case(json!({"start_date_local": "2026-07-10T00:00:00", "end_date_local": "2026-07-11T00:00:00"}), Some("2026-07-10"))]
#[case(json!({"start_date_local": "2026-07-10T00:00:00", "end_date_local": "2026-07-17T00:00:00"}), Some("2026-07-16"))]
#[case(json!({"start_date_local": "2026-07-10T22:00:00", "end_date_local": "2026-07-11T01:30:00"}), Some("2026-07-11"))]
#[case(json!({"start_date_local": "2026-07-10T06:00:00", "end_date_local": null}), Some("2026-07-10"))]
#[case(json!({"start_date_local": "2026-07-10T00:00:00", "end_date_local": "2026-07-10T00:00:00"}), Some("2026-07-10"))]
#[case(json!({"start_date_local": null}), None)]
fn the_stored_end_is_not_part_of_an_event(#[case] fields: Value, #[case] last: Option<&str>) {
    assert_eq!(event(fields).last_day().map(|day| day.to_string()).as_deref(), last);
}

#[test]
fn zero_and_null_are_both_unset_and_lists_may_be_null() {
    let event =
        event(json!({"id": 7.0, "distance": 0.0, "icu_training_load": null, "moving_time": "3600", "tags": null,
            "load_target": 0, "push_errors": null}));
    assert_eq!((event.id, event.distance_m, event.load, event.load_target), (7, None, None, None));
    assert_eq!((event.duration_s, event.tags.len()), (Some(Seconds(3600.0)), 0));
}

#[rstest]
#[case(json!({"category": "WORKOUT", "description": "easy", "workout_doc": {"steps": []}}), true)]
#[case(json!({"category": "WORKOUT", "description": "easy", "workout_doc": null}), true)]
#[case(json!({"category": "WORKOUT", "description": "- 10m 60%", "workout_doc": {"steps": [{"duration": 600}]}}), false)]
#[case(json!({"category": "WORKOUT", "description": "- 10m 60%", "workout_doc": {"steps": 5}}), false)]
#[case(json!({"category": "WORKOUT", "description": " ", "workout_doc": {"steps": []}}), false)]
#[case(json!({"category": "NOTE", "description": "easy"}), false)]
fn a_workout_with_a_text_and_no_steps_was_not_understood(#[case] fields: Value, #[case] expected: bool) {
    assert_eq!(event(fields).is_not_understood(), expected);
}

#[rstest]
#[case(json!({"created_by_id": "i1", "plan_athlete_id": "i2", "athlete_id": "i3"}), Some("i1 and i2"))]
#[case(json!({"created_by_id": "i1", "plan_athlete_id": "i1"}), Some("i1"))]
#[case(json!({"plan_athlete_id": "i2", "athlete_id": "i3"}), Some("i2"))]
#[case(json!({"athlete_id": "i3"}), Some("i3"))]
#[case(json!({}), None)]
fn the_author_is_who_put_it_there(#[case] fields: Value, #[case] author: Option<&str>) {
    assert_eq!(event(fields).author.0.as_deref(), author);
}

#[test]
fn a_number_is_cleared_with_zero() {
    let given = json!({"duration_seconds": -1, "distance": "-1", "load_target": 0, "icu_ctl": 40.5, "start_date": "2026-07-10"});
    let Patch(fields) = serde_json::from_value::<Patch<Fields>>(given).unwrap();
    assert_eq!(
        Value::Object(crate::given(&fields)),
        json!({"moving_time": 0, "distance": 0, "load_target": 0, "icu_ctl": 40.5, "start_date_local": "2026-07-10T00:00:00"})
    );
}

#[test]
fn a_new_event_needs_a_day_a_name_and_a_category() {
    let read = |given: Value| serde_json::from_value::<New<Fields>>(given).map(|_| ()).map_err(|e| e.to_string());
    assert_eq!(read(json!({"date": "2026-07-10", "name": "A", "category": "note"})), Ok(()));
    assert_eq!(read(json!({"date": "2026-07-10", "name": "A"})), Err("missing field `category`".into()));
}
