//! `icu_create_gear`
use intervals_core::{
    Athlete, Notes, Result, Today,
    records::{
        New,
        gear::{Fields, Row},
    },
    tool,
};

use crate::rows::{by_days, explain_unstored};

/// ADD gear or a part.
#[tool(write, title = "Create gear")]
async fn icu_create_gear(athlete: Athlete, today: Today, notes: Notes, args: New<Fields>) -> Result<Row> {
    let mut fields = args.given();
    let New(given) = args;
    // In use is how gear starts.
    if given.active == Some(false) {
        fields.insert("retired".into(), today.date().to_string().into());
    }
    let gear = athlete.gear().create(fields).await?;
    explain_unstored(&given, &notes);
    Ok(by_days(gear, &today))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::COACHED};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn gear_is_added_with_fields_that_the_service_has() {
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
    async fn gear_can_start_retired_on_the_athletes_own_today() {
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
    async fn what_does_not_fit_is_sent_nowhere(#[case] arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        demo.refuses("icu_create_gear", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }
}
