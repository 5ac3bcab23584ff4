//! The server as a user meets it. One binary, a module per topic.
#![cfg(test)]
#![cfg_attr(
    not(feature = "demo"),
    allow(dead_code, unused_imports, reason = "a smaller build runs fewer of these tests")
)]
mod accounts;
mod attacks;
#[cfg(feature = "demo")]
mod authors;
mod budget;
mod cli;
mod contract;
#[cfg(feature = "demo")]
mod declared;
mod docs;
mod doctor;
mod documents;
mod dynamic;
mod find;
mod golden;
mod guides;
mod healthcheck;
mod http;
mod hub;
mod install;
mod isolation;
mod link;
mod metrics;
mod observe;
mod operations;
mod policy;
mod protocol;
#[cfg(feature = "demo")]
mod recorder;
#[cfg(feature = "demo")]
mod references;
mod reload;
mod replaces;
mod scaling;
mod serving;
mod setup;
#[cfg(feature = "demo")]
mod speeds;
mod sse;
#[cfg(feature = "demo")]
mod structure;
mod terminal;
mod view;
#[cfg(feature = "demo")]
mod walk;
mod world;

// Links the packs of this build.
use intervals_icu_mcp as _;
