//! The operations of the service's specification, and checks of requests against them.
use std::collections::BTreeMap;

use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;

use crate::Effect;
use crate::needs;

/// The operations of the specification, extracted by `examples/operations.rs`.
#[derive(Deserialize)]
pub struct Operations {
    operations: Vec<Operation>,
    /// The field names of bodies, by schema.
    schemas: BTreeMap<String, Vec<String>>,
}

/// One operation of the service.
#[derive(Deserialize)]
pub struct Operation {
    method: String,
    path: String,
    query: BTreeMap<String, String>,
    body: Option<String>,
}

/// A request that was sent.
pub struct Sent<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The path after `/api/v1`, still encoded.
    pub path: &'a str,
    /// The query, decoded.
    pub query: &'a [(String, String)],
    /// Its media type.
    pub content_type: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
}

/// Parameters that the specification requires, but the service does not.
const NOT_REALLY_REQUIRED: &[&str] = &["upsertOnUid", "updatePlanApplied", "reset", "snoozeDays", "f1", "f2", "f3"];

impl Operations {
    /// The embedded operations.
    ///
    /// # Errors
    /// Fails when the embedded file is invalid.
    pub fn embedded() -> Result<Self, serde_json::Error> {
        serde_json::from_str(include_str!("operations.json"))
    }

    /// A body of `schema` with the `given` fields and null for all others.
    pub fn nulls(&self, schema: &str, given: Value) -> Value {
        let fields = self.schemas.get(schema).into_iter().flatten();
        let mut body: crate::JsonMap = fields.map(|field| (field.clone(), Value::Null)).collect();
        body.extend(given.as_object().cloned().unwrap_or_default());
        Value::Object(body)
    }

    /// The number of operations.
    pub fn len(&self) -> usize {
        self.operations.len()
    }

    /// Whether there are no operations.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// The operation of a request, as `METHOD /path/{id}`, and all its deviations from the specification.
    pub fn check(&self, sent: &Sent<'_>) -> (Option<String>, Vec<String>) {
        let Some(operation) = self.find(sent.method, sent.path) else {
            return (None, vec![format!("{} {} is not in the specification", sent.method, sent.path)]);
        };
        let name = format!("{} {}", operation.method, operation.path);
        let faults = [operation.query_faults(sent.query), self.body_faults(operation, sent)].concat();
        let faults = faults.into_iter().map(|fault| format!("{name}: {fault}")).collect();
        (Some(name), faults)
    }

    /// The operation of a method and a path. Braces in both paths are variables, whatever their names.
    pub fn find(&self, method: &str, path: &str) -> Option<&Operation> {
        let matching = self.operations.iter().filter(|o| o.method == method && fits(&o.path, path));
        // `/activities/{ids}` also fits `/activities/search`: the one with fewer variables is meant.
        matching.min_by_key(|o| o.path.matches('{').count())
    }

    /// Every operation.
    pub fn all(&self) -> impl Iterator<Item = &Operation> {
        self.operations.iter()
    }

    /// The field names of a body.
    pub fn fields(&self, schema: &str) -> &[String] {
        self.schemas.get(schema).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a body may have this field. Custom fields start with a capital letter and are not in the specification.
    pub fn has_field(&self, schema: &str, field: &str) -> bool {
        field.starts_with(|c: char| c.is_ascii_uppercase()) || self.fields(schema).iter().any(|known| known == field)
    }

    /// Values that the variable in segment `at` of an operation's path must not have: they would make it another operation.
    pub fn reserved(&self, operation: &Operation, at: usize) -> Vec<&str> {
        let own: Vec<_> = operation.path.split('/').collect();
        let words = self.operations.iter().filter(|other| other.method == operation.method).filter_map(|other| {
            let others: Vec<_> = other.path.split('/').collect();
            let alike = others.len() == own.len()
                && own.iter().zip(&others).take(at).all(|(a, b)| a == b || a.contains('{') || b.contains('{'));
            let word = others.get(at).filter(|_| alike)?;
            word.split('{').next().filter(|word| !word.is_empty())
        });
        words.collect()
    }

    fn body_faults(&self, operation: &Operation, sent: &Sent<'_>) -> Vec<String> {
        let media = sent.content_type.unwrap_or_default();
        match operation.body.as_deref() {
            None if sent.body.is_empty() => vec![],
            None => vec!["a body is sent, and none is taken".into()],
            Some("file") if media.starts_with("multipart/form-data") => vec![],
            Some("file") => vec![format!("a file goes as multipart/form-data, not {media}")],
            Some(_) if !media.starts_with("application/json") => vec![format!("the body is {media}, not JSON")],
            Some(schema) => match serde_json::from_slice(sent.body) {
                Ok(body) => self.json_faults(schema, &body),
                Err(e) => vec![format!("the body is not JSON: {e}")],
            },
        }
    }

    fn json_faults(&self, schema: &str, body: &Value) -> Vec<String> {
        if let Some(schema) = schema.strip_prefix('[').and_then(|s| s.strip_suffix(']')) {
            let Some(items) = body.as_array() else { return vec!["the body is not an array".into()] };
            return items.iter().flat_map(|item| self.json_faults(schema, item)).collect();
        }
        let Some(object) = body.as_object() else { return vec!["the body is not an object".into()] };
        let unknown = object.keys().filter(|key| !self.has_field(schema, key));
        unknown.map(|key| format!("{schema} has no field {key}")).collect()
    }
}

impl Operation {
    /// The HTTP method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path after `/api/v1`, with its variables in braces.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Parameters with their types: `integer`, `[string]`. A `*` after the type marks a required one.
    pub fn query(&self) -> &BTreeMap<String, String> {
        &self.query
    }

