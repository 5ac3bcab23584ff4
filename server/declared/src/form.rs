//! The form of a file in `packs.d`: what may stand in it, and where it stands.
use std::{fmt, marker::PhantomData};

use intervals_core::{Effect, registry::Tier};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use toml::{Spanned, Value};

/// A file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackForm {
    /// One sentence.
    pub about: Spanned<String>,
    /// Whether it is on when nothing is configured.
    #[serde(default = "default_on")]
    pub default: bool,
    #[serde(default)]
    pub tool: Vec<ToolForm>,
}

fn default_on() -> bool {
    true
}

/// One `[[tool]]`.
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
    /// Where in the answer the rows are.
    pub list: Option<Spanned<String>>,
    /// How many rows when the caller does not say.
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

/// One argument of a tool.
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

/// A table in the order of the file.
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

/// A value as JSON; a date is its text.
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
