//! Deserializes the values of a stream from any form of the service.
use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// The values of a stream.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Samples {
    /// The values in order. Nulls keep their place, and true is 1.
    pub values: Vec<Option<f64>>,
    /// Whether some values are lists (`hrv`), which become nulls.
    pub nested: bool,
}

impl<'de> Deserialize<'de> for Samples {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forms;

        impl<'de> Visitor<'de> for Forms {
            type Value = Samples;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of values")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Samples, A::Error> {
                let mut samples = Samples::default();
                while let Some(Sample(value, nested)) = list.next_element()? {
                    samples.values.push(value);
                    samples.nested |= nested;
                }
                Ok(samples)
            }
            fn visit_unit<E: Error>(self) -> Result<Samples, E> {
                Ok(Samples::default())
            }
        }

        deserializer.deserialize_any(Forms)
    }
}

/// A value, and whether it was a list.
struct Sample(Option<f64>, bool);

impl<'de> Deserialize<'de> for Sample {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forms;

        impl<'de> Visitor<'de> for Forms {
            type Value = Sample;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_i64<E: Error>(self, v: i64) -> Result<Sample, E> {
                Ok(Sample(Some(v as f64), false))
            }
            fn visit_u64<E: Error>(self, v: u64) -> Result<Sample, E> {
                Ok(Sample(Some(v as f64), false))
            }
            fn visit_f64<E: Error>(self, v: f64) -> Result<Sample, E> {
                Ok(Sample(Some(v).filter(|v| v.is_finite()), false))
            }
            fn visit_bool<E: Error>(self, v: bool) -> Result<Sample, E> {
                Ok(Sample(Some(f64::from(u8::from(v))), false))
            }
            fn visit_str<E: Error>(self, v: &str) -> Result<Sample, E> {
                Ok(Sample(v.trim().parse().ok().filter(|v: &f64| v.is_finite()), false))
            }
            fn visit_unit<E: Error>(self) -> Result<Sample, E> {
                Ok(Sample(None, false))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Sample, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Sample(None, true))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Sample, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Sample(None, true))
            }
        }

        deserializer.deserialize_any(Forms)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::ActivityStream, Samples};

    #[test]
    fn values_of_a_stream_keep_their_places_whatever_they_are() {
        let stream: ActivityStream = serde_json::from_value(json!({
            "type": "watts", "name": null, "data": [1, 2.5, null, true, "3", "x", [812, 790]], "data2": null,
            "anomalies": null, "custom": false, "allNull": false, "valueTypeIsArray": false
        }))
        .unwrap();
        assert_eq!(stream.data.values, [Some(1.0), Some(2.5), None, Some(1.0), Some(3.0), None, None]);
        assert!(stream.data.nested && stream.data2 == Samples::default() && stream.anomalies.is_empty());
    }
}
