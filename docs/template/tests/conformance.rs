//! The rules that every pack keeps, a test each.
use icu_core::testing::Bench;
use icu_demo::Demo;

use {{crate_name}} as _;

async fn bench() -> Bench {
    let demo = Demo::start().await.unwrap();
    Bench::at(&demo.url).keeping(demo)
}

icu_core::pack_conformance!(bench().await);
