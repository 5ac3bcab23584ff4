//! An MCP server for an Intervals.icu account, with every linked pack.
//!
//! A binary with its own packs names their crates and calls [`cli::main`]. The features of this crate select which of its packs are
//! linked too:
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
