//! The fields of a record as the arguments of a tool.
use std::borrow::Cow;

use intervals_client::JsonMap;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use serde_json::{Value, json};

/// The arguments of an update: any of a record's fields.
#[derive(Debug, Default)]
pub struct Patch<F>(pub F);

/// The arguments of a new record: its fields, of which some are required.
#[derive(Debug, Default)]
pub struct New<F>(pub F);

/// Fields without which a record cannot be new.
pub trait Required: Default {
    /// Their names as arguments, and whether each is given.
    fn required(&self) -> Vec<(&'static str, bool)>;
}

/// The fields that are given, under the service's names.
pub fn given(fields: &impl Serialize) -> JsonMap {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(fields) else { return JsonMap::new() };
    fields.retain(|_, value| !value.is_null());
    fields
}

/// The same of a new record, in which there is nothing to clear: a number of -1 is none.
pub fn given_new(fields: &impl Serialize) -> JsonMap {
    let mut fields = given(fields);
    fields.retain(|_, value| value.as_f64() != Some(-1.0));
    fields
}

impl<F: Serialize> Patch<F> {
    /// The fields that are given, under the service's names.
    pub fn given(&self) -> JsonMap {
        given(&self.0)
    }
}

impl<F: Serialize> New<F> {
    /// The fields that are given, under the service's names.
    pub fn given(&self) -> JsonMap {
        given_new(&self.0)
    }
}

impl<'de, F: Deserialize<'de>> Deserialize<'de> for Patch<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        F::deserialize(deserializer).map(Self)
    }
}

impl<F: JsonSchema> JsonSchema for Patch<F> {
    fn schema_name() -> Cow<'static, str> {
        F::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        F::json_schema(generator)
    }
}

impl<'de, F: Deserialize<'de> + Required> Deserialize<'de> for New<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = F::deserialize(deserializer)?;
        match fields.required().into_iter().find(|(_, given)| !given) {
            Some((name, _)) => Err(D::Error::missing_field(name)),
            None => Ok(Self(fields)),
        }
    }
}

impl<F: JsonSchema + Required> JsonSchema for New<F> {
    fn schema_name() -> Cow<'static, str> {
        format!("New{}", F::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = F::json_schema(generator);
        let required: Vec<_> = F::default().required().into_iter().map(|(name, _)| name).collect();
        for name in &required {
            let kind = schema.pointer_mut(&format!("/properties/{name}/type"));
            if let Some(kind) = kind.filter(|kind| kind.is_array()) {
                *kind = kind.as_array().and_then(|kinds| kinds.first().cloned()).unwrap_or_default();
            }
        }
        schema.insert("required".into(), json!(required));
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Fields {
        name: Option<String>,
        #[serde(rename(serialize = "type"))]
        sport: Option<String>,
    }

    impl Required for Fields {
        fn required(&self) -> Vec<(&'static str, bool)> {
            vec![("name", self.name.is_some())]
        }
    }

    #[test]
    fn what_is_given_goes_out_under_the_services_names() {
        let Patch(fields) = serde_json::from_value::<Patch<Fields>>(json!({"sport": "Ride"})).unwrap();
        assert_eq!(Value::Object(given(&fields)), json!({"type": "Ride"}));
        assert!(serde_json::from_value::<Patch<Fields>>(json!({"type": "Ride"})).is_err());
    }

    #[test]
    fn a_new_record_needs_what_is_required() {
        let read = |given: Value| serde_json::from_value::<New<Fields>>(given).map(|new| Value::Object(new.given()));
        assert_eq!(read(json!({"name": "A"})).unwrap(), json!({"name": "A"}));
        assert_eq!(read(json!({"sport": "Ride"})).unwrap_err().to_string(), "missing field `name`");
        let schema = schemars::schema_for!(New<Fields>).to_value();
        assert_eq!((&schema["required"], &schema["properties"]["name"]["type"]), (&json!(["name"]), &json!("string")));
    }
}
