//! The product as it is, with the fixture pack linked in.
use clap::Parser;
use icu_pack_conformance as _;
use intervals_icu_mcp::cli::{self, Cli};

fn main() -> anyhow::Result<()> {
    cli::run(Cli::parse(), &mut std::io::stdout())?;
    Ok(())
}
