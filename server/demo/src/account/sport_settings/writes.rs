//! Updates of sport settings, and new ones.
use serde_json::{Value, json};

use super::{HR_ZONE_NAMES, POWER_ZONE_NAMES, blank};
use crate::{
    account::Account,
    activity::Activity,
    activity_types::is_type,
    failure::Failure,
    object::Object,
    person::{PACE_ZONES, POWER_ZONES},
};

/// Fields of zone bounds and zone names, and the word for them in an error.
const ZONES: [(&str, &str, &str); 3] = [
    ("hr_zones", "hr_zone_names", "HR"),
    ("power_zones", "power_zone_names", "power"),
    ("pace_zones", "pace_zone_names", "pace"),
];
/// Fields that an update ignores.
const FIXED: [&str; 4] = ["id", "athlete_id", "created", "updated"];

impl Account {
    /// Index of the settings with this id or activity type.
    ///
    /// # Errors
    /// 422 if `wanted` is neither an id nor an activity type, 404 if no settings match.
    pub fn sport_place(&self, wanted: &str) -> Result<usize, Failure> {
        let number = wanted.parse::<i32>().ok().map(i64::from);
        if number.is_none() && !is_type(wanted) {
            return Err(Failure::rejected(format!("Failed to convert 'id' with value: '{wanted}'")));
        }
        let fits = |sport: &Value| {
            number.is_some() && sport.get("id").and_then(Value::as_i64) == number
                || types(sport).any(|own| own == wanted)
        };
        self.sports.iter().position(fits).ok_or_else(Failure::not_found)
    }

    /// Activities that the settings apply to, newest first.
    pub fn matching(&self, settings: &Value) -> Vec<&Activity> {
        let fits =
            |activity: &&Activity| !activity.is_hidden() && types(settings).any(|own| own == activity.current_type());
        self.activities.iter().rev().filter(fits).collect()
    }

    /// Updates the fields in `body`. Null and unknown fields are ignored.
    ///
    /// # Errors
    /// 422 for invalid types, zones, zone names or pace. Nothing is changed then.
    pub fn write_sport(&mut self, wanted: &str, body: &Object, recalc: bool) -> Result<Value, Failure> {
        let place = self.sport_place(wanted)?;
        let Some(Value::Object(before)) = self.sports.get(place) else { return Err(Failure::not_found()) };
        let after = Value::Object(merged(before, body, recalc)?);
        if let Some(settings) = self.sports.get_mut(place) {
            settings.clone_from(&after);
        }
        Ok(after)
    }

    /// Creates settings for activity types that have none, with the service's defaults.
    ///
    /// # Errors
    /// 422 without types, for a type that has settings, and for invalid fields.
    pub fn add_sport(&mut self, body: &Object) -> Result<Value, Failure> {
        let wanted: Vec<&str> =
            body.get("types").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        if wanted.is_empty() {
            return Err(Failure::rejected("types is required"));
        }
        if let Some(taken) = wanted.iter().find(|sport| self.sports.iter().any(|s| types(s).any(|own| own == **sport)))
        {
            return Err(Failure::rejected(format!("Settings for {taken} already exist")));
        }
        let last = self.sports.iter().filter_map(|sport| sport.get("id")?.as_u64()).max().unwrap_or(71_000);
        let mut fresh = blank(self.person, u32::try_from(last).unwrap_or_default() + 1);
        let defaults = json!({
            "power_zones": POWER_ZONES, "power_zone_names": POWER_ZONE_NAMES, "sweet_spot_min": 84,
            "sweet_spot_max": 97, "pace_zones": PACE_ZONES, "hr_zones": self.person.hr_zones(),
            "hr_zone_names": HR_ZONE_NAMES, "max_hr": self.person.max_hr, "lthr": self.person.lthr,
        });
        if let Value::Object(defaults) = defaults {
            fresh.extend(defaults);
        }
        let settings = Value::Object(merged(&fresh, body, true)?);
        self.sports.push(settings.clone());
        Ok(settings)
    }
}

fn types(settings: &Value) -> impl Iterator<Item = &str> {
    settings.get("types").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn merged(before: &Object, body: &Object, recalc: bool) -> Result<Object, Failure> {
    let mut after = before.clone();
    for (key, value) in body.iter().filter(|(key, value)| !value.is_null() && !FIXED.contains(&key.as_str())) {
        if let Some(ours) = after.get_mut(key) {
            ours.clone_from(value);
        }
    }
    if body
        .get("types")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .any(|sport| !sport.as_str().is_some_and(is_type))
    {
        return Err(Failure::rejected("Invalid type"));
    }
    let pace = after.get("threshold_pace").and_then(Value::as_f64);
    if pace.is_some_and(|pace| !(0.0..20.0).contains(&pace)) {
        return Err(Failure::rejected("Invalid threshold pace"));
    }
    for (bounds, names, what) in ZONES {
        let written = [bounds, names].iter().any(|key| body.get(*key).is_some_and(|value| !value.is_null()));
        let list = |key: &str| after.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if written && !list(bounds).is_sorted_by(|a, b| a.as_f64() < b.as_f64()) {
            return Err(Failure::rejected(format!("Invalid {what} zones")));
        }
        if written && !list(names).is_empty() && list(names).len() != list(bounds).len() {
            return Err(Failure::rejected(format!("Invalid {what} zone names")));
        }
    }
    let changed = |key: &str| before.get(key) != after.get(key);
    if recalc && changed("lthr") && body.get("hr_zones").is_none() {
        rescale(before, &mut after);
    }
    if let Some(last) = after.get("hr_zones").and_then(Value::as_array).and_then(|zones| zones.last()).cloned() {
        after.insert("max_hr".to_owned(), last);
    }
    Ok(after)
}

/// Scales the heart rate zones with the threshold (`lthr`). The highest bound stays.
fn rescale(before: &Object, after: &mut Object) {
    let beats = |settings: &Object| settings.get("lthr").and_then(Value::as_f64);
    let (Some(old), Some(new)) = (beats(before), beats(after)) else { return };
    let Some(Value::Array(zones)) = after.get_mut("hr_zones") else { return };
    let Some(highest) = zones.last().and_then(Value::as_f64) else { return };
    let below = zones.len().saturating_sub(1);
    for (place, bound) in zones.iter_mut().take(below).enumerate() {
        let room = (below - place) as f64;
        let scaled = bound.as_f64().map(|bound| (bound * new / old).round().min(highest - room));
        *bound = scaled.map_or(Value::Null, |scaled| json!(scaled as u32));
    }
}
