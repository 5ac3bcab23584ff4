//! Routes that the athlete rides or runs again and again.
use serde_json::{Value, json};

use crate::{
    COACHED_RIDE, COACHED_ROUTE, LONG_RIDE, RIDE, ROUTE, RUN, RUN_ROUTE,
    activity::Activity,
    failure::Failure,
    marked::mark_texts,
    object::{Object, text_at},
    person::Person,
};

/// What one athlete has of them.
#[derive(Debug, Default)]
pub struct GpsRoutes {
    /// As the service tells one, without what follows from the activities.
    all: Vec<Object>,
}

/// Which activities went along which route.
const ALONG: &[(i64, &[&str], f64)] =
    &[(ROUTE, &[RIDE, LONG_RIDE], 42_310.5), (RUN_ROUTE, &[RUN], 10_120.0), (COACHED_ROUTE, &[COACHED_RIDE], 25_400.0)];

/// The route of an activity.
pub fn route_of(activity: &str) -> Option<i64> {
    ALONG.iter().find(|(_, ids, _)| ids.contains(&activity)).map(|(route, ..)| *route)
}

impl GpsRoutes {
    /// As it is at the start; empty for an account with nothing in it.
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

    /// One of them, with its points if they are wanted.
    ///
    /// # Errors
    /// No number, or no such route.
    pub fn one(&mut self, id: &str, with_path: bool) -> Result<Value, Failure> {
        let mut route = self.find(id)?.clone();
        let points = json!([[-36.90, 174.60], [-36.93, 174.58], [-36.95, 174.61]]);
        route.insert("latlngs".into(), if with_path { points } else { Value::Null });
        Ok(Value::Object(route))
    }

    /// Change the supplied keys.
    ///
    /// # Errors
    /// No such route.
    pub fn update(&mut self, id: &str, body: &Object) -> Result<Value, Failure> {
        let route = self.find(id)?;
        for (key, value) in body {
            if let Some(known) = route.get_mut(key).filter(|_| key != "route_id" && key != "athlete_id") {
                *known = value.clone();
            }
        }
        self.one(id, false)
    }

    /// All of them, with how often and when they were used.
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

    /// How alike two of them are.
    ///
    /// # Errors
    /// No such route.
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
