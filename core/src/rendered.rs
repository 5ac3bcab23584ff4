//! A value that is text inside an answer: the lines of an answer of its own.
use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

pub(crate) const NAME: &str = "$Rendered";

/// A value whose JSON is its text, in the reader's units.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered<T>(pub T);

impl<T: Serialize> Serialize for Rendered<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NAME, &self.0)
    }
}

impl<T> JsonSchema for Rendered<T> {
    fn schema_name() -> Cow<'static, str> {
        "Rendered".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        render::Document,
        units::{Metres, System},
    };

    #[test]
    fn a_record_is_the_lines_that_it_would_be_by_itself() {
        #[derive(Serialize)]
        struct Ride {
            name: &'static str,
            distance_m: Metres,
        }
        #[derive(Serialize)]
        struct Answer {
            text: Rendered<Ride>,
        }
        let ride = Ride { name: "Lake", distance_m: Metres(16_093.44) };
        let page = Document::of(&Answer { text: Rendered(ride) }, System::Imperial.into()).unwrap();
        assert_eq!(page.into_json(), serde_json::json!({"text": "name: Lake\ndistance: 10.0 mi\n"}));
    }
}
