//! Tests of a tool's access to its host, and of the defaults of a host.
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::*;
use crate::{Call, JsonMap, Progress, Result, client::Options, testing::ToolRunner, tool};

#[derive(Serialize, JsonSchema)]
struct Done {
    replies: Vec<String>,
    ui: bool,
}

/// Asks twice.
#[tool(read)]
async fn asks(host: Arc<dyn Host>, progress: Progress) -> Result<Done> {
    let mut replies = vec![];
    for (n, message) in ["Delete the ride?", "Delete the run?"].into_iter().enumerate() {
        progress.report(n, 2, message).await;
        replies.push(format!("{:?}", host.ask(Question::new(message)).await));
    }
    Ok(Done { replies, ui: host.shows_ui() })
}

fn runner() -> ToolRunner {
    ToolRunner::at("http://127.0.0.1:1").imperial()
}

async fn answer_of(runner: &ToolRunner) -> Value {
    runner.run("asks", json!({})).await.unwrap().structured
}

#[tokio::test]
async fn a_host_cannot_do_what_it_does_not_say() {
    NoHost.progress(Step::new(1.0, None, "unheard")).await;
    assert_eq!(NoHost.ask(Question::new("Sure?")).await, Reply::CannotAsk);
    assert!(!NoHost.shows_ui());
}

#[tokio::test]
async fn a_call_has_no_host_unless_it_is_given_one() {
    let service = crate::client::Service::new(Options::at("http://127.0.0.1:1")).unwrap();
    let call = Call::new(service.account(crate::client::Credential::None, None), JsonMap::new());
    assert!((&*call.host as &dyn Any).is::<NoHost>());
}

#[tokio::test]
async fn steps_and_questions_arrive_at_the_host() {
    let runner = runner();
    assert_eq!(answer_of(&runner).await, json!({"replies": ["CannotAsk", "CannotAsk"], "ui": false}));
    let expected = [Step::new(0.0, Some(2.0), "Delete the ride?"), Step::new(1.0, Some(2.0), "Delete the run?")];
    assert_eq!(runner.steps(), expected);
    assert_eq!(runner.questions(), [Question::new("Delete the ride?"), Question::new("Delete the run?")]);
}

#[tokio::test]
async fn scripted_replies_arrive_in_their_order() {
    let runner = runner().replying([Reply::Yes, Reply::No]).showing_ui();
    assert_eq!(answer_of(&runner).await, json!({"replies": ["Yes", "No"], "ui": true}));
    assert_eq!(answer_of(&runner).await, json!({"replies": ["CannotAsk", "CannotAsk"], "ui": true}));
}
