//! Execution of a declared tool: one request, and the named fields of its response.
mod request;

use std::sync::Arc;

use intervals_core::{
    Athlete, Call, Effect, Error, FromCall, JsonMap, List, Notes, Result, Settings, Today,
    answer::Answer,
    list::{CAP, Next, Offset, wanted},
    schema,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    answer::{AnswerShape, Row},
    argument::{ScalarType, ToolArgument, from_today, on_calendar},
    template::ValueTemplate,
};
pub(super) use request::{DELETED, Payload, Segment, Verb, is_idempotent};

/// Argument of a list: the most rows to return.
pub(super) const LIMIT: &str = "limit";

/// Argument of a list: the number of rows to skip.
pub(super) const OFFSET: &str = "offset";
/// The variable of a path that the server fills in.
pub(super) const ATHLETE: &str = "athlete_id";

/// A checked declaration of a tool.
pub(super) struct Plan {
    pub verb: Verb,
    pub effect: Effect,
    pub path: Vec<Segment>,
    pub arguments: Vec<ToolArgument>,
    pub query: Vec<(String, ValueTemplate)>,
    pub body: Option<Payload>,
    pub shape: AnswerShape,
    /// Default number of rows.
    pub limit: usize,
}

/// Answer of a tool without a list.
#[derive(Serialize)]
#[serde(untagged)]
enum ObjectAnswer {
    Done { done: bool },
    Fields(Row),
}

impl Plan {
    fn writes(&self) -> bool {
        self.effect > Effect::Read
    }

    /// Whether the path has the athlete.
    fn has_athlete(&self) -> bool {
        self.path.iter().any(|segment| matches!(segment, Segment::Athlete))
    }

    /// Whether the request sends the number of rows to the service.
    fn limits_upstream(&self) -> bool {
        self.query.iter().any(|(_, value)| value.arguments().contains(&LIMIT))
    }

    /// The output schema.
    pub fn output(&self) -> JsonMap {
        self.shape.schema(self.writes())
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
            if !self.writes() {
                let offset = json!({"type": "integer", "description": "From next.", "examples": [0]});
                schema::add_property(&mut input, OFFSET, offset);
            }
        }
        let required: Vec<_> = self.arguments.iter().filter(|one| one.required).map(|one| &one.name).collect();
        if !required.is_empty() {
            input.insert("required".into(), json!(required));
        }
        if self.has_athlete() {
            Athlete::describe(settings, &mut input);
        }
        input
    }

    /// Runs a call.
    pub async fn run(self: Arc<Self>, mut call: Call) -> Result<Answer> {
        let athlete = match self.has_athlete() {
            true => Some(Athlete::from_call(&mut call).await?),
            false => None,
        };
        let notes = Notes::from_call(&mut call).await?;
        let (mut values, offset, limit) = self.values(&mut call, &notes)?;
        let dates = self.arguments.iter().filter(|argument| argument.kind.scalar == ScalarType::Date);
        let relative: Vec<_> = dates.filter(|one| values.get(&one.name).is_some_and(counts_from_today)).collect();
        if !relative.is_empty() {
            let today = Today::from_call(&mut call).await?.date();
            for argument in relative {
                if let Some(value) = values.get_mut(&argument.name) {
                    *value = on_calendar(value.take(), today);
                }
            }
        }
        let path = self.segments(&values, athlete.as_ref().map(Athlete::id), &call.tool)?;
        let client = call.client.clone();
        if !self.shape.is_list() {
            let work = async move { self.object_answer(&self.send(&client, &path, &values).await?, &notes) };
            return call.answer(work).await;
        }
        let work = async move {
            let response = self.send(&client, &path, &values).await?;
            let (items, received) = self.shape.rows(&response, offset, limit, &mut |note| notes.add(note));
            let end = offset + items.len();
            let is_more = received > end;
            let total = (!is_more || !self.limits_upstream()).then_some(received);
            // A next page would repeat the write.
            let next = (is_more && !items.is_empty() && !self.writes()).then(|| Next::default().with(OFFSET, end));
            Ok(List { items, total, next })
        };
        call.answer(work).await
    }

    /// The fields of a response. After a write, an unexpected response is a note, not an error: the model would repeat the write.
    fn object_answer(&self, response: &Value, notes: &Notes) -> Result<ObjectAnswer> {
        let (what, advice) = match response {
            _ if self.shape.is_empty() => return Ok(ObjectAnswer::Done { done: true }),
            Value::Object(_) => {
                return Ok(ObjectAnswer::Fields(self.shape.object(response, &mut |note| notes.add(note))));
            }
            Value::Null if !self.writes() => {
                return Ok(ObjectAnswer::Fields(self.shape.object(response, &mut |note| notes.add(note))));
            }
            Value::Null => ("nothing that could be read", ""),
            Value::Array(_) => ("a list", "Set `list = \".\"` in the tool's file."),
            _ => ("a plain value", "Name another operation in the tool's file."),
        };
        if !self.writes() {
            let problem = format!("the service answered with {what}, and this tool expects an object");
            return Err(Error::new(problem, advice));
        }
        notes.add(format!("it is done; the service answered with {what}, so none of the fields can be shown"));
        Ok(ObjectAnswer::Done { done: true })
    }

    /// Arguments of a call with defaults, the offset, and the limit of rows.
    fn values(&self, call: &mut Call, notes: &Notes) -> Result<(JsonMap, usize, usize)> {
        let mut given = std::mem::take(&mut call.arguments);
        let wrong = |name: &str, problem: &str| Error::arguments(&call.tool, format!("{name}: {problem}"));
        let mut values = JsonMap::new();
        let (mut offset, mut rows) = (0, self.limit);
        if self.shape.is_list() {
            let mut whole = |name: &str, least: u64| {
                let number = |value: Value| {
                    let number = value.as_u64().filter(|number| *number >= least);
                    let number = number.and_then(|number| usize::try_from(number).ok());
                    number.ok_or_else(|| wrong(name, &format!("it is not a whole number of {least} or more")))
                };
                given.remove(name).map(number).transpose()
            };
            let wanted_rows = whole(LIMIT, 1)?;
            if let Some(limit) = wanted_rows.filter(|rows| *rows > CAP) {
                notes.add(format!("limit {limit} is read as {CAP}, the most rows of one answer"));
            }
            rows = wanted_rows.map_or(rows, |rows| rows.min(CAP));
            offset = whole(OFFSET, 0)?.unwrap_or_default();
            // One more row than wanted tells whether there is a next page.
            values.insert(LIMIT.into(), wanted(rows, Offset(offset)).into());
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
            None => Ok((values, offset, rows)),
        }
    }
}

fn counts_from_today(value: &Value) -> bool {
    match value {
        Value::Array(days) => days.iter().any(counts_from_today),
        value => value.as_str().is_some_and(|text| from_today(text).is_some()),
    }
}
