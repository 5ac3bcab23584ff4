//! JSON that stays JSON in text, so that a reader can change it and send it back.
use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::JsonMap;

pub(crate) const NAME: &str = "$RawJson";

/// A JSON object that people wrote; text shows it as JSON, not as lines and tables. Its key ends in `_by_others` if others wrote
/// it.
#[derive(Debug, Clone, PartialEq)]
pub struct RawJson(pub JsonMap);

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NAME, &self.0)
    }
}

impl JsonSchema for RawJson {
    fn schema_name() -> Cow<'static, str> {
        "RawJson".into()
    }
    // The format marks what people write. It does not reach the wire.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object", "format": "text"})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{render::Document, units::Units};

    #[test]
    fn json_stays_json_in_text() {
        #[derive(Serialize)]
        struct Answer {
            content: RawJson,
        }
        let json = json!({"on": true, "share": 0.00012, "script": "a\nb", "rows": [{"n": 1}, {"n": 2}]});
        let page = Document::of(&Answer { content: RawJson(json.as_object().unwrap().clone()) }, Units::default());
        let page = page.unwrap();
        assert_eq!(page.text(), format!("content: {json}\n"));
        assert_eq!(page.into_json(), json!({"content": json}));
    }
}
