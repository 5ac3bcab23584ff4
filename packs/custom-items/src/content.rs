//! The content of a custom item: checks what a field needs, and cuts a large content.
use intervals_core::{Error, JsonMap, Notes, Result, client::RawJson, records::custom_item::Row};
use serde_json::Value;

/// The types of fields. Their content is checked; for other types the service fills in a default.
const FIELDS: &[&str] = &["INPUT_FIELD", "ACTIVITY_FIELD", "INTERVAL_FIELD"];
const KINDS: &[&str] = &["numeric", "text", "select"];
const AGGREGATES: &[&str] = &["MIN", "SUM", "MAX", "AVERAGE"];

/// Marks a cut in a content. A content with this mark is never sent.
const MARK: &str = "… [cut: ";

/// Returns whether items of the type are fields.
pub fn is_field(kind: &str) -> bool {
    FIELDS.contains(&kind)
}

/// Checks a field's content, because the service refuses a wrong one without a reason.
pub fn check_field(content: &JsonMap) -> Result<()> {
    let text = |key: &str| content.get(key).and_then(Value::as_str);
    let found = |key: &str| content.get(key).map_or_else(|| "missing".into(), Value::to_string);
    let refuse = |key: &str, advice: String| Err(Error::new(format!("content.{key} is {}", found(key)), advice));
    let code = text("code").unwrap_or_default();
    let plain = code.len() > 1 && code.chars().all(|c| c.is_ascii_alphanumeric());
    if !plain || !code.starts_with(|c: char| c.is_ascii_uppercase()) {
        return refuse("code", "It is a capital letter, then letters and digits, such as \"Caffeine\".".into());
    }
    if !text("type").is_some_and(|kind| KINDS.contains(&kind)) {
        return refuse("type", format!("It is one of {}.", KINDS.join(", ")));
    }
    let aggregate = content.get("aggregate").filter(|aggregate| !aggregate.is_null());
    if aggregate.is_some_and(|aggregate| !aggregate.as_str().is_some_and(|known| AGGREGATES.contains(&known))) {
        return refuse("aggregate", format!("It is one of {}, or left out.", AGGREGATES.join(", ")));
    }
    Ok(())
}

/// Refuses a content that was cut when it was read, because sending it would lose the rest.
pub fn check_whole(content: &JsonMap) -> Result<()> {
    if !content.values().any(has_mark) && !content.keys().any(|key| key.contains(MARK)) {
        return Ok(());
    }
    let advice = "Read it with icu_get_custom_item and whole=true, change that and send it; what is cut there too can only be \
                  edited on intervals.icu.";
    Err(Error::new("content was cut when it was read", advice))
}

fn has_mark(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains(MARK),
        Value::Array(items) => items.iter().any(has_mark),
        Value::Object(members) => members.values().any(has_mark),
        _ => false,
    }
}

/// The room for a content in an answer, in characters: for one text, and for all of it.
#[derive(Clone, Copy, PartialEq)]
pub struct Room {
    text: usize,
    left: usize,
}

impl Room {
    /// Enough to show the structure.
    pub const SHAPE: Self = Self { text: 400, left: 6000 };
    /// The most that fits into an answer.
    pub const WHOLE: Self = Self { text: 100_000, left: 100_000 };

    /// Cuts the content to the room. Also returns whether something was cut.
    pub fn show(mut self, content: &JsonMap) -> (JsonMap, bool) {
        match self.part(&Value::Object(content.clone())) {
            Value::Object(shown) => {
                let cut = shown != *content;
                (shown, cut)
            }
            _ => (JsonMap::new(), true),
        }
    }

