//! The request of a declared tool: method, path, query and body.
use intervals_core::{ClientError, Effect, Error, Intervals, JsonMap, Result, client::Body};
use serde_json::{Value, json};

use super::Plan;
use crate::template::{ValueTemplate, in_text};

/// Field of a body that marks a record as deleted.
pub(crate) const DELETED: &str = "deleted";

/// Method of a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Verb {
    Get,
    Post,
    Put,
    Delete,
}

/// A segment of the path.
pub(crate) enum Segment {
    Fixed(String),
    /// The athlete of the call.
    Athlete,
    /// An argument. A `reserved` word is refused: the path would be that of another operation.
    Argument {
        name: String,
        reserved: Vec<String>,
    },
}

/// The body of a request.
pub(crate) struct Payload {
    pub fields: ValueTemplate,
    /// Whether it is sent as a list of one element.
    pub in_list: bool,
}

impl Verb {
    /// Parses GET, POST, PUT or DELETE.
    pub fn of(word: &str) -> Option<Self> {
        Some(match word {
            "GET" => Self::Get,
            "POST" => Self::Post,
            "PUT" => Self::Put,
            "DELETE" => Self::Delete,
            _ => return None,
        })
    }
}

impl Payload {
    /// Whether it may delete records.
    pub fn deletes(&self) -> bool {
        self.fields.keys().contains(&DELETED)
    }
}

impl Plan {
    /// The segments of the path.
    ///
    /// # Errors
    /// An argument with a reserved word.
    pub(super) fn segments(&self, values: &JsonMap, athlete: Option<&str>, tool: &str) -> Result<Vec<String>> {
        let segment = |segment: &Segment| match segment {
            Segment::Fixed(text) => Ok(text.clone()),
            Segment::Athlete => Ok(athlete.unwrap_or(intervals_core::client::OWNER).to_owned()),
            Segment::Argument { name, reserved } => {
                let text = values.get(name).map(in_text).unwrap_or_default();
                let is = |word: &String| {
                    text.strip_prefix(word.as_str()).is_some_and(|end| end.is_empty() || end.starts_with('.'))
                };
                match reserved.iter().any(is) {
                    true => Err(Error::arguments(tool, format!("{name}: \"{text}\" is not an id"))),
                    false => Ok(text),
                }
            }
        };
        self.path.iter().map(segment).collect()
    }

    /// Sends the request.
    ///
    /// # Errors
    /// A body without any value, and errors of the client.
    pub(super) async fn send(&self, client: &Intervals, path: &[String], values: &JsonMap) -> Result<Value> {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let pair = |(name, value): &(String, ValueTemplate)| {
            let value = value.fill(values).filter(|value| value.as_array().is_none_or(|items| !items.is_empty()))?;
            Some((name.clone(), in_text(&value)))
        };
        let query: Vec<(String, String)> = self.query.iter().filter_map(pair).collect();
        let body = match &self.body {
            None => Body::None,
            Some(payload) => {
                let Some(fields) = payload.fields.fill(values) else {
                    return Err(Error::new(
                        "nothing would be changed",
                        "Call again with an argument that changes something.",
                    ));
                };
                Body::Json(if payload.in_list { json!([fields]) } else { fields })
            }
        };
        let result = match self.verb {
            Verb::Get => client.get(&path, &query).await,
            Verb::Post => client.post(&path, &query, body).await,
            Verb::Put => client.put(&path, &query, body).await,
            Verb::Delete => client.delete(&path, &query).await,
        };
        match result {
            // The service accepted the write.
            Err(ClientError::Undecodable { .. }) if self.writes() => Ok(Value::Null),
            result => Ok(result?),
        }
    }
}

/// Whether repeating the call changes nothing more.
pub(crate) fn is_idempotent(verb: Verb, effect: Effect) -> bool {
    effect == Effect::Read || verb != Verb::Post
}
