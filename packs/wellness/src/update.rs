//! `icu_update_wellness`
use intervals_core::{
    Athlete, Error, JsonMap, Notes, Result, Today,
    records::{
        Patch,
        wellness::{Fields, Recorded, Row},
    },
    tool,
};

use crate::row::note_rating_scale;

/// SET a day's wellness; the rest stays. kg, cm, g, s, ms (hrv: rMSSD), %, mmol/L; sleep_quality to hydration: 1 best, 4 worst.
/// -1 clears a number, "" a text.
#[tool(write, idempotent, title = "Update wellness")]
async fn icu_update_wellness(athlete: Athlete, today: Today, notes: Notes, args: Patch<Fields>) -> Result<Row> {
    let mut fields = args.given();
    let Patch(given) = args;
    fields.extend(given.custom.map(checked_custom).transpose()?.unwrap_or_default());
    if fields.is_empty() {
        return Err(Error::new("there is nothing to change", "Give at least one field beside date."));
    }
    let day: Recorded = athlete.wellness().update(given.date.0, fields).await?;
    if given.locked == Some(false) && day.locked == Some(true) {
        notes.add("Intervals.icu kept the day locked; unlock it on its calendar");
    }
    let row = Row::of(day, today.date());
    note_rating_scale([&row], &notes);
    Ok(row)
}

/// Fields of the service that are too rare for an argument.
const RARE: &[&str] = &["hrvSDNN", "avgSleepingHR", "floorsClimbed", "baevskySI"];

/// Returns `custom`; fails when it holds a field of the service that has an argument, or a null.
fn checked_custom(custom: JsonMap) -> Result<JsonMap> {
    for (code, value) in &custom {
        if !code.starts_with(|c: char| c.is_ascii_uppercase()) && !RARE.contains(&code.as_str()) {
            let advice = "The codes of own fields start with a capital letter; give the service's fields as arguments.";
            return Err(Error::new(format!("custom.{code} is no own field"), advice));
        }
        if value.is_null() {
            return Err(Error::new(format!("custom.{code} is null"), "-1 clears a number, \"\" a text."));
        }
    }
    Ok(custom)
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{ToolRunner, demo};
    use rstest::rstest;
    use serde_json::{Value, json};

    async fn update(bench: &ToolRunner, mut arguments: Value) -> Value {
        arguments["date"] = "2026-07-01".into();
        bench.structured("icu_update_wellness", arguments).await
    }

    #[tokio::test]
    async fn only_the_given_fields_change_and_can_be_cleared() {
        let demo = demo().await;
        let row = update(&demo, json!({"weight": 70.4, "mood": 1, "steps": 0, "custom": {"Caffeine": 80}})).await;
        assert_eq!((&row["weight_kg"], &row["mood_1_4"], &row["steps"]), (&json!(70.4), &json!(1), &json!(0)));
        let row = update(&demo, json!({"weight": -1, "comments": "late", "menstrual_phase": "luteal"})).await;
        assert_eq!((row.get("weight_kg"), &row["mood_1_4"]), (None, &json!(1)));
        assert_eq!((&row["comments"], &row["custom"]["Caffeine"]), (&json!("late"), &json!(80)));
        let row = update(&demo, json!({"comments": ""})).await;
        assert_eq!(row.get("comments"), None);
    }

    #[rstest]
    #[case(json!({"mood": 99}), "invalid arguments for icu_update_wellness: mood: 99 is out of range: it goes from 1 to 5; -1 clears it")]
    #[case(json!({"weight": 0}), "invalid arguments for icu_update_wellness: weight: 0 is out of range: it goes from 20 to 400; -1 clears it")]
    #[case(json!({"menstrual_phase": "MENSTRUAL"}), "invalid arguments for icu_update_wellness: menstrual_phase: \"MENSTRUAL\" is not known; it is one of PERIOD, ")]
    #[case(json!({"custom": {"restingHR": 50}}), "custom.restingHR is no own field. ")]
    #[case(json!({"custom": {"Caffeine": null}}), "custom.Caffeine is null. -1 clears a number")]
    #[case(json!({}), "there is nothing to change. ")]
    #[case(json!({"wieght": 70}), "invalid arguments for icu_update_wellness: wieght: unknown field `wieght`")]
    #[tokio::test]
    async fn what_is_out_of_range_is_not_sent(#[case] mut arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        arguments["date"] = "2026-07-01".into();
        demo.refuses("icu_update_wellness", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[tokio::test]
    async fn an_own_field_that_is_not_defined_is_refused_by_the_service() {
        let demo = demo().await;
        let error = demo.error("icu_update_wellness", json!({"date": "2026-07-01", "custom": {"Sauna": 1}})).await;
        assert_eq!(error.problem, "Intervals.icu refused this (422): Unrecognized wellness field [Sauna]");
    }
}
