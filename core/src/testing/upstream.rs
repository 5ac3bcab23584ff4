//! A mock server in place of Intervals.icu, for responses that the demo does not give.
use std::future::IntoFuture;

use futures::{FutureExt, future::BoxFuture};
use serde::Serialize;
use wiremock::{Match, Mock, MockServer, Request, ResponseTemplate, matchers::any};

use super::ToolRunner;

/// The responses of a mock server. Awaiting it starts the server and returns a [`ToolRunner`], which keeps it alive.
///
/// ```text
/// let service = upstream("athlete/0", json!({"id": "i1"})).and("activity/i9", json!({"id": "i9"})).await;
/// ```
#[derive(Default)]
#[must_use = "the server starts when this is awaited"]
pub struct Upstream(Vec<Mock>);

/// A server that answers paths that end with `path` with JSON.
pub fn upstream(path: &str, body: impl Serialize) -> Upstream {
    Upstream::default().and(path, body)
}

/// A server that answers everything with the same JSON.
pub fn upstream_any(body: impl Serialize) -> Upstream {
    Upstream::default().and_any(body)
}

/// A server that answers matching requests, such as those of a method.
pub fn upstream_when(matcher: impl Match + 'static, response: ResponseTemplate) -> Upstream {
    Upstream::default().when(matcher, response)
}

/// A response with status 200 and JSON.
pub fn reply(body: impl Serialize) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// A server with these mocks. The first one that matches a request answers it.
pub async fn mock_server(mocks: impl IntoIterator<Item = Mock>) -> MockServer {
    let server = MockServer::start().await;
    for mock in mocks {
        server.register(mock).await;
    }
    server
}

impl Upstream {
    /// Also answers paths that end with `path`.
    pub fn and(self, path: &str, body: impl Serialize) -> Self {
        self.when(ends(path), reply(body))
    }

    /// Answers all other requests with the same JSON.
    pub fn and_any(self, body: impl Serialize) -> Self {
        self.when(any(), reply(body))
    }

    /// Answers matching requests.
    pub fn when(self, matcher: impl Match + 'static, response: ResponseTemplate) -> Self {
        self.mock(Mock::given(matcher).respond_with(response))
    }

    /// Adds a wiremock mock, such as one that counts its requests.
    pub fn mock(mut self, mock: Mock) -> Self {
        self.0.push(mock);
        self
    }
}

impl IntoFuture for Upstream {
    type Output = ToolRunner;
    type IntoFuture = BoxFuture<'static, ToolRunner>;

    fn into_future(self) -> Self::IntoFuture {
        async {
            let server = mock_server(self.0).await;
            ToolRunner::at(&server.uri()).keeping(server)
        }
        .boxed()
    }
}

/// Matches a path that ends with these segments.
pub fn ends(path: &str) -> impl Match + 'static {
    let end = format!("/{}", path.trim_start_matches('/'));
    move |request: &Request| request.url.path().ends_with(&end)
}

impl ToolRunner {
    /// The requests that reached the mock server, oldest first.
    ///
    /// Panics when the runner is not from [`upstream`].
    pub async fn received(&self) -> Vec<Request> {
        self.service::<MockServer>().received_requests().await.unwrap_or_default()
    }
}
