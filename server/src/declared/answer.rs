//! What of an answer is returned: the fields that the file names, and nothing else.
use std::{collections::BTreeSet, sync::Arc};

use icu_core::{ByOthers, JsonMap, Notes, cut, schema, units::*};
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Value, json};

/// A place in the service's answer: `a.b`, `a[].b` for every element of `a`, `../a` beside the list, `.` for the whole.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    up: usize,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
struct Step {
    key: String,
    each: bool,
}

impl Place {
    /// Fails on what is no path.
    pub fn of(text: &str) -> Result<Self, String> {
        let (mut up, mut rest) = (0, text.trim());
        while let Some(outer) = rest.strip_prefix("../") {
            (up, rest) = (up + 1, outer);
        }
        if rest == "." {
            return Ok(Self { up, steps: vec![] });
        }
        let step = |part: &str| {
            let (key, each) = part.strip_suffix("[]").map_or((part, false), |key| (key, true));
            let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
            let good = !key.is_empty() && key.chars().all(plain);
            let wrong = || format!("\"{text}\" is no path, such as name, zones[].id or ../label");
            good.then(|| Step { key: key.into(), each }).ok_or_else(wrong)
        };
        Ok(Self { up, steps: rest.split('.').map(step).collect::<Result<_, _>>()? })
    }

    /// The last key in it.
    pub fn key(&self) -> Option<&str> {
        self.steps.last().map(|step| step.key.as_str())
    }

    /// A key in it that holds, or may hold, what nobody else must read.
    pub fn secret(&self) -> Option<&str> {
        let secret = |key: &str| {
            let key = key.to_lowercase();
            ["api_key", "apikey", "token", "password", "secret", "email", "invite"]
                .iter()
                .any(|word| key.contains(word))
        };
        self.steps.iter().map(|step| step.key.as_str()).find(|key| secret(key))
    }

    /// How many lists out it leads.
    pub fn up(&self) -> usize {
        self.up
    }

    /// How many lists within lists a list at this place is.
    pub fn depth(&self) -> usize {
        let inner = self.steps.iter().rev().skip(1);
        1 + inner.filter(|step| step.each).count()
    }
}

/// A column of the answer, or a line.
pub(super) struct Field {
    pub name: String,
    pub place: Place,
}

/// What is returned of the service's answer.
pub(super) struct Shape {
    list: Option<Place>,
    fields: Vec<Field>,
    names: Arc<[String]>,
}

/// The most elements of a list within a row, and the most characters of a text.
const ELEMENTS: usize = 50;
const IN_LIST: usize = 200;
const ALONE: usize = 4000;

impl Shape {
    pub fn new(list: Option<Place>, fields: Vec<Field>) -> Self {
        let names = fields.iter().map(|field| field.name.clone()).collect();
        Self { list, fields, names }
    }

    /// Whether it returns rows.
    pub fn is_list(&self) -> bool {
        self.list.is_some()
    }

    /// Whether anything is returned.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The output schema.
    pub fn schema(&self) -> JsonMap {
        let property = |field: &Field| {
            let kind = match unit(&field.name) {
                Some(_) => json!({"type": "number"}),
                None if by_others(&field.name) => json!({"type": "string"}),
                None => json!({}),
            };
            (field.name.clone(), kind)
        };
        let properties: JsonMap = match self.is_empty() {
            true => [("done".to_owned(), json!({"type": "boolean"}))].into_iter().collect(),
            false => self.fields.iter().map(property).collect(),
        };
        let mut schema = JsonMap::from_iter([("type".to_owned(), json!("object"))]);
        if self.is_list() {
            let rows = json!({"type": "array", "items": {"type": "object", "properties": properties}});
            let list = json!({"items": rows, "total": {"type": "integer"}, "next": {"type": "string"}});
            schema.insert("properties".into(), list);
            schema.insert("required".into(), json!(["items"]));
        } else {
            schema.insert("properties".into(), Value::Object(properties));
        }
        schema::add_property(&mut schema, "athlete", json!({"type": "string"}));
        schema::add_property(&mut schema, "notes", json!({"type": "array", "items": {"type": "string"}}));
        schema
    }

