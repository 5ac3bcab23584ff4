//! Arguments of a declared tool: declaration, input schema, and parser of values.
use std::ops::RangeInclusive;

use intervals_core::{Day, JsonMap, arguments::parts};
use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};

/// An argument of a declared tool.
pub(super) struct ToolArgument {
    pub name: String,
    pub kind: ArgumentType,
    pub description: String,
    pub required: bool,
    pub default: Option<Value>,
    pub choices: Vec<Value>,
    pub example: Option<Value>,
}

/// Type of an argument: a scalar type, or a list of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ArgumentType {
    pub scalar: ScalarType,
    pub many: bool,
}

/// Type of a single value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum ScalarType {
    Text,
    Whole,
    Number,
    Flag,
    Date,
}

/// Names of the scalar types in a pack file.
pub(super) const TYPE_NAMES: [(&str, ScalarType); 5] = [
    ("string", ScalarType::Text),
    ("integer", ScalarType::Whole),
    ("number", ScalarType::Number),
    ("boolean", ScalarType::Flag),
    ("date", ScalarType::Date),
];

impl ArgumentType {
    /// Parses a type, such as `integer` or `array of integer`.
    pub fn of(words: &str) -> Option<Self> {
        let (word, many) = words.strip_prefix("array of ").map_or((words, false), |word| (word, true));
        TYPE_NAMES.iter().find(|(known, _)| *known == word.trim()).map(|(_, scalar)| Self { scalar: *scalar, many })
    }

    /// A sample value, to check whether a parameter of the API accepts the type.
    pub fn sample(self) -> &'static str {
        match self.scalar {
            ScalarType::Text => "text",
            ScalarType::Date => "2026-07-05",
            ScalarType::Whole => "1",
            ScalarType::Number => "1.5",
            ScalarType::Flag => "true",
        }
    }

    fn json_type(self) -> &'static str {
        match self.scalar {
            ScalarType::Text | ScalarType::Date => "string",
            ScalarType::Whole => "integer",
            ScalarType::Number => "number",
            ScalarType::Flag => "boolean",
        }
    }
}

impl ToolArgument {
    /// Schema of the argument, for the input schema.
    pub fn schema(&self) -> Value {
        let mut one = JsonMap::from_iter([("type".to_owned(), json!(self.kind.json_type()))]);
        if !self.choices.is_empty() {
            one.insert("enum".into(), json!(self.choices));
        }
        let mut schema = match self.kind.many {
            true => JsonMap::from_iter([("type".to_owned(), json!("array")), ("items".to_owned(), Value::Object(one))]),
            false => one,
        };
        schema.insert("description".into(), json!(self.description));
        if let Some(default) = &self.default {
            schema.insert("default".into(), default.clone());
        }
        let example = self.example.as_ref().or(self.default.as_ref()).or(self.choices.first());
        if let Some(example) = example {
            let example = if self.kind.many && !example.is_array() { json!([example]) } else { example.clone() };
            schema.insert("examples".into(), json!([example]));
        }
        Value::Object(schema)
    }

    /// Whether every call has a value for it.
    pub fn is_certain(&self) -> bool {
        self.required || self.default.is_some()
    }

    /// Parses the value of a call.
    ///
    /// # Errors
    /// What is wrong with the value, without the argument's name.
    pub fn read(&self, value: Value) -> Result<Value, String> {
        if !self.kind.many {
            return self.one(value);
        }
        parts(value)?.into_iter().map(|part| self.one(part)).collect::<Result<Vec<_>, _>>().map(Value::Array)
    }

    fn one(&self, value: Value) -> Result<Value, String> {
        let wrong = |what: &str| format!("{value} is not {what}");
        // In a list that was sent as one text, numbers are texts.
        let text = value.as_str().map(str::trim);
        let read = match self.kind.scalar {
            ScalarType::Text => text.map(Value::from).ok_or_else(|| wrong("a text"))?,
            ScalarType::Whole => {
                let whole = value.as_i64().or_else(|| text?.parse().ok());
                whole.ok_or_else(|| wrong("a whole number"))?.into()
            }
            ScalarType::Number => {
                let number = value.as_f64().or_else(|| text?.parse().ok().filter(|n: &f64| n.is_finite()));
                let whole = value.as_i64().map(Value::from);
                whole.or(number.map(Value::from)).ok_or_else(|| wrong("a number"))?
            }
            ScalarType::Flag => {
                let flag = value.as_bool().or_else(|| text?.to_lowercase().parse().ok());
                flag.ok_or_else(|| wrong("true or false"))?.into()
            }
            ScalarType::Date => {
                let text = text.ok_or_else(|| wrong("a day"))?;
                match from_today(text) {
                    Some(_) => text.into(),
                    None => text.parse::<Day>()?.to_string().into(),
                }
            }
        };
        // 1 and 1.0 are the same number.
        let is = |choice: &Value| *choice == read || (choice.is_number() && choice.as_f64() == read.as_f64());
        if self.choices.is_empty() || self.choices.iter().any(is) {
            return Ok(read);
        }
        let known: Vec<_> = self.choices.iter().map(ToString::to_string).collect();
        Err(format!("{read} is not one of {}", known.join(", ")))
    }
}

