//! `icu_get_athlete_profile`
use futures::join;
use intervals_core::{
    Athlete, Notes, Result, Today,
    client::{SportSettings, Text},
    records::{fitness::Form, wellness::Fitness},
    tool,
    units::{Bpm, Count, Joules, Kilograms, Points, Speed, SpeedReading, Watts},
};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
struct Profile {
    id: String,
    name: Option<Text>,
    sex: Option<String>,
    born: Option<String>,
    weight_kg: Option<Kilograms>,
    resting_hr_bpm: Option<Bpm>,
    timezone: Option<String>,
    today: String,
    city: Option<Text>,
    country: Option<Text>,
    training_plan_id: Option<Count>,
    ctl: Option<Points>,
    atl: Option<Points>,
    #[serde(flatten)]
    form: Option<Form>,
    ramp_rate: Option<Points>,
    sports: Vec<Sport>,
    notes_md: Option<Text>,
}

#[derive(Serialize, JsonSchema)]
struct Sport {
    types: Vec<String>,
    ftp_w: Option<Watts>,
    indoor_ftp_w: Option<Watts>,
    w_prime_j: Option<Joules>,
    p_max_w: Option<Watts>,
    lthr_bpm: Option<Bpm>,
    max_hr_bpm: Option<Bpm>,
    threshold_pace_mps: Option<Speed>,
}

/// WHO the athlete is: weight, time zone, thresholds per sport, today's fitness and form.
#[tool(read, tier = core, title = "Athlete profile")]
async fn icu_get_athlete_profile(athlete: Athlete, today: Today, notes: Notes) -> Result<Profile> {
    let days = athlete.wellness();
    let (profile, day) = join!(athlete.profile(), days.day::<Fitness>(today.date()));
    let profile = profile?;
    // The profile is useful without today's fitness numbers.
    let day = day.inspect_err(|e| notes.add(format!("no fitness numbers: {e}"))).ok();
    if day.as_ref().is_some_and(|day| day.ctl.is_none()) {
        notes.add("there are no fitness numbers of today yet; icu_get_fitness_summary has the last ones");
    }
    let (ctl, atl) = (day.as_ref().and_then(|day| day.ctl), day.as_ref().and_then(|day| day.atl));
    Ok(Profile {
        id: profile.id.clone(),
        name: profile.name.as_deref().map(Text::from),
        sex: profile.sex.clone(),
        born: profile.icu_date_of_birth.clone(),
        weight_kg: profile.icu_weight,
        resting_hr_bpm: profile.icu_resting_hr,
        timezone: profile.timezone.clone(),
        today: today.date().to_string(),
        city: profile.city.as_deref().map(Text::from),
        country: profile.country.as_deref().map(Text::from),
        training_plan_id: profile.training_plan_id,
        ctl,
        atl,
        form: Form::of(ctl, atl, profile.icu_form_as_percent == Some(true)),
        ramp_rate: day.as_ref().and_then(|day| day.ramp_rate),
        sports: profile.sport_settings.iter().map(Sport::of).collect(),
        // Not cut: `icu_update_athlete_notes` replaces the notes, so a caller reads them here first.
        notes_md: profile.icu_notes.as_deref().map(Text::from).and_then(Text::non_empty),
    })
}

impl Sport {
    fn of(s: &SportSettings) -> Self {
        let pace = s.threshold_pace.filter(|pace| pace.0 > 0.0);
        Self {
            types: s.types.clone(),
            ftp_w: s.ftp,
            indoor_ftp_w: s.indoor_ftp,
            w_prime_j: s.w_prime,
            p_max_w: s.p_max,
            lthr_bpm: s.lthr,
            max_hr_bpm: s.max_hr,
            threshold_pace_mps: pace.map(|pace| Speed::read_as(SpeedReading::in_unit(s.pace_units.as_deref()), pace)),
        }
    }
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::demo;
    use serde_json::json;

    #[tokio::test]
    async fn the_profile_has_weight_birthday_zone_and_fitness() {
        let answer = demo().await.structured("icu_get_athlete_profile", json!({})).await;
        let profile = &answer;
        assert_eq!((&profile["id"], &profile["timezone"]), (&json!(demo::ATHLETE), &json!(demo::ZONE)));
        assert_eq!(profile["today"], "2026-07-05");
        for key in ["weight_kg", "born", "ctl", "atl", "tsb", "form", "ramp_rate"] {
            assert!(profile.get(key).is_some(), "{key}");
        }
    }

    #[tokio::test]
    async fn every_type_of_a_sport_and_its_own_pace_unit_are_shown() {
        let answer = demo().await.answer("icu_get_athlete_profile", json!({})).await;
        let sports = answer.structured["sports"].as_array().unwrap();
        assert!(sports.iter().any(|sport| sport["types"].as_array().unwrap().len() > 1));
        assert!(answer.text.contains("/km") && answer.text.contains("/100m"), "{}", answer.text);
    }

    #[tokio::test]
    async fn secrets_of_the_record_stay_where_they_are() {
        let demo = demo().await;
        for tool in ["icu_get_athlete_profile", "icu_list_athletes"] {
            let answer = demo.answer(tool, json!({})).await;
            let all = format!("{} {}", answer.text, answer.structured).to_lowercase();
            for secret in ["secret", "@", "token", "api_key"] {
                assert!(!all.contains(secret), "{tool} shows {secret}: {all}");
            }
        }
    }

    #[tokio::test]
    async fn another_athlete_is_named_and_has_their_own_today() {
        let answer = demo().await.structured("icu_get_athlete_profile", json!({"athlete_id": demo::COACHED})).await;
        // 00:00 UTC of 5 July is still the 4th in Denver.
        assert_eq!(answer["today"], "2026-07-04");
        let (name, id) = (answer["name_by_others"].as_str().unwrap(), demo::COACHED);
        assert_eq!(answer["athlete"], format!("{name} ({id})"));
    }

    #[tokio::test]
    async fn an_athlete_out_of_reach_is_an_error_and_not_the_own_data() {
        let arguments = json!({"athlete_id": "i1"});
        demo().await.refuses("icu_get_athlete_profile", arguments, "Intervals.icu refuses access to athlete/i1").await;
    }
}
