//! Tool definitions, gathered by the linker, and how to run them.
use std::borrow::Cow;

use futures::future::BoxFuture;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Call, Effect, Error, JsonMap, Result, Settings, answer::Answer, arguments, schema, static_or_shared::StaticOrShared,
};

/// Every tool of every linked pack, in no particular order.
#[linkme::distributed_slice]
pub static TOOLS: [ToolDef];

/// The finality of a deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delete {
    /// It cannot be undone: hidden unless `delete_mode = full`.
    Forever,
    /// The tool itself skips what would be missed.
    Guarded,
}

/// How often a tool is wanted: where a model's context has no room for all, the lower ones are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// By nearly everybody, every day.
    Core,
    /// Now and then.
    #[default]
    Common,
    /// By few, or once in a while.
    Rare,
}

/// The definition of a tool, which `#[tool]` writes. Everything else is derived from it.
#[derive(Clone)]
pub struct ToolDef {
    /// The crate it was written in; the pack of that crate owns it.
    pub krate: &'static str,
    /// Its name, unique over all packs.
    pub name: Cow<'static, str>,
    /// A title for people.
    pub title: Option<Cow<'static, str>>,
    /// The description that a model picks it by.
    pub description: Cow<'static, str>,
    /// The most that it may do upstream.
    pub effect: Effect,
    /// The finality of its deletion, if it deletes.
    pub delete: Option<Delete>,
    /// Whether a second call with the same arguments changes nothing more.
    pub idempotent: bool,
    /// How often it is wanted.
    pub tier: Tier,
    #[doc(hidden)]
    pub input: StaticOrShared<dyn Fn(&Settings) -> JsonMap + Send + Sync>,
    #[doc(hidden)]
    pub output: StaticOrShared<dyn Fn() -> JsonMap + Send + Sync>,
    #[doc(hidden)]
    pub body: StaticOrShared<dyn Fn(Call) -> BoxFuture<'static, Result<Answer>> + Send + Sync>,
}

impl ToolDef {
    /// Runs the tool, with the call's client limited to the tool's effect.
    ///
    /// The deadline of the settings covers the whole call: rate limiting, retries and the tool's own work.
    pub async fn run(&self, mut call: Call) -> Result<Answer> {
        call.tool = self.name.clone();
        call.limit(self.effect);
        let extras = call.extras.clone();
        call.client = call.client.for_one_call().reporting_to(move |lost| extras.note(lost));
        arguments::fit(&mut call.arguments, &(self.input)(&call.settings));
        let (deadline, cancelled) = (call.settings.deadline, call.cancellation.clone());
        let client = call.client.clone();
        let outcome = cancelled.run_until_cancelled(tokio::time::timeout(deadline, (self.body)(call))).await;
        let outcome = match outcome {
            None => Err(Error::cancelled()),
            Some(Err(_)) => Err(Error::too_late(deadline)),
            Some(Ok(outcome)) => outcome,
        };
        match outcome {
            // An error would invite a repeat, which would write twice.
            Err(error) if error.is_after_the_fact(client.writes()) => Ok(Answer::accepted(&error)),
            Err(error) if self.effect > Effect::Read => Err(error.of_write()),
            outcome => outcome,
        }
    }

    /// The input schema as sent to clients.
    pub fn input_schema(&self, settings: &Settings) -> JsonMap {
        schema::slim((self.input)(settings))
    }

    /// The output schema as sent to clients.
    pub fn output_schema(&self) -> JsonMap {
        (self.output)()
    }

    /// Arguments from the examples of the schema, for tests and docs.
    pub fn example(&self, settings: &Settings) -> JsonMap {
        schema::example(&(self.input)(settings))
    }
}

#[cfg(test)]
mod tests;
