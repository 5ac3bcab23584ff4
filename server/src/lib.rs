//! An Intervals.icu account for MCP clients: every linked pack behind one server.
#[cfg(feature = "http")]
mod accounts;
#[cfg(feature = "http")]
pub mod auth;
pub mod caller;
pub mod catalog;
pub mod cli;
pub mod config;
#[cfg(feature = "demo")]
mod demo;
pub mod find;
pub mod hub;
pub mod log;
mod meta;
pub mod metrics;
mod names;
mod observe;
mod packs;
pub mod tokens;
pub mod trace;
pub mod transport;
pub mod view;
pub mod wire;