    /// The rows of a list.
    pub fn rows(&self, answer: &Value, notes: &Notes) -> Vec<Row> {
        let mut found = vec![];
        if let Some(list) = &self.list {
            let mut missing = false;
            collect(answer, &list.steps, &mut vec![answer], &mut found, &mut missing);
            if missing {
                notes.add("a part of the answer has no list where this tool looks for one");
            }
        }
        let mut odd = BTreeSet::new();
        let rows = found.iter().map(|stack| self.row(stack, IN_LIST, &mut odd)).collect();
        report(&odd, notes);
        rows
    }

    /// The one object that is returned.
    pub fn object(&self, answer: &Value, notes: &Notes) -> Row {
        let mut odd = BTreeSet::new();
        let row = self.row(&[answer], ALONE, &mut odd);
        report(&odd, notes);
        row
    }

    fn row<'a>(&'a self, stack: &[&Value], longest: usize, odd: &mut BTreeSet<&'a str>) -> Row {
        let cell = |field: &'a Field| {
            let Some(base) = stack.len().checked_sub(field.place.up + 1).and_then(|at| stack.get(at)) else {
                return Cell::None;
            };
            let mut values = vec![];
            values_at(base, &field.place.steps, &mut values);
            let many = field.place.steps.iter().any(|step| step.each);
            Cell::of(&field.name, &values, many, longest).unwrap_or_else(|| {
                odd.insert(&field.name);
                Cell::None
            })
        };
        Row { names: self.names.clone(), cells: self.fields.iter().map(cell).collect() }
    }
}

fn report(odd: &BTreeSet<&str>, notes: &Notes) {
    for name in odd {
        notes.add(format!("{name} is left out where it is not a plain value, or not of its unit"));
    }
}

/// Every element of the list at `steps`, behind the elements of the lists around it.
fn collect<'a>(
    value: &'a Value,
    steps: &[Step],
    stack: &mut Vec<&'a Value>,
    found: &mut Vec<Vec<&'a Value>>,
    missing: &mut bool,
) {
    let mut elements = |value: &'a Value, rest: &[Step], missing: &mut bool| match value {
        Value::Array(items) => {
            for item in items {
                stack.push(item);
                match rest {
                    [] => found.push(stack.clone()),
                    rest => collect(item, rest, stack, found, missing),
                }
                stack.pop();
            }
        }
        Value::Null => {}
        _ => *missing = true,
    };
    match steps {
        [] => elements(value, &[], missing),
        [step, rest @ ..] => match value.get(&step.key) {
            None => *missing = true,
            Some(inner) if step.each || rest.is_empty() => elements(inner, rest, missing),
            Some(inner) => collect(inner, rest, stack, found, missing),
        },
    }
}

fn values_at<'a>(value: &'a Value, steps: &[Step], found: &mut Vec<&'a Value>) {
    let Some((step, rest)) = steps.split_first() else {
        found.push(value);
        return;
    };
    match value.get(&step.key) {
        None => {}
        Some(Value::Array(items)) if step.each => items.iter().for_each(|item| values_at(item, rest, found)),
        Some(inner) => values_at(inner, rest, found),
    }
}

/// One row, or the whole answer.
pub(super) struct Row {
    names: Arc<[String]>,
    cells: Vec<Cell>,
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.cells.len()))?;
        for (name, cell) in self.names.iter().zip(&self.cells) {
            map.serialize_entry(name, cell)?;
        }
        map.end()
    }
}

/// A plain value, with its unit if its name says one.
enum Cell {
    None,
    Flag(bool),
    Whole(i64),
    Number(f64),
    Text(String),
    ByOthers(ByOthers),
    Many(Vec<Cell>),
    Unit(Unit),
}

