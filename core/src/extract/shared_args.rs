//! Arguments that several tools share.
use std::ops::Deref;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{Call, FromCall, JsonMap, Result, Settings, client::fields_of, schema};

/// Arguments that several tools share. All are optional, and come before the tool's arguments in the input schema.
pub struct SharedArgs<T>(pub T);

impl<T> Deref for SharedArgs<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + JsonSchema> FromCall for SharedArgs<T> {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let tool_args = std::mem::take(&mut call.arguments);
        let (shared, tool_args): (JsonMap, JsonMap) =
            tool_args.into_iter().partition(|(name, _)| fields_of::<T>().contains(&name.as_str()));
        call.arguments = shared;
        let value = call.args();
        call.arguments = tool_args;
        value.map(Self)
    }

    fn describe(_: &Settings, input: &mut JsonMap) {
        let mut shared = schema::input::<T>();
        let properties = input.entry("properties").or_insert_with(|| json!({}));
        if let (Value::Object(tool_args), Some(Value::Object(mut all))) = (properties, shared.remove("properties")) {
            all.append(tool_args);
            *tool_args = all;
        }
    }
}
