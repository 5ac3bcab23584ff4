//! `icu_get_power_curves`
use intervals_core::{
    Athlete, Notes, Result, SharedArgs, Today,
    arguments::json_or,
    records::curve::{Curve, PowerModel},
    tool,
    units::{Seconds, Span, Watts},
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
    /// Adds W/kg, zones, models.
    #[serde(default)]
    #[schemars(example = true)]
    detail: bool,
}

/// Power curves.
struct Power;

impl Kind for Power {
    const PERIODS: &'static str = "year, all, 42d, s0 (season), 90d-kj0 (tired); comma compares.";
    const FATIGUE: bool = true;
    type Model = PowerModel;

    async fn fetch(&self, athlete: &Athlete, sport: &str, periods: &[String]) -> Result<Vec<Curve<PowerModel>>> {
        Ok(athlete.curves().power(sport, periods).await?)
    }
}

#[derive(Serialize, JsonSchema)]
struct Bests {
    sport: String,
    curves: Vec<Covered>,
    /// By duration_s; with several curves each column starts with its curve: 42d_power_w. w_per_kg is of activity_id too, unless
    /// it has its own.
    bests: Vec<Row>,
    /// Fitted by Intervals.icu; with detail.
    models: Vec<PowerModel>,
    /// What the zones rest on.
    ftp_w: Option<Watts>,
}

/// POWER bests by duration, eFTP.
#[tool(read, title = "Power curves")]
async fn icu_get_power_curves(
    asked: SharedArgs<Asked<Power>>,
    athlete: Athlete,
    today: Today,
    notes: Notes,
    args: Args,
) -> Result<Bests> {
    let places = Places::durations(args.durations.as_deref())?;
    let found = asked.find(Power, &athlete, today.date(), &notes).await?;
    let settings = found.settings();
    let ftp = settings.and_then(|s| s.ftp).filter(|ftp| ftp.0 > 0.0);
    let zones = settings.map(|s| s.zones_of_power()).unwrap_or_default();
    let zone = |point: &bests::Point| bests::zone(ftp.map(|ftp| point.value / ftp.0 * 100.0), &zones);
    let mut columns: Vec<bests::Column> = vec![("power_w", &|point| Some(Cell::Watts(Watts(point.value))))];
    if args.detail {
        columns.push(("w_per_kg", &|point| point.per_kg.map(Cell::Number)));
    }
    columns.push(("activity_id", &bests::activity));
    if args.detail {
        columns.push(("w_per_kg_activity_id", &w_per_kg_activity));
        columns.push(("zone", &zone));
    }
    let covered = |curve: &Curve<PowerModel>| Covered {
        eftp_w: curve.models.iter().find_map(|model| model.eftp_w),
        weight_kg: curve.weight_kg.filter(|_| args.detail),
        vo2max_5m: curve.vo2max_5m.filter(|_| args.detail),
        ..Covered::of(curve)
    };
    let models = |curve: &Curve<PowerModel>| {
        let name = curve.id.clone().unwrap_or_default();
        curve.models.clone().into_iter().map(move |model| PowerModel { curve: name.clone(), ..model })
    };
    Ok(Bests {
        sport: found.sport.into(),
        bests: table(&found.curves, &places, ("duration_s", &|at| Cell::Span(Span(at))), &columns, &notes),
        curves: found.curves.iter().map(covered).collect(),
        models: found.curves.iter().filter(|_| args.detail).flat_map(models).collect(),
        ftp_w: ftp.filter(|_| args.detail),
    })
}

