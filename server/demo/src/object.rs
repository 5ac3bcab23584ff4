//! JSON objects, as records are kept and told.
use serde_json::{Map, Value};

/// A JSON object in the order it is written.
pub type Object = Map<String, Value>;

/// The object in a value; an empty one when it is none.
pub fn object(value: Value) -> Object {
    if let Value::Object(object) = value { object } else { Object::new() }
}

/// Set the fields of a JSON object in another.
pub fn put(all: &mut Object, some: Value) {
    if let Value::Object(some) = some {
        all.extend(some);
    }
}

/// A text of a record.
pub fn text_at<'a>(record: &'a Object, key: &str) -> Option<&'a str> {
    record.get(key).and_then(Value::as_str)
}
