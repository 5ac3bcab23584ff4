//! Curves: the best power, heart rate or time of a period, by duration or distance.
use intervals_client::{
    decode::good,
    lenient,
    units::{Count, Joules, Kilograms, Metres, MetresPerSecond, Number, Watts},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{Minute, read::positive};

/// A curve as parallel lists. `M` is the type of the models that the service fitted to it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, bound = "M: DeserializeOwned + Default")]
pub struct Curve<M> {
    /// The requested period, such as `90d`.
    pub id: Option<String>,
    /// The service's name of the period.
    pub label: Option<String>,
    pub start_date_local: Option<Minute>,
    pub end_date_local: Option<Minute>,
    /// The weight that W/kg are based on.
    #[serde(rename = "weight", deserialize_with = "positive")]
    pub weight_kg: Option<Kilograms>,
    /// The work after which efforts count, kJ, for a curve after fatigue.
    #[serde(deserialize_with = "positive")]
    pub after_kj: Option<Count>,
    /// Durations, seconds; of a pace curve distances, metres.
    #[serde(alias = "secs", alias = "distance", deserialize_with = "lenient::places")]
    pub at: Vec<Option<Number>>,
    /// Values, W or bpm; of a pace curve times, seconds.
    #[serde(deserialize_with = "lenient::places")]
    pub values: Vec<Option<Number>>,
    #[serde(deserialize_with = "lenient::places")]
    pub activity_id: Vec<Option<Id>>,
    #[serde(deserialize_with = "lenient::places")]
    pub watts_per_kg: Vec<Option<Number>>,
    /// The activity of each best W/kg, which may differ from that of the best W.
    #[serde(deserialize_with = "lenient::places")]
    pub wkg_activity_id: Vec<Option<Id>>,
    /// VO2max as estimated from the best five minutes, ml/kg/min.
    #[serde(deserialize_with = "positive")]
    pub vo2max_5m: Option<Number>,
    #[serde(alias = "powerModels", alias = "paceModels", deserialize_with = "good")]
    pub models: Vec<M>,
}

/// The id of an activity.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Id(#[serde(deserialize_with = "lenient::id")] pub String);

// A model of power over duration. The service sends 0 for missing values.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
#[schemars(!default)]
pub struct PowerModel {
    #[serde(skip_deserializing)]
    pub curve: String,
    #[serde(rename(deserialize = "type"))]
    pub model: Option<String>,
    #[serde(rename(deserialize = "criticalPower"), deserialize_with = "positive")]
    pub critical_power_w: Option<Watts>,
    #[serde(rename(deserialize = "wPrime"), deserialize_with = "positive")]
    pub w_prime_j: Option<Joules>,
    #[serde(rename(deserialize = "pMax"), deserialize_with = "positive")]
    pub p_max_w: Option<Watts>,
    #[serde(rename(deserialize = "ftp"), deserialize_with = "positive")]
    pub eftp_w: Option<Watts>,
}

/// A model of speed over distance.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PaceModel {
    #[serde(rename = "type")]
    pub model: Option<String>,
    #[serde(deserialize_with = "positive")]
    pub critical_speed: Option<MetresPerSecond>,
    /// Distance above critical speed (D').
    pub d_prime: Option<Metres>,
    /// Goodness of fit (R²).
    pub r2: Option<Number>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nulls_are_no_values_and_a_bad_model_loses_no_other() {
        let curve = json!({"id": "1y", "secs": [1, null, 5], "values": null, "activity_id": ["i1", null, 7],
            "powerModels": [null, {"ftp": "much"}, {"ftp": 250, "pMax": 0}], "start_date_local": null});
        let curve: Curve<PowerModel> = serde_json::from_str(&curve.to_string()).unwrap();
        assert_eq!((curve.at.len(), curve.values.len()), (3, 0));
        assert_eq!(curve.activity_id[2], Some(Id("7".into())));
        assert_eq!(
            (curve.models.len(), curve.models[0].eftp_w, curve.models[0].p_max_w),
            (1, Some(Watts(250.0)), None)
        );
        let pace = json!({"distance": [400], "paceModels": [null]});
        let pace: Curve<PaceModel> = serde_json::from_str(&pace.to_string()).unwrap();
        assert_eq!((pace.at, pace.models.len()), (vec![Some(Number(400.0))], 0));
    }
}
