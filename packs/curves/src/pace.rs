//! `icu_get_pace_curves`
use intervals_core::{
    Athlete, Notes, Result, SharedArgs, Today,
    arguments::json_or,
    client::{AthleteProfile, SportSettings, sports},
    records::curve::{Curve, PaceModel},
    tool,
    units::{Metres, MetresPerSecond, Number, Seconds, Speed, SpeedReading},
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
    /// Grade adjusted.
    #[serde(default)]
    #[schemars(example = true)]
    use_gap: Option<bool>,
    /// Metres; default those raced.
    #[serde(default, deserialize_with = "json_or")]
    #[schemars(example = [1000, 5000, 10000])]
    distances: Option<Vec<Metres>>,
}

/// Pace curves: seconds by distance.
struct Pace {
    /// Gradient adjusted.
    gap: bool,
}

impl Kind for Pace {
    const SPORT: &'static str = "Run";
    type Model = PaceModel;

    async fn fetch(&self, athlete: &Athlete, sport: &str, periods: &[String]) -> Result<Vec<Curve<PaceModel>>> {
        Ok(athlete.curves().pace(sport, periods, self.gap).await?)
    }
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
async fn icu_get_pace_curves(
    asked: SharedArgs<Asked<Pace>>,
    athlete: Athlete,
    today: Today,
    notes: Notes,
    args: Args,
) -> Result<Paces> {
    let places = Places::distances(args.distances.as_deref(), asked.sport()?)?;
    let gap = args.use_gap == Some(true);
    let found = asked.find(Pace { gap }, &athlete, today.date(), &notes).await?;
    let (sport, settings) = (found.sport, found.settings());
    let units = pace_units(sport, settings, found.profile.as_deref());
    let pace = |speed: f64| Speed::read_as(SpeedReading::in_unit(Some(units)), MetresPerSecond(speed));
    let threshold = settings.and_then(|s| s.threshold_pace).map(|pace| pace.0).filter(|pace| *pace > 0.0);
    let zones = settings.map(|s| s.zones_of_pace()).unwrap_or_default();
    let zone = |speed: f64| bests::zone(threshold.map(|threshold| speed / threshold * 100.0), &zones);
    let columns: [bests::Column; 4] = [
        ("time_s", &|point| Some(Cell::Seconds(Seconds(point.value)))),
        ("pace_mps", &|point| Some(Cell::Pace(pace(point.at / point.value)))),
        ("activity_id", &bests::activity),
        ("zone", &|point| zone(point.at / point.value)),
    ];
    // In kilometres, a short pool distance would read 0.03.
    let swims = sports::swims(sport);
    let distance = |at: f64| if swims { Cell::Number(Number(at)) } else { Cell::Metres(Metres(at)) };
    let models = |curve: &Curve<PaceModel>| {
        let name = curve.id.clone().unwrap_or_default();
        curve.models.clone().into_iter().map(move |model| Model {
            curve: name.clone(),
            model: model.model,
            critical_speed_mps: model.critical_speed.map(|speed| pace(speed.0)),
            d_prime_m: model.d_prime.map(|metres| Number(metres.0)),
            r2: model.r2,
        })
    };
    Ok(Paces {
        sport: sport.into(),
        bests: table(&found.curves, &places, ("distance_m", &distance), &columns, &notes),
        curves: found.curves.iter().map(Covered::of).collect(),
        models: found.curves.iter().flat_map(models).collect(),
        threshold_pace_mps: threshold.map(pace),
        grade_adjusted: gap.then_some(true),
    })
}

/// Returns the pace unit of a sport: the athlete's setting, or the default of the sport.
fn pace_units<'a>(sport: &str, settings: Option<&'a SportSettings>, profile: Option<&AthleteProfile>) -> &'a str {
    let configured = settings.and_then(|s| s.pace_units.as_deref()).filter(|units| *units != "NONE");
    configured.unwrap_or_else(|| {
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
    async fn a_bad_curve_loses_no_other_and_is_counted() {
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
