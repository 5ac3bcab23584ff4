//! `icu_update_gear_reminder`
use intervals_core::{ClientError, Error, GearRef, Notes, Result, Today, tool};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::limits::{Answer, Fields};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// From icu_get_gear_list.
    #[schemars(example = 6002)]
    reminder_id: i64,
    /// What is due.
    #[schemars(example = &"Wax the chain")]
    text: Option<String>,
    /// Due after so many km.
    #[schemars(example = 350.0)]
    distance_alert: Option<f64>,
    /// Or hours of use.
    #[schemars(example = 20.0)]
    time_alert: Option<f64>,
    /// Or activities.
    #[schemars(example = 30)]
    activities: Option<i64>,
    /// Or days.
    #[schemars(example = 90)]
    days: Option<i64>,
    /// Done: count from 0.
    #[schemars(example = true)]
    reset: Option<bool>,
    /// Quiet for so many days.
    #[schemars(example = 7)]
    snooze_days: Option<i64>,
}

/// RESET, snooze or change a reminder; 0 drops a limit.
#[tool(write, tier = rare, title = "Update gear reminder")]
async fn icu_update_gear_reminder(gear: GearRef, today: Today, notes: Notes, args: Args) -> Result<Answer> {
    let fields = Fields {
        text: args.text,
        km: args.distance_alert,
        hours: args.time_alert,
        activities: args.activities,
        days: args.days,
    };
    let fields = fields.write()?;
    let reset = args.reset.unwrap_or_default();
    let days = args.snooze_days.unwrap_or_default();
    let snooze = u32::try_from(days).ok().filter(|days| *days <= 3650);
    let Some(snooze) = snooze else {
        return Err(Error::new(format!("snooze_days is {days}"), "It goes from 1 to 3650 days."));
    };
    if fields.is_empty() && !reset && snooze == 0 {
        let advice = "Give text, a limit, reset=true or snooze_days.";
        return Err(Error::new("there is nothing to change", advice));
    }
    let garage = gear.athlete().gear();
    let now = garage.update_reminder(gear.id(), args.reminder_id, fields, reset, snooze).await;
    let now = now.map_err(|error| match error {
        ClientError::NotFound { .. } => Error::new(
            format!("there is no reminder {} of gear \"{}\"", args.reminder_id, gear.id()),
            "Use ids of gear and reminder that icu_get_gear_list gave.",
        ),
        error => error.into(),
    })?;
    let answer = Answer::of(now, &today, |one| (one.id == args.reminder_id).then_some(one.id))?;
    if answer.has_no_limit() {
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
    async fn what_is_not_given_stays_and_is_not_sent() {
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
    async fn a_reminder_without_any_limit_is_said_to_be_never_due() {
        let demo = demo().await;
        let none = json!({"distance_alert": "0", "time_alert": 0, "activities": 0.0, "days": "0"});
        let answer = update(&demo, SNOOZED_REMINDER, none).await;
        assert_eq!((answer.get("distance_limit_m"), answer.get("time_limit_s")), (None, None));
        assert!(answer["notes"][0].as_str().unwrap().contains("icu_delete_gear_reminder"), "{answer}");
        let answer = update(&demo, SNOOZED_REMINDER, json!({"activities": "20"})).await;
        assert_eq!((&answer["activities_limit"], answer.get("notes")), (&json!(20), None));
    }

    #[tokio::test]
    async fn one_that_is_not_there_says_where_to_look() {
        let arguments = json!({"gear_id": CHAIN, "reminder_id": 1, "reset": true});
        let error = demo().await.text("icu_update_gear_reminder", arguments).await;
        assert!(
            error.starts_with(&format!("there is no reminder 1 of gear \"{CHAIN}\". Use ids of gear and")),
            "{error}"
        );
    }

    #[tokio::test]
    async fn what_is_done_counts_from_now_on() {
        let demo = demo().await;
        let answer = update(&demo, DUE_REMINDER, json!({"reset": true})).await;
        assert_eq!((&answer["used_pct"], answer.get("due")), (&json!(0), None));
        assert_eq!((&answer["distance_limit_m"], &answer["last_reset"]), (&json!(400_000), &json!("2026-07-05")));
    }

    #[tokio::test]
    async fn what_is_due_can_keep_quiet() {
        let demo = demo().await;
        let answer = update(&demo, DUE_REMINDER, json!({"snooze_days": 3})).await;
        assert_eq!((&answer["snoozed_until"], &answer["due"]), (&json!("2026-07-08"), &json!(true)));
        let sent = demo.requests().into_iter().find(|request| request.method == "PUT").unwrap();
        assert_eq!(sent.query, [("reset".into(), "false".into()), ("snoozeDays".into(), "3".into())]);
    }

    #[rstest]
    #[case(json!({"reminder_id": 6002}), "there is nothing to change. ")]
    #[case(json!({"reminder_id": 6002, "reset": false, "snooze_days": 0}), "there is nothing to change. ")]
    #[case(json!({"reminder_id": 6002, "snooze_days": -1}), "snooze_days is -1. ")]
    #[case(json!({"reminder_id": 6002, "distance_alert": 400_000}), "distance_alert is 400000. It goes from 0 (none) to 100000 km")]
    #[case(json!({"reminder_id": "six"}), "invalid arguments for icu_update_gear_reminder: reminder_id: ")]
    #[tokio::test]
    async fn what_changes_nothing_is_sent_nowhere(#[case] mut arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        arguments["gear_id"] = CHAIN.into();
        demo.refuses("icu_update_gear_reminder", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }
}
