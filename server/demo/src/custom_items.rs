//! Custom items: fields, charts and zones of the athlete's own.
mod start;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::{failure::Failure, object::Object, person::Person};

/// All 13 types of custom items. The first three are fields.
const TYPES: [&str; 13] = [
    "INPUT_FIELD",
    "ACTIVITY_FIELD",
    "INTERVAL_FIELD",
    "FITNESS_CHART",
    "FITNESS_TABLE",
    "TRACE_CHART",
    "ACTIVITY_STREAM",
    "ACTIVITY_CHART",
    "ACTIVITY_HISTOGRAM",
    "ACTIVITY_HEATMAP",
    "ACTIVITY_MAP",
    "ACTIVITY_PANEL",
    "ZONES",
];

/// The custom items of an athlete.
#[derive(Debug, Default)]
pub struct CustomItems {
    all: Vec<Object>,
    athlete: &'static str,
    today: Date,
    /// The last id that was assigned.
    pub last_id: i64,
}

impl CustomItems {
    /// The custom items of a new account. Empty unless `trained`.
    pub fn new(person: &Person, today: Date, trained: bool) -> Self {
        let last_id = if person.coach.is_none() { 4200 } else { 4300 };
        let mut items = Self { athlete: person.id, today, last_id, ..Self::default() };
        if trained {
            items.fill(person.coach.is_some());
        }
        items
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// All items with their content.
    pub fn json(&self) -> Value {
        json!(self.all)
    }

    /// The item with this id.
    ///
    /// # Errors
    /// 404 for an unknown id.
    pub fn one(&self, id: i64) -> Result<Value, Failure> {
        self.all.iter().find(|item| is(item, id)).map(|item| json!(item)).ok_or_else(Failure::not_found)
    }

    /// Creates an item. Items other than fields get a default content.
    ///
    /// # Errors
    /// 422 for a missing name, an unknown type or visibility, or invalid content.
    pub fn create(&mut self, body: &Object) -> Result<Value, Failure> {
        let kind = body.get("type").and_then(Value::as_str).ok_or_else(|| Failure::rejected("Type is required"))?;
        if body.get("name").and_then(Value::as_str).is_none_or(str::is_empty) {
            return Err(Failure::rejected("Name is required"));
        }
        let content = body.get("content").filter(|content| !content.is_null());
        match (is_field(kind), content) {
            (true, None) => return Err(bare()),
            (false, Some(content)) if content.get("script").is_none() => return Err(bare()),
            _ => {}
        }
        let mut item = self.blank(self.last_id + 1);
        write(&mut item, body)?;
        if content.is_none() {
            item.insert("content".to_owned(), json!({"script": "", "series": []}));
        }
        self.last_id += 1;
        let mut told = item.clone();
        told.insert("required_items_created".to_owned(), Value::Null);
        self.all.push(item);
        Ok(Value::Object(told))
    }

    /// Updates the fields in `body`. The content is replaced as a whole.
    ///
    /// # Errors
    /// 404 for an unknown id, 422 for an unknown type or visibility, or invalid content.
    pub fn update(&mut self, id: i64, body: &Object) -> Result<Value, Failure> {
        let item = self.all.iter_mut().find(|item| is(item, id)).ok_or_else(Failure::not_found)?;
        let mut changed = item.clone();
        write(&mut changed, body)?;
        *item = changed;
        Ok(json!(item))
    }

    /// Removes an item.
    ///
    /// # Errors
    /// 404 for an unknown id.
    pub fn remove(&mut self, id: i64) -> Result<(), Failure> {
        self.one(id)?;
        self.all.retain(|item| !is(item, id));
        Ok(())
    }

    /// An item with every field unset.
    fn blank(&self, id: i64) -> Object {
        let item = json!({
            "id": id, "athlete_id": self.athlete, "type": null, "visibility": "PRIVATE", "name": null,
            "description": null, "image": null, "content": null, "usage_count": 0, "index": self.all.len(),
            "hide_script": false, "hidden_by_id": null, "updated": format!("{}T00:30:00.000+00:00", self.today),
            "from_athlete": null, "from_id": null,
        });
        item.as_object().cloned().unwrap_or_default()
    }
}

fn is(item: &Object, id: i64) -> bool {
    item.get("id").and_then(Value::as_i64) == Some(id)
}

fn is_field(kind: &str) -> bool {
    TYPES.iter().take(3).any(|field| *field == kind)
}

/// The error for invalid content, for which the service gives no reason.
fn bare() -> Failure {
    Failure::rejected("Unprocessable Entity")
}

fn write(item: &mut Object, body: &Object) -> Result<(), Failure> {
    for (key, value) in body.iter().filter(|(_, value)| !value.is_null()) {
        let text = value.as_str().unwrap_or_default();
        let known = match key.as_str() {
            "name" | "description" => value.is_string(),
            "type" => TYPES.contains(&text),
            "visibility" => ["PRIVATE", "FOLLOWERS", "PUBLIC"].contains(&text),
            "content" => value.is_object(),
            "index" => value.is_i64(),
            _ => continue,
        };
        if !known {
            return Err(Failure::rejected(format!("JSON parse error: Cannot deserialize {key} from {value}")));
        }
        item.insert(key.clone(), value.clone());
    }
    let kind = item.get("type").and_then(Value::as_str).unwrap_or_default();
    let content = item.get("content").unwrap_or(&Value::Null);
    let touched = body.contains_key("content") || body.contains_key("type");
    if is_field(kind) && touched && !fits(content) { Err(bare()) } else { Ok(()) }
}

/// Whether the content is valid for a field.
fn fits(content: &Value) -> bool {
    let text = |key: &str| content.get(key).and_then(Value::as_str);
    let code = text("code").unwrap_or_default();
    let plain = code.len() > 1 && code.chars().all(|c| c.is_ascii_alphanumeric());
    plain
        && code.starts_with(|c: char| c.is_ascii_uppercase())
        && text("type").is_some_and(|kind| ["numeric", "text", "select"].contains(&kind))
        && text("aggregate").is_none_or(|aggregate| ["MIN", "SUM", "MAX", "AVERAGE"].contains(&aggregate))
}