    /// The parameters that must be sent.
    pub fn required(&self) -> impl Iterator<Item = &str> {
        let required = self.query.iter().filter(|(_, kind)| kind.ends_with('*')).map(|(name, _)| name.as_str());
        required.filter(|name| !NOT_REALLY_REQUIRED.contains(name))
    }

    /// The schema of its body, in brackets for a list; `file` for a file, `None` for no body.
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// The effect that a client needs to send it.
    pub fn needs(&self) -> Effect {
        self.request(needs::effect).unwrap_or(Effect::Destructive)
    }

    /// Whether it deletes records.
    pub fn deletes(&self) -> bool {
        self.request(needs::deletes).unwrap_or(true)
    }

    /// Applies `what` to its method and path. Returns `None` for an invalid method.
    fn request<T>(&self, what: impl FnOnce(&Method, &[&str]) -> T) -> Option<T> {
        let segments: Vec<_> = self.path.split('/').collect();
        Some(what(&Method::from_bytes(self.method.as_bytes()).ok()?, &segments))
    }

    fn query_faults(&self, query: &[(String, String)]) -> Vec<String> {
        let mut faults = vec![];
        for (name, value) in query {
            match self.query.get(name) {
                None => faults.push(format!("there is no parameter {name}")),
                Some(kind) if !takes(kind, value) => {
                    faults.push(format!("{name}={value} is no {kind}"));
                }
                Some(_) => {}
            }
        }
        let given = |name: &str| query.iter().any(|(given, _)| given == name);
        faults.extend(self.required().filter(|name| !given(name)).map(|name| format!("{name} is missing")));
        faults
    }
}

/// Whether `path` matches `template`. A variable may end a segment (`streams{ext}`), and then be empty.
fn fits(template: &str, path: &str) -> bool {
    let (mut template, mut path) = (template.split('/'), path.split('/'));
    loop {
        match (template.next(), path.next()) {
            (None, None) => return true,
            (Some(pattern), Some(segment)) => {
                let fits = match pattern.split_once('{') {
                    Some(("", _)) => !segment.is_empty(),
                    Some((start, _)) => {
                        segment.strip_prefix(start).is_some_and(|end| end.is_empty() || end.starts_with('.'))
                    }
                    None => pattern == segment,
                };
                if !fits {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

/// Whether a parameter of this type, with or without its `*`, takes the value.
pub fn takes(kind: &str, value: &str) -> bool {
    is_of_type(kind.trim_end_matches('*'), value)
}

fn is_of_type(kind: &str, value: &str) -> bool {
    match kind.strip_prefix('[').and_then(|kind| kind.strip_suffix(']')) {
        Some(kind) => value.split(',').all(|item| is_of_type(kind, item)),
        None => match kind {
            "integer" => value.parse::<i64>().is_ok(),
            "number" => value.parse::<f64>().is_ok(),
            "boolean" => matches!(value, "true" | "false"),
            _ => true,
        },
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn an_operation_is_found_by_its_path_whatever_the_variables_are_called() {
        let operations = Operations::embedded().unwrap();
        let found = operations.find("PUT", "/athlete/{athlete_id}/events/{x}").unwrap();
        assert_eq!(
            (found.path(), found.body(), found.needs()),
            ("/athlete/{id}/events/{eventId}", Some("EventEx"), Effect::Write)
        );
        assert_eq!(operations.reserved(found, 4), ["bulk-delete"]);
        assert_eq!(operations.find("PUT", "/athlete/0/events/bulk-delete").unwrap().needs(), Effect::Destructive);
        assert!(operations.find("PUT", "/athlete/{athlete_id}/nothing/{x}").is_none());
    }

    #[rstest]
    #[case("GET", "/athlete/0/activities", "oldest=2026-07-01&limit=3", "", &[])]
    #[case("GET", "/athlete/0/activities", "limit=x&page=2", "", &["limit=x is no integer", "there is no parameter page", "oldest is missing"])]
    #[case("GET", "/athlete/0/activities/search", "q=x", "", &[])]
    #[case("GET", "/athlete/0/wellness.csv", "", "", &[])]
    #[case("GET", "/athlete/0/wellness/2026-07-01", "", "", &[])]
    #[case("GET", "/athlete/0/nothing", "", "", &["is not in the specification"])]
    #[case("PUT", "/activity/i1", "", "{\"icu_rpe\": 5, \"Fueling\": 60}", &[])]
    #[case("PUT", "/activity/i1", "", "{\"rpe\": 5}", &["Activity has no field rpe"])]
    #[case("PUT", "/activity/i1", "", "[]", &["the body is not an object"])]
    #[case("PUT", "/activity/i1/streams.csv", "", "time,watts", &["a file goes as multipart/form-data"])]
    #[case("DELETE", "/activity/i1", "", "{}", &["a body is sent, and none is taken"])]
    fn a_request_is_held_against_the_specification(
        #[case] method: &str,
        #[case] path: &str,
        #[case] query: &str,
        #[case] body: &str,
        #[case] expected: &[&str],
    ) {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let query: Vec<_> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let sent = Sent { method, path, query: &query, content_type: Some("application/json"), body: body.as_bytes() };
        let (_, faults) = Operations::embedded().unwrap().check(&sent);
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        for (fault, expected) in faults.iter().zip(expected) {
            assert!(fault.contains(expected), "{fault}");
        }
    }
}
