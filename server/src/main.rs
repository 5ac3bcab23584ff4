//! The binary: reads the command line and hands over to the library.
use std::{io, process::ExitCode};

use clap::Parser;
use intervals_icu_mcp::{
    cli::{self, Cli},
    log,
};

fn main() -> ExitCode {
    log::withhold_panics();
    match cli::run(Cli::parse(), &mut io::stdout()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever reads the output has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Wrong usage or configuration: said on stderr, exit code 2.
fn fail(error: &anyhow::Error) -> ExitCode {
    eprintln!("error: {error:#}");
    ExitCode::from(2)
}
