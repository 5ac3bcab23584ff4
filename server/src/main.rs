//! The binary `intervals-icu-mcp`.
use std::process::ExitCode;

fn main() -> ExitCode {
    intervals_icu_mcp::cli::main(env!("CARGO_BIN_NAME"), env!("CARGO_PKG_VERSION"))
}
