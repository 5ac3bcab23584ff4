//! `icu_duplicate_events`
use intervals_core::{Athlete, Error, List, Notes, Result, list::CAP, records::event::Row, tool};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::ids::Ids;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Up to 100.
    #[schemars(example = [41001])]
    event_ids: Ids,
    /// Of each.
    #[serde(default = "one")]
    #[schemars(example = 2)]
    num_copies: i64,
    /// From one copy to the next.
    #[serde(default = "one")]
    #[schemars(example = 1)]
    weeks_between: i64,
}

fn one() -> i64 {
    1
}

/// The most rows of the answer; more events may be created.
const ROWS: usize = 100;

/// COPY events to later weeks.
#[tool(write, tier = rare, title = "Duplicate events")]
async fn icu_duplicate_events(athlete: Athlete, notes: Notes, args: Args) -> Result<List<Row>> {
    let ids = args.event_ids.checked()?;
    let whole = |name: &str, value: i64| match u32::try_from(value) {
        Ok(value @ 1..=104) => Ok(value),
        _ => Err(Error::new(format!("{name} is {value}"), "It goes from 1 to 104.")),
    };
    let (copies, weeks) = (whole("num_copies", args.num_copies)?, whole("weeks_between", args.weeks_between)?);
    let count = ids.len() * copies as usize;
    if count > CAP {
        return Err(Error::new(format!("that makes {count} events"), format!("Make up to {CAP} at once.")));
    }
    let copied: Vec<Row> = athlete.events().duplicate(ids, copies, weeks).await?;
    if copied.len() < count {
        notes.add(format!("{count} were asked for, {} came back; look before you repeat", copied.len()));
    }
    Ok(List::excerpt(copied, ROWS, &notes, "icu_get_calendar_events"))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{EVENT, NOTE},
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn copies_are_weeks_apart() {
        let demo = demo().await;
        let arguments = json!({"event_ids": format!("{EVENT}, {NOTE}"), "num_copies": 2, "weeks_between": 2});
        let answer = demo.structured("icu_duplicate_events", arguments).await;
        let dates: Vec<_> =
            answer["items"].as_array().unwrap().iter().map(|row| row["date"].as_str().unwrap()).collect();
        assert_eq!(dates, ["2026-07-21", "2026-07-20T17:00", "2026-08-04", "2026-08-03T17:00"]);
        let sent = demo.requests().into_iter().find(|r| r.method == "POST").unwrap();
        let body: Value = serde_json::from_slice(&sent.body).unwrap();
        assert_eq!(body, json!({"eventIds": [EVENT, NOTE], "numCopies": 2, "weeksBetween": 2}));
        assert_eq!(sent.path, "/api/v1/athlete/0/duplicate-events");
    }

    #[rstest]
    #[case(json!({"num_copies": 0}), "num_copies is 0. It goes from 1 to 104.")]
    #[case(json!({"weeks_between": -1}), "weeks_between is -1. It goes from 1 to 104.")]
    #[case(json!({"event_ids": (1..=100).collect::<Vec<_>>(), "num_copies": 6}), "that makes 600 events. Make up to 500 at once.")]
    #[tokio::test]
    async fn numbers_out_of_range_are_not_sent(#[case] mut arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        if arguments.get("event_ids").is_none() {
            arguments["event_ids"] = json!([EVENT]);
        }
        assert_eq!(demo.text("icu_duplicate_events", arguments).await, error);
        assert_eq!(demo.writes(), [""; 0]);
    }
}
