//! A record with the fields that an athlete defined beside the service's.
use std::{fmt, marker::PhantomData, ops::Deref};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::Value;

use crate::JsonMap;

/// A record with the athlete's custom fields beside the service's.
#[derive(Debug, Clone, Default)]
pub struct Extended<T> {
    /// The service's fields.
    pub known: T,
    /// The athlete's custom fields by code, without nulls.
    pub custom: JsonMap,
}

impl<T> Deref for Extended<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.known
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Extended<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields(PhantomData))
    }
}

struct Fields<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
    type Value = Extended<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Extended<T>, A::Error> {
        let mut custom = JsonMap::new();
        let known = T::deserialize(MapAccessDeserializer::new(Sift { map, custom: &mut custom }))?;
        Ok(Extended { known, custom })
    }
}

/// Passes on the service's fields, and collects the custom ones.
struct Sift<'a, A> {
    map: A,
    custom: &'a mut JsonMap,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Sift<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        // The code of a custom field starts with a capital letter; the service's names do not.
        let mut seed = Some(seed);
        loop {
            match self.map.next_key_seed(Key(&mut seed))? {
                None => return Ok(None),
                Some(Sifted::Known(key)) => return Ok(Some(key)),
                Some(Sifted::Own(key)) => {
                    let value: Value = self.map.next_value()?;
                    if !value.is_null() {
                        self.custom.insert(key, value);
                    }
                }
            }
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// Deserializes a key, of a field of the service or of a custom field.
struct Key<'a, K>(&'a mut Option<K>);

enum Sifted<V> {
    Known(V),
    Own(String),
}

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for Key<'_, K> {
    type Value = Sifted<K::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de, K: DeserializeSeed<'de>> Visitor<'de> for Key<'_, K> {
    type Value = Sifted<K::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        let own = key.starts_with(|c: char| c.is_ascii_uppercase());
        let seed = if own { None } else { self.0.take() };
        match seed {
            Some(seed) => seed.deserialize(key.into_deserializer()).map(Sifted::Known),
            None => Ok(Sifted::Own(key.into())),
        }
    }
}
