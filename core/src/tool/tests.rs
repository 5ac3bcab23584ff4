//! Tests of cancellation and of exact answers. `extern crate self` lets core's unit tests declare tools.
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::{
    BoxFuture, Call, Host, JsonMap, Notes, Progress, Result, Settings,
    client::{Credential, Options, Service},
    host::Step,
    testing::{ToolRunner, find},
    tool,
    tool::Tier,
    units::Metres,
};

#[derive(Serialize, JsonSchema)]
struct Done {}

#[derive(Serialize, JsonSchema)]
struct Prescribed {
    distance_m: Metres,
}

/// As somebody else wants it.
#[tool(read, exact)]
async fn prescribed(notes: Notes) -> Result<Prescribed> {
    notes.add("left out");
    Ok(Prescribed { distance_m: Metres(5000.0) })
}

#[tokio::test]
async fn an_exact_answer_is_its_value_and_nothing_beside_it_in_text_too() {
    let answer = ToolRunner::at("http://127.0.0.1:1").imperial().run("prescribed", json!({})).await.unwrap();
    assert_eq!((answer.structured, answer.text.as_str()), (json!({"distance_m": 5000}), r#"{"distance_m":5000}"#));
    let schema = find("prescribed").unwrap().output_schema();
    assert_eq!(schema["properties"], json!({"distance_m": {"type": "number"}}));
    assert_eq!(
        find("prescribed").unwrap().input_schema(&Settings::default()),
        *json!({"type": "object"}).as_object().unwrap()
    );
}

struct CancelsAtFirstStep(CancellationToken);

impl Host for CancelsAtFirstStep {
    fn progress(&self, _: Step) -> BoxFuture<'_, ()> {
        self.0.cancel();
        Box::pin(async {})
    }
}

/// Never ends.
#[tool(read, tier = rare)]
async fn endless(progress: Progress) -> Result<Done> {
    progress.report(0, 1, "waiting").await;
    std::future::pending().await
}

#[test]
fn a_tool_is_common_unless_it_says_otherwise() {
    let tier = |name| find(name).unwrap().tier;
    assert_eq!((tier("prescribed"), tier("endless")), (Tier::Common, Tier::Rare));
    assert!(Tier::Core < Tier::Common && Tier::Common < Tier::Rare);
}

#[tokio::test]
async fn a_cancelled_call_ends_and_says_so() {
    let service = Service::new(Options::at("http://127.0.0.1:1")).unwrap();
    let mut call = Call::new(service.account(Credential::None, None), JsonMap::new());
    let token = call.cancellation.clone();
    call.host = Arc::new(CancelsAtFirstStep(token));
    let error = find("endless").unwrap().run(call).await.unwrap_err();
    assert_eq!(error.problem, "the call was cancelled");
}
