//! `icu_get_upcoming_workouts`
use intervals_core::{
    Athlete, List, Notes, Result, Today,
    client::CalendarQuery,
    list::{Limit, Offset, wanted},
    records::event::Row,
    tool,
};
use jiff::ToSpan;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    pairing::{RecordedActivities, WITHHELD},
    profile::CalendarProfile,
};

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Args {
    /// Most workouts.
    #[schemars(example = 7)]
    limit: Limit<7>,
    offset: Offset,
}

/// The days ahead that are searched.
const DAYS: i64 = 90;

/// Additional events to request, because those done today are left out. Nobody does more in a day.
const DONE_TODAY: usize = 10;

/// NEXT planned workouts, from today on, with their steps in short; without those already done.
#[tool(read, tier = core, title = "Upcoming workouts")]
async fn icu_get_upcoming_workouts(athlete: Athlete, today: Today, notes: Notes, args: Args) -> Result<List<Row>> {
    let (limit, day) = (args.limit.rows(&notes), today.date());
    let query = CalendarQuery {
        limit: Some(wanted(limit, args.offset) + DONE_TODAY),
        ..CalendarQuery::days(day, day.saturating_add(DAYS.days()))
    };
    let mut events = athlete.events().list::<Row>(&query.of(&["WORKOUT"])).await?;
    let mut ahead = events.received;
    if events.iter().any(|event| event.day() == Some(day)) {
        match RecordedActivities::on(&athlete, day, day).await {
            Err(e) => notes.add(format!("whether today's are done already is not known: {e}")),
            Ok(recorded) => {
                let before = events.len();
                events.retain(|event| recorded.paired_with(event.id).is_none());
                let done = before - events.len();
                ahead -= done;
                match done {
                    0 => {}
                    1 => notes.add("one of today's is done and left out"),
                    done => notes.add(format!("{done} of today's are done and left out")),
                }
                if recorded.any_withheld() && events.iter().any(|event| event.day() == Some(day)) {
                    notes.add(format!("whether today's are done already is not known: {WITHHELD}"));
                }
            }
        }
    }
    let profile = CalendarProfile::of(&athlete).await;
    Ok(List::fetched(events.records, ahead, limit, args.offset).map(|event| profile.with_text(event)))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        Upstream, demo,
        demo::Options,
        demo_with, reply, upstream,
        wiremock::{
            Mock,
            matchers::{path, query_param},
        },
    };
    use serde_json::{Value, json};

    fn ids(answer: &Value) -> Vec<i64> {
        answer["items"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
    }

    #[tokio::test]
    async fn only_planned_workouts_come_and_the_service_filters_them() {
        let demo = demo().await;
        let answer = demo.answer("icu_get_upcoming_workouts", json!({"limit": 3})).await;
        assert_eq!(ids(&answer.structured)[0], i64::from(demo::TODAY_EVENT));
        let rows = answer.structured["items"].as_array().unwrap();
        assert!(rows.len() == 3 && rows.iter().all(|row| row["category"] == "WORKOUT"), "{}", answer.text);
        assert_eq!(answer.structured["next"], json!({"offset": 3}));
        let asked = demo.requests().into_iter().find(|r| r.path.ends_with("/events")).unwrap();
        for (name, value) in [("category", "WORKOUT"), ("limit", "14"), ("oldest", "2026-07-05")] {
            assert!(asked.query.contains(&(name.into(), value.into())), "{asked}");
        }
    }

    #[tokio::test]
    async fn a_workout_done_today_is_not_upcoming() {
        let demo = demo().await;
        demo.answer("icu_mark_event_done", json!({"event_id": demo::TODAY_EVENT})).await;
        let answer = demo.structured("icu_get_upcoming_workouts", json!({})).await;
        assert!(!ids(&answer).contains(&i64::from(demo::TODAY_EVENT)));
        assert_eq!(answer["notes"], json!(["one of today's is done and left out"]));
    }

    #[tokio::test]
    async fn an_empty_calendar_is_an_empty_list() {
        let demo = demo_with(Options { years: 0, ..Options::default() }).await;
        assert_eq!(demo.text("icu_get_upcoming_workouts", json!({})).await, "(0)\n");
    }

    #[tokio::test]
    async fn with_an_activity_from_strava_it_is_unknown_whether_a_workout_is_done() {
        let event = json!([{"id": 5, "category": "WORKOUT", "start_date_local": "2026-07-05T00:00:00"}]);
        let stub = json!([{"id": "123", "source": "STRAVA", "_note": "not available"}]);
        let bench =
            upstream("athlete/0/events", event).and("athlete/0/activities", stub).await.imperial().zone(demo::ZONE);
        let answer = bench.structured("icu_get_upcoming_workouts", json!({})).await;
        assert!(ids(&answer) == [5] && answer["notes"][0].as_str().unwrap().contains("comes from Strava"), "{answer}");
    }

    #[tokio::test]
    async fn steps_are_outlined_and_unreadable_activities_are_noted() {
        let workout = json!([{"id": 5, "category": "WORKOUT", "start_date_local": "2026-07-05T06:30:00", "type": "Ride",
            "description": "4x\n- 8m 95%\n- 4m 50%", "moving_time": 2880, "distance": 0.0,
            "workout_doc": {"steps": [{"reps": 4, "steps": [{"duration": 480, "power": {"value": 95, "units": "%ftp"}},
                {"duration": 240, "power": {"value": 50, "units": "%ftp"}}]}]}}]);
        let bench = Upstream::default()
            .mock(
                Mock::given(path("/api/v1/athlete/0/events"))
                    .and(query_param("category", "WORKOUT"))
                    .respond_with(reply(workout)),
            )
            .await
            .imperial()
            .zone(demo::ZONE);
        let text = bench.text("icu_get_upcoming_workouts", json!({})).await;
        assert!(
            text.starts_with(
                "date|id|category|sport|duration|structure\n\
                 2026-07-05T06:30|5|WORKOUT|Ride|0:48:00|4x(8min 95 %ftp, 4min 50 %ftp)\n(1)\n\
                 note: whether today's are done already is not known"
            ),
            "{text}"
        );
    }
}
