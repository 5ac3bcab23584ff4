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
mod app;
pub mod cli;
#[cfg(feature = "demo")]
mod demo;
mod exit;
mod packs;
mod start;

pub use app::App;
pub use start::StartError;
