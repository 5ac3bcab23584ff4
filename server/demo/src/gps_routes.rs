//! GPS routes that the athlete rides or runs repeatedly.
use serde_json::{Value, json};

use crate::{
    COACHED_RIDE, COACHED_ROUTE, LONG_RIDE, RIDE, ROUTE, RUN, RUN_ROUTE,
    activity::Activity,
    failure::Failure,
    marked::mark_texts,
    object::{Object, text_at},
    person::Person,
};

/// The GPS routes of an athlete.
#[derive(Debug, Default)]
pub struct GpsRoutes {
    /// Fields of each route, without those that depend on the activities.
    all: Vec<Object>,
}

/// Route id, its activities, and its length in metres.
const ALONG: &[(i64, &[&str], f64)] =
    &[(ROUTE, &[RIDE, LONG_RIDE], 42_310.5), (RUN_ROUTE, &[RUN], 10_120.0), (COACHED_ROUTE, &[COACHED_RIDE], 25_400.0)];

/// The route id of an activity.
pub fn route_of(activity: &str) -> Option<i64> {
    ALONG.iter().find(|(_, ids, _)| ids.contains(&activity)).map(|(route, ..)| *route)
}

impl GpsRoutes {
    /// The routes of a new account. Empty unless `trained`.
    pub fn new(person: &Person, trained: bool) -> Self {
        let route = |id: i64, name: &str, tags: Value, description: Value| {
            let route = json!({
                "athlete_id": person.id, "route_id": id, "name": name, "rename_activities": true, "commute": false,
                "tags": tags, "description": description, "replaced_by_route_id": null,
            });
            route.as_object().cloned().unwrap_or_default()
        };
        let all = match (trained, person.coach.is_some()) {
            (false, _) => vec![],
            (true, true) => vec![route(COACHED_ROUTE, "Lake loop", json!(null), json!(null))],
            (true, false) => vec![
                route(ROUTE, "Scenic Drive", json!(["hills", "ride"]), json!("Quiet before eight.")),
                route(RUN_ROUTE, "Waterfront", json!(null), json!(null)),
            ],
        };
        Self { all }
    }

    /// Marks names, tags and descriptions.
    pub fn mark(&mut self) {
        for route in &mut self.all {
            let by = text_at(route, "athlete_id").map(str::to_owned);
            mark_texts(route, &["name", "tags", "description"], by.as_deref());
        }
    }

    fn find(&mut self, id: &str) -> Result<&mut Object, Failure> {
        let id: i64 =
            id.parse().map_err(|_| Failure::rejected(format!("Failed to convert 'routeId' with value: '{id}'")))?;
        self.all.iter_mut().find(|route| route.get("route_id") == Some(&json!(id))).ok_or_else(Failure::not_found)
    }

    /// The route with this id, with its points if `with_path`.
    ///
    /// # Errors
    /// 422 if the id is not a number, 404 if it is unknown.
    pub fn one(&mut self, id: &str, with_path: bool) -> Result<Value, Failure> {
        let mut route = self.find(id)?.clone();
        let points = json!([[-36.90, 174.60], [-36.93, 174.58], [-36.95, 174.61]]);
        route.insert("latlngs".into(), if with_path { points } else { Value::Null });
        Ok(Value::Object(route))
    }

    /// Updates the fields in `body`.
    ///
    /// # Errors
    /// 404 for an unknown id.
    pub fn update(&mut self, id: &str, body: &Object) -> Result<Value, Failure> {
        let route = self.find(id)?;
        for (key, value) in body {
            if let Some(known) = route.get_mut(key).filter(|_| key != "route_id" && key != "athlete_id") {
                *known = value.clone();
            }
        }
        self.one(id, false)
    }

    /// All routes, with the number of activities and the most recent one.
    pub fn json(&self, activities: &[Activity]) -> Value {
        let route = |route: &Object| {
            let mut route = route.clone();
            let id = route.get("route_id").and_then(Value::as_i64);
            let mut along = activities.iter().filter(|activity| route_of(&activity.id) == id);
            let (count, latest) = (along.clone().count(), along.next_back());
            let counted = json!({
                "distance": length(id), "activity_count": count, "latlngs": null,
                "most_recent_id": latest.map(|activity| &activity.id),
                "most_recent_start_date_local": latest.map(|activity| activity.start.to_string()),
                "most_recent_type": latest.map(|activity| activity.sport.name()),
            });
            route.extend(counted.as_object().cloned().unwrap_or_default());
            Value::Object(route)
        };
        self.all.iter().map(route).collect()
    }

    /// Similarity of two routes.
    ///
    /// # Errors
    /// 404 for an unknown id.
    pub fn similarity(&mut self, activities: &[Activity], one: &str, other: &str) -> Result<Value, Failure> {
        let (route, another) = (self.one(one, false)?, self.one(other, false)?);
        let told = |route: &Value| {
            let id = route.get("route_id").and_then(Value::as_i64);
            (length(id), activities.iter().filter(|activity| route_of(&activity.id) == id).count())
        };
        let ((metres, count), (others, others_count)) = (told(&route), told(&another));
        Ok(json!({
            "route": route, "route_distance": metres, "route_activity_count": count,
            "other": another, "other_distance": others, "other_activity_count": others_count,
            "similarity": if one == other { 1.0 } else { 0.125 }, "bounds": [[-36.95, 174.58], [-36.90, 174.61]],
        }))
    }
}

fn length(id: Option<i64>) -> Option<f64> {
    ALONG.iter().find(|(route, ..)| Some(*route) == id).map(|(.., metres)| *metres)
}
