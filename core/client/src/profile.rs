//! Athlete profiles: name, units, time zone, settings per sport.
use serde::Deserialize;

use crate::{
    SportSettings, Text, lenient,
    units::{Bpm, Count, Kilograms, PaceUnit, System, Units},
};

/// An athlete's profile. E-mail address, keys and invite tokens are never read, because they must not be shown.
#[derive(Debug, Clone, Default, Deserialize)]
#[non_exhaustive]
pub struct AthleteProfile {
    /// The athlete's id: `i12345`, or bare digits for accounts that came from Strava.
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    /// Full name.
    pub name: Option<String>,
    /// `M`, `F` or the athlete's own word.
    pub sex: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// IANA time zone.
    pub timezone: Option<String>,
    /// Language.
    pub locale: Option<String>,
    /// `meters` or `feet`.
    pub measurement_preference: Option<String>,
    /// Whether weight is shown in pounds.
    pub weight_pref_lb: Option<bool>,
    /// Whether temperature is shown in °F.
    pub fahrenheit: Option<bool>,
    /// Body weight.
    pub icu_weight: Option<Kilograms>,
    /// Resting heart rate.
    pub icu_resting_hr: Option<Bpm>,
    /// Day of birth, YYYY-MM-DD.
    pub icu_date_of_birth: Option<String>,
    /// Whether form is shown as a percentage of fitness.
    pub icu_form_as_percent: Option<bool>,
    /// Notes of a coach or the athlete, Markdown.
    pub icu_notes: Option<String>,
    /// The id of the training plan in use.
    #[serde(default)]
    pub training_plan_id: Option<Count>,
    /// Settings per group of sports. Those that cannot be decoded are left out, because units, time zone and guards need the rest.
    #[serde(default, rename = "sportSettings", deserialize_with = "crate::decode::good")]
    pub sport_settings: Vec<SportSettings>,
}

impl AthleteProfile {
    /// The athlete's pace unit of an activity type. Returns `None` without settings for the type.
    pub fn pace_units(&self, sport: &str) -> Option<&str> {
        self.sport_settings.iter().find(|settings| settings.covers(sport))?.pace_units.as_deref()
    }

    /// The athlete's units.
    pub fn units(&self) -> Units {
        let system = |imperial| if imperial { System::Imperial } else { System::Metric };
        let preference = self.measurement_preference.as_deref().unwrap_or_default();
        let chosen = |sport: &str| PaceUnit::of(self.pace_units(sport)?);
        Units {
            foot: chosen("Run"),
            swim: chosen("Swim"),
            row: chosen("Rowing"),
            distance: system(matches!(preference, "feet" | "imperial" | "miles")),
            weight: system(self.weight_pref_lb == Some(true)),
            temperature: system(self.fahrenheit == Some(true)),
        }
    }
}

/// An athlete that the key can access.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct KnownAthlete {
    /// The athlete's id.
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    /// Full name.
    pub name: Option<Text>,
    /// `NONE`, `READ` or `WRITE`; null for the key's owner.
    pub icu_permission: Option<String>,
    /// Whether the key's owner coaches them.
    pub icu_coach: Option<bool>,
    /// The coach's tags.
    #[serde(default, deserialize_with = "lenient::list")]
    pub icu_tags: Vec<Text>,
    /// The coach's notes, Markdown.
    pub icu_notes: Option<Text>,
    /// Time zone.
    pub timezone: Option<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_bad_sport_setting_loses_neither_the_athlete_nor_the_others() {
        let record = json!({"id": 7, "timezone": "UTC", "sportSettings": [
            {"types": ["Ride"], "power_zones": [null], "hr_zones": [120, null, 180]}, {"types": ["Run"], "ftp": "much"},
            null, {"types": ["Swim"]}]});
        let athlete: AthleteProfile = serde_json::from_value(record).unwrap();
        assert_eq!((athlete.id.as_str(), athlete.timezone.as_deref()), ("7", Some("UTC")));
        let types: Vec<_> = athlete.sport_settings.iter().flat_map(|settings| &settings.types).collect();
        assert_eq!(types, ["Ride", "Swim"]);
        let ride = &athlete.sport_settings[0];
        assert_eq!(
            (ride.zones_of_power().len(), ride.hr_zones.as_slice()),
            (0, [Some(Bpm(120.0)), None, Some(Bpm(180.0))].as_slice())
        );
    }
}
