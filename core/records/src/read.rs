//! How a field is read where a record shows less than the service stores.
use intervals_client::Text;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

pub use intervals_client::lenient::list;

/// For a record with fields that follow from others: `completed` adds them whenever one is read. The record derives its serde code
/// with `#[serde(remote = "Self")]`.
#[macro_export]
#[doc(hidden)]
macro_rules! completed {
    ($($record:ident),* $(,)?) => {$(
        impl<'de> serde::Deserialize<'de> for $record {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer).map(Self::completed)
            }
        }

        impl serde::Serialize for $record {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Self::serialize(self, serializer)
            }
        }
    )*};
}

/// A flag that says something only when it is set.
pub fn only_true<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(Option::<bool>::deserialize(deserializer)?.filter(|flag| *flag))
}

/// A flag; null is one that is not set.
pub fn is_set<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A word, unless it says that nothing was chosen.
pub fn chosen<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let word = Option::<String>::deserialize(deserializer)?;
    Ok(word.filter(|word| !matches!(word.as_str(), "NONE" | "AUTO" | "NORMAL")))
}

/// A measure of which the service writes 0 where there is none, such as the distance of a session of strength.
pub fn positive<'de, D: Deserializer<'de>, T: DeserializeOwned + Copy + Into<f64>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(Option::<T>::deserialize(deserializer)?.filter(|value| (*value).into() > 0.0))
}

/// A text, unless it is empty.
pub fn some_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Text>, D::Error> {
    Ok(Option::<Text>::deserialize(deserializer)?.and_then(Text::non_empty))
}

/// The name of what stands in the record as an object of its own, such as the bike.
pub fn named<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Text>, D::Error> {
    #[derive(Deserialize)]
    struct Named {
        name: Option<Text>,
    }
    Ok(Option::<Named>::deserialize(deserializer)?.and_then(|named| named.name))
}
