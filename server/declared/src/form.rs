//! The format of a pack file: its keys, with the positions of their values.
use std::{fmt, marker::PhantomData};

use intervals_core::{Effect, registry::Tier};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use toml::{Spanned, Value};

/// A pack file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackForm {
    /// Description of the pack, one sentence.
    pub about: Spanned<String>,
    /// Whether the pack is on by default.
    #[serde(default = "default_on")]
    pub default: bool,
    #[serde(default)]
    pub tool: Vec<ToolForm>,
}

fn default_on() -> bool {
    true
}

/// A table `[[tool]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToolForm {
    pub name: Spanned<String>,
    pub title: Option<Spanned<String>>,
    pub description: Spanned<String>,
    pub effect: Spanned<EffectForm>,
    pub delete: Option<Spanned<String>>,
    #[serde(default)]
    pub tier: Tier,
    pub method: Spanned<String>,
    pub path: Spanned<String>,
    #[serde(default)]
    pub arguments: Ordered<ArgumentForm>,
    #[serde(default)]
    pub query: Ordered<Spanned<Value>>,
    pub body: Option<Ordered<Spanned<Value>>>,
    /// Path of the rows in the response.
    pub list: Option<Spanned<String>>,
    /// Default number of rows.
    pub limit: Option<Spanned<usize>>,
    #[serde(default)]
    pub fields: Vec<Spanned<String>>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum EffectForm {
    Read,
    Write,
    Destructive,
}

impl From<EffectForm> for Effect {
    fn from(form: EffectForm) -> Self {
        match form {
            EffectForm::Read => Self::Read,
            EffectForm::Write => Self::Write,
            EffectForm::Destructive => Self::Destructive,
        }
    }
}

/// A table `[tool.arguments.<name>]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ArgumentForm {
    #[serde(rename = "type")]
    pub kind: Spanned<String>,
    pub description: Spanned<String>,
    #[serde(default)]
    pub required: bool,
    pub default: Option<Spanned<Value>>,
    #[serde(rename = "enum", default)]
    pub choices: Vec<Spanned<Value>>,
    pub example: Option<Spanned<Value>>,
}

/// A table whose keys keep the order of the file.
pub(super) struct Ordered<V>(pub Vec<(Spanned<String>, V)>);

impl<V> Default for Ordered<V> {
    fn default() -> Self {
        Self(vec![])
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Ordered<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>> Visitor<'de> for Entries<V> {
            type Value = Ordered<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered<V>, A::Error> {
                let mut entries = vec![];
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }
        }

        deserializer.deserialize_map(Entries(PhantomData))
    }
}

/// Converts a TOML value to JSON; a date becomes its text.
pub(super) fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::String(text) => text.as_str().into(),
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Boolean(flag) => (*flag).into(),
        Value::Datetime(time) => time.to_string().into(),
        Value::Array(items) => items.iter().map(json).collect(),
        Value::Table(members) => members.iter().map(|(key, value)| (key.clone(), json(value))).collect(),
    }
}