impl Cell {
    /// `None` when the values are no plain ones.
    fn of(name: &str, values: &[&Value], many: bool, longest: usize) -> Option<Self> {
        match (values, many) {
            ([], _) => Some(Self::None),
            ([Value::Array(items)], false) => Self::many(name, items.iter(), longest),
            ([one], false) => Self::one(name, one, longest),
            (all, _) => Self::many(name, all.iter().copied(), longest),
        }
    }

    fn many<'a>(name: &str, values: impl ExactSizeIterator<Item = &'a Value>, longest: usize) -> Option<Self> {
        let more = values.len().saturating_sub(ELEMENTS);
        let cells = values.take(ELEMENTS).map(|value| Self::one(name, value, longest));
        let mut cells = cells.collect::<Option<Vec<_>>>()?;
        if more > 0 && unit(name).is_none() {
            cells.push(Self::Text(format!("… {more} more")));
        }
        Some(if cells.is_empty() { Self::None } else { Self::Many(cells) })
    }

    fn one(name: &str, value: &Value, longest: usize) -> Option<Self> {
        if let Some(unit) = unit(name) {
            let number = match value {
                Value::Null => return Some(Self::None),
                Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
                other => other.as_f64(),
            };
            return number.map(|number| Self::Unit(unit(number)));
        }
        Some(match value {
            Value::Null => Self::None,
            Value::Bool(flag) => Self::Flag(*flag),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => Self::Whole(whole),
                None => Self::Number(number.as_f64()?),
            },
            Value::String(text) if by_others(name) => Self::ByOthers(ByOthers(cut(&without_query(text), longest))),
            Value::String(text) => Self::Text(cut(&without_query(text), longest)),
            Value::Array(_) | Value::Object(_) => return None,
        })
    }
}

/// An address without what may be a key in it.
fn without_query(text: &str) -> String {
    let address = |word: &str| word.starts_with("http://") || word.starts_with("https://");
    match text.split_once('?') {
        Some((start, _)) if address(text) && !text.contains(char::is_whitespace) => start.into(),
        _ => text.into(),
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_none(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::ByOthers(text) => text.serialize(serializer),
            Self::Many(cells) => cells.serialize(serializer),
            Self::Unit(unit) => unit.serialize(serializer),
        }
    }
}

fn by_others(name: &str) -> bool {
    name.ends_with("_by_others")
}

macro_rules! suffixes {
    ($($unit:ident $suffix:literal;)*) => {
        /// A number that knows how an athlete reads it.
        enum Unit {
            Climb(Climb),
            Pace(Pace),
            $($unit($unit),)*
        }

        impl Serialize for Unit {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    Self::Climb(value) => value.serialize(serializer),
                    Self::Pace(value) => value.serialize(serializer),
                    $(Self::$unit(value) => value.serialize(serializer),)*
                }
            }
        }

        /// The unit that a field's name ends in; heights and paces are known by their word.
        fn unit(name: &str) -> Option<fn(f64) -> Unit> {
            let (start, suffix) = name.rsplit_once('_')?;
            let speaks_of = |words: &[&str]| words.iter().any(|word| start.contains(word));
            match suffix {
                "m" if speaks_of(&["climb", "ascent", "elevation", "altitude", "height"]) => {
                    Some(|value| Unit::Climb(Climb(value)))
                }
                "mps" if speaks_of(&["pace"]) => Some(|value| Unit::Pace(Pace(value))),
                $($suffix => Some(|value| Unit::$unit($unit(value))),)*
                _ => None,
            }
        }
    };
}

suffixes! {
    Metres "m";
    MetresPerSecond "mps";
    Seconds "s";
    Watts "w";
    Joules "j";
    Bpm "bpm";
    Rpm "rpm";
    Kilograms "kg";
    Celsius "c";
    Percent "pct";
}

#[cfg(test)]
mod tests;
