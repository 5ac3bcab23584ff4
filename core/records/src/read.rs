//! Deserializers of fields that show less than the service stores.
use intervals_client::{Text, lenient};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

pub use lenient::list;

/// Implements serde for a record with fields that are derived from others: its method `completed` adds them after deserializing.
/// The record derives serde with `#[serde(remote = "Self")]`.
#[macro_export]
#[doc(hidden)]
macro_rules! completed {
    ($($record:ident),* $(,)?) => {$(
        impl<'de> serde::Deserialize<'de> for $record {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer).map(Self::completed)
            }
        }

        impl $record {
            // Compiles the decoder in this crate. Otherwise each crate that reads the record compiles its own.
            #[doc(hidden)]
            #[allow(missing_docs)]
            pub fn from_json(text: &str) -> serde_json::Result<Self> {
                serde_json::from_str(text)
            }
        }

        impl serde::Serialize for $record {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Self::serialize(self, serializer)
            }
        }
    )*};
}

/// Deserializes a flag; false becomes `None`.
pub fn only_true<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(Option::<bool>::deserialize(deserializer)?.filter(|flag| *flag))
}

/// Deserializes a flag; null becomes false.
pub fn is_set<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Deserializes a word; one for no choice (`NONE`, `AUTO`, `NORMAL`) becomes `None`.
pub fn chosen<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let word = Option::<String>::deserialize(deserializer)?;
    Ok(word.filter(|word| !matches!(word.as_str(), "NONE" | "AUTO" | "NORMAL")))
}

/// Deserializes a number; 0 becomes `None`. The service writes 0 for a missing one, such as the distance of strength training.
pub fn positive<'de, D: Deserializer<'de>, T: DeserializeOwned + Copy + Into<f64>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(Option::<T>::deserialize(deserializer)?.filter(|value| (*value).into() > 0.0))
}

/// Deserializes a text; an empty one becomes `None`.
pub fn some_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Text>, D::Error> {
    Ok(Option::<Text>::deserialize(deserializer)?.and_then(Text::non_empty))
}

/// A word, unless it is empty.
pub fn some_string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.filter(|word| !word.trim().is_empty()))
}

/// Tags: a list, one alone, or null for none.
pub fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Text>, D::Error> {
    Ok(lenient::words(deserializer)?.into_iter().map(Text::from).collect())
}

/// A local day, of which the service may write the time too, or "" for none.
pub fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?.filter(|text| !text.trim().is_empty());
    Ok(text.map(|text| text.get(..10).filter(|_| text.contains('T')).map(Into::into).unwrap_or(text)))
}

/// Deserializes the name of a nested object, such as the bike.
pub fn named<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Text>, D::Error> {
    #[derive(Deserialize)]
    struct Named {
        name: Option<Text>,
    }
    Ok(Option::<Named>::deserialize(deserializer)?.and_then(|named| named.name))
}
