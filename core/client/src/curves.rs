//! Curves: the best power, heart rate and pace of a period, by duration or distance.
use reqwest::Method;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::{Athlete, Result};

/// The response around curves. The activities beside them are large, and never decoded.
#[derive(Deserialize)]
struct Set {
    list: Option<Box<RawValue>>,
}

/// The query for curves. Without a sport the service answers 422. The specification requires `f1` to `f3`, the service does not.
#[derive(Serialize)]
struct Query<'a> {
    r#type: &'a str,
    curves: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    gap: bool,
}

/// Requests for an athlete's curves over periods: `42d`, `1y`, `s0` (season), `all`, `r.2026-01-01.2026-02-28`.
pub struct Curves<'a>(&'a Athlete);

impl Athlete {
    /// Requests for the athlete's curves.
    pub fn curves(&self) -> Curves<'_> {
        Curves(self)
    }
}

impl Curves<'_> {
    /// `GET /athlete/{id}/power-curves{ext}`: one curve for each period. The suffix `-kj0` or `-kj1` is the curve after fatigue.
    pub async fn power<R: DeserializeOwned>(&self, sport: &str, periods: &[String]) -> Result<Vec<R>> {
        self.get("power-curves", sport, periods, false).await
    }

    /// `GET /athlete/{id}/hr-curves{ext}`: one curve for each period.
    pub async fn hr<R: DeserializeOwned>(&self, sport: &str, periods: &[String]) -> Result<Vec<R>> {
        self.get("hr-curves", sport, periods, false).await
    }

    /// `GET /athlete/{id}/pace-curves{ext}`: one curve for each period, by distance; `gap` adjusts for gradient.
    pub async fn pace<R: DeserializeOwned>(&self, sport: &str, periods: &[String], gap: bool) -> Result<Vec<R>> {
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
    fn activities_are_passed_over() {
        let answer = json!({"list": null, "activities": {"i1": {"distance": "far", "x": [1, 2]}}});
        let set: Set = serde_json::from_str(&answer.to_string()).unwrap();
        assert!(set.list.is_none());
    }
}
