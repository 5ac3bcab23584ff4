//! `icu_delete_event`
use std::collections::BTreeSet;

use intervals_core::{
    Day, DeleteMode, EventRef, Notes, Result, Today, answer::Deletions, client::CalendarQuery, records::event::Row,
    tool,
};
use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Also what was added together with it, from this day on.
    #[schemars(example = &"2026-07-20")]
    others_from: Option<Day>,
}

/// The days ahead in which the calendar is compared before and after.
const AHEAD: i64 = 730;

/// DELETE one event; without `delete_mode` full only one after today.
#[tool(destructive, delete = guarded, idempotent, title = "Delete event")]
async fn icu_delete_event(
    event: EventRef,
    today: Today,
    mode: DeleteMode,
    notes: Notes,
    args: Args,
) -> Result<Deletions<i64>> {
    let (events, id) = (event.athlete().events(), event.id());
    let mut others_from = args.others_from.map(|day| day.0);
    if mode != DeleteMode::Full {
        let today = today.certain()?;
        if let Some(reason) = reason_to_keep(&event.get().await?, today) {
            let mut kept = Deletions::default();
            kept.skip(id, reason);
            return Ok(kept);
        }
        let tomorrow = today.saturating_add(1.day());
        if others_from.is_some_and(|from| from < tomorrow) {
            notes.add(format!(
                "of the others only those from {tomorrow} on were deleted; delete_mode full reaches further back"
            ));
            others_from = Some(tomorrow);
        }
    }
    let Some(from) = others_from else {
        events.delete(id, None).await?;
        return Ok(Deletions::of(id));
    };
    // The service does not say which other events it deleted, so the calendar is compared before and after.
    let query = CalendarQuery::days(from, from.max(today.date()).saturating_add(AHEAD.days()));
    let before = ids(&events.list(&query).await?);
    events.delete(id, Some(from)).await?;
    let mut deletions = Deletions::of(id);
    match events.list(&query).await {
        Ok(left) => {
            deletions.deleted.extend(before.difference(&ids(&left)).filter(|other| **other != id));
            // An event that can no longer be read looks like a deleted one.
            if left.unread() > 0 {
                notes.add(format!(
                    "up to {} of these may still be there; look with icu_get_event before you rely on it",
                    left.unread()
                ));
            }
        }
        Err(e) => notes.add(format!("which others were deleted could not be read: {e}")),
    }
    Ok(deletions)
}

fn ids(events: &[Row]) -> BTreeSet<i64> {
    events.iter().map(|event| event.id).collect()
}

