//! `icu_edit_intervals`
use intervals_core::{
    ActivityRef, ClientError, Error, Notes, Result,
    arguments::json_or,
    records::interval::{IntervalsAndGroups, Row},
    tool,
    units::Count,
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    clock::{Clock, Second},
    intervals::Parts,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Interval to rename.
    #[schemars(example = &"2")]
    interval_id: Option<String>,
    /// Its new label.
    #[schemars(example = &"Rep 1")]
    label: Option<String>,
    /// Second to split at.
    #[schemars(example = 600)]
    split_at: Option<Second>,
    /// New ones, in seconds.
    #[serde(default, deserialize_with = "json_or")]
    #[schemars(example = example())]
    add: Option<Vec<New>>,
}

fn example() -> Value {
    json!([{"start": 60, "end": 120, "label": "Sprint"}])
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct New {
    start: Second,
    end: Second,
    label: Option<String>,
}

/// RENAME, split or add intervals.
#[tool(write, tier = rare, title = "Edit intervals")]
async fn icu_edit_intervals(activity: ActivityRef, notes: Notes, args: Args) -> Result<Parts> {
    let rename = match (&args.interval_id, &args.label) {
        (Some(interval), Some(label)) => Some((interval.as_str(), label.trim())),
        (None, None) => None,
        _ => return Err(Error::new("interval_id and label belong together", "Give both to rename an interval.")),
    };
    let add = args.add.filter(|add| !add.is_empty());
    if rename.is_none() && args.split_at.is_none() && add.is_none() {
        return Err(Error::new("there is nothing to do", "Give interval_id and label, split_at, or add."));
    }
    let opened = activity.open().await?;
    // All seconds are checked before anything is written.
    let (mut split, mut added) = (None, vec![]);
    if args.split_at.is_some() || add.is_some() {
        let clock = Clock::of(&activity).await?;
        split = args.split_at.map(|at| clock.inside(at)).transpose()?;
        for New { start, end, label } in add.unwrap_or_default() {
            let (start, end) = clock.samples(start, end)?;
            added.push(json!({"start_index": start, "end_index": end, "label": label}));
        }
    }
    let (mut found, mut done) = (IntervalsAndGroups::default(), vec![]);
    if let Some((interval, label)) = rename {
        let body = rename_body(&activity.intervals().await?, interval, label)?;
        found = activity.update_interval(interval, body).await?;
        done.push("the interval was renamed");
        let kept = found.intervals.iter().find(|i| i.id.as_deref() == Some(interval)).and_then(|i| i.label.as_deref());
        if kept.unwrap_or_default() != label {
            notes.add(format!("interval {interval} now reads {}", kept.unwrap_or("nothing")));
        }
    }
    if let Some(at) = split {
        found = activity.split_interval(at).await.map_err(|e| with_done_steps(&done, e))?;
        done.push("the split was made");
    }
    if !added.is_empty() {
        notes.add("an added interval takes its time from those that lay there; gaps become recovery");
        found = activity.put_intervals(added, false).await.map_err(|e| with_done_steps(&done, e))?;
    }
    Ok(Parts::of(&opened, found, None, &notes))
}

/// Adds the steps that were done to the error of a later step.
fn with_done_steps(done: &[&str], error: ClientError) -> Error {
    let mut error = Error::from(error);
    if !done.is_empty() {
        error.problem = format!("{}, but then: {}", done.join(" and "), error.problem);
        error.advice += " Leave out what is done.";
    }
    error
}

/// Returns the body that renames an interval. It includes the place, so that the interval does not move.
fn rename_body(all: &IntervalsAndGroups, id: &str, label: &str) -> Result<Value> {
    let Some(found) = all.intervals.iter().find(|i| i.id.as_deref() == Some(id)) else {
        let ids: Vec<_> = all.intervals.iter().filter_map(|i| i.id.as_deref()).take(50).collect();
        let known = if ids.is_empty() { "It has none.".into() } else { format!("It has {}.", ids.join(", ")) };
        return Err(Error::new(format!("there is no interval {id}"), known));
    };
    Ok(interval_body(found, Some(label)))
}

/// Returns the body by which the service recognizes an interval.
pub fn interval_body(interval: &Row, label: Option<&str>) -> Value {
    let index = |n: Option<Count>| n.map(|n| n.0 as i64);
    json!({
        "id": interval.id.as_deref().and_then(|id| id.parse::<i64>().ok()),
        "type": interval.kind,
        "start_index": index(interval.start_index),
        "end_index": index(interval.end_index),
        "label": label.or(interval.label.as_deref()),
    })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{COACHED, COACHED_RIDE, INTERVALS_RIDE, LONG_RIDE, MANUAL, STRAVA},
    };
    use rstest::rstest;

    use super::*;

    const TOOL: &str = "icu_edit_intervals";

    #[tokio::test]
    async fn an_interval_is_renamed_and_stays_where_it_is() {
        let arguments = json!({"activity_id": INTERVALS_RIDE, "interval_id": 2, "label": "Into the wind"});
        let answer = demo().await.structured(TOOL, arguments).await;
        let row = &answer["intervals"]["items"][1];
        assert_eq!(row["label"], "Into the wind");
        assert_eq!((&row["start_s"], &row["duration_s"], &row["type"]), (&json!(900), &json!(480), &json!("WORK")));
        assert!(answer.get("notes").is_none(), "{answer}");
    }

    #[tokio::test]
    async fn what_came_back_is_shown_after_a_split_and_an_addition() {
        let demo = demo().await;
        let answer = demo.structured(TOOL, json!({"activity_id": LONG_RIDE, "split_at": "0:10:00"})).await;
        assert_eq!((&answer["work"], &answer["intervals"]["items"][1]["start_s"]), (&json!(5), &json!(600)));
        let add = json!([{"start": 600, "end": 1200, "label": "Climb"}]);
        let answer = demo.structured(TOOL, json!({"activity_id": LONG_RIDE, "add": add})).await;
        let items = answer["intervals"]["items"].as_array().unwrap();
        assert_eq!((&items[1]["label"], &items[1]["duration_s"]), (&json!("Climb"), &json!(600)));
        assert!(items.len() > 1 && answer["notes"][0].as_str().unwrap().contains("gaps become recovery"));
        let sent = demo.requests().into_iter().rfind(|r| r.method == "PUT").unwrap();
        assert_eq!(sent.query, [("all".to_owned(), "false".to_owned())]);
    }

    #[rstest]
    #[case(json!({}), "there is nothing to do")]
    #[case(json!({"add": []}), "there is nothing to do")]
    #[case(json!({"label": "x"}), "interval_id and label belong together")]
    #[case(json!({"interval_id": 99, "label": "x"}), "there is no interval 99")]
    #[case(json!({"split_at": 99999}), "99999 s lies behind the end")]
    #[case(json!({"interval_id": 2, "label": "x", "split_at": 0}), "0 s is the start or the end of the activity")]
    #[case(json!({"interval_id": 2, "label": "x", "split_at": 4500}), "4500 s is the start or the end of the activity")]
    #[case(json!({"interval_id": 2, "label": "x", "add": [{"start": 20, "end": 10}]}), "nothing was recorded from 20 s")]
    #[tokio::test]
    async fn what_cannot_be_right_changes_nothing(#[case] mut arguments: Value, #[case] problem: &str) {
        let demo = demo().await;
        arguments["activity_id"] = INTERVALS_RIDE.into();
        demo.refuses(TOOL, arguments, problem).await;
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[tokio::test]
    async fn a_step_that_fails_says_what_was_done_before() {
        let demo = demo().await;
        // An interval starts there already, which only the service knows.
        let arguments = json!({"activity_id": INTERVALS_RIDE, "interval_id": 2, "label": "x", "split_at": 900});
        let error = demo.error(TOOL, arguments).await;
        let start = "the interval was renamed, but then: Intervals.icu refused this (422)";
        assert!(error.problem.starts_with(start) && error.advice.ends_with("Leave out what is done."), "{error}");
        assert_eq!(demo.writes().len(), 2);
    }

    #[tokio::test]
    async fn others_are_named_stubs_refused_and_readers_stopped() {
        let demo = demo().await;
        let answer = demo.structured(TOOL, json!({"activity_id": COACHED_RIDE, "split_at": 60})).await;
        assert!(answer["athlete"].as_str().unwrap().contains(COACHED));
        for (id, problem) in [(MANUAL, "no time stream"), (STRAVA, "came through Strava")] {
            let error = demo.error(TOOL, json!({"activity_id": id, "split_at": 60})).await;
            assert!(error.problem.contains(problem), "{error}");
        }
        let error = demo.again().read_only().error(TOOL, json!({"activity_id": LONG_RIDE, "split_at": 60})).await;
        assert!(error.problem.contains("was not sent"), "{error}");
    }
}
