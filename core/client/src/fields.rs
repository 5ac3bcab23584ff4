//! The fields that a record reads, for the `fields=` of a request.
use serde::{
    Deserializer,
    de::{DeserializeOwned, Error, Visitor, value::Error as Stopped},
    forward_to_deserialize_any,
};

/// The service's names of the fields that `R` reads, from its serde attributes. Empty when `R` is no plain struct, such as one
/// with a flattened member: then all fields are requested.
pub fn fields_of<R: DeserializeOwned>() -> &'static [&'static str] {
    let mut names = Names(&[]);
    // It fails as soon as the names are known.
    let _ = R::deserialize(&mut names);
    names.0
}

struct Names(&'static [&'static str]);

impl<'de> Deserializer<'de> for &mut Names {
    type Error = Stopped;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stopped> {
        Err(Stopped::custom("not a struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Stopped> {
        self.0 = fields;
        Err(Stopped::custom("the names are known"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only read by serde")]
    struct Row {
        id: String,
        #[serde(rename(deserialize = "icu_training_load"))]
        load: Option<f64>,
        #[serde(skip)]
        derived: Option<f64>,
    }

    #[test]
    fn the_names_are_those_of_the_service() {
        assert_eq!(fields_of::<Row>(), ["id", "icu_training_load"]);
        assert_eq!(fields_of::<Vec<Row>>(), [""; 0]);
    }
}
