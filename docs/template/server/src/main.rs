//! A binary with the packs of intervals-icu-mcp and this one: naming a crate links its pack.
use {{crate_name}} as _;

fn main() -> std::process::ExitCode {
    intervals_icu_mcp::cli::main(env!("CARGO_BIN_NAME"), env!("CARGO_PKG_VERSION"))
}
