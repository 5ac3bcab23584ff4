//! `icu_update_wellness`
use intervals_core::{
    Athlete, Day, Error, JsonMap, Notes, Result, Today,
    records::wellness::{self, Row},
    tool,
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::row::explain;

macro_rules! fields {
    ($($name:ident $upstream:literal $kind:ident $range:expr, $example:literal;)*) => {
        #[derive(Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        struct Args {
            /// YYYY-MM-DD.
            #[schemars(example = &"2026-07-01")]
            date: Day,
            $(
                #[schemars(example = $example)]
                $name: Option<$kind>,
            )*
            /// PERIOD, FOLLICULAR, OVULATING, LUTEAL, NONE.
            #[schemars(example = &"NONE")]
            menstrual_phase: Option<String>,
            /// No device sync.
            #[schemars(example = true)]
            locked: Option<bool>,
            /// Diary.
            #[schemars(example = &"Slept well")]
            comments: Option<String>,
            /// Own fields.
            #[schemars(example = json!({"Caffeine": 120}))]
            custom: Option<JsonMap>,
        }

        impl Args {
            /// The numbers as the service names them, each in its range.
            fn numbers(&self) -> Result<JsonMap> {
                let mut fields = JsonMap::new();
                $(if let Some(value) = self.$name {
                    fields.insert($upstream.into(), checked(stringify!($name), value as f64, $range, json!(value))?);
                })*
                Ok(fields)
            }
        }
    };
}

// Name, the service's name, type, range, example. Units and scales stand once in the tool's description: said here, each would
// cost its words at every listing.
fields! {
    weight "weight" f64 20.0..=400.0, 70.5;
    resting_hr "restingHR" i64 15.0..=200.0, 48;
    hrv "hrv" f64 0.0..=500.0, 65.0;
    sleep_secs "sleepSecs" i64 0.0..=86_400.0, 27_000;
    sleep_score "sleepScore" f64 0.0..=100.0, 80.0;
    sleep_quality "sleepQuality" i64 1.0..=4.0, 2;
    // A 5 of these was seen; the service shows 1 to 4.
    fatigue "fatigue" i64 1.0..=5.0, 2;
    soreness "soreness" i64 1.0..=5.0, 2;
    stress "stress" i64 1.0..=5.0, 2;
    mood "mood" i64 1.0..=5.0, 2;
    motivation "motivation" i64 1.0..=5.0, 2;
    injury "injury" i64 1.0..=5.0, 1;
    hydration "hydration" i64 1.0..=4.0, 2;
    hydration_liters "hydrationVolume" f64 0.0..=30.0, 2.5;
    readiness "readiness" f64 0.0..=100.0, 75.0;
    body_fat "bodyFat" f64 1.0..=75.0, 14.5;
    abdomen "abdomen" f64 30.0..=250.0, 82.0;
    vo2max "vo2max" f64 5.0..=110.0, 55.0;
    systolic "systolic" i64 40.0..=300.0, 120;
    diastolic "diastolic" i64 20.0..=200.0, 75;
    spo2 "spO2" f64 50.0..=100.0, 97.0;
    respiration "respiration" f64 2.0..=80.0, 14.0;
    blood_glucose "bloodGlucose" f64 0.5..=60.0, 5.1;
    lactate "lactate" f64 0.0..=40.0, 1.2;
    steps "steps" i64 0.0..=300_000.0, 9000;
    calories_consumed "kcalConsumed" i64 0.0..=30_000.0, 2500;
    carbohydrates "carbohydrates" f64 0.0..=5000.0, 300.0;
    protein "protein" f64 0.0..=2000.0, 120.0;
    fat_total "fatTotal" f64 0.0..=2000.0, 80.0;
}

/// Fields of the service that are too rare for an argument of their own.
const RARE: &[&str] = &["hrvSDNN", "avgSleepingHR", "floorsClimbed", "baevskySI"];

const PHASES: &[&str] = &["PERIOD", "FOLLICULAR", "OVULATING", "LUTEAL", "NONE"];

/// SET a day's wellness; the rest stays. kg, cm, g, s, ms (hrv: rMSSD), %, mmol/L; sleep_quality to hydration: 1 best, 4 worst.
/// -1 clears a number, "" a text.
#[tool(write, idempotent, title = "Update wellness")]
async fn icu_update_wellness(athlete: Athlete, today: Today, notes: Notes, args: Args) -> Result<Row> {
    let mut fields = args.numbers()?;
    if let Some(phase) = &args.menstrual_phase {
        let phase = phase.to_uppercase();
        if !PHASES.contains(&phase.as_str()) {
            return Err(Error::new(
                format!("menstrual_phase is \"{phase}\""),
                format!("It is one of {}.", PHASES.join(", ")),
            ));
        }
        fields.insert("menstrualPhase".into(), phase.into());
    }
    if let Some(locked) = args.locked {
        fields.insert("locked".into(), locked.into());
    }
    if let Some(comments) = &args.comments {
        fields.insert("comments".into(), comments.as_str().into());
    }
    for (code, value) in args.custom.unwrap_or_default() {
        if !code.starts_with(|c: char| c.is_ascii_uppercase()) && !RARE.contains(&code.as_str()) {
            let advice = "The codes of own fields start with a capital letter; give the service's fields as arguments.";
            return Err(Error::new(format!("custom.{code} is no own field"), advice));
        }
        if value.is_null() {
            return Err(Error::new(format!("custom.{code} is null"), "-1 clears a number, \"\" a text."));
        }
        fields.insert(code, value);
    }
    if fields.is_empty() {
        return Err(Error::new("there is nothing to change", "Give at least one field beside date."));
    }
    let day: wellness::Day = athlete.wellness().update(args.date.0, fields).await?;
    if args.locked == Some(false) && day.locked == Some(true) {
        notes.add("Intervals.icu kept the day locked; unlock it on its calendar");
    }
    let row = Row::of(day, today.date());
    explain([&row], &notes);
    Ok(row)
}

/// A number in its range, or -1, which clears it.
fn checked(name: &str, value: f64, range: std::ops::RangeInclusive<f64>, json: Value) -> Result<Value> {
    if value == -1.0 || range.contains(&value) {
        return Ok(json);
    }
    let advice = format!("It goes from {} to {}; -1 clears it.", range.start(), range.end());
    Err(Error::new(format!("{name} is {value}"), advice))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{ToolRunner, demo};
    use rstest::rstest;

    use super::*;

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
    #[case(json!({"mood": 99}), "mood is 99. It goes from 1 to 5; -1 clears it.")]
    #[case(json!({"weight": 0}), "weight is 0. It goes from 20 to 400; -1 clears it.")]
    #[case(json!({"menstrual_phase": "MENSTRUAL"}), "menstrual_phase is \"MENSTRUAL\". It is one of PERIOD, ")]
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
