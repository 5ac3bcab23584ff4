//! A custom item as it is answered.
use intervals_core::{
    Notes,
    answer::{ByOthers, RawJson},
    client::CustomItem,
    text::truncate,
    units::Count,
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::content::Room;

// A field, a chart or the like; its content only where one item is asked for.
#[derive(Serialize, JsonSchema)]
pub struct Row {
    id: i64,
    #[serde(rename = "type")]
    kind: Option<String>,
    name: Option<String>,
    /// Taken over from another athlete.
    name_by_others: Option<ByOthers>,
    visibility: Option<String>,
    /// Under which days and activities hold a field's value.
    code: Option<String>,
    index: Option<Count>,
    usage_count: Option<Count>,
    description: Option<String>,
    description_by_others: Option<ByOthers>,
    updated: Option<String>,
    content: Option<RawJson>,
}

impl Row {
    /// For a list: without the content.
    pub fn short(item: &CustomItem) -> Self {
        let whole = Self::of(item);
        let words = |text: String| truncate(&text, 200);
        Self {
            name: whole.name.map(words),
            name_by_others: whole.name_by_others.map(|text| ByOthers(words(text.0))),
            description: whole.description.map(words),
            description_by_others: whole.description_by_others.map(|text| ByOthers(words(text.0))),
            updated: None,
            ..whole
        }
    }

    /// With as much of the content as there is room for; says so when that is not all.
    pub fn with_content(item: &CustomItem, room: Room, notes: &Notes) -> Self {
        let content = item.content.as_ref().and_then(Value::as_object).map(|content| room.show(content));
        if content.as_ref().is_some_and(|(_, cut)| *cut) {
            notes.add(match room {
                Room::WHOLE => "content is larger than an answer: it is cut, and can only be edited on intervals.icu",
                _ => "content is cut; icu_get_custom_item with whole=true shows more",
            });
        }
        Self { content: content.map(|(content, _)| RawJson(content)), ..Self::of(item) }
    }

    fn of(item: &CustomItem) -> Self {
        let given = |value: &Option<Value>| value.as_ref().is_some_and(|value| !value.is_null());
        let by_others = given(&item.from_athlete) || given(&item.from_id);
        let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let (name, description) = (filled(&item.name), filled(&item.description));
        let code = item.content.as_ref().and_then(|content| content.get("code")?.as_str());
        Self {
            id: item.id,
            kind: item.kind.clone(),
            name: name.clone().filter(|_| !by_others),
            name_by_others: name.filter(|_| by_others).map(ByOthers),
            visibility: item.visibility.clone(),
            code: code.map(|code| truncate(code, 60)),
            index: item.index,
            usage_count: item.usage_count,
            description: description.clone().filter(|_| !by_others),
            description_by_others: description.filter(|_| by_others).map(ByOthers),
            updated: item.updated.clone(),
            content: None,
        }
    }
}
