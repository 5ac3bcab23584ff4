//! Arguments that several tools have in common.
use std::ops::Deref;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{Call, FromCall, JsonMap, Result, Settings, client::fields_of, schema};

/// Arguments of a type of their own beside those of the tool, before which they stand in the input schema. All of them are optional.
pub struct SharedArgs<T>(pub T);

impl<T> Deref for SharedArgs<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + JsonSchema> FromCall for SharedArgs<T> {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let of_tool = std::mem::take(&mut call.arguments);
        let (shared, of_tool): (JsonMap, JsonMap) =
            of_tool.into_iter().partition(|(name, _)| fields_of::<T>().contains(&name.as_str()));
        call.arguments = shared;
        let value = call.args();
        call.arguments = of_tool;
        value.map(Self)
    }

    fn describe(_: &Settings, input: &mut JsonMap) {
        let mut shared = schema::input::<T>();
        let properties = input.entry("properties").or_insert_with(|| json!({}));
        if let (Value::Object(of_tool), Some(Value::Object(mut all))) = (properties, shared.remove("properties")) {
            all.append(of_tool);
            *of_tool = all;
        }
    }
}
