//! `icu_mark_event_done`
use intervals_core::{
    Error, EventRef, Result, Today,
    client::{Owner, Text, sports::Sport},
    records::{Minute, activity, event::Row},
    tool,
    units::{Metres, Points, Seconds},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::pairing::{RecordedActivities, WITHHELD};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    #[serde(default)]
    #[schemars(extend("hidden" = true), example = true)]
    force: bool,
}

#[derive(Serialize, JsonSchema)]
struct Done {
    event_id: i64,
    activity_id: String,
    start: Option<Minute>,
    sport: Option<Sport>,
    name: Option<Text>,
    duration_s: Option<Seconds>,
    distance_m: Option<Metres>,
    load: Option<Points>,
    owner: Option<Owner>,
}

/// DONE as planned: makes a manual activity of a planned workout without a recording.
#[tool(write, title = "Mark event done")]
async fn icu_mark_event_done(event: EventRef, today: Today, args: Args) -> Result<Done> {
    let (id, athlete, today) = (event.id(), event.athlete(), today.date());
    let event: Row = event.get().await?;
    if !event.is("WORKOUT") {
        let category = event.category.as_deref().unwrap_or("of no category");
        return Err(Error::new(
            format!("event {id} is {category}, not a WORKOUT"),
            "Only a planned workout can be done.",
        ));
    }
    if let Some(day) = event.day() {
        if day > today {
            let advice = "Move it first, with start_date of icu_update_event.";
            return Err(Error::new(format!("event {id} is on {day}, which is still ahead"), advice));
        }
        // Marking it twice would add two activities.
        let recorded = RecordedActivities::on(athlete, day, event.last_day().unwrap_or(day)).await?;
        if let Some(activity) = recorded.paired_with(id) {
            let problem = format!("event {id} is done already, by activity {}", activity.id);
            return Err(Error::new(problem, "See icu_compare_with_plan."));
        }
        if recorded.any_withheld() && !args.force {
            let problem = format!("whether event {id} is done already is not known: {WITHHELD}");
            return Err(Error::new(
                problem,
                "Ask the athlete; if that is another activity, call again with force=true.",
            ));
        }
    }
    let created: activity::Row = athlete.events().mark_done(id).await?;
    Ok(Done {
        event_id: id,
        activity_id: created.id,
        start: created.start,
        sport: created.sport,
        name: created.name,
        duration_s: created.moving_time_s,
        distance_m: created.distance_m,
        load: created.load,
        owner: created.owner,
    })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        Upstream, demo,
        demo::{EVENT, INTERVALS_RIDE, PAST_EVENT, RACE, TODAY_EVENT},
        reply,
        wiremock::{
            Mock,
            matchers::{method, path},
        },
    };
    use serde_json::json;

    #[tokio::test]
    async fn a_planned_workout_becomes_one_activity() {
        let demo = demo().await;
        let done = demo.structured("icu_mark_event_done", json!({"event_id": TODAY_EVENT})).await;
        assert_eq!((&done["start"], &done["sport"]), (&json!("2026-07-05T12:00"), &json!("Run")));
        let event = demo.structured("icu_get_event", json!({"event_id": TODAY_EVENT})).await;
        assert_eq!((&event["done"], &event["activity_id"]), (&json!(true), &done["activity_id"]));
        let again = demo.text("icu_mark_event_done", json!({"event_id": TODAY_EVENT})).await;
        assert!(again.contains("is done already, by activity"), "{again}");
        assert_eq!(demo.writes().len(), 1);
    }

    #[tokio::test]
    async fn with_an_activity_from_strava_on_the_day_it_needs_force() {
        let event = json!({"id": 5, "category": "WORKOUT", "start_date_local": "2026-07-01T00:00:00"});
        let stub = json!([{"id": "123", "source": "STRAVA", "_note": "not available"}]);
        let (events, activities) = ("/api/v1/athlete/0/events/5", "/api/v1/athlete/0/activities");
        let bench = Upstream::default()
            .mock(Mock::given(method("GET")).and(path(events)).respond_with(reply(event)))
            .mock(Mock::given(method("GET")).and(path(activities)).respond_with(reply(stub)))
            .mock(Mock::given(method("POST")).respond_with(reply(json!({"id": "i1"}))).expect(1))
            .await
            .imperial()
            .zone("UTC");
        let error = bench.error("icu_mark_event_done", json!({"event_id": 5})).await;
        assert!(error.problem.contains("comes from Strava") && error.advice.contains("force=true"), "{error}");
        let done = bench.structured("icu_mark_event_done", json!({"event_id": 5, "force": "true"})).await;
        assert_eq!(done["activity_id"], "i1");
    }

    #[tokio::test]
    async fn future_events_races_and_recorded_workouts_are_not_marked() {
        let demo = demo().await;
        for (id, problem) in [
            (EVENT, format!("event {EVENT} is on 2026-07-07, which is still ahead")),
            (RACE, format!("event {RACE} is RACE_A, not a WORKOUT")),
            (PAST_EVENT, format!("event {PAST_EVENT} is done already, by activity {INTERVALS_RIDE}")),
        ] {
            let error = demo.error("icu_mark_event_done", json!({"event_id": id})).await;
            assert_eq!(error.problem, problem);
        }
        assert_eq!(demo.writes(), [""; 0]);
    }
}
