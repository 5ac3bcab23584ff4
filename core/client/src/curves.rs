//! Curves: the best power, heart rate and pace of a period, by duration or distance.
use reqwest::Method;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::Result;
use crate::{
    Athlete, lenient,
    units::{Bpm, Count, Joules, Kilograms, Metres, MetresPerSecond, Number, Seconds, Watts},
};

/// What every curve says of its period.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CurveHead {
    /// As it was asked for, such as `90d`.
    pub id: Option<String>,
    /// The service's name of the period.
    pub label: Option<String>,
    /// First local day.
    pub start_date_local: Option<String>,
    /// Last local day.
    pub end_date_local: Option<String>,
    /// Length in days.
    pub days: Option<Count>,
    /// Body weight that W/kg rest on.
    pub weight: Option<Kilograms>,
    /// The work after which the efforts count, for curves of a tired athlete.
    pub after_kj: Option<Count>,
    /// The activity of each best.
    #[serde(deserialize_with = "lenient::places")]
    pub activity_id: Vec<Option<CurveActivity>>,
}

/// An activity id among others that may be null.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CurveActivity(#[serde(deserialize_with = "lenient::id")] pub String);

/// Best power by duration: the lists run side by side.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AthletePowerCurve {
    /// Its period.
    #[serde(flatten)]
    pub head: CurveHead,
    /// Durations.
    #[serde(deserialize_with = "lenient::places")]
    pub secs: Vec<Option<Seconds>>,
    /// Best mean power of each.
    #[serde(deserialize_with = "lenient::places")]
    pub values: Vec<Option<Watts>>,
    /// Best W/kg of each; it may be of another activity.
    #[serde(deserialize_with = "lenient::places")]
    pub watts_per_kg: Vec<Option<Number>>,
    /// The activity of each best W/kg.
    #[serde(deserialize_with = "lenient::places")]
    pub wkg_activity_id: Vec<Option<CurveActivity>>,
    /// Models fitted to the curve.
    #[serde(rename = "powerModels", deserialize_with = "crate::decode::good")]
    pub models: Vec<CurvePowerModel>,
    /// Oxygen uptake that the best five minutes stand for, ml/kg/min.
    pub vo2max_5m: Option<Number>,
}

/// A model of power over duration.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CurvePowerModel {
    /// `MS_2P`, `MORTON_3P`, `FFT_CURVES` or `ECP`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Critical power.
    pub critical_power: Option<Watts>,
    /// Work above it.
    pub w_prime: Option<Joules>,
    /// Peak power; 0 from a model that has none.
    pub p_max: Option<Watts>,
    /// Estimated threshold power (eFTP).
    pub ftp: Option<Watts>,
}

/// Best heart rate by duration. The service cuts values above the configured maximum.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AthleteHrCurve {
    /// Its period.
    #[serde(flatten)]
    pub head: CurveHead,
    /// Durations.
    #[serde(deserialize_with = "lenient::places")]
    pub secs: Vec<Option<Seconds>>,
    /// Best mean heart rate of each.
    #[serde(deserialize_with = "lenient::places")]
    pub values: Vec<Option<Bpm>>,
}

/// Best pace by distance; there are no `secs`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AthletePaceCurve {
    /// Its period.
    #[serde(flatten)]
    pub head: CurveHead,
    /// Distances.
    #[serde(deserialize_with = "lenient::places")]
    pub distance: Vec<Option<Metres>>,
    /// The time that each took.
    #[serde(deserialize_with = "lenient::places")]
    pub values: Vec<Option<Seconds>>,
    /// Models fitted to the curve.
    #[serde(rename = "paceModels", deserialize_with = "crate::decode::good")]
    pub models: Vec<CurvePaceModel>,
}

/// A model of speed over distance.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CurvePaceModel {
    /// `CS`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Critical speed.
    pub critical_speed: Option<MetresPerSecond>,
    /// Distance above it.
    pub d_prime: Option<Metres>,
    /// How well it fits.
    pub r2: Option<Number>,
}

/// The answer around curves. The activities beside them are heavy, and never decoded.
#[derive(Deserialize)]
struct Set {
    list: Option<Box<RawValue>>,
}

/// The sport must always be said: without it the service answers 422. `f1` to `f3` are said to be required and are not.
#[derive(Serialize)]
struct Query<'a> {
    r#type: &'a str,
    curves: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    gap: bool,
}

/// An athlete's curves over one or several periods: `42d`, `1y`, `s0` (season), `all`, `r.2026-01-01.2026-02-28`.
pub struct Curves<'a>(&'a Athlete);

impl Athlete {
    /// The athlete's curves.
    pub fn curves(&self) -> Curves<'_> {
        Curves(self)
    }
}

impl Curves<'_> {
    /// `GET /athlete/{id}/power-curves{ext}`: one curve for each period; `-kj0` or `-kj1` behind one is after fatigue.
    pub async fn power(&self, sport: &str, periods: &[String]) -> Result<Vec<AthletePowerCurve>> {
        self.get("power-curves", sport, periods, false).await
    }

    /// `GET /athlete/{id}/hr-curves{ext}`: one curve for each period.
    pub async fn hr(&self, sport: &str, periods: &[String]) -> Result<Vec<AthleteHrCurve>> {
        self.get("hr-curves", sport, periods, false).await
    }

    /// `GET /athlete/{id}/pace-curves{ext}`: one curve for each period, by distance; `gap` adjusts for gradient.
    pub async fn pace(&self, sport: &str, periods: &[String], gap: bool) -> Result<Vec<AthletePaceCurve>> {
        self.get("pace-curves", sport, periods, gap).await
    }

    async fn get<T: DeserializeOwned>(&self, kind: &str, sport: &str, periods: &[String], gap: bool) -> Result<Vec<T>> {
        let query = Query { r#type: sport, curves: periods.join(","), gap };
        let (client, path) = (&self.0.client, self.0.path(&[kind]));
        let set: Option<Set> = client.get(&path, &query).await?;
        client.readable_in(set.and_then(|set| set.list), &Method::GET, &path)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nulls_are_no_values_and_a_bad_model_loses_no_other() {
        let curve = json!({"id": "1y", "secs": [1, null, 5], "values": null, "activity_id": ["i1", null, 7],
            "powerModels": [null, {"ftp": "much"}, {"ftp": 250}], "start_date_local": null});
        let curve: AthletePowerCurve = serde_json::from_str(&curve.to_string()).unwrap();
        assert_eq!((curve.secs.len(), curve.values.len()), (3, 0));
        assert_eq!(curve.head.activity_id[2], Some(CurveActivity("7".into())));
        assert_eq!((curve.models.len(), curve.models[0].ftp), (1, Some(Watts(250.0))));
        let pace: AthletePaceCurve = serde_json::from_value(json!({"paceModels": [null]})).unwrap();
        assert!(pace.models.is_empty());
    }

    #[test]
    fn activities_are_passed_over() {
        let answer = json!({"list": null, "activities": {"i1": {"distance": "far", "x": [1, 2]}}});
        let set: Set = serde_json::from_str(&answer.to_string()).unwrap();
        assert!(set.list.is_none());
    }
}
