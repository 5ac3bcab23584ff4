//! `icu_update_gear_reminder`
use intervals_core::{
    Error, Notes, ReminderRef, Result, Today,
    records::{Patch, reminder::Fields},
    tool,
};

use crate::written::WrittenReminder;

/// RESET, snooze or change a reminder; 0 drops a limit.
#[tool(write, tier = rare, title = "Update gear reminder")]
async fn icu_update_gear_reminder(
    reminder: ReminderRef,
    today: Today,
    notes: Notes,
    args: Patch<Fields>,
) -> Result<WrittenReminder> {
    let Patch(given) = &args;
    let snoozes = given.snooze_days.is_some_and(|days| days.0 > 0);
    if args.given().is_empty() && given.reset != Some(true) && !snoozes {
        let advice = "Give text, a limit, reset=true or snooze_days.";
        return Err(Error::new("there is nothing to change", advice));
    }
    let now = reminder.update(&args).await?;
    let answer = WrittenReminder::of(now, &today, |one| (one.id == reminder.id()).then_some(one.id))?;
    if !answer.has_limit() {
        notes.add("without a limit it is never due: give it one, or remove it with icu_delete_gear_reminder");
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        ToolRunner, demo,
        demo::{CHAIN, DUE_REMINDER, SNOOZED_REMINDER},
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    async fn update(demo: &ToolRunner, reminder: i64, mut arguments: Value) -> Value {
        arguments["gear_id"] = CHAIN.into();
        arguments["reminder_id"] = reminder.into();
        demo.structured("icu_update_gear_reminder", arguments).await
    }

    #[tokio::test]
    async fn only_given_fields_are_sent() {
        let demo = demo().await;
        let answer = update(&demo, SNOOZED_REMINDER, json!({"text": "New chain"})).await;
        assert_eq!((&answer["text"], &answer["distance_limit_m"]), (&json!("New chain"), &json!(4_000_000)));
        assert_eq!((&answer["time_limit_s"], &answer["snoozed_until"]), (&json!(720_000), &json!("2026-07-15")));
        let sent = demo.requests().into_iter().find(|request| request.method == "PUT").unwrap();
        assert_eq!(sent.body, br#"{"name":"New chain"}"#);
        assert_eq!(sent.path, format!("/api/v1/athlete/0/gear/{CHAIN}/reminder/{SNOOZED_REMINDER}"));
        assert_eq!(sent.query, [("reset".into(), "false".into()), ("snoozeDays".into(), "0".into())]);
    }

    #[tokio::test]
    async fn a_limit_of_zero_is_dropped() {
        let demo = demo().await;
        let answer = update(&demo, SNOOZED_REMINDER, json!({"time_alert": 0, "days": 400})).await;
        assert_eq!((answer.get("time_limit_s"), &answer["days_limit"]), (None, &json!(400)));
    }

    #[tokio::test]
    async fn a_reminder_without_a_limit_is_noted_as_never_due() {
        let demo = demo().await;
        let none = json!({"distance_alert": "0", "time_alert": 0, "activities": 0.0, "days": "0"});
        let answer = update(&demo, SNOOZED_REMINDER, none).await;
        assert_eq!((answer.get("distance_limit_m"), answer.get("time_limit_s")), (None, None));
        assert!(answer["notes"][0].as_str().unwrap().contains("icu_delete_gear_reminder"), "{answer}");
        let answer = update(&demo, SNOOZED_REMINDER, json!({"activities": "20"})).await;
        assert_eq!((&answer["activities_limit"], answer.get("notes")), (&json!(20), None));
    }

    #[tokio::test]
    async fn the_error_of_a_missing_reminder_says_where_to_look() {
        let arguments = json!({"gear_id": CHAIN, "reminder_id": 1, "reset": true});
        let error = demo().await.text("icu_update_gear_reminder", arguments).await;
        assert!(
            error.starts_with(&format!("there is no reminder 1 of gear \"{CHAIN}\". Use ids of gear and")),
            "{error}"
        );
    }

    #[tokio::test]
    async fn a_reset_reminder_counts_from_today() {
        let demo = demo().await;
        let answer = update(&demo, DUE_REMINDER, json!({"reset": true})).await;
        assert_eq!((&answer["used_pct"], answer.get("due")), (&json!(0), None));
        assert_eq!((&answer["distance_limit_m"], &answer["last_reset"]), (&json!(400_000), &json!("2026-07-05")));
    }

    #[tokio::test]
    async fn a_due_reminder_can_be_snoozed() {
        let demo = demo().await;
        let answer = update(&demo, DUE_REMINDER, json!({"snooze_days": 3})).await;
        assert_eq!((&answer["snoozed_until"], &answer["due"]), (&json!("2026-07-08"), &json!(true)));
        let sent = demo.requests().into_iter().find(|request| request.method == "PUT").unwrap();
        assert_eq!(sent.query, [("reset".into(), "false".into()), ("snoozeDays".into(), "3".into())]);
    }

    #[rstest]
    #[case(json!({"reminder_id": 6002}), "there is nothing to change. ")]
    #[case(json!({"reminder_id": 6002, "reset": false, "snooze_days": 0}), "there is nothing to change. ")]
    #[case(json!({"reminder_id": 6002, "snooze_days": -1}), "invalid arguments for icu_update_gear_reminder: snooze_days: -1 is out of range: it goes from 0 to 3650")]
    #[case(json!({"reminder_id": 6002, "distance_alert": 400_000}), "invalid arguments for icu_update_gear_reminder: distance_alert: 400000 is out of range: it goes from 0 to 100000")]
    #[case(json!({"reminder_id": "six"}), "invalid arguments for icu_update_gear_reminder: reminder_id: ")]
    #[tokio::test]
    async fn invalid_or_empty_changes_are_not_sent(#[case] mut arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        arguments["gear_id"] = CHAIN.into();
        demo.refuses("icu_update_gear_reminder", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }
}
