//! `icu_get_hr_curves`
use intervals_core::{
    Athlete, Notes, Result, SharedArgs, Today,
    arguments::json_or,
    records::curve::Curve,
    tool,
    units::{Bpm, Seconds, Span},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    asked::{Asked, Kind},
    bests::{self, Cell, Covered, Places, Row, table},
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Seconds; default ten up to 1 h.
    #[serde(default, deserialize_with = "json_or")]
    #[schemars(example = [5, 60, 300, 1200])]
    durations: Option<Vec<Seconds>>,
}

/// Heart rate curves. The service cuts values above the configured maximum.
struct HeartRate;

impl Kind for HeartRate {
    type Model = serde_json::Value;

    async fn fetch(&self, athlete: &Athlete, sport: &str, periods: &[String]) -> Result<Vec<Curve<Self::Model>>> {
        Ok(athlete.curves().hr(sport, periods).await?)
    }
}

#[derive(Serialize, JsonSchema)]
struct Heart {
    sport: String,
    curves: Vec<Covered>,
    /// By duration_s; with several curves each column starts with its curve: 42d_hr_bpm.
    bests: Vec<Row>,
    max_hr_bpm: Option<Bpm>,
    lthr_bpm: Option<Bpm>,
}

/// HEART RATE bests by duration, zones.
#[tool(read, title = "Heart rate curves")]
async fn icu_get_hr_curves(
    asked: SharedArgs<Asked<HeartRate>>,
    athlete: Athlete,
    today: Today,
    notes: Notes,
    args: Args,
) -> Result<Heart> {
    let places = Places::durations(args.durations.as_deref())?;
    let found = asked.find(HeartRate, &athlete, today.date(), &notes).await?;
    let settings = found.settings();
    let zones = settings.map(|s| s.zones_of_hr()).unwrap_or_default();
    let columns: [bests::Column; 3] = [
        ("hr_bpm", &|point| Some(Cell::Bpm(Bpm(point.value)))),
        ("activity_id", &bests::activity),
        ("zone", &|point| bests::zone(Some(point.value), &zones)),
    ];
    let rows = table(&found.curves, &places, ("duration_s", &|at| Cell::Span(Span(at))), &columns, &notes);
    let max = settings.and_then(|s| s.max_hr).filter(|max| max.0 > 0.0);
    if !rows.is_empty() {
        let beats = max.map(|max| format!(" ({} bpm)", max.0)).unwrap_or_default();
        notes.add(format!(
            "Intervals.icu cuts heart rate at the configured maximum{beats}: this cannot show a higher one"
        ));
    }
    Ok(Heart {
        sport: found.sport.into(),
        curves: found.curves.iter().map(Covered::of).collect(),
        bests: rows,
        max_hr_bpm: max,
        lthr_bpm: settings.and_then(|s| s.lthr).filter(|lthr| lthr.0 > 0.0),
    })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::Options, demo_with, operations::Operations, upstream_any};
    use serde_json::{Value, json};

    async fn run(arguments: Value) -> intervals_core::answer::Answer {
        demo().await.answer("icu_get_hr_curves", arguments).await
    }

    #[tokio::test]
    async fn bests_lie_in_the_athletes_own_zones_and_the_clipping_is_said() {
        let answer = run(json!({"time_period": "year"})).await.structured;
        let bests = answer["bests"].as_array().unwrap();
        assert!(bests.len() > 8 && bests.iter().all(|best| best["hr_bpm"].as_u64().unwrap() <= 186), "{bests:?}");
        assert_eq!((&answer["max_hr_bpm"], &answer["lthr_bpm"]), (&json!(186), &json!(165)));
        assert!(bests[0]["zone"].as_str().unwrap().starts_with('Z') && bests[0]["activity_id"].is_string());
        assert!(answer["notes"][0].as_str().unwrap().contains("maximum (186 bpm)"), "{answer}");
    }

    #[tokio::test]
    async fn two_seasons_compare() {
        let answer = run(json!({"time_period": "s0,s1", "durations": [60], "sport_type": "run"})).await.structured;
        let minute = &answer["bests"][0];
        assert!(minute["s0_hr_bpm"].is_u64() && minute["s1_hr_bpm"].is_u64(), "{minute}");
    }

    #[tokio::test]
    async fn a_period_after_fatigue_is_refused() {
        let demo = demo().await;
        demo.refuses("icu_get_hr_curves", json!({"time_period": "42d-kj0"}), "time_period 42d-kj0 is after fatigue. ")
            .await;
    }

    #[tokio::test]
    async fn without_data_there_is_nothing_and_without_settings_no_zone() {
        let empty = demo_with(Options { years: 0, ..Options::default() }).await;
        let answer = empty.structured("icu_get_hr_curves", json!({})).await;
        assert_eq!((&answer["bests"], answer["notes"].as_array().unwrap().len()), (&json!([]), 1));
        let nulls = Operations::embedded().unwrap().nulls("HRCurve", json!({"secs": [60], "values": [150]}));
        let body = json!({"id": "i1", "list": [nulls]});
        let bench = upstream_any(body).await.imperial().zone("UTC");
        let answer = bench.structured("icu_get_hr_curves", json!({})).await;
        assert_eq!(answer["bests"], json!([{"duration_s": 60, "hr_bpm": 150}]));
    }
}
