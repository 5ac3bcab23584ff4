//! `icu_update_gear`
use intervals_core::{Day, Error, GearRef, Notes, Result, Today, tool};
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
    /// New name.
    #[schemars(example = &"Road bike")]
    name: Option<String>,
    /// Bike, Shoes, Chain, …
    #[serde(alias = "type")]
    #[schemars(example = &"Bike")]
    gear_type: Option<String>,
    /// false retires it today, true brings it back.
    #[schemars(example = true)]
    active: Option<bool>,
    /// Replaces its notes.
    #[schemars(example = &"New saddle")]
    notes: Option<String>,
    #[schemars(extend("hidden" = true))]
    purchased: Option<Day>,
    #[schemars(extend("hidden" = true))]
    brand: Option<Value>,
    #[schemars(extend("hidden" = true))]
    model: Option<Value>,
    #[schemars(extend("hidden" = true))]
    primary: Option<Value>,
}

/// CHANGE, retire or bring back gear.
#[tool(write, idempotent, title = "Update gear")]
async fn icu_update_gear(gear: GearRef, today: Today, notes: Notes, args: Args) -> Result<Row> {
    let Args { name, gear_type, active, notes: text, purchased, .. } = args;
    let mut fields = Fields { name, gear_type, active, notes: text, purchased }.write(&today)?;
    if fields.is_empty() {
        let advice = "Give name, gear_type, active, notes or purchased; there is nothing else to store.";
        return Err(Error::new("there is nothing to change", advice));
    }
    let unstored =
        [("brand", args.brand.is_some()), ("model", args.model.is_some()), ("primary", args.primary.is_some())];
    explain_unstored(&unstored, &notes);
    if active == Some(false) {
        // Another day would overwrite the one on which it really went.
        let before = gear.get().await?;
        if before.retired.as_deref().is_some_and(|day| !day.is_empty()) {
            notes.add("it was retired before, and that day stays");
            fields.remove("retired");
        }
        if fields.is_empty() {
            return Ok(Row::of(before, &today));
        }
    }
    let (_, now) = gear.update(fields).await?;
    Ok(Row::of(now, &today))
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
    async fn retired_gear_keeps_the_day_on_which_it_went() {
        let demo = demo().await;
        let answer = demo.structured("icu_update_gear", json!({"gear_id": RETIRED_BIKE, "active": false})).await;
        assert_eq!((&answer["retired"], demo.writes().len()), (&json!("2023-03-24"), 0));
        assert_eq!(answer["notes"], json!(["it was retired before, and that day stays"]));
        let rename = json!({"gear_id": RETIRED_BIKE, "active": false, "name": "Old one"});
        let answer = demo.structured("icu_update_gear", rename).await;
        assert_eq!((&answer["retired"], &answer["name"]), (&json!("2023-03-24"), &json!("Old one")));
    }

    #[tokio::test]
    async fn the_answer_holds_the_notes_whole() {
        let notes = "long ".repeat(100);
        let arguments = json!({"gear_id": BIKE, "notes": notes, "purchased": "2022-02-02"});
        let answer = demo().await.structured("icu_update_gear", arguments).await;
        assert_eq!((&answer["gear_notes"], &answer["purchased"]), (&json!(notes), &json!("2022-02-02")));
        assert_eq!(answer["reminders"][0]["days_limit"], 365);
    }

    #[rstest]
    #[case(json!({}), "there is nothing to change. ")]
    #[case(json!({"brand": "X"}), "there is nothing to change. ")]
    #[case(json!({"gear_type": "Axel grease"}), "\"Axel grease\" is no type of gear. Use Axel or ")]
    #[tokio::test]
    async fn what_changes_nothing_is_sent_nowhere(#[case] mut arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        arguments["gear_id"] = BIKE.into();
        demo.refuses("icu_update_gear", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[tokio::test]
    async fn an_unknown_id_and_a_reading_server_are_errors() {
        let demo = demo().await;
        let arguments = |id: &str| json!({"gear_id": id, "name": "X"});
        demo.refuses("icu_update_gear", arguments("b404"), "there is no gear \"b404\". Use an id from").await;
        let error = demo.again().read_only().text("icu_update_gear", arguments(BIKE)).await;
        assert!(error.contains("was not sent"), "{error}");
    }
}