/// Returns the activity of the best W/kg when it is not that of the best W.
fn w_per_kg_activity(point: &bests::Point) -> Option<Cell> {
    point.per_kg?;
    point.per_kg_activity.clone().filter(|id| Some(id) != point.activity.as_ref()).map(Cell::Id)
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        ToolRunner, demo, demo::Options, demo_with, operations::Operations, reply, upstream,
        wiremock::matchers::path_regex,
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    async fn curves(arguments: Value) -> (ToolRunner, intervals_core::answer::Answer) {
        let demo = demo().await;
        let answer = demo.answer("icu_get_power_curves", arguments).await;
        (demo, answer)
    }

    async fn read(list: Value, arguments: Value) -> intervals_core::answer::Answer {
        let athlete = json!({"id": "i1", "timezone": "UTC", "sportSettings": [
            {"id": 1, "types": ["Ride"], "ftp": 250, "power_zones": [55, 75, 90, 105, 999],
                "power_zone_names": ["Easy"]}]});
        let body = json!({"list": list, "activities": {"i5": {"moving_time": "broken"}}});
        upstream("athlete/0", athlete)
            .when(path_regex("curves$"), reply(body))
            .await
            .answer("icu_get_power_curves", arguments)
            .await
    }

    #[tokio::test]
    async fn the_text_of_the_bests_is_short() {
        let (_, answer) = curves(json!({"time_period": "s0"})).await;
        let start = "sport: Ride\ncurves:\ncurve|from|to|eftp W\ns0|2026-01-01|2026-07-05|";
        assert!(answer.text.starts_with(start), "{}", answer.text);
        assert!(answer.text.contains("\nduration|power W|activity_id\n1s|90"), "{}", answer.text);
        assert!(answer.text.contains("\n20min|27") && answer.text.contains("\n1h|2"), "{}", answer.text);
        assert_eq!(answer.text.lines().count(), 16);
    }

    #[tokio::test]
    async fn with_detail_ratio_zone_and_models_stand_beside() {
        let (demo, answer) = curves(json!({"detail": true})).await;
        let bests = answer.structured["bests"].as_array().unwrap();
        assert_eq!((bests.len(), &bests[0]["duration_s"]), (10, &json!(1)));
        for best in bests {
            assert!(best["power_w"].is_u64() && best["w_per_kg"].is_number(), "{best}");
            assert!(best["activity_id"].as_str().unwrap().starts_with('i') && best["zone"].is_string(), "{best}");
        }
        assert_eq!(bests[0]["zone"], "Z7 Neuromuscular");
        let model = &answer.structured["models"][0];
        assert!((230.0..280.0).contains(&model["eftp_w"].as_f64().unwrap()) && model["w_prime_j"].is_u64(), "{model}");
        assert_eq!(answer.structured["models"][1].get("p_max_w"), None);
        let sent = demo.requests().into_iter().find(|request| request.path.ends_with("/power-curves")).unwrap();
        assert_eq!(sent.query, [("type".into(), "Ride".into()), ("curves".into(), "90d".to_owned())]);
    }

    #[tokio::test]
    async fn several_periods_stand_side_by_side() {
        let (_, answer) = curves(json!({"days_back": 28, "time_period": "year,s1,1y-kj1", "durations": [60, 1200],
            "oldest": "2026-05-01", "newest": "2026-05-31"}))
        .await;
        let curves: Vec<_> = answer.structured["curves"]
            .as_array()
            .unwrap()
            .iter()
            .map(|curve| curve["curve"].as_str().unwrap())
            .collect();
        assert_eq!(curves, ["28d", "1y", "s1", "1y-kj1", "r.2026-05-01.2026-05-31"]);
        let minute = &answer.structured["bests"][0];
        let power = |curve: &str| minute[format!("{curve}_power_w")].as_u64().unwrap();
        assert!(power("28d") <= power("1y") && power("1y-kj1") < power("1y"), "{minute}");
        assert_eq!(answer.structured["curves"][4]["to"], "2026-05-31");
        assert!(answer.text.contains("duration|28d_power W|1y_power W|"), "{}", answer.text);
    }

    #[tokio::test]
    async fn a_best_is_stored_or_a_little_longer_and_never_worked_out() {
        let curve = json!({"id": "90d", "secs": [1, 5, 61, 1200, 4000], "values": [900, null, 400.6, "255", 0],
            "activity_id": ["i5", null, 7, null, null], "watts_per_kg": null, "powerModels": null});
        let answer = read(json!([curve]), json!({"detail": true})).await;
        assert_eq!(
            answer.structured["bests"],
            json!([{"duration_s": 1, "power_w": 900, "activity_id": "i5", "zone": "Z5"},
                {"duration_s": 60, "power_w": 401, "activity_id": "7", "zone": "Z5"},
                {"duration_s": 1200, "power_w": 255, "zone": "Z4"}])
        );
        assert_eq!(
            answer.structured["notes"],
            json!(["where a best is not stored, the next longer one stands (61 for 60 s)"])
        );
        let other = read(json!([curve]), json!({"durations": "1, 300"})).await.structured;
        assert_eq!(other["notes"], json!(["there is no best at 300 s"]));
    }

    #[tokio::test]
    async fn a_ratio_of_another_activity_says_which() {
        let curve = json!({"id": "90d", "secs": [60, 300], "values": [400, 300], "watts_per_kg": [5.5, 4.2],
            "activity_id": ["i5", "i6"], "wkg_activity_id": ["i5", "i7"]});
        let answer = read(json!([curve]), json!({"detail": true})).await;
        assert_eq!(
            answer.structured["bests"],
            json!([{"duration_s": 60, "power_w": 400, "w_per_kg": 5.5, "activity_id": "i5", "zone": "Z5"},
                {"duration_s": 300, "power_w": 300, "w_per_kg": 4.2, "activity_id": "i6", "w_per_kg_activity_id": "i7",
                    "zone": "Z5"}])
        );
        let plain = read(json!([curve]), json!({})).await.text;
        assert!(plain.contains("duration|power W|activity_id\n"), "{plain}");
    }

    #[tokio::test]
    async fn a_bad_curve_or_model_loses_no_other() {
        let good =
            json!({"id": "42d", "secs": [60], "values": [400], "powerModels": [null, {"ftp": "x"}, {"ftp": 250}]});
        let answer = read(json!(["no record", good, null]), json!({"time_period": "1y,42d"})).await.structured;
        assert_eq!((&answer["bests"][0]["power_w"], &answer["curves"][0]["eftp_w"]), (&json!(400), &json!(250)));
        assert!(answer["notes"][0].as_str().unwrap().starts_with("2 records of power-curves could not be read"));
    }

    #[tokio::test]
    async fn nulls_everywhere_are_no_data() {
        let nulls = Operations::embedded().unwrap().nulls("PowerCurve", json!({}));
        for list in [json!([nulls]), Value::Null, json!([])] {
            let answer = read(list, json!({})).await.structured;
            assert_eq!((&answer["bests"], &answer["models"]), (&json!([]), &json!([])));
            let last = answer["notes"].as_array().unwrap().last().unwrap();
            assert_eq!(last, "nothing was recorded in these periods");
        }
    }

    #[tokio::test]
    async fn curves_that_share_an_id_are_named_as_they_were_asked_for() {
        let curve = |watts: u32, after: u32| json!({"id": "1y", "secs": [60], "values": [watts], "after_kj": after});
        let list = json!([curve(400, 0), curve(350, 1500)]);
        let answer = read(list, json!({"time_period": "1y,1y-kj0"})).await.structured;
        assert_eq!(
            (&answer["bests"][0]["1y_power_w"], &answer["bests"][0]["1y-kj0_power_w"]),
            (&json!(400), &json!(350))
        );
        assert_eq!(answer["curves"][1], json!({"curve": "1y-kj0", "after_kj": 1500}));
    }

    #[rstest]
    #[case(json!({"sport_type": "Bicycle"}), "there is no type Bicycle. Use Ride, ")]
    #[case(json!({"time_period": "fortnight"}), "time_period \"fortnight\" is no period. ")]
    #[case(json!({"days_back": -1}), "days_back is -1. ")]
    #[case(json!({"durations": [0]}), "durations has 0. Give s from 1 up.")]
    #[case(json!({"newest": "2026-01-01"}), "newest 2026-01-01 has no oldest. ")]
    #[tokio::test]
    async fn what_does_not_fit_is_not_sent(#[case] arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        demo.refuses("icu_get_power_curves", arguments, error).await;
        assert!(!demo.requests().iter().any(|request| request.path.contains("curves")));
    }

    #[tokio::test]
    async fn the_coached_athlete_has_their_own_and_an_empty_account_has_none() {
        let (_, answer) = curves(json!({"athlete_id": demo::COACHED, "time_period": "all", "detail": true})).await;
        assert!(answer.structured["bests"][0]["power_w"].as_u64().unwrap() < 720);
        assert_eq!(answer.structured["ftp_w"], 212);
        let empty = demo_with(Options { years: 0, ..Options::default() }).await.read_only();
        let answer = empty.structured("icu_get_power_curves", json!({"time_period": "all,1y"})).await;
        assert_eq!(answer["bests"], json!([]));
    }
}
