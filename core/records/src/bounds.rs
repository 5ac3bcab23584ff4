//! The upper bounds of zones.
use std::{borrow::Cow, fmt};

use intervals_client::lenient;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, SeqAccess, Visitor},
};
use serde_json::Value;

/// Whole numbers from `LEAST` to `MOST`, ascending; where it `OPENS`, the last may be 999, which is no bound.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Bounds<const LEAST: i64, const MOST: i64, const OPENS: bool = false>(pub Vec<i64>);

/// The service's bound of a zone that is open.
const OPEN: i64 = 999;

impl<'de, const LEAST: i64, const MOST: i64, const OPENS: bool> Deserialize<'de> for Bounds<LEAST, MOST, OPENS> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self::default())
    }
}

// One by one, so that an error names the place of the bound.
impl<'de, const LEAST: i64, const MOST: i64, const OPENS: bool> Visitor<'de> for Bounds<LEAST, MOST, OPENS> {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of upper bounds")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut bounds: A) -> Result<Self, A::Error> {
        while let Some(Bound(bound)) = bounds.next_element()? {
            let opens = OPENS && bound == OPEN;
            if !opens && !(LEAST..=MOST).contains(&bound) {
                let open = if OPENS { "; 999 in the last place leaves it open" } else { "" };
                let problem = format_args!("{bound} is out of range: it goes from {LEAST} to {MOST}{open}");
                return Err(A::Error::custom(problem));
            }
            if let Some(below) = self.0.last().filter(|below| **below >= bound) {
                let problem = format_args!("{bound} is not above {below}: give each zone's upper bound, ascending");
                return Err(A::Error::custom(problem));
            }
            self.0.push(bound);
        }
        if self.0.is_empty() { Err(A::Error::custom("it has no bounds")) } else { Ok(self) }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self, E> {
        let bounds = lenient::parts(text.into()).map_err(E::custom)?;
        Self::deserialize(Value::Array(bounds)).map_err(E::custom)
    }
}

struct Bound(i64);

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::whole(deserializer).map(Self)
    }
}

impl<const LEAST: i64, const MOST: i64, const OPENS: bool> JsonSchema for Bounds<LEAST, MOST, OPENS> {
    fn schema_name() -> Cow<'static, str> {
        "Bounds".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "array", "items": {"type": "number"}})
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{from_value, json};

    use super::*;

    #[rstest]
    #[case(json!([60, "80", 100.0]), Ok(vec![60, 80, 100]))]
    #[case(json!("[60, 80, 999]"), Ok(vec![60, 80, 999]))]
    #[case(json!([60, 999, 100]), Err("100 is not above 999: give each zone's upper bound, ascending"))]
    #[case(json!([60, 250]), Err("250 is out of range: it goes from 1 to 200; 999 in the last place leaves it open"))]
    #[case(json!([80, 60]), Err("60 is not above 80: give each zone's upper bound, ascending"))]
    #[case(json!([]), Err("it has no bounds"))]
    #[case(json!([60.5]), Err("expected a whole number, found 60.5"))]
    fn bounds_ascend_in_their_range(#[case] given: Value, #[case] expected: Result<Vec<i64>, &str>) {
        let read = from_value::<Bounds<1, 200, true>>(given).map(|bounds| bounds.0).map_err(|error| error.to_string());
        assert_eq!(read, expected.map_err(String::from));
    }
}