/// Returns why safe mode keeps the event, or `None` when it may be deleted.
pub fn reason_to_keep(event: &Row, today: Date) -> Option<String> {
    match event.day() {
        None => Some("it has no date; only events after today are deleted unless delete_mode is full".into()),
        Some(day) if day <= today => {
            Some(format!("it is on {day}; only events after today, {today}, are deleted unless delete_mode is full"))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        ToolRunner, Upstream, demo,
        demo::{EVENT, PAST_EVENT, TODAY_EVENT},
        reply, upstream,
        wiremock::{
            Mock, ResponseTemplate,
            matchers::{method, path},
        },
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    async fn delete(bench: &ToolRunner, arguments: Value) -> Value {
        bench.structured("icu_delete_event", arguments).await
    }

    #[tokio::test]
    async fn an_event_after_today_goes_and_no_other() {
        let demo = demo().await;
        assert_eq!(delete(&demo, json!({"event_id": EVENT})).await, json!({"deleted": [EVENT], "skipped": []}));
        for (id, day) in [(TODAY_EVENT, "2026-07-05"), (PAST_EVENT, "2026-07-01")] {
            let answer = delete(&demo, json!({"event_id": id})).await;
            assert_eq!((&answer["deleted"], &answer["skipped"][0]["id"]), (&json!([]), &json!(id)));
            assert!(answer["skipped"][0]["reason"].as_str().unwrap().starts_with(&format!("it is on {day};")));
        }
        assert_eq!(demo.writes(), [format!("DELETE /api/v1/athlete/0/events/{EVENT}")]);
    }

    #[tokio::test]
    async fn today_is_the_athletes_and_not_the_servers() {
        // In Auckland it is already 7 July when UTC still has the 6th: the event of the 7th is today's.
        let mut demo = demo().await;
        demo.settings.now = "2026-07-06T13:00:00Z".parse().ok();
        assert_eq!(delete(&demo, json!({"event_id": EVENT})).await["deleted"], json!([]));
    }

    #[tokio::test]
    async fn an_unknown_today_deletes_nothing() {
        let event = json!({"id": 5, "start_date_local": "2030-01-01T00:00:00"});
        Upstream::default()
            .mock(Mock::given(path("/api/v1/athlete/0/events/5")).and(method("GET")).respond_with(reply(event)))
            .mock(Mock::given(method("DELETE")).respond_with(ResponseTemplate::new(200)).expect(0))
            .when(path("/api/v1/athlete/0"), ResponseTemplate::new(400))
            .await
            .imperial()
            .refuses("icu_delete_event", json!({"event_id": 5}), "the athlete's today is not known")
            .await;
    }

    #[rstest]
    #[case(json!({"id": 5, "start_date_local": null}))]
    #[case(json!({"id": 5, "start_date_local": "soon"}))]
    #[tokio::test]
    async fn an_event_without_a_day_is_kept(#[case] event: Value) {
        let event: Row = serde_json::from_value(event).unwrap();
        assert!(reason_to_keep(&event, "2026-07-05".parse().unwrap()).unwrap().starts_with("it has no date"));
    }

    #[tokio::test]
    async fn an_event_that_can_no_longer_be_read_may_still_be_there() {
        let event = |id: Value| json!({"id": id, "start_date_local": "2030-01-01T00:00:00"});
        let list = || Mock::given(path("/api/v1/athlete/0/events")).and(method("GET"));
        let (first, then) = (json!([event(json!(5)), event(json!(6)), event(json!(7))]), json!([event(json!({}))]));
        let service = upstream("athlete/0/events/5", event(json!(5)))
            .mock(list().respond_with(reply(first)).up_to_n_times(1))
            .mock(list().respond_with(reply(then)));
        let answer =
            delete(&service.await.imperial().zone("UTC"), json!({"event_id": 5, "others_from": "2030-01-01"})).await;
        assert_eq!(answer["deleted"], json!([5, 6, 7]));
        let notes = answer["notes"].to_string();
        assert!(notes.contains("up to 1 of these may still be there"), "{notes}");
    }

    #[tokio::test]
    async fn in_full_mode_past_events_are_deleted_and_a_missing_one_is_an_error() {
        let mut demo = demo().await;
        demo.settings.delete_mode = DeleteMode::Full;
        assert_eq!(delete(&demo, json!({"event_id": PAST_EVENT})).await["deleted"], json!([PAST_EVENT]));
        let error = demo.text("icu_delete_event", json!({"event_id": PAST_EVENT})).await;
        assert_eq!(
            error,
            format!("there is no athlete/0/events/{PAST_EVENT}. List first, and use an id from that answer.")
        );
    }

    #[tokio::test]
    async fn others_of_the_same_plan_are_deleted_from_a_day_on() {
        let demo = demo().await;
        let answer = delete(&demo, json!({"event_id": EVENT, "others_from": "2026-07-20"})).await;
        let deleted = answer["deleted"].as_array().unwrap();
        assert!(deleted.len() > 3 && deleted[0] == EVENT, "{answer}");
        let left = demo.structured("icu_get_calendar_events", json!({"days_ahead": 27, "category": "WORKOUT"})).await;
        let dates: Vec<_> = left["items"].as_array().unwrap().iter().map(|row| row["date"].as_str().unwrap()).collect();
        assert!(dates.len() > 5 && dates.iter().all(|date| *date < "2026-07-20"), "{dates:?}");
    }

    #[tokio::test]
    async fn others_are_never_deleted_today_or_before() {
        let demo = demo().await;
        let answer = delete(&demo, json!({"event_id": EVENT, "others_from": "2026-01-01"})).await;
        assert!(answer["notes"][0].as_str().unwrap().contains("from 2026-07-06 on"), "{answer}");
        let sent = demo.requests().into_iter().find(|r| r.method == "DELETE").unwrap();
        assert_eq!(sent.query, [("others", "true"), ("notBefore", "2026-07-06")].map(|(a, b)| (a.into(), b.into())));
    }
}
