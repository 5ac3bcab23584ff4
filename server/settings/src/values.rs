//! Lenient types of values: an environment variable is always text, and an API key of digits looks like a number.
use std::fmt;

use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, SeqAccess, Visitor},
};

/// A secret. `Debug` and `Serialize` print `***`.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Returns the secret; `None` if it is blank, as an unset variable of a client's template is.
    pub fn reveal(&self) -> Option<SecretString> {
        let text = self.0.expose_secret().trim();
        (!text.is_empty()).then(|| text.into())
    }
}

impl From<SecretString> for Secret {
    fn from(secret: SecretString) -> Self {
        Self(secret)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("***")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The error must not show the value.
        let text = deserializer.deserialize_any(Text).map_err(|_| D::Error::custom("a secret is a text in quotes"))?;
        Ok(Self(text.into()))
    }
}

/// A list of words. It is read from an array, or from one text with commas.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Words(pub Vec<String>);

impl Words {
    /// Creates a list of these words.
    pub fn of<const N: usize>(words: [&str; N]) -> Self {
        Self(words.map(Into::into).into())
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ArrayOrText;

        impl<'de> Visitor<'de> for ArrayOrText {
            type Value = Vec<String>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of words, or one text with commas")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Vec<String>, E> {
                Ok(text.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut words: A) -> Result<Vec<String>, A::Error> {
                let mut all = vec![];
                while let Some(word) = words.next_element::<Word>()? {
                    all.push(word.0);
                }
                Ok(all)
            }
        }

        deserializer.deserialize_any(ArrayOrText).map(Self)
    }
}

struct Word(String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Text).map(Self)
    }
}

/// Deserializes a text, or a number as its digits. A blank text is `None`.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    deserializer.deserialize_any(Text).map(|text| Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// Deserializes a text, or a number as its digits. A blank text stays, because the key keeps others out.
pub(crate) fn text_or_blank<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    deserializer.deserialize_any(Text).map(|text| Some(text.trim().to_owned()))
}

/// Deserializes a number of 0 or more, also from a text.
pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    let text = deserializer.deserialize_any(Text)?;
    let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0);
    number.map(Some).ok_or_else(|| D::Error::custom(format!("\"{text}\" is not a number of 0 or more")))
}

struct Text;

impl Visitor<'_> for Text {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.into())
    }
    fn visit_i64<E: Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }
    fn visit_u64<E: Error>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }
    fn visit_f64<E: Error>(self, number: f64) -> Result<String, E> {
        Ok(number.to_string())
    }
}
