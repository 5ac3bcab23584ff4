//! `icu_create_gear_reminder`
use intervals_core::{
    Error, GearRef, Result, Today,
    client::Text,
    records::{New, reminder::Fields},
    tool,
};

use crate::written::WrittenReminder;

/// REMIND of maintenance.
#[tool(write, tier = rare, title = "Create gear reminder")]
async fn icu_create_gear_reminder(gear: GearRef, today: Today, args: New<Fields>) -> Result<WrittenReminder> {
    let New(given) = &args;
    if !given.has_limit() {
        let advice = "Give distance_alert (km), time_alert (hours), activities or days, greater than 0.";
        return Err(Error::new("no limit is given", advice));
    }
    let name = given.text.as_ref().map(|text| Text::from(text.0.as_str()));
    let created = gear.athlete().gear().create_reminder(&gear.id(), args.given()).await;
    // The service responds with the whole gear. The new reminder is the newest one with this text, else the newest one.
    WrittenReminder::of(created.map_err(|error| gear.error(error))?, &today, |one| Some((one.text == name, one.id)))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::CHAIN};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn km_and_hours_are_sent_as_metres_and_seconds() {
        let demo = demo().await;
        let arguments = json!({"gear_id": CHAIN, "text": "Wax the chain", "distance_alert": 300.5, "time_alert": 20});
        let answer = demo.answer("icu_create_gear_reminder", arguments).await;
        let sent = demo.requests().into_iter().find(|request| request.method == "POST").unwrap();
        assert_eq!(sent.path, format!("/api/v1/athlete/0/gear/{CHAIN}/reminder"));
        let body: Value = serde_json::from_slice(&sent.body).unwrap();
        assert_eq!(body, json!({"name": "Wax the chain", "distance": 300_500.0, "time": 72_000.0}));
        // The id is not that of the earlier reminder with the same text.
        assert_eq!(
            answer.structured,
            json!({"gear_id": CHAIN, "gear": "Chain 12-speed", "id": 6101, "text": "Wax the chain", "used_pct": 0,
                "distance_limit_m": 300_500, "distance_used_m": 0, "time_limit_s": 72_000, "time_used_s": 0,
                "last_reset": "2026-07-05"})
        );
        assert!(answer.text.contains("distance_limit: 300.5 km\n"), "{}", answer.text);
    }

    #[tokio::test]
    async fn days_and_activities_are_limits_too() {
        let arguments = json!({"gear_id": CHAIN, "text": "Measure", "days": "30", "activities": 12});
        let answer = demo().await.structured("icu_create_gear_reminder", arguments).await;
        assert_eq!((&answer["days_limit"], &answer["activities_limit"]), (&json!(30), &json!(12)));
        assert_eq!(answer.get("distance_limit_m"), None);
    }

    #[tokio::test]
    async fn the_error_of_missing_gear_says_where_to_look() {
        let arguments = json!({"gear_id": "b404", "text": "Measure", "days": 30});
        let error = demo().await.text("icu_create_gear_reminder", arguments).await;
        assert_eq!(error, "there is no gear \"b404\". Use an id from icu_get_gear_list.");
    }

    #[rstest]
    #[case(json!({}), "no limit is given. Give distance_alert (km), ")]
    #[case(json!({"days": 0, "distance_alert": 0}), "no limit is given. ")]
    #[case(json!({"distance_alert": 5_000_000}), "invalid arguments for icu_create_gear_reminder: distance_alert: 5000000 is out of range: it goes from 0 to 100000")]
    #[case(json!({"time_alert": 72_000}), "invalid arguments for icu_create_gear_reminder: time_alert: 72000 is out of range: it goes from 0 to 10000")]
    #[case(json!({"days": -1}), "invalid arguments for icu_create_gear_reminder: days: -1 is out of range: ")]
    #[case(json!({"days": 5, "reset": true}), "invalid arguments for icu_create_gear_reminder: unknown field `reset`")]
    #[case(json!({"days": 5, "text": ""}), "invalid arguments for icu_create_gear_reminder: text: it cannot be empty")]
    #[tokio::test]
    async fn a_reminder_that_is_never_due_is_not_sent(#[case] given: Value, #[case] error: &str) {
        let demo = demo().await;
        let mut arguments = json!({"gear_id": CHAIN, "text": "Measure"});
        arguments.as_object_mut().unwrap().extend(given.as_object().unwrap().clone());
        demo.refuses("icu_create_gear_reminder", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }
}
