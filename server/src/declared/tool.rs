//! A declared tool as it runs: one request, and the named fields of its answer.
use std::sync::Arc;

use icu_core::{
    Answer, Athlete, Call, Effect, Error, FromCall, Intervals, JsonMap, List, Notes, Result, Settings, Today,
    client::Body, schema,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    answer::Shape,
    argument::{Argument, One, from_today, on_calendar},
    template::{Template, in_text},
};

/// The argument that every list has.
pub(super) const LIMIT: &str = "limit";
/// The variable that the server fills.
pub(super) const ATHLETE: &str = "athlete_id";

/// Everything that a call needs.
pub(super) struct Plan {
    pub verb: Verb,
    pub path: Vec<Segment>,
    pub arguments: Vec<Argument>,
    pub query: Vec<(String, Template)>,
    pub body: Option<Payload>,
    pub shape: Shape,
    /// Rows when the caller does not say.
    pub limit: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Verb {
    Get,
    Post,
    Put,
    Delete,
}

/// A part of the path.
pub(super) enum Segment {
    Fixed(String),
    /// The athlete whom the call is about.
    Athlete,
    /// An argument; with one of the `reserved` words the path would be that of another operation.
    Argument {
        name: String,
        reserved: Vec<String>,
    },
}

/// What is sent as the body.
pub(super) struct Payload {
    pub fields: Template,
    /// The service takes a list of it.
    pub in_list: bool,
}

#[derive(Serialize)]
struct Done {
    done: bool,
}

impl Plan {
    fn of_athlete(&self) -> bool {
        self.path.iter().any(|segment| matches!(segment, Segment::Athlete))
    }

    /// Whether the service itself is told how many rows are wanted.
    fn limits_upstream(&self) -> bool {
        self.query.iter().any(|(_, value)| value.arguments().contains(&LIMIT))
    }

    /// The input schema.
    pub fn input(&self, settings: &Settings) -> JsonMap {
        let mut input = schema::none();
        for argument in &self.arguments {
            schema::add_property(&mut input, &argument.name, argument.schema());
        }
        if self.shape.is_list() {
            let limit = json!({"type": "integer", "description": "Rows.", "default": self.limit, "examples": [3]});
            schema::add_property(&mut input, LIMIT, limit);
        }
        let required: Vec<_> = self.arguments.iter().filter(|one| one.required).map(|one| &one.name).collect();
        if !required.is_empty() {
            input.insert("required".into(), json!(required));
        }
        if self.of_athlete() {
            Athlete::describe(settings, &mut input);
        }
        input
    }

    /// Carries out a call.
    pub async fn run(self: Arc<Self>, mut call: Call) -> Result<Answer> {
        let athlete = match self.of_athlete() {
            true => Some(Athlete::from_call(&mut call).await?),
            false => None,
        };
        let (mut values, limit) = self.values(&mut call)?;
        let dates = self.arguments.iter().filter(|argument| argument.kind.one == One::Date);
        let moving: Vec<_> = dates.filter(|one| values.get(&one.name).is_some_and(counts_from_today)).collect();
        if !moving.is_empty() {
            let today = Today::from_call(&mut call).await?.date();
            for argument in moving {
                if let Some(value) = values.get_mut(&argument.name) {
                    *value = on_calendar(value.take(), today);
                }
            }
        }
        let path = self.segments(&values, athlete.as_ref().map(Athlete::id), &call.tool)?;
        let notes = Notes::from_call(&mut call).await?;
        let client = call.client.clone();
        if self.shape.is_empty() {
            return call
                .answer(async move { self.send(&client, &path, &values).await.map(|_| Done { done: true }) })
                .await;
        }
        if !self.shape.is_list() {
            let work = async move {
                let found = self.send(&client, &path, &values).await?;
                match found {
                    Value::Object(_) | Value::Null => Ok(self.shape.object(&found, &notes)),
                    Value::Array(_) => Err(odd("a list", "Set `list = \".\"` in the tool's file.")),
                    _ => Err(odd("a plain value", "Name another operation in the tool's file.")),
                }
            };
            return call.answer(work).await;
        }
        let work = async move {
            let found = self.send(&client, &path, &values).await?;
            let rows = self.shape.rows(&found, &notes);
            let received = rows.len();
            let more = |_: &[_]| format!("a greater limit than {limit}");
            Ok(match self.limits_upstream() {
                true => List::page(rows, limit, received, more),
                false => List::first(rows, limit, more),
            })
        };
        call.answer(work).await
    }

