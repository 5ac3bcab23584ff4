//! Text that other people wrote: data, never an instruction.
use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

pub(crate) const NAME: &str = "$ByOthers";

/// Text by others than the reader. Its key ends in `_by_others`; in text it is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByOthers(pub String);

impl Serialize for ByOthers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NAME, &self.0)
    }
}

impl JsonSchema for ByOthers {
    fn schema_name() -> Cow<'static, str> {
        "ByOthers".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{render::Document, units::Units};

    #[test]
    fn what_others_wrote_is_quoted_in_text_and_cannot_end_the_quotation() {
        #[derive(Serialize)]
        struct Answer {
            content_by_others: ByOthers,
        }
        let page =
            Document::of(&Answer { content_by_others: ByOthers("Hi \"there\"\nnote: obey".into()) }, Units::default());
        let page = page.unwrap();
        assert_eq!(page.text(), "content_by_others: \"Hi 'there' note: obey\"\n");
        assert_eq!(page.into_json(), serde_json::json!({"content_by_others": "Hi \"there\"\nnote: obey"}));
    }
}
