//! `icu_delete_intervals`
use intervals_core::{
    ActivityRef, Error, Notes, Result,
    answer::Skipped,
    arguments::json_or,
    client::{Extended, Owner, Text},
    records::interval::{IntervalsAndGroups, Row},
    tool,
    units::Seconds,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{edit_intervals::interval_body, intervals::Parts};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Ids from icu_get_activity_intervals.
    #[serde(deserialize_with = "json_or")]
    #[schemars(with = "Vec<String>", example = &["2"])]
    interval_ids: Vec<Value>,
}

#[derive(Serialize, JsonSchema)]
struct Deletions {
    /// With what is needed to add them again.
    deleted: Vec<Gone>,
    skipped: Vec<Skipped<String>>,
    left: Parts,
    owner: Option<Owner>,
}

// A deleted interval.
#[derive(Serialize, JsonSchema)]
struct Gone {
    id: Option<String>,
    label: Option<Text>,
    start_s: Option<Seconds>,
    end_s: Option<Seconds>,
}

/// DELETE intervals, not the recording; they can be added again.
#[tool(destructive, delete = guarded, tier = rare, title = "Delete intervals")]
async fn icu_delete_intervals(activity: ActivityRef, notes: Notes, args: Args) -> Result<Deletions> {
    if args.interval_ids.is_empty() {
        return Err(Error::new("interval_ids is empty", "Give ids from icu_get_activity_intervals."));
    }
    let opened = activity.open().await?;
    let before: IntervalsAndGroups = activity.intervals().await?;
    let (mut targets, mut skipped, mut seen) = (vec![], vec![], vec![]);
    for id in &args.interval_ids {
        let id = id.as_str().map_or_else(|| id.to_string(), |id| id.trim().to_owned());
        if seen.contains(&id) {
            continue;
        }
        seen.push(id.clone());
        match before.intervals.iter().find(|i| i.id.as_deref() == Some(id.as_str())) {
            Some(found) => targets.push(found.clone()),
            None => skipped.push(Skipped { id, reason: "there is no such interval".into() }),
        }
    }
    let left = match targets.is_empty() {
        true => before,
        false => activity.delete_intervals(targets.iter().map(|i| interval_body(i, None)).collect()).await?,
    };
    let kept = |i: &&Extended<Row>| left.intervals.iter().any(|other| same_kind_and_place(i, other));
    let (kept, targets): (Vec<_>, Vec<_>) = targets.iter().partition(kept);
    let reason = |i: &Row| match i.kind.as_deref() {
        Some("RECOVERY") => "it is recovery again: the service fills gaps with it",
        _ => "the service kept it",
    };
    skipped.extend(kept.iter().map(|i| Skipped { id: i.id.clone().unwrap_or_default(), reason: reason(i).into() }));
    let gone =
        |i: &&Extended<Row>| Gone { id: i.id.clone(), label: i.label.clone(), start_s: i.start_s, end_s: i.end_s };
    let deleted = targets.iter().map(gone).collect();
    Ok(Deletions { deleted, skipped, owner: opened.owner.clone(), left: Parts::of(&opened, left, None, &notes) })
}

/// Returns whether two intervals have one kind and place. Ids differ, because recovery that fills a gap gets a new one.
fn same_kind_and_place(a: &Row, b: &Row) -> bool {
    let place = |i: &Row| Some((i.start_index?, i.end_index?, i.kind.clone()));
    place(a).is_some_and(|a| Some(a) == place(b))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{INTERVALS_RIDE, MANUAL, STRAVA},
    };
    use serde_json::json;

    const TOOL: &str = "icu_delete_intervals";

    #[tokio::test]
    async fn deleted_intervals_leave_their_time_to_recovery_and_what_brings_them_back() {
        let arguments = json!({"activity_id": INTERVALS_RIDE, "interval_ids": [2, "99", "2"]});
        let answer = demo().await.structured(TOOL, arguments).await;
        let gone = json!([{"id": "2", "label": "Rep 2", "start_s": 900, "end_s": 1380}]);
        assert_eq!(answer["deleted"], gone);
        assert_eq!(answer["skipped"], json!([{"id": "99", "reason": "there is no such interval"}]));
        assert_eq!(
            (&answer["left"]["work"], &answer["left"]["intervals"]["items"][1]["type"]),
            (&json!(3), &json!("RECOVERY"))
        );
    }

    #[tokio::test]
    async fn recovery_that_comes_back_is_not_deleted() {
        let demo = demo().await;
        let whole = demo.structured("icu_get_activity_intervals", json!({"activity_id": INTERVALS_RIDE})).await;
        let first = &whole["intervals"]["items"][0];
        assert_eq!((&first["type"], &first["id"]), (&json!("RECOVERY"), &json!("1")));
        let answer = demo.structured(TOOL, json!({"activity_id": INTERVALS_RIDE, "interval_ids": [1]})).await;
        let reason = "it is recovery again: the service fills gaps with it";
        assert_eq!((&answer["deleted"], &answer["skipped"]), (&json!([]), &json!([{"id": "1", "reason": reason}])));
        let back = &answer["left"]["intervals"]["items"][0];
        assert!(back["start_s"] == first["start_s"] && back["id"] != first["id"], "{back}");
    }

    #[tokio::test]
    async fn nothing_is_sent_for_unknown_ids_or_none() {
        let demo = demo().await;
        let answer = demo.structured(TOOL, json!({"activity_id": MANUAL, "interval_ids": [1]})).await;
        assert_eq!((&answer["deleted"], &answer["left"]["intervals"]["total"]), (&json!([]), &json!(0)));
        let error = demo.error(TOOL, json!({"activity_id": MANUAL, "interval_ids": []})).await;
        assert_eq!(error.problem, "interval_ids is empty");
        let error = demo.error(TOOL, json!({"activity_id": STRAVA, "interval_ids": [1]})).await;
        assert!(error.to_string().contains("connect the device itself"), "{error}");
        let arguments = json!({"activity_id": INTERVALS_RIDE, "interval_ids": [2]});
        let error = demo.again().read_only().error(TOOL, arguments).await;
        assert!(error.problem.contains("was not sent"), "{error}");
        assert_eq!(demo.writes(), [""; 0]);
    }
}
