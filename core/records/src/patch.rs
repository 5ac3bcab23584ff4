//! The fields of a record as the arguments of a tool.
use std::borrow::Cow;

use intervals_client::JsonMap;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use serde_json::{Value, json};

/// The schema keyword of a property for its changes among the arguments of an update:
/// `#[schemars(extend("update" = json!({"hidden": true})))]`.
const UPDATE: &str = "update";

/// The arguments of an update: any of a record's fields.
#[derive(Debug, Default)]
pub struct Patch<F>(pub F);

/// The arguments of a new record: its fields, of which some are required.
#[derive(Debug, Default)]
pub struct New<F>(pub F);

/// Fields of which a new record requires some.
pub trait Required: Default {
    /// The argument names of the required fields, and whether each is given.
    fn required(&self) -> Vec<(&'static str, bool)>;
}

/// The fields that are given, under the service's names.
pub fn given(fields: &impl Serialize) -> JsonMap {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(fields) else { return JsonMap::new() };
    fields.retain(|_, value| !value.is_null());
    fields
}

/// Like [`given`], for a new record, which has nothing to clear: a number of -1 is left out.
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
        of_update(F::json_schema(generator), true)
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
        let mut schema = of_update(F::json_schema(generator), false);
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

/// The schema for the arguments of an update or of a new record.
fn of_update(mut schema: Schema, is_update: bool) -> Schema {
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for property in properties.into_iter().flat_map(JsonMap::values_mut).filter_map(Value::as_object_mut) {
        if let Some(Value::Object(otherwise)) = property.remove(UPDATE)
            && is_update
        {
            property.extend(otherwise);
        }
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Fields {
        name: Option<String>,
        /// Such as Ride.
        #[serde(rename(serialize = "type"))]
        #[schemars(extend("update" = json!({"description": "Its type."})))]
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

    #[test]
    fn an_update_may_say_otherwise_what_a_field_is() {
        let sport = |schema: Schema| schema.to_value()["properties"]["sport"].clone();
        let (new, update) = (sport(schemars::schema_for!(New<Fields>)), sport(schemars::schema_for!(Patch<Fields>)));
        assert_eq!((&new["description"], new.get("update")), (&json!("Such as Ride."), None));
        assert_eq!((&update["description"], update.get("update")), (&json!("Its type."), None));
    }
}