    /// The arguments of a call with their defaults, and how many rows are wanted.
    fn values(&self, call: &mut Call) -> Result<(JsonMap, usize)> {
        let mut given = std::mem::take(&mut call.arguments);
        let wrong = |name: &str, problem: &str| Error::arguments(&call.tool, format!("{name}: {problem}"));
        let mut values = JsonMap::new();
        let mut rows = self.limit;
        if self.shape.is_list() {
            if let Some(wanted) = given.remove(LIMIT) {
                let wanted = wanted.as_u64().and_then(|wanted| usize::try_from(wanted).ok());
                rows = icu_core::limit(wanted.ok_or_else(|| wrong(LIMIT, "it is not a whole number of 1 or more"))?)?;
            }
            // One more than wanted tells whether there are more.
            values.insert(LIMIT.into(), (rows + 1).into());
        }
        for argument in &self.arguments {
            let value = match given.remove(&argument.name) {
                Some(value) => Some(argument.read(value).map_err(|problem| wrong(&argument.name, &problem))?),
                None => argument.default.clone(),
            };
            match value {
                Some(value) => _ = values.insert(argument.name.clone(), value),
                None if argument.required => return Err(wrong(&argument.name, "it is missing")),
                None => {}
            }
        }
        match given.keys().next() {
            Some(unknown) => Err(wrong(unknown, "there is no such argument")),
            None => Ok((values, rows)),
        }
    }

    fn segments(&self, values: &JsonMap, athlete: Option<&str>, tool: &str) -> Result<Vec<String>> {
        let segment = |segment: &Segment| match segment {
            Segment::Fixed(text) => Ok(text.clone()),
            Segment::Athlete => Ok(athlete.unwrap_or(icu_core::client::OWNER).to_owned()),
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

    async fn send(&self, client: &Intervals, path: &[String], values: &JsonMap) -> Result<Value> {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let pair = |(name, value): &(String, Template)| Some((name.clone(), in_text(&value.fill(values)?)));
        let query: Vec<(String, String)> = self.query.iter().filter_map(pair).collect();
        let body = match &self.body {
            None => Body::None,
            Some(payload) => {
                let fields = payload.fields.fill(values).unwrap_or_default();
                if fields.as_object().is_some_and(JsonMap::is_empty) {
                    return Err(Error::new(
                        "nothing would be changed",
                        "Call again with an argument that changes something.",
                    ));
                }
                Body::Json(if payload.in_list { json!([fields]) } else { fields })
            }
        };
        Ok(match self.verb {
            Verb::Get => client.get(&path, &query).await?,
            Verb::Post => client.post(&path, &query, body).await?,
            Verb::Put => client.put(&path, &query, body).await?,
            Verb::Delete => client.delete(&path, &query).await?,
        })
    }
}

impl Verb {
    /// GET, POST, PUT, DELETE.
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

/// Whether a second call changes nothing more.
pub(super) fn is_idempotent(verb: Verb, effect: Effect) -> bool {
    effect == Effect::Read || verb != Verb::Post
}

fn counts_from_today(value: &Value) -> bool {
    match value {
        Value::Array(days) => days.iter().any(counts_from_today),
        value => value.as_str().is_some_and(|text| from_today(text).is_some()),
    }
}

fn odd(what: &str, advice: &str) -> Error {
    Error::new(format!("the service answered with {what}, and this tool expects an object"), advice)
}
