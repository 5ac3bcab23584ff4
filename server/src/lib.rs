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
pub mod hub;
mod names;
mod packs;
pub mod tokens;
pub mod transport;
pub mod view;
pub mod wire;
