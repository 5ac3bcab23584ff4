//! `icu_get_pace_curves`
use intervals_core::{
    Athlete, Day, Notes, Result, Today,
    arguments::json_or,
    client::{AthletePaceCurve, AthleteProfile, SportSettings, sports},
    tool,
    units::{Metres, MetresPerSecond, Number, Seconds, Speed, SpeedReading},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    bests::{self, Cell, Covered, Curve, Places, Row, points},
    periods::Asked,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Default Run.
    #[serde(default)]
    #[schemars(example = &"Run")]
    sport_type: Option<String>,
    /// Days up to today; default 90.
    #[serde(default)]
    #[schemars(example = 90)]
    days_back: Option<i64>,
    /// year, all, 42d, s0 (season); comma compares.
    #[serde(default)]
    #[schemars(example = &"42d,s0")]
    time_period: Option<String>,
    /// YYYY-MM-DD.
    #[serde(default)]
    #[schemars(example = &"2026-01-01")]
    oldest: Option<Day>,
    /// Default today.
    #[serde(default)]
    #[schemars(example = &"2026-02-28")]
    newest: Option<Day>,
    /// Grade adjusted.
    #[serde(default)]
    #[schemars(example = true)]
    use_gap: Option<bool>,
    /// Metres; default those raced.
    #[serde(default, deserialize_with = "json_or")]
    #[schemars(example = [1000, 5000, 10000])]
    distances: Option<Vec<Metres>>,
}

#[derive(Serialize, JsonSchema)]
struct Paces {
    sport: String,
    curves: Vec<Covered>,
    /// By distance_m; with several curves each column starts with its curve: 42d_time_s.
    bests: Vec<Row>,
    /// Fitted by Intervals.icu.
    models: Vec<Model>,
    /// What the zones rest on; m/s.
    threshold_pace_mps: Option<Speed>,
    grade_adjusted: Option<bool>,
}

// A model of a curve.
#[derive(Serialize, JsonSchema)]
struct Model {
    curve: String,
    model: Option<String>,
    /// m/s.
    critical_speed_mps: Option<Speed>,
    d_prime_m: Option<Number>,
    r2: Option<Number>,
}

/// PACE bests by distance, zones, critical speed.
#[tool(read, title = "Pace curves")]
async fn icu_get_pace_curves(athlete: Athlete, today: Today, notes: Notes, args: Args) -> Result<Paces> {
    let sport = crate::sport(args.sport_type.as_deref().unwrap_or("Run"))?;
    let Args { days_back, oldest, newest, .. } = args;
    let asked = Asked { days_back, time_period: args.time_period.as_deref(), oldest, newest };
    let periods = asked.periods(today.date(), false)?;
    let places = Places::distances(args.distances.as_deref(), sport)?;
    let gap = args.use_gap == Some(true);
    let found = athlete.curves().pace(sport, &periods, gap).await?;
    let profile = crate::record(&athlete, &notes).await;
    let settings = crate::settings(profile.as_deref(), sport);
    let names = bests::names(&periods, found.iter().map(|curve| &curve.head), &notes);
    let units = units(sport, settings, profile.as_deref());
    let pace = |speed: f64| Speed::read_as(SpeedReading::in_unit(Some(units)), MetresPerSecond(speed));
    let threshold = settings.and_then(|s| s.threshold_pace).map(|pace| pace.0).filter(|pace| *pace > 0.0);
    let zones = settings.map(|s| s.zones_of_pace()).unwrap_or_default();
    let curves: Vec<_> = found.iter().zip(&names).map(|(curve, name)| of(curve, name)).collect();
    let rows = places.rows(&curves, &notes);
    let zone = |speed: f64| bests::zone(threshold.map(|threshold| speed / threshold * 100.0), &zones);
    let row = |row: &bests::Picked<'_>| {
        // In kilometres a length of a pool is 0.03.
        let distance = if sports::swims(sport) { Cell::Number(Number(row.at)) } else { Cell::Metres(Metres(row.at)) };
        let first = ("distance_m", distance);
        Row::of(
            first,
            row,
            &curves,
            &[
                ("time_s", &|point| Some(Cell::Seconds(Seconds(point.value)))),
                ("pace_mps", &|point| Some(Cell::Pace(pace(point.at / point.value)))),
                ("activity_id", &bests::activity),
                ("zone", &|point| zone(point.at / point.value)),
            ],
        )
    };
    let models = |(curve, name): (&AthletePaceCurve, &String)| {
        let name = name.clone();
        curve.models.clone().into_iter().map(move |model| Model {
            curve: name.clone(),
            model: model.kind,
            critical_speed_mps: model.critical_speed.filter(|speed| speed.0 > 0.0).map(|speed| pace(speed.0)),
            d_prime_m: model.d_prime.map(|metres| Number(metres.0)),
            r2: model.r2,
        })
    };
    Ok(Paces {
        sport: sport.into(),
        curves: found.iter().zip(&names).map(|(curve, name)| Covered::of(name, &curve.head)).collect(),
        bests: rows.iter().map(row).collect(),
        models: found.iter().zip(&names).flat_map(models).collect(),
        threshold_pace_mps: threshold.map(pace),
        grade_adjusted: gap.then_some(true),
    })
}

