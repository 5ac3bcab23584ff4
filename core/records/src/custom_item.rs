//! A custom item: a field, a chart, a stream, a table or zones of the athlete's own.
use intervals_client::{Creator, JsonMap, RawJson, Text, lenient, text::truncate, units::Count};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use crate::{NonEmpty, Required, Vocabulary, Word, completed, read::some_text};

/// What may be written.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// New name.
    #[schemars(example = &"Caffeine", extend("new" = {"description": "Name.", "examples": ["Sauna"]}))]
    pub name: Option<NonEmpty>,
    /// Such as INPUT_FIELD.
    #[serde(rename(serialize = "type"), alias = "type")]
    #[schemars(example = &"INPUT_FIELD", extend("new" = {"description": "INPUT_FIELD, FITNESS_CHART, …"}))]
    pub item_type: Option<Word<ItemTypes>>,
    /// What it is for.
    #[schemars(example = &"mg a day")]
    pub description: Option<String>,
    /// All of it, with every key to keep.
    #[schemars(example = json!({"code": "Caffeine", "type": "numeric", "aggregate": "SUM", "units": "mg"}),
        extend("new" = {"description": "Of fields only: code, type, aggregate.",
            "examples": [{"code": "Sauna", "type": "numeric", "aggregate": "SUM"}]}))]
    pub content: Option<JsonMap>,
    /// PRIVATE, FOLLOWERS or PUBLIC.
    #[schemars(example = &"FOLLOWERS")]
    pub visibility: Option<Word<Visibilities>>,
}

impl Required for Fields {
    fn required(&self) -> Vec<(&'static str, bool)> {
        vec![("name", self.name.is_some()), ("item_type", self.item_type.is_some())]
    }
}

/// The types of custom items.
#[derive(Debug)]
pub struct ItemTypes;

impl Vocabulary for ItemTypes {
    const WORDS: &'static [&'static str] = &[
        "FITNESS_CHART",
        "FITNESS_TABLE",
        "TRACE_CHART",
        "INPUT_FIELD",
        "ACTIVITY_FIELD",
        "INTERVAL_FIELD",
        "ACTIVITY_STREAM",
        "ACTIVITY_CHART",
        "ACTIVITY_HISTOGRAM",
        "ACTIVITY_HEATMAP",
        "ACTIVITY_MAP",
        "ACTIVITY_PANEL",
        "ZONES",
    ];
}

/// Who may see an item.
#[derive(Debug)]
pub struct Visibilities;

impl Vocabulary for Visibilities {
    const WORDS: &'static [&'static str] = &["PRIVATE", "FOLLOWERS", "PUBLIC"];
}

// A field, a chart or the like; its content only where one item is asked for.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(remote = "Self")]
pub struct Row {
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Whom it was taken over from.
    #[serde(skip_deserializing)]
    pub creator: Option<Creator>,
    #[serde(default, deserialize_with = "some_text")]
    pub name: Option<Text>,
    pub visibility: Option<String>,
    /// Under which days and activities hold a field's value.
    #[serde(skip_deserializing)]
    pub code: Option<String>,
    pub index: Option<Count>,
    pub usage_count: Option<Count>,
    #[serde(default, deserialize_with = "some_text")]
    pub description: Option<Text>,
    pub updated: Option<String>,
    #[serde(default, deserialize_with = "content")]
    pub content: Option<RawJson>,
    #[serde(skip_serializing)]
    from_athlete: Option<Value>,
    #[serde(skip_serializing)]
    from_id: Option<Value>,
}

completed!(Row);

impl Row {
    fn completed(self) -> Self {
        let from = self.from_athlete.as_ref().and_then(|from| from.get("id")?.as_str());
        let taken_over = self.from_athlete.is_some() || self.from_id.is_some();
        Self {
            creator: taken_over.then(|| Creator(from.map(str::to_owned))),
            code: self.field_code().map(|code| truncate(code, 60)),
            ..self
        }
    }

    /// The code of a field, uncut.
    pub fn field_code(&self) -> Option<&str> {
        self.content.as_ref()?.0.get("code")?.as_str()
    }
}

/// An object; its shape depends on the type of the item.
fn content<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<RawJson>, D::Error> {
    Ok(match Option::<Value>::deserialize(deserializer)? {
        Some(Value::Object(content)) => Some(RawJson::from(content)),
        _ => None,
    })
}
