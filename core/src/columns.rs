//! Long series that are rendered as the columns of one table.
use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer, ser::SerializeMap};

pub(crate) const NAME: &str = "$Columns";

/// Series by name, with one value per row, null for a gap. JSON has an array per name; text has a line per row.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns<T>(pub Vec<(String, Vec<Option<T>>)>);

impl<T> Default for Columns<T> {
    fn default() -> Self {
        Self(vec![])
    }
}

impl<T: Serialize> Serialize for Columns<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NAME, &Named(&self.0))
    }
}

struct Named<'a, T>(&'a [(String, Vec<Option<T>>)]);

impl<T: Serialize> Serialize for Named<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, values) in self.0 {
            map.serialize_entry(name, values)?;
        }
        map.end()
    }
}

impl<T> JsonSchema for Columns<T> {
    fn schema_name() -> Cow<'static, str> {
        "Columns".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": ["number", "null"]}}
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        render::Document,
        units::{Seconds, Units, Watts},
    };

    #[derive(Serialize)]
    struct Answer {
        series: Columns<Value>,
        shown: u8,
    }

    #[derive(Serialize)]
    #[serde(untagged)]
    enum Value {
        Time(Seconds),
        Power(Watts),
        Text(&'static str),
    }

    #[test]
    fn series_are_arrays_on_the_wire_and_rows_in_text() {
        let series = Columns(vec![
            ("time_s".into(), vec![Some(Value::Time(Seconds(0.0))), Some(Value::Time(Seconds(61.0)))]),
            ("power_w".into(), vec![None, Some(Value::Power(Watts(200.4)))]),
            ("a, b".into(), vec![Some(Value::Text("x,\ny")), None]),
            ("none".into(), vec![]),
        ]);
        let answer = Answer { series, shown: 2 };
        let page = Document::of(&answer, Units::default()).unwrap();
        assert_eq!(page.text(), "series:\ntime,power W,a  b,none\n0:00:00,,x  y,\n0:01:01,200,,\nshown: 2\n");
        let json = r#"{"series":{"time_s":[0,61],"power_w":[null,200],"a, b":["x,\ny",null],"none":[]},"shown":2}"#;
        assert_eq!(page.into_json().to_string(), json);
        let empty = Answer { series: Columns::default(), shown: 0 };
        assert_eq!(Document::of(&empty, Units::default()).unwrap().text(), "shown: 0\n");
    }
}
