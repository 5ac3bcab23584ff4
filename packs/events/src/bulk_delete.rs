//! `icu_bulk_delete_events`
use futures::{StreamExt, stream};
use icu_core::{Athlete, ClientError, DeleteMode, Deletions, Error, Progress, Result, Today, tool};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{delete::spared, forms::Ids};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Up to 100.
    #[schemars(example = [41001, 41002])]
    event_ids: Ids,
}

/// How many are asked for at once; the client paces what it sends.
const AT_ONCE: usize = 4;

/// DELETE several events, each by itself; without `delete_mode` full only those after today.
#[tool(destructive, delete = guarded, idempotent, title = "Delete events")]
async fn icu_bulk_delete_events(
    athlete: Athlete,
    today: Today,
    mode: DeleteMode,
    progress: Progress,
    args: Args,
) -> Result<Deletions<i64>> {
    let ids = args.event_ids.checked()?;
    let before = match mode {
        DeleteMode::Full => None,
        _ => Some(today.certain()?),
    };
    let work = stream::iter(ids.to_vec()).map(|id| one(&athlete, id, before)).buffered(AT_ONCE);
    let mut outcomes = std::pin::pin!(work.enumerate());
    let mut gone = Deletions::default();
    while let Some((n, (id, outcome))) = outcomes.next().await {
        match outcome? {
            None => gone.deleted.push(id),
            Some(reason) => gone.skip(id, reason),
        }
        progress.report(n + 1, ids.len(), format!("event {id}")).await;
    }
    Ok(gone)
}

/// Deletes one, or says why not. Only what stands against all of them is an error.
async fn one(athlete: &Athlete, id: i64, today: Option<Date>) -> (i64, Result<Option<String>>) {
    let deleted = async {
        if let Some(today) = today
            && let Some(reason) = spared(&athlete.events().get(id).await?, today)
        {
            return Ok(Some(reason));
        }
        athlete.events().delete(id, None).await.map(|()| None)
    };
    let outcome = match deleted.await {
        Ok(outcome) => Ok(outcome),
        Err(ClientError::NotFound { .. }) => Ok(Some("there is no such event".into())),
        Err(e @ (ClientError::Failed { .. } | ClientError::Unreachable { .. })) => {
            Ok(Some(format!("{e}; look whether it is there before you repeat this")))
        }
        Err(e @ (ClientError::Rejected { .. } | ClientError::RateLimited { .. } | ClientError::Undecodable { .. })) => {
            Ok(Some(e.to_string()))
        }
        Err(e) => Err(Error::from(e)),
    };
    (id, outcome)
}

#[cfg(test)]
mod tests {
    use icu_core::testing::Bench;
    use icu_demo::{Demo, EVENT, PAST_EVENT, TODAY_EVENT};
    use rstest::rstest;
    use serde_json::{Value, json};
    use wiremock::{
        Mock, MockServer, ResponseTemplate,
        matchers::{method, path},
    };

    use super::*;

    #[rstest]
    #[case(json!([EVENT, 999, PAST_EVENT, TODAY_EVENT]))]
    #[case(json!(format!("{EVENT}, 999, {PAST_EVENT}, {TODAY_EVENT}, {EVENT}")))]
    #[case(json!(format!("[{EVENT}, 999, \"{PAST_EVENT}\", {TODAY_EVENT}]")))]
    #[tokio::test]
    async fn each_event_is_judged_by_itself_and_a_missing_one_stops_nothing(#[case] ids: Value) {
        let demo = Demo::start().await.unwrap();
        let answer =
            Bench::at(&demo.url).run("icu_bulk_delete_events", json!({"event_ids": ids})).await.unwrap().structured;
        assert_eq!(answer["deleted"], json!([EVENT]));
        let skipped: Vec<_> = answer["skipped"].as_array().unwrap().iter().map(|s| s["id"].as_i64().unwrap()).collect();
        assert_eq!(skipped, [999, i64::from(PAST_EVENT), i64::from(TODAY_EVENT)]);
        assert_eq!(answer["skipped"][0]["reason"], "there is no such event");
        assert_eq!(demo.writes(), [format!("DELETE /api/v1/athlete/0/events/{EVENT}")]);
    }

    #[tokio::test]
    async fn in_full_mode_what_is_not_there_is_not_called_deleted() {
        let demo = Demo::start().await.unwrap();
        let mut bench = Bench::at(&demo.url);
        bench.settings.delete_mode = DeleteMode::Full;
        let answer =
            bench.run("icu_bulk_delete_events", json!({"event_ids": [PAST_EVENT, 999]})).await.unwrap().structured;
        assert_eq!((&answer["deleted"], &answer["skipped"][0]["id"]), (&json!([PAST_EVENT]), &json!(999)));
    }

    #[tokio::test]
    async fn a_failure_of_one_leaves_the_others_to_go() {
        let server = MockServer::start().await;
        for id in [1, 2, 3] {
            let event = json!({"id": id, "start_date_local": "2030-01-01T00:00:00"});
            let place = format!("/api/v1/athlete/0/events/{id}");
            let found = ResponseTemplate::new(200).set_body_json(event);
            Mock::given(path(place.as_str())).and(method("GET")).respond_with(found).mount(&server).await;
            let status = if id == 2 { 500 } else { 200 };
            Mock::given(path(place))
                .and(method("DELETE"))
                .respond_with(ResponseTemplate::new(status))
                .expect(1)
                .mount(&server)
                .await;
        }
        let mut bench = Bench::at(&server.uri()).imperial();
        bench.settings.timezone = Some(jiff::tz::TimeZone::UTC);
        let answer = bench.run("icu_bulk_delete_events", json!({"event_ids": "1,2,3"})).await.unwrap().structured;
        assert_eq!(answer["deleted"], json!([1, 3]));
        assert!(answer["skipped"][0]["reason"].as_str().unwrap().contains("look whether it is there"), "{answer}");
    }

    #[rstest]
    #[case(json!([]), "event_ids is empty")]
    #[case(json!("1, x"), "\"x\" is not an event id")]
    #[case(json!((1..=101).collect::<Vec<_>>()), "101 events are too many")]
    #[tokio::test]
    async fn wrong_ids_are_sent_nowhere(#[case] ids: Value, #[case] problem: &str) {
        let demo = Demo::start().await.unwrap();
        let error = Bench::at(&demo.url).run("icu_bulk_delete_events", json!({"event_ids": ids})).await.unwrap_err();
        assert!(error.problem.contains(problem), "{error}");
        assert_eq!(demo.writes(), [""; 0]);
    }
}
