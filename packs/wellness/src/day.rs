//! `icu_get_wellness_for_date`
use intervals_core::{Athlete, Day, Notes, Result, Today, records::wellness::Row, tool};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::row::note_rating_scale;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// YYYY-MM-DD.
    #[schemars(example = &"2026-07-01")]
    date: Day,
}

/// ONE day of wellness, whole.
#[tool(read, title = "Wellness of a day")]
async fn icu_get_wellness_for_date(athlete: Athlete, today: Today, notes: Notes, args: Args) -> Result<Row> {
    let row = Row::of(athlete.wellness().day(args.date.0).await?, today.date());
    note_rating_scale([&row], &notes);
    Ok(row)
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, upstream_any};
    use serde_json::json;

    async fn read(body: serde_json::Value) -> intervals_core::answer::Answer {
        let bench = upstream_any(body).await.imperial().zone("UTC");
        bench.answer("icu_get_wellness_for_date", json!({"date": "2026-07-01"})).await
    }

    #[tokio::test]
    async fn zero_is_a_value_and_null_is_none() {
        let answer =
            read(json!({"id": "2026-07-01", "steps": 0, "kcalConsumed": null, "weight": 70.0, "ctl": 50.0, "atl": 60,
            "sportInfo": null, "Mantra": "go", "Caffeine": 0, "Empty": null}))
            .await;
        assert_eq!(
            answer.structured,
            json!({"date": "2026-07-01", "weight_kg": 70, "steps": 0, "ctl": 50, "atl": 60, "tsb": -10, "sports": [],
                "custom": {"Mantra": "go", "Caffeine": 0}})
        );
        assert_eq!(
            answer.text,
            "date: 2026-07-01\nweight: 154.3 lb\nsteps: 0\nctl: 50\natl: 60\ntsb: -10\ncustom:\n  Mantra: go\n  Caffeine: 0\n"
        );
    }

    #[tokio::test]
    async fn a_weight_carried_forward_is_not_a_measurement() {
        let answer = read(json!({"id": "2026-07-01", "weight": 70.0, "tempWeight": true})).await.structured;
        assert_eq!((answer.get("weight_kg"), &answer["weight_carried_kg"]), (None, &json!(70)));
    }

    #[tokio::test]
    async fn ratings_come_with_their_direction() {
        let answer = read(json!({"id": "2026-07-01", "mood": 1})).await;
        assert!(answer.text.contains("1 (best) to 4 (worst)"), "{}", answer.text);
    }

    #[tokio::test]
    async fn a_day_without_entries_is_a_row_all_the_same() {
        let answer = demo().await.structured("icu_get_wellness_for_date", json!({"date": "1999-01-01"})).await;
        assert_eq!(answer["date"], "1999-01-01");
    }
}
