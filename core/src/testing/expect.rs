//! Expectations of a call, in one line. Each panics with the call when it fails.
#![allow(clippy::panic, reason = "for tests only")]
use serde_json::Value;

use super::ToolRunner;
use crate::{Error, answer::Answer};

impl ToolRunner {
    /// Expects a call to succeed, and returns its answer.
    pub async fn answer(&self, tool: &str, arguments: Value) -> Answer {
        let call = format!("{tool} {arguments}");
        self.run(tool, arguments).await.unwrap_or_else(|error| panic!("{call} fails: {error}"))
    }

    /// Expects a call to succeed, and returns its structured answer.
    pub async fn structured(&self, tool: &str, arguments: Value) -> Value {
        self.answer(tool, arguments).await.structured
    }

    /// Expects a call to fail, and returns its error.
    pub async fn error(&self, tool: &str, arguments: Value) -> Error {
        let call = format!("{tool} {arguments}");
        match self.run(tool, arguments).await {
            Ok(answer) => panic!("{call} succeeds: {}", answer.text),
            Err(error) => error,
        }
    }

    /// The structured answers of all pages of a list. Each call merges the `next` of the page before over the arguments.
    pub async fn pages(&self, tool: &str, mut arguments: Value) -> Vec<Value> {
        const MOST: usize = 100;
        let mut pages: Vec<Value> = vec![];
        while pages.len() < MOST {
            let page = self.structured(tool, arguments.clone()).await;
            let next = page.get("next").and_then(Value::as_object).cloned();
            pages.push(page);
            match (next, arguments.as_object_mut()) {
                (Some(next), Some(arguments)) => arguments.extend(next),
                _ => return pages,
            }
        }
        panic!("{tool} {arguments} has no end after {MOST} pages")
    }

    /// Expects a call to succeed, and its text to contain each of these parts.
    pub async fn answers(&self, tool: &str, arguments: Value, expected: &[&str]) {
        let call = format!("{tool} {arguments}");
        let text = self.answer(tool, arguments).await.text;
        for part in expected {
            assert!(text.contains(part), "{call} answers without {part:?}: {text}");
        }
    }

    /// Expects a call to fail, and the error that a model reads to start with `start`.
    pub async fn refuses(&self, tool: &str, arguments: Value, start: &str) {
        let call = format!("{tool} {arguments}");
        let error = self.error(tool, arguments).await.to_string();
        assert!(error.starts_with(start), "{call} fails with {error:?}, not {start:?}");
    }
}
