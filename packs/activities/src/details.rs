//! `icu_get_activity_details`
use intervals_core::{
    ActivityRef, Notes, Result,
    client::{Extended, STRAVA_REMEDY},
    records::activity::Full,
    tool,
};

/// ONE activity in full: power, heart rate, zones, load, eFTP, fitness after it.
#[tool(read, tier = core, title = "Activity details")]
async fn icu_get_activity_details(activity: ActivityRef, notes: Notes) -> Result<Full> {
    let record: Extended<Full> = activity.get().await?;
    if record.is_withheld() {
        notes.add(STRAVA_REMEDY);
    }
    let as_percent = activity.client().own().await.is_ok_and(|own| own.icu_form_as_percent == Some(true));
    Ok(Full::of(record, as_percent))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, upstream};
    use rstest::rstest;
    use serde_json::{Value, json};

    async fn details(id: &str) -> Value {
        demo().await.structured("icu_get_activity_details", json!({"activity_id": id})).await
    }

    #[tokio::test]
    async fn a_ride_tells_what_the_old_server_lost() {
        let ride = details(demo::RIDE).await;
        for key in [
            "weighted_power_w",
            "variability_index",
            "efficiency_factor",
            "decoupling_pct",
            "work_j",
            "eftp_w",
            "ctl",
            "atl",
            "tsb",
            "form",
            "weight_kg",
            "timezone",
            "power_load",
            "hr_load",
            "intensity_pct",
        ] {
            assert!(ride.get(key).is_some(), "{key}");
        }
        let number = |key: &str| ride[key].as_f64().unwrap();
        assert!((number("tsb") - (number("ctl") - number("atl"))).abs() < 0.11);
        assert!((number("variability_index") - number("weighted_power_w") / number("avg_power_w")).abs() < 0.02);
        let zones = ride["power_zones"].as_array().unwrap();
        assert!(zones.iter().any(|z| z["zone"] == "Z7" && z.get("up_to_pct").is_none()));
        assert!(ride["hr_zones"][0]["up_to_bpm"].is_number());
    }

    #[rstest]
    #[case(demo::RIDE, "avg_speed_mps", "km/h")]
    #[case(demo::RUN, "pace_mps", "/km")]
    #[case(demo::SWIM, "swim_pace_mps", "/100m")]
    #[tokio::test]
    async fn speed_is_read_as_the_sport_reads_it(#[case] id: &str, #[case] key: &str, #[case] unit: &str) {
        let answer = demo().await.answer("icu_get_activity_details", json!({"activity_id": id})).await;
        assert!(answer.structured[key].is_number());
        let line = answer.text.lines().find(|line| line.starts_with(key.trim_end_matches("_mps"))).unwrap();
        assert!(line.ends_with(unit), "{line}");
    }

    #[tokio::test]
    async fn strength_has_no_distance() {
        assert!(details(demo::STRENGTH).await.get("distance_m").is_none());
    }

    #[tokio::test]
    async fn a_stub_from_strava_says_what_helps() {
        let stub = details(demo::STRAVA).await;
        assert_eq!(stub["source"], "STRAVA");
        assert!(stub["notes"][0].as_str().unwrap().contains("connect the device itself"));
    }

    #[tokio::test]
    async fn an_activity_of_another_athlete_names_them() {
        let other = details(demo::COACHED_RIDE).await;
        assert!(other["athlete"].as_str().unwrap().ends_with(&format!("({})", demo::COACHED)));
        assert!(details(demo::RIDE).await.get("athlete").is_none());
    }

    #[tokio::test]
    async fn every_field_may_be_null() {
        let ride =
            intervals_core::testing::operations::Operations::embedded().unwrap().nulls("Activity", json!({"id": "i1"}));
        assert!(ride.as_object().unwrap().len() > 150);
        let bench = upstream("activity/i1", &ride).and("athlete/0/activities", json!([ride])).await.imperial();
        assert_eq!(bench.text("icu_get_activity_details", json!({"activity_id": "i1"})).await, "id: i1\n");
        assert_eq!(bench.text("icu_get_activities_by_date", json!({"oldest": "2026-01-01"})).await, "id\ni1\n(1)\n");
    }

    #[tokio::test]
    async fn a_bound_that_is_null_moves_no_other() {
        let activity = json!({"id": "i1", "icu_power_zones": [55, null, 90], "icu_hr_zones": [120, null, 180],
            "pace_zones": [80, null, 999], "icu_hr_zone_times": [1, 2, 3], "pace_zone_times": [1, 2, 3],
            "icu_zone_times": [{"id": "Z1", "secs": 1}, null, {"id": "Z3", "secs": 3}, {"id": "SS", "secs": 4}]});
        let service = upstream("activity/i1", &activity).await.imperial();
        let shown = service.structured("icu_get_activity_details", json!({"activity_id": "i1"})).await;
        let bounds = |kind: &str, bound: &str| -> Vec<Value> {
            shown[kind].as_array().unwrap().iter().map(|zone| zone[bound].clone()).collect()
        };
        assert_eq!(bounds("power_zones", "up_to_pct"), [json!(55), json!(90), Value::Null]);
        assert_eq!(bounds("hr_zones", "up_to_bpm"), [json!(120), Value::Null, json!(180)]);
        assert_eq!(bounds("pace_zones", "up_to_pct"), [json!(80), Value::Null, Value::Null]);
    }
}
