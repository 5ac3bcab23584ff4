//! The athlete resource: its start values, what each viewer sees, and updates.
use serde_json::{Value, json};

use super::Account;
use crate::{object::Object, person::Person};

/// Fields that only the athlete sees.
const SECRETS: [&str; 2] = ["icu_api_key", "icu_friend_invite_token"];
/// Fields that an update ignores.
const FIXED: [&str; 8] = [
    "id",
    "icu_api_key",
    "icu_friend_invite_token",
    "icu_permission",
    "icu_coach",
    "icu_tags",
    "icu_activated",
    "status",
];

impl Account {
    /// The athlete resource as `viewer` sees it.
    pub fn athlete(&self, viewer: &str) -> Object {
        let mut all = self.profile.clone();
        if self.person.id != viewer {
            all.extend(SECRETS.map(|secret| (secret.to_owned(), Value::Null)));
            all.insert("icu_permission".to_owned(), json!("WRITE"));
        }
        all
    }

    /// The athlete resource with sport settings and custom items.
    pub fn athlete_with_settings(&self, viewer: &str) -> Object {
        let mut all = self.athlete(viewer);
        all.insert("sportSettings".to_owned(), json!(self.sports));
        all.insert("custom_items".to_owned(), json!([]));
        all
    }

    /// Updates the fields in `body`. Null and unknown fields are ignored; "" clears a text.
    pub fn write_athlete(&mut self, body: &Object) {
        for (key, value) in body.iter().filter(|(key, value)| !value.is_null() && !FIXED.contains(&key.as_str())) {
            if let Some(ours) = self.profile.get_mut(key) {
                *ours = if value.as_str() == Some("") { Value::Null } else { value.clone() };
            }
        }
    }
}

/// The athlete resource of a new account.
pub fn profile(account: &Account) -> Object {
    let Person { id, name: (first, last), sex, born, home: (city, state, country), zone, imperial, .. } =
        *account.person;
    let coached = account.person.coach.is_some();
    let notes = (!coached && account.trained)
        .then_some("Goal: gran fondo in spring.\n\n**Left knee**: no big gears early in the season.");
    let day = |day| {
        let (kind, secs) = match day {
            1 => ("UNAVAILABLE", None),
            6 => ("LIMITED", Some(14_400)),
            _ => ("LIMITED", Some(5400)),
        };
        json!({ "day_of_week": day, "training_availability": kind, "max_training_time": secs, "can_train_sports": null })
    };
    let availability: Vec<Value> = (0..7).map(day).collect();
    let mut all = Object::new();
    for part in [
        json!({
            "id": id, "name": format!("{first} {last}"), "firstname": first, "lastname": last, "profile_medium": null,
            "measurement_preference": if imperial { "feet" } else { "meters" }, "weight_pref_lb": imperial,
            "fahrenheit": imperial, "wind_speed": if imperial { "MPH" } else { "KMH" },
            "rain": if imperial { "INCHES" } else { "MM" }, "height_units": if imperial { "FEET" } else { "CM" },
            "height": null, "weight": null, "email": format!("secret-{}@example.invalid", first.to_lowercase()),
            "sex": sex, "city": city, "state": state, "country": country, "countries": [], "languages": [],
            "bikes": [], "shoes": [], "timezone": zone, "locale": if imperial { "en-us" } else { "en" },
            "date_format": "yyyy-MM-dd", "time_format": "HH:mm", "visibility": "PRIVATE", "bio": null, "website": null,
        }),
        json!({
            "status": "ACTIVE", "icu_last_seen": format!("{}T06:00:00.000+00:00", account.today),
            "icu_activated": "2019-04-01T08:00:00.000+00:00", "icu_admin": false,
            "icu_resting_hr": account.trained.then_some(account.person.resting_hr),
            "icu_weight": account.weight(account.today).0, "icu_weight_sync": "NONE", "icu_date_of_birth": born,
            "icu_friend_invite_token": "secret-demo-invite-token", "icu_api_key": "secret-demo-key",
            "icu_permission": null, "icu_coach": false, "icu_tags": if coached { json!(["squad"]) } else { json!([]) },
            "icu_notes": notes, "icu_form_as_percent": false, "icu_mmp_days": 42, "icu_wellness_prompt": true,
            "icu_wellness_keys": ["weight", "restingHR", "hrv", "sleepSecs", "sleepQuality", "soreness", "fatigue",
                "stress", "mood", "motivation", "hydration", "Caffeine", "Mantra"],
            "private_wellness_keys": [], "icu_track_menstrual_cycle": coached, "icu_menstrual_cycle_perm": "NONE",
            "activity_rpe_prompt": true, "coach_ticks": [], "icu_effort_secs": [5, 60, 300, 1200, 3600],
        }),
        json!({
            "icu_garmin_health": true, "icu_garmin_training": true, "icu_garmin_sync_activities": true,
            "icu_garmin_download_wellness": true, "icu_garmin_upload_workouts": true,
            "icu_garmin_outdoor_power_range": 2.5, "icu_garmin_hr_range": 1.5, "polar_sync_activities": null,
            "suunto_sync_activities": null, "coros_sync_activities": null, "wahoo_sync_activities": null,
            "zwift_sync_activities": true, "zwift_upload_workouts": true, "strava_id": null, "strava_allowed": true,
            "strava_sync_activities": true, "strava_authorized": true, "icu_email_verified": true,
            "plan": null, "plan_expires": null, "training_plan_id": account.library.current_plan(),
            "training_plan_start_date": null, "training_plan_last_applied": null, "training_plan_alias": null, "training_availability": availability,
            "beta_user": false, "currency": null,
        }),
    ] {
        if let Value::Object(part) = part {
            all.extend(part);
        }
    }
    all
}