/// Range of `today±n`, days: about a hundred years either way.
const DAYS: RangeInclusive<i32> = -36_600..=36_600;

/// Parses `today`, `today-30` or `today+7`. Returns the number of days from today.
pub(super) fn from_today(text: &str) -> Option<i32> {
    let rest = text.trim().strip_prefix("today")?;
    match rest {
        "" => Some(0),
        rest if rest.starts_with(['+', '-']) => rest.parse().ok().filter(|days| DAYS.contains(days)),
        _ => None,
    }
}

/// Replaces dates relative to today by calendar dates, also in a list.
pub(super) fn on_calendar(value: Value, today: Date) -> Value {
    match &value {
        Value::Array(days) => days.iter().map(|day| on_calendar(day.clone(), today)).collect(),
        Value::String(text) => match from_today(text) {
            Some(days) => today.saturating_add(days.days()).to_string().into(),
            None => value,
        },
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn argument(kind: &str, choices: Value) -> ToolArgument {
        let choices = choices.as_array().cloned().unwrap_or_default();
        ToolArgument {
            name: "x".into(),
            kind: ArgumentType::of(kind).unwrap(),
            description: "X.".into(),
            required: true,
            default: None,
            choices,
            example: None,
        }
    }

    #[rstest]
    #[case("string", json!(" a "), Ok(json!("a")))]
    #[case("integer", json!("7"), Ok(json!(7)))]
    #[case("integer", json!(7.5), Err("7.5 is not a whole number"))]
    #[case("number", json!(7.5), Ok(json!(7.5)))]
    #[case("number", json!("NaN"), Err("\"NaN\" is not a number"))]
    #[case("boolean", json!(1), Err("1 is not true or false"))]
    #[case("array of boolean", json!("true,False"), Ok(json!([true, false])))]
    #[case("array of boolean", json!("true,no"), Err("\"no\" is not true or false"))]
    #[case("date", json!("2026-07-05T10:00:00"), Ok(json!("2026-07-05")))]
    #[case("date", json!("today-7"), Ok(json!("today-7")))]
    #[case("date", json!("soon"), Err("\"soon\" is not a day; write it as YYYY-MM-DD"))]
    #[case("array of integer", json!("1, 2"), Ok(json!([1, 2])))]
    #[case("array of date", json!(["2026-07-05"]), Ok(json!(["2026-07-05"])))]
    fn a_value_is_read_by_its_type(#[case] kind: &str, #[case] sent: Value, #[case] read: Result<Value, &str>) {
        assert_eq!(argument(kind, Value::Null).read(sent), read.map_err(Into::into));
    }

    #[test]
    fn a_value_outside_the_choices_is_refused_with_the_choices() {
        let argument = argument("array of string", json!(["Ride", "Run"]));
        assert_eq!(argument.read(json!("Run,Ride")), Ok(json!(["Run", "Ride"])));
        assert_eq!(argument.read(json!(["Swim"])), Err("\"Swim\" is not one of \"Ride\", \"Run\"".into()));
    }

    #[rstest]
    #[case(json!(1), Ok(json!(1)))]
    #[case(json!(1.0), Ok(json!(1.0)))]
    #[case(json!("2.5"), Ok(json!(2.5)))]
    #[case(json!(2), Err("2 is not one of 1.0, 2.5"))]
    fn a_number_is_a_choice_however_it_is_written(#[case] sent: Value, #[case] read: Result<Value, &str>) {
        assert_eq!(argument("number", json!([1.0, 2.5])).read(sent), read.map_err(Into::into));
    }

    #[test]
    fn relative_dates_count_from_the_athletes_today() {
        let today = Date::constant(2026, 7, 5);
        assert_eq!(
            on_calendar(json!(["today", "today-5", "2026-01-01"]), today),
            json!(["2026-07-05", "2026-06-30", "2026-01-01"])
        );
        for far in ["today-99999", "today-2147483648", "today+2147483647", "today+99999999999999999999"] {
            assert_eq!(from_today(far), None);
        }
        assert_eq!(on_calendar(json!("today-36600"), today), json!("1926-04-21"));
    }
}
