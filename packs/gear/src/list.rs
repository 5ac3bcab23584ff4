//! `icu_get_gear_list`
use intervals_core::{
    Athlete, List, Notes, Result, Today,
    list::{Limit, Offset},
    records::gear::Row,
    tool,
};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::rows::with_local_days;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Args {
    /// true: retired gear too.
    #[schemars(example = true)]
    retired: Option<bool>,
    /// Most rows.
    #[schemars(example = 30)]
    limit: Limit<30>,
    offset: Offset,
}

/// LIST gear, parts and reminders.
#[tool(read, title = "Gear")]
async fn icu_get_gear_list(athlete: Athlete, today: Today, notes: Notes, args: Args) -> Result<List<Row>> {
    let limit = args.limit.rows(&notes);
    let mut gear: Vec<Row> = athlete.gear().list().await?;
    if args.retired != Some(true) {
        let all = gear.len();
        gear.retain(|one| one.retired.is_none());
        if gear.len() < all {
            notes.add(format!("{} retired left out; retired=true shows them", all - gear.len()));
        }
    }
    let rows: Vec<_> = gear.into_iter().map(|one| with_local_days(one, &today)).collect();
    Ok(List::first(rows, limit, args.offset))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{BIKE, CHAIN, COACHED, Options, RETIRED_BIKE},
        demo_with,
        operations::Operations,
        upstream_any,
    };
    use serde_json::{Value, json};

    fn row<'a>(answer: &'a Value, id: &str) -> Option<&'a Value> {
        answer["items"].as_array().unwrap().iter().find(|row| row["id"] == id)
    }

    async fn read(body: Value) -> intervals_core::answer::Answer {
        let bench = upstream_any(body).await.imperial().zone("UTC");
        bench.answer("icu_get_gear_list", json!({})).await
    }

    #[tokio::test]
    async fn gear_in_use_is_listed_with_its_parts_and_reminders() {
        let answer = demo().await.answer("icu_get_gear_list", json!({})).await;
        let (bike, chain) = (row(&answer.structured, BIKE).unwrap(), row(&answer.structured, CHAIN).unwrap());
        assert_eq!((&bike["distance_m"], &bike["component_ids"][0]), (&json!(12_480_230.5), &json!(CHAIN)));
        assert_eq!((&chain["component"], bike.get("component"), bike.get("retired")), (&json!(true), None, None));
        assert_eq!(
            chain["reminders"][0],
            json!({"id": demo::DUE_REMINDER, "text": "Wax the chain", "used_pct": 113.1, "due": true,
                "distance_limit_m": 400_000, "distance_used_m": 452_300, "last_reset": "2026-06-11"})
        );
        let snoozed = &chain["reminders"][1];
        assert_eq!((&snoozed["snoozed_until"], snoozed.get("due")), (&json!("2026-07-15"), None));
        assert_eq!((&snoozed["time_limit_s"], snoozed.get("days_limit")), (&json!(720_000), None));
        assert!(answer.text.contains("Road bike|Bike|12480.2|447:36:00|310"), "{}", answer.text);
        let reminder = "text Wax the chain, used 113.1 %, due yes, distance_limit 400.0 km, distance_used 452.3 km";
        assert!(answer.text.contains(reminder), "{}", answer.text);
    }

    #[tokio::test]
    async fn retired_gear_is_counted_and_shown_on_request() {
        let demo = demo().await;
        let answer = demo.structured("icu_get_gear_list", json!({})).await;
        assert_eq!(answer["notes"], json!(["1 retired left out; retired=true shows them"]));
        let all = demo.structured("icu_get_gear_list", json!({"retired": true})).await;
        assert_eq!(row(&all, RETIRED_BIKE).unwrap()["retired"], "2023-03-24");
        assert_eq!((all.get("notes"), &all["total"]), (None, &json!(answer["total"].as_u64().unwrap() + 1)));
        let few = demo.structured("icu_get_gear_list", json!({"limit": 2})).await;
        assert_eq!((few["items"].as_array().unwrap().len(), &few["next"]), (2, &json!({"offset": 2})));
    }

    #[tokio::test]
    async fn gear_without_values_is_a_row_and_zero_metres_are_a_value() {
        let nulls = Operations::embedded().unwrap();
        let reminder = nulls.nulls("GearReminder", json!({"id": 7}));
        let gear = json!([nulls.nulls("Gear", json!({"id": "g1"})),
            nulls.nulls("Gear", json!({"id": 2, "distance": 0, "time": "60", "retired": "", "reminders": [reminder]})),
            {"name": "no id"}]);
        let answer = read(gear).await.structured;
        assert_eq!(
            answer["items"],
            json!([{"id": "g1", "component_ids": [], "reminders": []},
                {"id": "2", "distance_m": 0, "time_s": 60, "component_ids": [], "reminders": [{"id": 7}]}])
        );
        assert!(answer["notes"][0].as_str().unwrap().starts_with("1 record of gear could not be read"));
        assert_eq!(read(json!(null)).await.structured["total"], 0);
    }

    #[tokio::test]
    async fn odd_ids_and_unreadable_reminders_lose_no_gear() {
        let reminders = json!([{"id": "7"}, {"id": 8.0, "days": 5}, {"id": 9, "name": 5}]);
        let gear =
            json!([{"id": "b1", "component_ids": [5, 6], "reminders": reminders}, {"id": 2.0, "reminders": "none"}]);
        let answer = read(gear).await.structured;
        assert_eq!(
            answer["items"],
            json!([{"id": "b1", "component_ids": ["5", "6"], "reminders": [{"id": 7}, {"id": 8, "days_limit": 5}]},
                {"id": "2", "component_ids": [], "reminders": []}])
        );
        let notes = &answer["notes"];
        let first = "1 record of reminders of b1 could not be read and is left out ([2].name: ";
        assert!(notes[0].as_str().unwrap().starts_with(first), "{notes}");
        assert!(notes[1].as_str().unwrap().starts_with("1 record of reminders of 2 could not"), "{notes}");
    }

    #[tokio::test]
    async fn a_limit_of_zero_is_no_limit_and_an_odd_moment_is_shown_as_it_is() {
        let reminder = json!({"id": 1, "name": "Service", "distance": 0, "time": 0, "activities": 0, "days": 365,
            "distance_used": 99, "days_used": 73, "percent_used": 20, "snoozed_until": "2026-07-20T23:00:00.000+0000",
            "last_reset": "long ago"});
        let gear = json!([{"id": "b1", "name": "x".repeat(300), "reminders": [reminder]}]);
        let answer = read(gear).await.structured;
        assert_eq!(
            answer["items"][0]["reminders"][0],
            json!({"id": 1, "text": "Service", "used_pct": 20, "days_limit": 365, "days_used": 73,
                "last_reset": "long ago", "snoozed_until": "2026-07-20"})
        );
        assert_eq!(answer["items"][0]["name"].as_str().unwrap().chars().count(), 201);
    }

    #[tokio::test]
    async fn another_athletes_gear_names_the_athlete_and_an_empty_account_has_none() {
        let answer = demo().await.structured("icu_get_gear_list", json!({"athlete_id": COACHED})).await;
        assert_eq!((&answer["total"], &answer["athlete"]), (&json!(2), &json!("Sam Brook (i7002)")));
        let empty = demo_with(Options { years: 0, ..Options::default() }).await;
        let answer = empty.answer("icu_get_gear_list", json!({})).await;
        assert_eq!(answer.text, "(0)\n");
    }
}
