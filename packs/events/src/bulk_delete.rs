//! `icu_bulk_delete_events`
use intervals_core::{
    Athlete, ClientError, DeleteMode, Notes, Progress, Result, Today, answer::Deletions, records::event::Row, tool,
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    delete::reason_to_keep,
    ids::Ids,
    one_by_one::{Outcome, one_by_one},
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Up to 100.
    #[schemars(example = [41001, 41002])]
    event_ids: Ids,
}

/// DELETE several events, each by itself; without `delete_mode` full only those after today.
#[tool(destructive, delete = guarded, idempotent, title = "Delete events")]
async fn icu_bulk_delete_events(
    athlete: Athlete,
    today: Today,
    mode: DeleteMode,
    progress: Progress,
    notes: Notes,
    args: Args,
) -> Result<Deletions<i64>> {
    let ids = args.event_ids.checked()?;
    let today = match mode {
        DeleteMode::Full => None,
        _ => Some(today.certain()?),
    };
    let work = ids.iter().map(|id| (*id, delete_one(&athlete, *id, today)));
    let (deleted, skipped) = one_by_one(work, &notes, &progress).await?;
    Ok(Deletions { deleted, skipped })
}

/// Deletes one event, or returns the reason why it is skipped.
async fn delete_one(athlete: &Athlete, id: i64, today: Option<Date>) -> Result<Outcome<i64>, ClientError> {
    if let Some(today) = today {
        let event = match athlete.events().get::<Row>(id).await {
            // After a failed read nothing was deleted; after a failed deletion that would be unknown.
            Err(e) if e.leaves_open() => return Ok(Err(format!("its day could not be read: {e}"))),
            event => event?,
        };
        if let Some(reason) = reason_to_keep(&event, today) {
            return Ok(Err(reason));
        }
    }
    athlete.events().delete(id, None).await?;
    Ok(Ok(id))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        ToolRunner, Upstream, demo,
        demo::{EVENT, PAST_EVENT, TODAY_EVENT},
        reply,
        upstream::ends,
        upstream_when,
        wiremock::{Mock, ResponseTemplate, matchers::method},
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    #[rstest]
    #[case(json!([EVENT, 999, PAST_EVENT, TODAY_EVENT]))]
    #[case(json!(format!("{EVENT}, 999, {PAST_EVENT}, {TODAY_EVENT}, {EVENT}")))]
    #[case(json!(format!("[{EVENT}, 999, \"{PAST_EVENT}\", {TODAY_EVENT}]")))]
    #[tokio::test]
    async fn each_event_is_judged_by_itself_and_a_missing_one_stops_nothing(#[case] ids: Value) {
        let demo = demo().await;
        let answer = demo.structured("icu_bulk_delete_events", json!({"event_ids": ids})).await;
        assert_eq!(answer["deleted"], json!([EVENT]));
        let skipped: Vec<_> = answer["skipped"].as_array().unwrap().iter().map(|s| s["id"].as_i64().unwrap()).collect();
        assert_eq!(skipped, [999, i64::from(PAST_EVENT), i64::from(TODAY_EVENT)]);
        assert_eq!(answer["skipped"][0]["reason"], "there is no such event");
        assert_eq!(demo.writes(), [format!("DELETE /api/v1/athlete/0/events/{EVENT}")]);
    }

    #[tokio::test]
    async fn in_full_mode_a_missing_event_is_not_reported_as_deleted() {
        let mut demo = demo().await;
        demo.settings.delete_mode = DeleteMode::Full;
        let answer = demo.structured("icu_bulk_delete_events", json!({"event_ids": [PAST_EVENT, 999]})).await;
        assert_eq!((&answer["deleted"], &answer["skipped"][0]["id"]), (&json!([PAST_EVENT]), &json!(999)));
    }

    #[tokio::test]
    async fn a_failed_deletion_does_not_stop_the_others() {
        let bench = with_deletions([200, 500, 200]).await;
        let answer = bench.structured("icu_bulk_delete_events", json!({"event_ids": "1,2,3"})).await;
        assert_eq!(answer["deleted"], json!([1, 3]));
        assert!(
            answer["skipped"][0]["reason"].as_str().unwrap().contains("look whether it was carried out"),
            "{answer}"
        );
        let deleted: Vec<_> = bench.received().await.into_iter().filter(|request| request.method == "DELETE").collect();
        assert_eq!(deleted.len(), 3);
    }

    /// A service with the events 1, 2, …, whose deletions are answered with these statuses.
    async fn with_deletions<const N: usize>(deletions: [u16; N]) -> ToolRunner {
        let mut service = Upstream::default();
        for (id, status) in (1..).zip(deletions) {
            let event = json!({"id": id, "start_date_local": "2030-01-01T00:00:00"});
            let place = || Mock::given(ends(&format!("athlete/0/events/{id}")));
            service = service
                .mock(place().and(method("GET")).respond_with(reply(event)))
                .mock(place().and(method("DELETE")).respond_with(ResponseTemplate::new(status)));
        }
        service.await.imperial().zone("UTC")
    }

    #[tokio::test]
    async fn a_forbidden_deletion_does_not_stop_the_others() {
        let bench = with_deletions([200, 403, 200, 200, 200]).await;
        let answer = bench.structured("icu_bulk_delete_events", json!({"event_ids": "1,2,3,4,5"})).await;
        assert_eq!((&answer["deleted"], &answer["skipped"][0]["id"]), (&json!([1, 3, 4, 5]), &json!(2)));
        assert!(answer["skipped"][0]["reason"].as_str().unwrap().contains("refuses access"), "{answer}");
    }

    #[tokio::test]
    async fn deletions_before_a_fatal_error_are_reported() {
        let bench = with_deletions([200, 401, 401, 401, 401]).await;
        let answer = bench.structured("icu_bulk_delete_events", json!({"event_ids": "1,2,3,4,5"})).await;
        assert_eq!((&answer["deleted"], answer["skipped"].as_array().unwrap().len()), (&json!([1]), 4));
        assert!(answer["notes"][0].as_str().unwrap().starts_with("it stopped early: "), "{answer}");
        let bench = with_deletions([401; 5]).await;
        let arguments = json!({"event_ids": "1,2,3,4,5"});
        bench.refuses("icu_bulk_delete_events", arguments, "Intervals.icu does not accept the API key").await;
    }

    #[tokio::test]
    async fn a_failed_read_is_not_reported_as_a_possible_deletion() {
        let bench = upstream_when(method("GET"), ResponseTemplate::new(200).set_body_string("<html>"))
            .await
            .imperial()
            .zone("UTC");
        let answer = bench.structured("icu_bulk_delete_events", json!({"event_ids": [1]})).await;
        let reason = answer["skipped"][0]["reason"].as_str().unwrap();
        assert!(reason.starts_with("its day could not be read") && !reason.contains("carried out"), "{answer}");
    }

    #[rstest]
    #[case(json!([]), "event_ids is empty")]
    #[case(json!("1, x"), "\"x\" is not an event id")]
    #[case(json!((1..=101).collect::<Vec<_>>()), "101 events are too many")]
    #[tokio::test]
    async fn wrong_ids_are_not_sent(#[case] ids: Value, #[case] problem: &str) {
        let demo = demo().await;
        let error = demo.error("icu_bulk_delete_events", json!({"event_ids": ids})).await;
        assert!(error.problem.contains(problem), "{error}");
        assert_eq!(demo.writes(), [""; 0]);
    }
}
