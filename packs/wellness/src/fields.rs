//! Maps the names of columns that a call may request to the service's fields.
use intervals_core::{Athlete, Error, Result, records::custom_item::Row};

/// Our names and the service's. A call may use either, or the name of the column in the answer.
const NAMES: &[(&str, &[&str])] = &[
    ("weight", &["weight"]),
    ("weight_carried", &["weight"]),
    ("resting_hr", &["restingHR"]),
    ("resting_hr_carried", &["restingHR"]),
    ("hrv", &["hrv"]),
    ("hrv_sdnn", &["hrvSDNN"]),
    ("sleep", &["sleepSecs"]),
    ("sleep_secs", &["sleepSecs"]),
    ("sleep_score", &["sleepScore"]),
    ("sleep_quality", &["sleepQuality"]),
    ("sleeping_hr", &["avgSleepingHR"]),
    ("fatigue", &["fatigue"]),
    ("soreness", &["soreness"]),
    ("stress", &["stress"]),
    ("mood", &["mood"]),
    ("motivation", &["motivation"]),
    ("injury", &["injury"]),
    ("hydration", &["hydration"]),
    ("hydration_liters", &["hydrationVolume"]),
    ("hydration_l", &["hydrationVolume"]),
    ("readiness", &["readiness"]),
    ("baevsky_si", &["baevskySI"]),
    ("body_fat", &["bodyFat"]),
    ("abdomen", &["abdomen"]),
    ("vo2max", &["vo2max"]),
    ("systolic", &["systolic"]),
    ("diastolic", &["diastolic"]),
    ("spo2", &["spO2"]),
    ("respiration", &["respiration"]),
    ("breaths_per_min", &["respiration"]),
    ("blood_glucose", &["bloodGlucose"]),
    ("glucose", &["bloodGlucose"]),
    ("lactate", &["lactate"]),
    ("steps", &["steps"]),
    ("floors", &["floorsClimbed"]),
    ("calories_consumed", &["kcalConsumed"]),
    ("kcal_eaten", &["kcalConsumed"]),
    ("carbohydrates", &["carbohydrates"]),
    ("carbs", &["carbohydrates"]),
    ("protein", &["protein"]),
    ("fat_total", &["fatTotal"]),
    ("fat", &["fatTotal"]),
    ("menstrual_phase", &["menstrualPhase", "menstrualPhasePredicted"]),
    ("menstrual_phase_predicted", &["menstrualPhasePredicted"]),
    ("ctl", &["ctl"]),
    ("atl", &["atl"]),
    ("tsb", &["ctl", "atl"]),
    ("ramp_rate", &["rampRate"]),
    ("load", &["ctlLoad"]),
    ("date", &["id"]),
    ("projected", &["id"]),
    ("sports", &["sportInfo"]),
    ("locked", &["locked"]),
    ("comments", &["comments"]),
    (CUSTOM, &[CUSTOM]),
];

/// Column of all custom fields. The service has no name for them together.
pub const CUSTOM: &str = "custom";

/// Endings of the answer's columns.
const ENDINGS: &[&str] = &["_1_4", "_kg", "_bpm", "_ms", "_s", "_pct", "_cm", "_mmhg", "_mmol_l", "_g", "_by_others"];

/// Returns the service's fields to request; none for all of them. [`CUSTOM`] stands for [`custom_codes`].
pub fn upstream(names: &[String]) -> Result<Vec<&str>> {
    let mut fields = vec![];
    for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let plain = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
        let ours = NAMES.iter().find(|(ours, _)| *ours == name || *ours == plain);
        let theirs = NAMES.iter().flat_map(|(_, theirs)| theirs.iter()).find(|theirs| **theirs == name);
        match (ours, theirs) {
            (Some((_, theirs)), _) => fields.extend(theirs.iter()),
            (None, Some(theirs)) => fields.push(*theirs),
            // A custom field.
            (None, None) if name.starts_with(|c: char| c.is_ascii_uppercase()) => fields.push(name),
            (None, None) => return Err(unknown(name)),
        }
    }
    if !fields.is_empty() {
        // A row needs its day, and without the marks a carried value looks measured.
        fields.retain(|field| *field != "id");
        fields.extend(["id", "tempWeight", "tempRestingHR"]);
    }
    Ok(fields)
}

/// Returns the codes of the custom fields of wellness.
pub async fn custom_codes(athlete: &Athlete) -> Result<Vec<String>> {
    let items: Vec<Row> = athlete.custom_items().list().await?;
    let fields = items.iter().filter(|item| item.kind.as_deref() == Some("INPUT_FIELD"));
    Ok(fields.filter_map(|field| field.field_code().map(str::to_owned)).collect())
}

fn unknown(name: &str) -> Error {
    let known: Vec<_> = NAMES.iter().map(|(ours, _)| *ours).collect();
    Error::new(
        format!("{name} is no field of wellness"),
        format!("Use {}; own fields start with a capital.", known.join(", ")),
    )
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, find};
    use serde_json::{Value, json};

    use super::*;

    /// The columns of a row of icu_get_wellness_data.
    fn columns() -> Vec<String> {
        let schema = Value::Object(find("icu_get_wellness_data").unwrap().output_schema());
        let row = schema.pointer("/properties/items/items/properties").unwrap();
        row.as_object().unwrap().keys().cloned().collect()
    }

    #[test]
    fn every_column_of_the_answer_is_a_field_with_and_without_its_unit() {
        let columns = columns();
        assert!(columns.len() > 40, "{columns:?}");
        let bare = |column: &String| ENDINGS.iter().find_map(|ending| column.strip_suffix(ending)).map(str::to_owned);
        let names: Vec<String> =
            columns.iter().flat_map(|column| [Some(column.clone()), bare(column)]).flatten().collect();
        let refused: Vec<_> = names.iter().filter(|name| upstream(std::slice::from_ref(name)).is_err()).collect();
        assert!(refused.is_empty(), "{refused:?}");
    }

    #[tokio::test]
    async fn a_column_that_is_asked_for_is_shown() {
        let demo = demo().await;
        let all = demo.structured("icu_get_wellness_data", json!({"days_back": 60, "limit": 500})).await;
        let shown = |answer: &Value, column: &str| {
            answer["items"].as_array().unwrap().iter().any(|row| match &row[column] {
                Value::Array(items) => !items.is_empty(),
                value => !value.is_null(),
            })
        };
        for column in columns().iter().filter(|column| shown(&all, column)) {
            let arguments = json!({"days_back": 60, "limit": 500, "fields": [column]});
            let answer = demo.structured("icu_get_wellness_data", arguments).await;
            assert!(shown(&answer, column), "{column}");
        }
    }
}
