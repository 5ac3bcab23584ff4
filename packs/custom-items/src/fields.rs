//! The words that the service takes for a type and for who may see an item.
use intervals_core::{Error, JsonMap, Result, client::CUSTOM_ITEM_TYPES};
use serde_json::Value;

const VISIBILITIES: &[&str] = &["PRIVATE", "FOLLOWERS", "PUBLIC"];

/// What may be said of an item.
pub struct Fields {
    pub name: Option<String>,
    pub item_type: Option<String>,
    pub description: Option<String>,
    pub content: Option<JsonMap>,
    pub visibility: Option<String>,
}

impl Fields {
    /// The service's own fields.
    pub fn write(self) -> Result<JsonMap> {
        if self.name.as_deref().is_some_and(|name| name.trim().is_empty()) {
            return Err(Error::new("name is empty", "Give the name that the athlete reads."));
        }
        let kind = self.item_type.as_deref().map(item_type).transpose()?;
        let visibility = self.visibility.as_deref().map(|word| one_of("visibility", word, VISIBILITIES)).transpose()?;
        let fields = [
            ("name", self.name.map(Value::from)),
            ("type", kind.map(Value::from)),
            ("description", self.description.map(Value::from)),
            ("content", self.content.map(Value::from)),
            ("visibility", visibility.map(Value::from)),
        ];
        Ok(fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
    }
}

/// The type as the service writes it.
pub fn item_type(wanted: &str) -> Result<&'static str> {
    one_of("item_type", wanted, CUSTOM_ITEM_TYPES)
}

fn one_of(argument: &str, wanted: &str, known: &[&'static str]) -> Result<&'static str> {
    let plain = wanted.trim().replace([' ', '-'], "_").to_uppercase();
    known
        .iter()
        .copied()
        .find(|word| *word == plain)
        .ok_or_else(|| Error::new(format!("{argument} is \"{wanted}\""), format!("It is one of {}.", known.join(", "))))
}
