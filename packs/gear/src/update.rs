//! `icu_update_gear`
use intervals_core::{
    Error, GearRef, Notes, Result, Today,
    records::{
        Patch,
        gear::{Fields, Row},
    },
    tool,
};

use crate::rows::{note_unstored, with_local_days};

/// CHANGE, retire or bring back gear.
#[tool(write, idempotent, title = "Update gear")]
async fn icu_update_gear(gear: GearRef, today: Today, notes: Notes, args: Patch<Fields>) -> Result<Row> {
    let mut fields = args.given();
    let Patch(given) = args;
    // The service stores the day of retirement; "" brings the gear back.
    let retired = given.active.map(|active| if active { String::new() } else { today.date().to_string() });
    fields.extend(retired.map(|day| ("retired".to_owned(), day.into())));
    if fields.is_empty() {
        let advice = "Give name, gear_type, active, notes or purchased; there is nothing else to store.";
        return Err(Error::new("there is nothing to change", advice));
    }
    note_unstored(&given, &notes);
    if given.active == Some(false) {
        // Today would overwrite the day of an earlier retirement.
        let before = gear.get().await?;
        if before.retired.is_some() {
            notes.add("it was retired before; that day stays");
            fields.remove("retired");
        }
        if fields.is_empty() {
            return Ok(with_local_days(before, &today));
        }
    }
    let (_, now) = gear.update(fields).await?;
    Ok(with_local_days(now, &today))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{BIKE, RETIRED_BIKE},
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn gear_is_retired_today_and_brought_back_with_an_empty_text() {
        let demo = demo().await;
        let retire = json!({"gear_id": BIKE, "active": false, "model": "Z"});
        let answer = demo.structured("icu_update_gear", retire).await;
        assert_eq!((&answer["retired"], &answer["name"]), (&json!("2026-07-05"), &json!("Road bike")));
        assert!(answer["notes"][0].as_str().unwrap().starts_with("not stored: model;"));
        let back = demo.structured("icu_update_gear", json!({"gear_id": RETIRED_BIKE, "active": true})).await;
        assert_eq!(back.get("retired"), None);
        let bodies: Vec<_> = demo.requests().into_iter().filter(|r| r.method == "PUT").map(|r| r.body).collect();
        assert_eq!(bodies, [br#"{"retired":"2026-07-05"}"#.to_vec(), br#"{"retired":""}"#.to_vec()]);
    }

    #[tokio::test]
    async fn retired_gear_keeps_its_day_of_retirement() {
        let demo = demo().await;
        let answer = demo.structured("icu_update_gear", json!({"gear_id": RETIRED_BIKE, "active": false})).await;
        assert_eq!((&answer["retired"], demo.writes().len()), (&json!("2023-03-24"), 0));
        assert_eq!(answer["notes"], json!(["it was retired before; that day stays"]));
        let rename = json!({"gear_id": RETIRED_BIKE, "active": false, "name": "Old one"});
        let answer = demo.structured("icu_update_gear", rename).await;
        assert_eq!((&answer["retired"], &answer["name"]), (&json!("2023-03-24"), &json!("Old one")));
    }

    #[tokio::test]
    async fn the_answer_has_the_notes_uncut() {
        let notes = "long ".repeat(100);
        let arguments = json!({"gear_id": BIKE, "notes": notes, "purchased": "2022-02-02"});
        let answer = demo().await.structured("icu_update_gear", arguments).await;
        assert_eq!((&answer["gear_notes"], &answer["purchased"]), (&json!(notes), &json!("2022-02-02")));
        assert_eq!(answer["reminders"][0]["days_limit"], 365);
    }

    #[rstest]
    #[case(json!({}), "there is nothing to change. ")]
    #[case(json!({"brand": "X"}), "there is nothing to change. ")]
    #[case(json!({"gear_type": "Axel grease"}), "invalid arguments for icu_update_gear: gear_type: \"Axel grease\" is not known; use Axel or ")]
    #[tokio::test]
    async fn invalid_or_empty_changes_are_not_sent(#[case] mut arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        arguments["gear_id"] = BIKE.into();
        demo.refuses("icu_update_gear", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[tokio::test]
    async fn an_unknown_id_and_read_only_mode_are_errors() {
        let demo = demo().await;
        let arguments = |id: &str| json!({"gear_id": id, "name": "X"});
        demo.refuses("icu_update_gear", arguments("b404"), "there is no gear \"b404\". Use an id from").await;
        let error = demo.again().read_only().text("icu_update_gear", arguments(BIKE)).await;
        assert!(error.contains("was not sent"), "{error}");
    }
}
