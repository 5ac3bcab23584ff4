//! `icu_create_gear`
use intervals_core::{
    Athlete, Notes, Result, Today,
    records::{
        New,
        gear::{Fields, Row},
    },
    tool,
};

use crate::rows::{note_unstored, with_local_days};

/// ADD gear or a part.
#[tool(write, title = "Create gear")]
async fn icu_create_gear(athlete: Athlete, today: Today, notes: Notes, args: New<Fields>) -> Result<Row> {
    let mut fields = args.given();
    let New(given) = args;
    // New gear is in use, so only `false` needs a field.
    if given.active == Some(false) {
        fields.insert("retired".into(), today.date().to_string().into());
    }
    let gear = athlete.gear().create(fields).await?;
    note_unstored(&given, &notes);
    Ok(with_local_days(gear, &today))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::COACHED};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn gear_is_added_with_the_fields_that_the_service_has() {
        let demo = demo().await;
        let arguments = json!({"name": "Spikes", "gear_type": "SHOE", "brand": "Fast", "model": "X", "primary": true,
            "notes": "size 43", "purchased": "2026-07-01"});
        let answer = demo.structured("icu_create_gear", arguments).await;
        assert_eq!((&answer["type"], answer.get("retired")), (&json!("Shoes"), None));
        assert_eq!((&answer["gear_notes"], &answer["purchased"]), (&json!("size 43"), &json!("2026-07-01")));
        let note = "not stored: brand, model, primary; Intervals.icu has no such fields. Use name or notes.";
        assert_eq!(answer["notes"], json!([note]));
        let sent = demo.requests().into_iter().find(|request| request.method == "POST").unwrap();
        let sent: Value = serde_json::from_slice(&sent.body).unwrap();
        assert_eq!(sent, json!({"name": "Spikes", "type": "Shoes", "notes": "size 43", "purchased": "2026-07-01"}));
    }

    #[tokio::test]
    async fn gear_can_be_added_as_retired_on_the_athletes_own_day() {
        let demo = demo().await;
        let arguments = json!({"name": "Old", "gear_type": "Bike", "active": false, "athlete_id": COACHED});
        let answer = demo.structured("icu_create_gear", arguments).await;
        // Noon in Auckland is the evening before in Denver.
        assert_eq!((&answer["retired"], &answer["athlete"]), (&json!("2026-07-04"), &json!("Sam Brook (i7002)")));
        assert_eq!(demo.writes(), [format!("POST /api/v1/athlete/{COACHED}/gear")]);
    }

    #[rstest]
    #[case(json!({"name": "X", "gear_type": "Bicycles and co"}), "invalid arguments for icu_create_gear: gear_type: \"Bicycles and co\" is not known; use ")]
    #[case(json!({"name": " ", "gear_type": "Bike"}), "invalid arguments for icu_create_gear: name: it cannot be empty")]
    #[case(json!({"name": "X"}), "invalid arguments for icu_create_gear: missing field `gear_type`")]
    #[case(json!({"name": "X", "gear_type": "Bike", "purchased": "May"}), "invalid arguments for icu_create_gear: purchased: ")]
    #[case(json!({"name": "X", "gear_type": "Bike", "weight": 8}), "invalid arguments for icu_create_gear: weight: ")]
    #[tokio::test]
    async fn invalid_arguments_are_not_sent(#[case] arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        demo.refuses("icu_create_gear", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }
}
