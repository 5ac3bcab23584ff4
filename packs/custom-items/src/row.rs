//! A custom item as it is answered.
use intervals_core::{
    Notes,
    answer::RawJson,
    client::{Creator, CustomItem, Text},
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
    /// Whom it was taken over from.
    creator: Option<Creator>,
    name: Option<Text>,
    visibility: Option<String>,
    /// Under which days and activities hold a field's value.
    code: Option<String>,
    index: Option<Count>,
    usage_count: Option<Count>,
    description: Option<Text>,
    updated: Option<String>,
    content: Option<RawJson>,
}

impl Row {
    /// For a list: without the content.
    pub fn short(item: &CustomItem) -> Self {
        Self { updated: None, ..Self::of(item) }
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
        let from = item.from_athlete.as_ref().and_then(|from| from.get("id")?.as_str());
        let taken_over = given(&item.from_athlete) || given(&item.from_id);
        let code = item.content.as_ref().and_then(|content| content.get("code")?.as_str());
        Self {
            id: item.id,
            kind: item.kind.clone(),
            creator: taken_over.then(|| Creator(from.map(str::to_owned))),
            name: item.name.clone().and_then(Text::non_empty),
            visibility: item.visibility.clone(),
            code: code.map(|code| truncate(code, 60)),
            index: item.index,
            usage_count: item.usage_count,
            description: item.description.clone().and_then(Text::non_empty),
            updated: item.updated.clone(),
            content: None,
        }
    }
}
