//! The product as it is, with the fixture pack linked in.
use intervals_pack_conformance as _;

fn main() -> std::process::ExitCode {
    intervals_icu_mcp::cli::main(env!("CARGO_BIN_NAME"), env!("CARGO_PKG_VERSION"))
}
