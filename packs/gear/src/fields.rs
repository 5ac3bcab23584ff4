//! What a caller says of gear becomes what the service stores.
use intervals_core::{Day, Error, JsonMap, Notes, Result, Today};
use serde_json::Value;

use crate::types;

/// What may be said of gear, new or old.
#[derive(Default)]
pub struct Fields {
    pub name: Option<String>,
    pub gear_type: Option<String>,
    pub active: Option<bool>,
    pub notes: Option<String>,
    pub purchased: Option<Day>,
}

impl Fields {
    /// The service's own fields. `active` is a day there: since when gear is out of use, and "" brings it back.
    pub fn write(self, today: &Today) -> Result<JsonMap> {
        if self.name.as_deref().is_some_and(|name| name.trim().is_empty()) {
            return Err(Error::new("name is empty", "Give a name, such as \"Road bike\"."));
        }
        let kind = self.gear_type.as_deref().map(types::checked).transpose()?;
        let retired = self.active.map(|active| if active { String::new() } else { today.date().to_string() });
        let fields = [
            ("name", self.name.map(Value::from)),
            ("type", kind.map(Value::from)),
            ("retired", retired.map(Value::from)),
            ("notes", self.notes.map(Value::from)),
            ("purchased", self.purchased.map(|day| day.to_string().into())),
        ];
        Ok(fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
    }
}

/// Says of arguments that the old server took that there is no place for them.
pub fn explain_unstored(arguments: &[(&str, bool)], notes: &Notes) {
    let given: Vec<_> = arguments.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect();
    if !given.is_empty() {
        notes.add(format!("not stored: {}; Intervals.icu has no such fields. Use name or notes.", given.join(", ")));
    }
}
