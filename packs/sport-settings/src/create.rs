//! `icu_create_sport_settings`
use intervals_core::{
    Athlete, Error, Notes, Result,
    client::sports,
    records::{
        given,
        sport_settings::{NewSportSettings, Row},
        zones::Full,
    },
    tool,
};
use serde_json::json;

use crate::{number, pace::load_type, values::Paces};

/// NEW settings for a type that has none; the rest starts from defaults.
#[tool(write, tier = rare, title = "Create sport settings")]
async fn icu_create_sport_settings(athlete: Athlete, notes: Notes, args: NewSportSettings) -> Result<Full> {
    let sport = args.sport_type.0;
    let all: Vec<Row> = athlete.sport_settings().list().await?;
    if let Some(existing) = all.iter().find(|record| record.covers(sport)) {
        let id = number(existing);
        return Err(Error::new(
            format!("settings {id} already cover {sport} ({})", existing.types.join(", ")),
            format!("Use icu_update_sport_settings with sport_id {id}."),
        ));
    }
    let mut fields = given(&args);
    fields.insert("types".into(), json!([sport]));
    let paces = Paces { pace: args.pace_threshold.as_deref(), swim: args.swim_threshold.as_deref() };
    if paces.any() {
        let units = sports::pace_units(sport, athlete.profile().await?.units().distance);
        fields.insert("threshold_pace".into(), paces.threshold(&[sport.into()], Some(units), &notes)?.into());
        fields.insert("pace_units".into(), units.into());
        fields.extend(load_type(sport).map(|load| ("pace_load_type".to_owned(), load.into())));
    }
    let created: Row = athlete.sport_settings().create(fields).await?;
    notes.add("this counts for future activities; past ones keep their numbers");
    Ok(created.into())
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{ToolRunner, demo};
    use rstest::rstest;
    use serde_json::{Value, json};

    async fn create(arguments: Value) -> (ToolRunner, Result<intervals_core::answer::Answer, intervals_core::Error>) {
        let demo = demo().await;
        let answer = demo.run("icu_create_sport_settings", arguments).await;
        (demo, answer)
    }

    #[rstest]
    #[case("NordicSki", "4:30/km", 3.703_704, "MINS_KM", None)]
    #[case("rowing", "2:00/500m", 4.166_667, "SECS_500M", None)]
    #[tokio::test]
    async fn a_sport_gets_settings_with_a_threshold_in_metres_per_second(
        #[case] sport: &str,
        #[case] pace: &str,
        #[case] mps: f64,
        #[case] units: &str,
        #[case] load_type: Option<&str>,
    ) {
        let (demo, answer) =
            create(json!({"sport_type": sport, "fthr": "168", "ftp": 240, "pace_threshold": pace})).await;
        let answer = answer.unwrap();
        assert_eq!((&answer.structured["lthr_bpm"], &answer.structured["ftp_w"]), (&json!(168), &json!(240)));
        assert!(answer.text.contains(&format!("threshold_pace: {pace}")), "{}", answer.text);
        assert!(answer.structured["notes"][0].as_str().unwrap().contains("future activities"));
        let sent = demo.requests().into_iter().find(|request| request.method == "POST").unwrap();
        let body: Value = serde_json::from_slice(&sent.body).unwrap();
        assert_eq!((&body["threshold_pace"], &body["pace_units"]), (&json!(mps), &json!(units)));
        assert_eq!(body.get("pace_load_type").and_then(Value::as_str), load_type);
    }

    #[rstest]
    #[case(json!({"sport_type": "VirtualRide"}), "settings 71001 already cover VirtualRide (Ride, ")]
    #[case(json!({"sport_type": "Bike"}), "invalid arguments for icu_create_sport_settings: sport_type: there is no type Bike. Use Ride, ")]
    #[case(json!({"sport_type": "Rowing", "swim_threshold": "1:35"}), "swim_threshold does not fit settings of Rowing.")]
    #[case(json!({"sport_type": "Rowing", "ftp": 0}), "invalid arguments for icu_create_sport_settings: ftp: 0 is out of range: it goes from 30 to 700")]
    #[case(json!({"sport_type": "Rowing", "fthr": 300}), "invalid arguments for icu_create_sport_settings: fthr: 300 is out of range: ")]
    #[case(json!({"sport_type": "Rowing", "pace_threshold": "2:00"}), "pace_threshold \"2:00\" has no unit")]
    #[tokio::test]
    async fn invalid_arguments_are_not_sent(#[case] arguments: Value, #[case] error: &str) {
        let (demo, refused) = create(arguments).await;
        let refused = refused.unwrap_err().to_string();
        assert!(refused.starts_with(error), "{refused}");
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[tokio::test]
    async fn a_coach_creates_settings_for_the_athlete() {
        let demo = demo().await;
        let arguments = json!({"athlete_id": demo::COACHED, "sport_type": "NordicSki", "pace_threshold": "8:00/mi"});
        demo.answers("icu_create_sport_settings", arguments, &["threshold_pace: 8:00/mi"]).await;
        assert_eq!(demo.writes(), [format!("POST /api/v1/athlete/{}/sport-settings", demo::COACHED)]);
        let error = demo.again().read_only().text("icu_create_sport_settings", json!({"sport_type": "Rowing"})).await;
        assert!(error.contains("was not sent"), "{error}");
    }
}
