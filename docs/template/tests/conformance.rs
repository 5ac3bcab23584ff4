//! The rules that every pack keeps, a test each.
use intervals_core::testing::ToolRunner;
use intervals_demo::Demo;

use {{crate_name}} as _;

async fn bench() -> ToolRunner {
    let demo = Demo::start().await.unwrap();
    ToolRunner::at(&demo.url).keeping(demo)
}

intervals_core::pack_conformance!(bench().await);
