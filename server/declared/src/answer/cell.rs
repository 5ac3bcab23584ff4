//! The value of a field of the answer: a plain value, or a list of them.
use std::borrow::Cow;

use intervals_core::{answer::ByOthers, text::truncate, units::*};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// Elements of a list within a row.
pub const MAX_ELEMENTS: usize = 50;
/// Characters that a number counts as.
const NUMBER_COST: usize = 8;

/// The remaining size of an answer, characters.
pub struct AnswerBudget {
    /// Characters of a single text.
    max_text: usize,
    /// Characters that are left for the rest of the answer.
    left: usize,
    /// Whether a value was cut for lack of space.
    is_over: bool,
    /// Whether the last list was cut.
    pub is_cut: bool,
}

impl AnswerBudget {
    /// A budget of `left` characters in all, and `max_text` per text.
    pub fn new(max_text: usize, left: usize) -> Self {
        Self { max_text, left, is_over: false, is_cut: false }
    }

    /// Whether a value was cut for lack of space.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    fn take(&mut self, wanted: usize) -> usize {
        let given = wanted.min(self.left);
        self.is_over |= given < wanted;
        self.left -= given;
        given
    }

    fn text(&mut self, text: &str) -> String {
        let text = without_query(text);
        let long = text.trim().chars().take(self.max_text).count();
        truncate(&text, self.take(long))
    }
}

/// A value of a field, in the unit of the field's name.
pub enum AnswerCell {
    None,
    Flag(bool),
    Whole(i64),
    Number(f64),
    Text(String),
    ByOthers(ByOthers),
    Many(Vec<AnswerCell>),
    Unit(Unit),
}

impl AnswerCell {
    /// The values of a field as a cell; `None` if one of them is an object or a nested list, or is no number although
    /// the name has a unit.
    pub fn of(name: &str, values: &[&Value], many: bool, budget: &mut AnswerBudget) -> Option<Self> {
        budget.is_cut = false;
        match (values, many) {
            ([], _) => Some(Self::None),
            ([Value::Array(items)], false) => Self::many(name, items.iter(), budget),
            ([one], false) => Self::one(name, one, budget),
            (all, _) => Self::many(name, all.iter().copied(), budget),
        }
    }

    fn many<'a>(name: &str, values: impl Iterator<Item = &'a Value>, budget: &mut AnswerBudget) -> Option<Self> {
        let mut cells = vec![];
        for value in values {
            if cells.len() == MAX_ELEMENTS {
                budget.is_cut = true;
                break;
            }
            if budget.is_over {
                break;
            }
            cells.push(Self::one(name, value, budget)?);
        }
        let is_nothing = cells.iter().all(|cell| matches!(cell, Self::None));
        Some(if is_nothing { Self::None } else { Self::Many(cells) })
    }

    fn one(name: &str, value: &Value, budget: &mut AnswerBudget) -> Option<Self> {
        if value.is_null() {
            return Some(Self::None);
        }
        if let Some(unit) = unit(name) {
            let number = match value {
                Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
                other => other.as_f64(),
            };
            budget.take(NUMBER_COST);
            return number.map(|number| Self::Unit(unit(number)));
        }
        let text = match value {
            Value::String(text) => Cow::from(text),
            Value::Array(_) | Value::Object(_) => return None,
            plain => plain.to_string().into(),
        };
        let text = budget.text(&text);
        Some(match value {
            _ if by_others(name) => Self::ByOthers(ByOthers(text)),
            Value::Bool(flag) => Self::Flag(*flag),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => Self::Whole(whole),
                None => Self::Number(number.as_f64()?),
            },
            _ => Self::Text(text),
        })
    }
}

/// Output schema of a field of this name. The value is a list where the response has one.
pub fn schema(name: &str) -> Value {
    match unit(name) {
        Some(_) => json!({"type": ["number", "array"]}),
        None if by_others(name) => json!({"type": ["string", "array"]}),
        None => json!({}),
    }
}

/// A URL without its query, which may contain a key; any other text unchanged.
fn without_query(text: &str) -> String {
    let address = |word: &str| word.starts_with("http://") || word.starts_with("https://");
    match text.split_once('?') {
        Some((start, _)) if address(text) && !text.contains(char::is_whitespace) => start.into(),
        _ => text.into(),
    }
}

impl Serialize for AnswerCell {
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
        /// A number with its unit.
        pub enum Unit {
            Climb(Climb),
            Pace(Speed),
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

        /// The unit of a field, by the suffix of its name. Heights and paces are recognized by a word in it.
        fn unit(name: &str) -> Option<fn(f64) -> Unit> {
            let (start, suffix) = name.rsplit_once('_')?;
            let contains_any = |words: &[&str]| words.iter().any(|word| start.contains(word));
            match suffix {
                "m" if contains_any(&["climb", "ascent", "elevation", "altitude", "height"]) => {
                    Some(|value| Unit::Climb(Climb(value)))
                }
                "mps" if contains_any(&["pace"]) => Some(|value| Unit::Pace(Speed::read_as(SpeedReading::Foot, MetresPerSecond(value)))),
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