/// The values of a pace curve are seconds for its distances.
fn of(curve: &AthletePaceCurve, name: &str) -> Curve {
    let lists = (curve.distance.as_slice(), curve.values.as_slice());
    let points = points(lists, |metres| metres.0, |secs| secs.0, (&[], &[]), &curve.head.activity_id);
    Curve { name: name.to_owned(), points }
}

/// How the athlete reads a pace of this sport.
fn units<'a>(sport: &str, settings: Option<&'a SportSettings>, profile: Option<&AthleteProfile>) -> &'a str {
    let own = settings.and_then(|s| s.pace_units.as_deref()).filter(|units| *units != "NONE");
    own.unwrap_or_else(|| {
        sports::pace_units(sport, profile.map(|profile| profile.units().distance).unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        ToolRunner, demo, demo::Options, demo_with, operations::Operations, reply, upstream,
        wiremock::matchers::path_regex,
    };
    use serde_json::{Value, json};

    async fn run(arguments: Value) -> (ToolRunner, intervals_core::answer::Answer) {
        let demo = demo().await;
        let answer = demo.answer("icu_get_pace_curves", arguments).await;
        (demo, answer)
    }

    async fn read(list: Value, settings: Value, arguments: Value) -> intervals_core::answer::Answer {
        let athlete = json!({"id": "i1", "timezone": "UTC", "sportSettings": [settings]});
        upstream("athlete/0", athlete)
            .when(path_regex("curves$"), reply(json!({"list": list})))
            .await
            .answer("icu_get_pace_curves", arguments)
            .await
    }

    #[tokio::test]
    async fn values_are_seconds_for_a_distance_and_pace_follows_from_both() {
        let curve = json!({"id": "90d", "distance": [400.0, 1609.0, 5000.0, 5200.0, 10400.0],
            "values": [80, 390, 1250.0, null, 2700],
            "activity_id": ["i1", "i2", null, null, "i3"], "type": "PACE",
            "paceModels": [{"type": "CS", "criticalSpeed": 3.9, "dPrime": 180.5, "r2": 0.99}]});
        let settings =
            json!({"types": ["Run"], "threshold_pace": 4.0, "pace_units": "MINS_KM", "pace_zones": [80, 95, 999]});
        let answer = read(json!([curve]), settings, json!({})).await;
        assert_eq!(
            answer.structured["bests"],
            json!([{"distance_m": 400, "time_s": 80, "pace_mps": 5, "activity_id": "i1", "zone": "Z3"},
                {"distance_m": 1609.3, "time_s": 390, "pace_mps": 4.126, "activity_id": "i2", "zone": "Z3"},
                {"distance_m": 5000, "time_s": 1250, "pace_mps": 4, "zone": "Z3"}])
        );
        assert!(answer.text.contains("5.00|0:20:50|4:10"), "{}", answer.text);
        assert_eq!(
            answer.structured["models"],
            json!([{"curve": "90d", "model": "CS", "critical_speed_mps": 3.9, "d_prime_m": 180.5, "r2": 0.99}])
        );
    }

    #[tokio::test]
    async fn a_run_has_a_best_at_every_usual_distance_it_covers() {
        let (demo, answer) = run(json!({"time_period": "all", "use_gap": true})).await;
        let bests = answer.structured["bests"].as_array().unwrap();
        assert!(bests.len() >= 7, "{bests:?}");
        for best in bests {
            assert!((2.5..6.5).contains(&best["pace_mps"].as_f64().unwrap()) && best["activity_id"].is_string());
        }
        assert_eq!(answer.structured["grade_adjusted"], true);
        let sent = demo.requests().into_iter().find(|request| request.path.ends_with("/pace-curves")).unwrap();
        assert_eq!(sent.query[2], ("gap".to_owned(), "true".to_owned()));
    }

    #[tokio::test]
    async fn a_pace_is_read_as_its_sport_asks() {
        let (_, swim) = run(json!({"sport_type": "swim", "time_period": "42d,1y"})).await;
        assert!(swim.text.contains("distance_m|42d_time|1y_time|42d_pace /100m|1y_pace /100m"), "{}", swim.text);
        let (_, miles) = run(json!({"athlete_id": demo::COACHED, "distances": [1609.344]})).await;
        assert!(miles.text.contains("pace /mi"), "{}", miles.text);
        assert_eq!(miles.structured["bests"].as_array().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn a_boat_has_its_own_distances_and_is_read_over_five_hundred_metres() {
        let curve = json!({"id": "90d", "distance": [400, 500, 2000, 6000, 10_000, 21_097.5],
            "values": [90, 115, 480, 1500, 2600, 6000]});
        let answer = read(json!([curve]), json!({"types": ["Run"]}), json!({"sport_type": "Rowing"})).await;
        let bests = answer.structured["bests"].as_array().unwrap();
        let distances: Vec<_> = bests.iter().map(|best| best["distance_m"].as_f64().unwrap()).collect();
        assert_eq!(distances, [500.0, 2000.0, 6000.0, 10_000.0]);
        assert!(answer.text.contains("pace /500m"), "{}", answer.text);
    }

    #[tokio::test]
    async fn a_bad_curve_loses_no_other_and_is_told() {
        let good = json!({"id": "42d", "distance": [1000], "values": [240], "paceModels": [null]});
        let list = json!([good, "no record"]);
        let answer = read(list, json!({"types": ["Run"]}), json!({"time_period": "42d,1y"})).await.structured;
        assert_eq!((&answer["bests"][0]["time_s"], &answer["models"]), (&json!(240), &json!([])));
        let notes = answer["notes"].as_array().unwrap();
        assert!(notes[0].as_str().unwrap().starts_with("1 record of pace-curves could not be read"), "{notes:?}");
        assert_eq!(notes[1], "there is no curve of 1y");
    }

    #[tokio::test]
    async fn a_sport_of_other_distances_shows_what_is_stored() {
        let distance: Vec<_> = (1..=40).map(|n| f64::from(n) * 130.0).collect();
        let values: Vec<_> = (1..=40).map(|n| n * 30).collect();
        let curve = json!({"id": "90d", "distance": distance, "values": values});
        let answer = read(json!([curve]), json!({"types": ["Run"]}), json!({"sport_type": "Rowing"})).await.structured;
        let bests = answer["bests"].as_array().unwrap();
        assert!((8..=12).contains(&bests.len()) && bests[0]["distance_m"] == 130, "{bests:?}");
    }

    #[tokio::test]
    async fn nulls_and_an_empty_account_have_no_bests() {
        let nulls = Operations::embedded().unwrap().nulls("PaceCurve", json!({}));
        let settings = Operations::embedded().unwrap().nulls("SportSettings", json!({"types": ["Run"]}));
        let answer = read(json!([nulls]), settings, json!({})).await.structured;
        assert_eq!((&answer["bests"], answer.get("threshold_pace_mps")), (&json!([]), None));
        let empty = demo_with(Options { years: 0, ..Options::default() }).await;
        let answer = empty.structured("icu_get_pace_curves", json!({})).await;
        assert_eq!(answer["notes"], json!(["nothing was recorded in these periods"]));
    }
}
