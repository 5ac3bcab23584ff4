//! JSON objects and access to their fields.
use serde_json::{Map, Value};

/// A JSON object. It keeps the order of its fields.
pub type Object = Map<String, Value>;

/// The object in a value, or an empty one.
pub fn object(value: Value) -> Object {
    if let Value::Object(object) = value { object } else { Object::new() }
}

/// Sets the fields of `some` in `all`.
pub fn put(all: &mut Object, some: Value) {
    if let Value::Object(some) = some {
        all.extend(some);
    }
}

/// The text of a field.
pub fn text_at<'a>(record: &'a Object, key: &str) -> Option<&'a str> {
    record.get(key).and_then(Value::as_str)
}
