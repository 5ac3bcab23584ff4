//! `icu_create_gear`
use intervals_core::{Athlete, Day, Notes, Result, Today, tool};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    fields::{Fields, explain_unstored},
    row::Row,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Name.
    #[schemars(example = &"Wet weather bike")]
    name: String,
    /// Bike, Shoes, Chain, …
    #[serde(alias = "type")]
    #[schemars(example = &"Bike")]
    gear_type: String,
    /// false: already retired.
    #[schemars(example = true)]
    active: Option<bool>,
    /// Brand, size, …
    #[schemars(example = &"Steel frame, 58 cm")]
    notes: Option<String>,
    /// Day, YYYY-MM-DD.
    #[schemars(example = &"2026-06-01")]
    purchased: Option<Day>,
    #[schemars(extend("hidden" = true))]
    brand: Option<Value>,
    #[schemars(extend("hidden" = true))]
    model: Option<Value>,
    #[schemars(extend("hidden" = true))]
    primary: Option<Value>,
}

/// ADD gear or a part.
#[tool(write, title = "Create gear")]
async fn icu_create_gear(athlete: Athlete, today: Today, notes: Notes, args: Args) -> Result<Row> {
    let fields = Fields {
        name: Some(args.name),
        gear_type: Some(args.gear_type),
        // In use is how gear starts.
        active: args.active.filter(|active| !active),
        notes: args.notes,
        purchased: args.purchased,
    };
    let gear = athlete.gear().create(fields.write(&today)?).await?;
    let unstored =
        [("brand", args.brand.is_some()), ("model", args.model.is_some()), ("primary", args.primary.is_some())];
    explain_unstored(&unstored, &notes);
    Ok(Row::of(gear, &today))
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
    #[case(json!({"name": "X", "gear_type": "Bicycles and co"}), "\"Bicycles and co\" is no type of gear. Use ")]
    #[case(json!({"name": " ", "gear_type": "Bike"}), "name is empty. ")]
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
