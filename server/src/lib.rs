//! An Intervals.icu account for MCP clients: every linked pack behind one server.
//!
//! A binary with packs of its own names their crates and hands over; features of this crate pick which of its packs are in it too:
//!
//! ```text
//! use intervals_pack_weather as _;
//!
//! fn main() -> std::process::ExitCode {
//!     intervals_icu_mcp::cli::main(env!("CARGO_BIN_NAME"), env!("CARGO_PKG_VERSION"))
//! }
//! ```
#[cfg(feature = "http")]
mod accounts;
#[cfg(feature = "http")]
pub mod auth;
pub mod budget;
pub mod caller;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod credentials;
pub mod declared;
#[cfg(feature = "demo")]
mod demo;
pub mod find;
#[cfg(feature = "http")]
mod hex;
pub mod hub;
pub mod log;
mod meta;
pub mod metrics;
mod names;
mod observe;
mod packs;
pub mod profiles;
mod replace;
mod stamp;
pub mod trace;
pub mod transport;
pub mod view;
pub mod wire;

pub use intervals_core::tokens;
