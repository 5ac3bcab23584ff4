//! `icu_get_sport_settings`
use intervals_core::{
    Athlete, List, Notes, Result,
    records::{
        sport_settings::Row,
        zones::{Zones, unknown_bounds},
    },
    tool,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::find;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Only of this type, such as Run.
    #[serde(default, alias = "sport_type", alias = "sport_id")]
    #[schemars(example = &"Run")]
    sport: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Settings {
    #[serde(flatten)]
    list: List<Row>,
    #[serde(flatten)]
    zones: Zones,
}

/// THRESHOLDS and zones per sport; one record covers several types.
#[tool(read, title = "Sport settings")]
async fn icu_get_sport_settings(athlete: Athlete, notes: Notes, args: Args) -> Result<Settings> {
    let records: Vec<Row> = match args.sport.as_deref().map(str::trim).filter(|sport| !sport.is_empty()) {
        Some(sport) => vec![find(&athlete, sport).await?.0],
        None => athlete.sport_settings().list().await?,
    };
    unknown_bounds(&records).into_iter().for_each(|unknown| notes.add(unknown));
    // Not paged: an activity type is in one record only, so there are few.
    Ok(Settings { zones: Zones::of(&records), list: records.into() })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::Options, demo_with, operations::Operations, upstream_any};
    use rstest::rstest;
    use serde_json::{Value, json};

    async fn read(records: Value) -> intervals_core::answer::Answer {
        upstream_any(records).await.imperial().answer("icu_get_sport_settings", json!({})).await
    }

    #[tokio::test]
    async fn every_type_of_a_record_and_its_own_pace_unit_are_shown() {
        let demo = demo().await;
        let own = demo.answer("icu_get_sport_settings", json!({})).await;
        assert!(own.structured["items"][0]["types"].as_array().unwrap().len() > 5);
        assert!(own.text.contains("4:10/km") && own.text.contains("1:20/100m"), "{}", own.text);
        // Zones that all records share are shown once; others name their sport.
        assert_eq!(own.structured["hr_zones"].as_array().unwrap().len(), 7);
        assert_eq!(own.structured["pace_zones"][13]["sport"], "Swim");
        let coached = demo.answer("icu_get_sport_settings", json!({"athlete_id": demo::COACHED})).await;
        assert!(coached.text.contains("/mi") && coached.text.contains("/100y"), "{}", coached.text);
        assert_eq!(coached.structured["items"][1]["threshold_pace_mps"], 3.6);
    }

    #[rstest]
    #[case("Ride")]
    #[case("gravelride")]
    #[case("71001")]
    #[tokio::test]
    async fn a_record_is_selected_by_any_of_its_types_or_by_its_number(#[case] sport: &str) {
        let answer = demo().await.structured("icu_get_sport_settings", json!({"sport": sport})).await;
        assert_eq!((&answer["total"], &answer["items"][0]["ftp_w"]), (&json!(1), &json!(265)));
        let zones = &answer["power_zones"];
        assert_eq!(
            (&zones[0], &zones[6]),
            (
                &json!({"zone": 1, "name": "Active Recovery", "min_pct": 0, "max_pct": 55, "min_w": 0, "max_w": 145}),
                &json!({"zone": 7, "name": "Neuromuscular", "min_pct": 151, "min_w": 398}),
            )
        );
        assert_eq!(answer["hr_zones"][6]["max_bpm"], 186);
    }

    #[tokio::test]
    async fn the_error_of_a_sport_without_settings_names_the_others() {
        let error = demo().await.text("icu_get_sport_settings", json!({"sport": "Rowing"})).await;
        let start = "there are no sport settings Rowing. Create them for Rowing, or use 71001 (Ride, VirtualRide,";
        assert!(error.starts_with(start), "{error}");
    }

    #[tokio::test]
    async fn nulls_and_zeros_are_unset_and_names_may_be_short() {
        let nulls = Operations::embedded().unwrap().nulls("SportSettings", json!({"id": 5}));
        let answer = read(
            json!([nulls, {"id": 6, "types": ["Walk"], "ftp": 0, "threshold_pace": 0.0, "pace_units": "MINS_MILE",
            "hr_zones": [120, 150, 999], "hr_zone_names": ["Easy"], "pace_zones": [90.0, 999.0], "sweet_spot_min": 0}]),
        )
        .await;
        assert_eq!(
            answer.structured["items"],
            json!([{"sport_id": 5, "types": []}, {"sport_id": 6, "types": ["Walk"], "pace_units": "MINS_MILE"}])
        );
        assert_eq!(
            answer.structured["hr_zones"],
            json!([{"sport": "Walk", "zone": 1, "name": "Easy", "min_bpm": 0, "max_bpm": 120},
                {"sport": "Walk", "zone": 2, "min_bpm": 121, "max_bpm": 150},
                {"sport": "Walk", "zone": 3, "min_bpm": 151}])
        );
        assert_eq!(answer.structured["pace_zones"][1], json!({"sport": "Walk", "zone": 2, "min_pct": 90}));
    }

    #[tokio::test]
    async fn a_null_list_is_an_empty_one_and_a_bad_record_loses_no_other() {
        assert_eq!(read(Value::Null).await.structured["total"], 0);
        let answer = read(json!(["no record", {"id": 6, "types": ["Run"]}])).await.structured;
        assert_eq!((&answer["total"], &answer["items"][0]["types"][0]), (&json!(1), &json!("Run")));
        assert!(answer["notes"][0].as_str().unwrap().starts_with("1 record of sport-settings could not be read"));
    }

    #[tokio::test]
    async fn an_empty_account_has_zones_and_no_thresholds() {
        let demo = demo_with(Options { years: 0, ..Options::default() }).await;
        let answer = demo.structured("icu_get_sport_settings", json!({"sport": "Ride"})).await;
        assert_eq!(answer["items"][0].get("ftp_w"), None);
        assert_eq!(answer["power_zones"][0].get("max_w"), None);
    }

    #[tokio::test]
    async fn a_bound_that_is_null_moves_no_other_and_is_noted() {
        let settings = json!([{"id": 1, "types": ["Ride"], "ftp": 200, "power_zones": [55, null, 90, 999],
            "power_zone_names": ["Easy", "Steady", "Tempo", "Hard"]}]);
        let answer = upstream_any(settings).await.imperial().structured("icu_get_sport_settings", json!({})).await;
        let expected = json!([
            {"zone": 1, "name": "Easy", "min_pct": 0, "max_pct": 55, "min_w": 0, "max_w": 110},
            {"zone": 2, "name": "Steady", "min_pct": 56, "min_w": 111},
            {"zone": 3, "name": "Tempo", "max_pct": 90, "max_w": 180},
            {"zone": 4, "name": "Hard", "min_pct": 91, "min_w": 181}]);
        assert_eq!(answer["power_zones"], expected);
        assert_eq!(answer["notes"], json!(["Intervals.icu does not say where these zones end: Ride power Z2"]));
    }
}
