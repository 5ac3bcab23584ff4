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

/// Which fields a new record needs, and which it refuses.
///
/// Its arguments are those of an update with the required ones first. `#[schemars(extend("new" = {…}))]` on a field holds the words of
/// its schema that differ for a new record; null removes one.
pub trait Required: Default {
    /// The fields without which it cannot be new: their names as arguments, and whether each is given.
    fn required(&self) -> Vec<(&'static str, bool)>;

    /// The same of fields that only a stored record takes.
    fn not_new(&self) -> Vec<(&'static str, bool)> {
        vec![]
    }
}

/// The word of a field's schema for what is said otherwise of a new record.
const NEW: &str = "new";

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
        let mut schema = F::json_schema(generator);
        let all = properties(&mut schema).into_iter().flat_map(JsonMap::values_mut);
        for property in all.filter_map(Value::as_object_mut) {
            property.remove(NEW);
        }
        schema
    }
}

impl<'de, F: Deserialize<'de> + Required> Deserialize<'de> for New<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = F::deserialize(deserializer)?;
        if let Some((name, _)) = fields.not_new().into_iter().find(|(_, given)| *given) {
            return Err(D::Error::custom(format_args!("unknown field `{name}`")));
        }
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
        let names = |names: Vec<(&'static str, bool)>| names.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        let (required, not_new) = (names(F::default().required()), names(F::default().not_new()));
        if let Some(properties) = properties(&mut schema) {
            properties.retain(|name, _| !not_new.contains(&name.as_str()));
            for (place, name) in required.iter().enumerate() {
                let Some(mut property) = properties.shift_remove(*name) else { continue };
                let kind = property.get_mut("type").filter(|kind| kind.is_array());
                if let Some(kind) = kind {
                    *kind = kind.as_array().and_then(|kinds| kinds.first().cloned()).unwrap_or_default();
                }
                properties.shift_insert(place, (*name).into(), property);
            }
            for property in properties.values_mut().filter_map(Value::as_object_mut) {
                let Some(Value::Object(new)) = property.remove(NEW) else { continue };
                property.extend(new);
                property.retain(|_, value| !value.is_null());
            }
        }
        schema.insert("required".into(), json!(required));
        schema
    }
}

/// The properties of an object's schema.
fn properties(schema: &mut Schema) -> Option<&mut JsonMap> {
    schema.as_object_mut()?.get_mut("properties")?.as_object_mut()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Fields {
        #[serde(rename(serialize = "type"))]
        sport: Option<String>,
        /// New name.
        #[schemars(extend("new" = {"description": "Name."}))]
        name: Option<String>,
        /// Of a bike.
        #[schemars(extend("hidden" = true, "new" = {"hidden": null}))]
        weight: Option<f64>,
        #[serde(skip_serializing)]
        reset: Option<bool>,
    }

    impl Required for Fields {
        fn required(&self) -> Vec<(&'static str, bool)> {
            vec![("name", self.name.is_some())]
        }

        fn not_new(&self) -> Vec<(&'static str, bool)> {
            vec![("reset", self.reset.is_some())]
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
        assert_eq!(read(json!({"name": "A", "reset": true})).unwrap_err().to_string(), "unknown field `reset`");
    }

    #[test]
    fn the_schema_of_a_new_record_starts_with_what_is_required_and_has_its_own_words() {
        let of = |schema: Schema| schema.to_value();
        let (new, patch) = (of(schemars::schema_for!(New<Fields>)), of(schemars::schema_for!(Patch<Fields>)));
        let names = |schema: &Value| schema["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!((names(&new).join(" "), &new["required"]), ("name sport weight".into(), &json!(["name"])));
        assert_eq!(new["properties"]["name"], json!({"description": "Name.", "type": "string"}));
        assert_eq!(new["properties"]["weight"].get("hidden"), None);
        assert_eq!(names(&patch).join(" "), "sport name weight reset");
        assert_eq!(patch["properties"]["name"], json!({"description": "New name.", "type": ["string", "null"]}));
    }
}