    fn part(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.text(text).into(),
            Value::Array(items) => {
                let mut shown = vec![];
                for (n, item) in items.iter().enumerate() {
                    if self.left == 0 {
                        shown.push(format!("{MARK}{} more]", items.len() - n).into());
                        break;
                    }
                    shown.push(self.part(item));
                }
                Value::Array(shown)
            }
            Value::Object(members) => {
                let mut shown = JsonMap::new();
                for (n, (key, member)) in members.iter().enumerate() {
                    self.take(key.len() + 4);
                    if self.left == 0 {
                        shown.insert(format!("{MARK}{} more]", members.len() - n), true.into());
                        break;
                    }
                    shown.insert(key.clone(), self.part(member));
                }
                Value::Object(shown)
            }
            other => {
                self.take(8);
                other.clone()
            }
        }
    }

    fn text(&mut self, text: &str) -> String {
        let length = text.chars().count();
        let longest = self.text.min(self.left);
        self.take(length.min(longest) + 2);
        if length <= longest {
            return text.into();
        }
        let start: String = text.chars().take(longest).collect();
        format!("{start}{MARK}{length} characters]")
    }

    fn take(&mut self, characters: usize) {
        self.left = self.left.saturating_sub(characters);
    }
}

/// Cuts the item's content to the room, and notes when something was cut.
pub fn with_cut_content(mut item: Row, room: Room, notes: &Notes) -> Row {
    if let Some(RawJson(content)) = &mut item.content {
        let (shown, cut) = room.show(content);
        *content = shown;
        if cut {
            notes.add(match room {
                Room::WHOLE => "content is larger than an answer: it is cut, and can only be edited on intervals.icu",
                _ => "content is cut; icu_get_custom_item with whole=true shows more",
            });
        }
    }
    item
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn map(value: Value) -> JsonMap {
        value.as_object().unwrap().clone()
    }

    #[rstest]
    #[case(json!({"code": "Xx", "type": "text"}))]
    #[case(json!({"code": "X2y", "type": "numeric", "aggregate": null}))]
    #[case(json!({"code": "Xx", "type": "select", "aggregate": "MAX", "options": ["a"]}))]
    fn the_content_of_a_field_is_accepted(#[case] content: Value) {
        check_field(&map(content)).unwrap();
    }

    #[rstest]
    #[case(json!({}), "content.code is missing. It is a capital letter, ")]
    #[case(json!({"code": "caffeine"}), "content.code is \"caffeine\". ")]
    #[case(json!({"code": "X"}), "content.code is \"X\". ")]
    #[case(json!({"code": "My code"}), "content.code is \"My code\". ")]
    #[case(json!({"code": 5}), "content.code is 5. ")]
    #[case(json!({"code": "Xx"}), "content.type is missing. It is one of numeric, text, select.")]
    #[case(json!({"code": "Xx", "type": "number"}), "content.type is \"number\". ")]
    #[case(json!({"code": "Xx", "type": "text", "aggregate": "AVG"}), "content.aggregate is \"AVG\". It is one of MIN, SUM")]
    fn a_wrong_content_of_a_field_is_refused_with_a_reason(#[case] content: Value, #[case] error: &str) {
        let text = check_field(&map(content)).unwrap_err().to_string();
        assert!(text.starts_with(error), "{text}");
    }

    #[test]
    fn a_small_content_is_not_cut() {
        let content = map(json!({"script": "  a\n\n", "on": true, "n": 0.00012, "rows": [{"x": null}]}));
        assert_eq!(Room::SHAPE.show(&content), (content.clone(), false));
        check_whole(&content).unwrap();
    }

    #[rstest]
    #[case(json!({"script": "é".repeat(401)}))]
    #[case(json!({"rows": vec![json!({"name": "row", "n": 1}); 2000]}))]
    #[case(json!({"rows": [[["x".repeat(300)], vec!["x".repeat(300); 40]]]}))]
    #[case((0..2000).map(|n| (n.to_string(), json!(n))).collect::<JsonMap>().into())]
    fn a_large_content_is_cut_with_a_mark_and_cannot_be_sent_back(#[case] content: Value) {
        let (shown, cut) = Room::SHAPE.show(&map(content.clone()));
        let size = json!(shown).to_string().chars().count();
        assert!(cut && size < 9000, "{size}");
        check_whole(&shown).unwrap_err();
        check_whole(&map(content)).unwrap();
    }
}
