//! The demo athlete as the service that tools run against, and its ids, such as [`RIDE`].
use super::ToolRunner;

pub use intervals_demo::*;

/// A fresh demo athlete, which lives as long as the runner.
pub async fn demo() -> ToolRunner {
    demo_with(Options::default()).await
}

/// A demo athlete with other data: `Options { years: 0, ..Options::default() }` is an empty account.
///
/// Panics when no loopback port can be opened.
#[allow(clippy::expect_used, reason = "for tests only")]
pub async fn demo_with(options: Options) -> ToolRunner {
    let demo = Demo::start_with(options).await.expect("a loopback port");
    ToolRunner::at(&demo.url.clone()).keeping(demo)
}

/// Requests that reached the demo. Each method panics when the runner is not from [`demo`] or [`demo_with`].
impl ToolRunner {
    /// All requests, oldest first.
    pub fn requests(&self) -> Vec<Recorded> {
        self.service::<Demo>().requests()
    }

    /// Requests that are not reads, as `METHOD /path`.
    pub fn writes(&self) -> Vec<String> {
        self.service::<Demo>().writes()
    }
}
