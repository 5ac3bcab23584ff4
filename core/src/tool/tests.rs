//! A call ends when its caller gives up. A tool may stand in core's own unit tests: `extern crate self` names it `icu_core`.
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    Call, JsonMap, Progress, Result,
    client::{Credential, Options, Service},
    testing::find,
    tool,
};

#[derive(Serialize, JsonSchema)]
struct Done {}

/// Never ends.
#[tool(read)]
async fn endless(progress: Progress) -> Result<Done> {
    progress.report(0, 1, "waiting").await;
    std::future::pending().await
}

#[tokio::test]
async fn a_cancelled_call_ends_and_says_so() {
    let service = Service::new(Options::at("http://127.0.0.1:1")).unwrap();
    let mut call = Call::new(service.account(Credential::None, None), JsonMap::new());
    let token = call.cancellation.clone();
    call.progress = Some(Arc::new(move |_| {
        token.cancel();
        Box::pin(async {})
    }));
    let error = find("endless").unwrap().run(call).await.unwrap_err();
    assert_eq!(error.problem, "the call was cancelled");
}
