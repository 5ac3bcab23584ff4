//! What is written of a workout: checked, and under the service's names.
use intervals_core::{
    Error, JsonMap, Result,
    client::{LibraryWorkout, sports},
    records::Tags,
};
use serde_json::{Value, json};

/// The fields of a workout as tools name them; what is absent is not sent.
#[derive(Default)]
pub struct Fields {
    pub folder_id: Option<i64>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub workout_type: Option<String>,
    pub day: Option<i64>,
    pub duration_seconds: Option<i64>,
    pub distance_meters: Option<f64>,
    pub training_load: Option<i64>,
    pub target: Option<String>,
    pub indoor: Option<bool>,
    pub color: Option<String>,
    pub tags: Option<Tags>,
    /// Under the service's names already.
    pub rare: JsonMap,
}

const TARGETS: &[&str] = &["AUTO", "POWER", "HR", "PACE"];

impl Fields {
    /// What is sent. `at` is what stands before a field's name in an error, such as `workouts[2].`.
    pub fn checked(self, at: &str) -> Result<JsonMap> {
        let wrong = |problem: String, advice: String| Err(Error::new(format!("{at}{problem}"), advice));
        if self.name.as_deref().is_some_and(|name| name.trim().is_empty()) {
            return wrong("name is empty".into(), "A workout needs a name.".into());
        }
        let ranges = [
            ("day", self.day.map(|day| day as f64), 3650.0),
            ("duration_seconds", self.duration_seconds.map(|secs| secs as f64), 604_800.0),
            ("distance_meters", self.distance_meters, 5_000_000.0),
            ("training_load", self.training_load.map(|load| load as f64), 3000.0),
        ];
        for (name, value, most) in ranges {
            if let Some(value) = value.filter(|value| !(0.0..=most).contains(value)) {
                return wrong(format!("{name} is {value}"), format!("It goes from 0 to {most}."));
            }
        }
        let kind = match self.workout_type.as_deref() {
            Some(kind) => match sports::known(kind) {
                None => {
                    let advice = format!("Use {}.", sports::instead_of(kind));
                    return wrong(format!("workout_type: there is no type {kind}"), advice);
                }
                known => known,
            },
            None => None,
        };
        let target = self.target.map(|target| target.trim().to_uppercase());
        if let Some(target) = target.as_deref().filter(|target| !TARGETS.contains(target)) {
            return wrong(format!("target is \"{target}\""), format!("It is one of {}.", TARGETS.join(", ")));
        }
        let fields = [
            ("folder_id", self.folder_id.map(Value::from)),
            ("name", self.name.map(Value::from)),
            ("description", self.description.map(Value::from)),
            ("type", kind.map(Value::from)),
            ("day", self.day.map(Value::from)),
            ("moving_time", self.duration_seconds.map(Value::from)),
            ("distance", self.distance_meters.map(Value::from)),
            ("icu_training_load", self.training_load.map(Value::from)),
            ("target", target.map(Value::from)),
            ("indoor", self.indoor.map(Value::from)),
            ("color", self.color.map(Value::from)),
            ("tags", self.tags.map(|tags| json!(tags))),
        ];
        let fields = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Ok(fields.chain(self.rare).collect())
    }
}

/// Which of the numbers that were sent were not kept: they give way to what the steps come to.
pub fn overruled(sent: &JsonMap, saved: &LibraryWorkout) -> Option<String> {
    let pairs = [
        ("duration_seconds", "moving_time", saved.moving_time.map(|time| time.0)),
        ("distance_meters", "distance", saved.distance.map(|distance| distance.0)),
        ("training_load", "icu_training_load", saved.icu_training_load.map(|load| load.0)),
    ];
    let differs = |(_, name, saved): &(&str, &str, Option<f64>)| {
        let sent = sent.get(*name).and_then(Value::as_f64);
        // What is not set is null or 0.
        sent.is_some_and(|sent| (saved.unwrap_or_default() - sent).abs() >= 1.0)
    };
    let gone: Vec<_> = pairs.iter().filter(|pair| differs(pair)).map(|(name, ..)| *name).collect();
    let first = gone.join(", ");
    let were = if gone.len() > 1 { "were" } else { "was" };
    let why = match saved.doc() {
        Some(doc) if !doc.steps.is_empty() => ": with steps such numbers are worked out from them",
        _ => "",
    };
    (!gone.is_empty()).then(|| format!("{first} {were} not kept{why}"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::kept(json!({"moving_time": 60}), None)]
    #[case::nothing_for_nothing(json!({"moving_time": null}), None)]
    #[case::cleared(json!({"moving_time": null, "sent": 0}), None)]
    #[case::lost(json!({"moving_time": 0, "sent": 60}), Some("duration_seconds was not kept"))]
    #[case::overruled(json!({"moving_time": 90, "sent": 60, "workout_doc": {"steps": [{}]}}),
        Some("duration_seconds was not kept: with steps such numbers are worked out from them"))]
    fn numbers_that_were_not_kept_are_named(#[case] saved: Value, #[case] expected: Option<&str>) {
        let sent = saved.get("sent").map(|sent| ("moving_time".to_owned(), sent.clone())).into_iter().collect();
        let saved = serde_json::from_value(saved).unwrap();
        assert_eq!(overruled(&sent, &saved).as_deref(), expected);
    }
}
