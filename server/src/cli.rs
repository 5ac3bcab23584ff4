//! The command line.
mod call;
mod completions;
mod config;
mod doctor;
mod explain;
mod flags;
mod healthcheck;
mod install;
mod packs;
mod progress;
mod rehearsal;
mod serve;
mod setup;
mod table;
mod terminal;
mod tools;

use std::{
    ffi::OsString,
    io::{self, Write},
    path::Path,
    process::{ExitCode, Termination},
    sync::Arc,
    time::Duration,
};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use intervals_mcp::{Metrics, Uncounted, log};
use intervals_settings::{Config, Fault, Loaded, Places, Sources, levels, load};
use tokio::runtime::Builder;

use crate::{app::App, exit::Exit, start::StartError};
use flags::{Flags, SERVING};

/// Intervals.icu for MCP clients.
#[derive(Parser)]
#[command(about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve MCP (the default)
    Serve,
    /// Store the API key and choose what assistants may do (also auth)
    #[command(alias = "auth")]
    Setup(setup::Setup),
    /// Add this server to the configuration of an MCP client, or remove it
    Install(install::Install),
    /// Check the setup and suggest fixes
    Doctor(doctor::Doctor),
    /// Run one tool and print its answer
    Call(call::Call),
    /// List the offered tools and their cost in tokens
    Tools(tools::Tools),
    /// List the packs of this build and the profiles
    Packs(packs::Packs),
    /// Show the configuration and where each value comes from
    Config(config::Config),
    /// Print a shell's completion script for commands, tools and their arguments
    Completions(completions::Completions),
    /// Check whether the configured HTTP server answers
    #[command(hide = true)]
    Healthcheck,
}

/// Runs the command line of a binary of this name and version, with every pack that is linked into it.
///
/// The exit code is 0 on success, 1 if the tool or the service failed, 2 for wrong usage or configuration, and 130 after Ctrl-C.
/// Errors go to stderr.
pub fn main(name: &'static str, version: &'static str) -> ExitCode {
    log::withhold_panics();
    completions::answer(|| command().name(name).version(version));
    let mut program = program(name, version);
    let arguments = arguments(name, std::env::args_os());
    let read = program.try_get_matches_from_mut(arguments);
    let read = read.and_then(|matches| Ok((Flags::of(&matches), Cli::from_arg_matches(&matches)?.command)));
    let (flags, command) = read.unwrap_or_else(|error| error.exit());
    let exit = match run(flags, command, &mut program, (name, version), &mut anstream::stdout()) {
        Ok(exit) => exit,
        // The reader of the output has closed it, as `head` does.
        Err(error) if is_broken_pipe(&error) => Exit::Success,
        Err(error) => {
            terminal::error(format_args!("{error:#}"));
            Exit::Usage
        }
    };
    exit.report()
}

fn command() -> clap::Command {
    Cli::command().args(flags::args())
}

/// Returns the parser of a binary's command line. Every command accepts the server's options, but only `serve` and the program
/// itself list them in their help.
pub fn program(name: &'static str, version: &'static str) -> clap::Command {
    let examples = format!(
        "Examples:\n  {name} call icu_get_recent_activities limit=5\n  {name} call icu_get_wellness_data --help\n  \
         {name} tools --read-only --packs activities,wellness"
    );
    let mut program = command().name(name).version(version).after_help(examples);
    program.build();
    program.mut_subcommands(|command| match command.get_name() {
        "serve" | "help" => command,
        _ => command.mut_args(|arg| match arg.get_help_heading() {
            Some(SERVING) => arg.hide(true),
            _ => arg,
        }),
    })
}

/// The command line's words. A binary that is called `…-auth`, like the setup of the Python server, runs `setup`.
fn arguments(name: &str, given: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<_> = given.collect();
    let called = arguments.first().and_then(|path| Path::new(path).file_name()?.to_str());
    if called.is_some_and(|called| called.strip_suffix(".exe").unwrap_or(called) == format!("{name}-auth")) {
        arguments.insert(1, "setup".into());
    }
    arguments
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Runs the command. An error is wrong usage or configuration.
fn run(
    flags: Flags,
    command: Option<Command>,
    program: &mut clap::Command,
    (name, version): (&'static str, &'static str),
    out: &mut impl Write,
) -> anyhow::Result<Exit> {
    // These commands need no configuration, or report its faults themselves.
    let command = match command.unwrap_or(Command::Serve) {
        Command::Install(command) => return command.run(&flags, out),
        Command::Completions(command) => return command.write(program.get_name(), out),
        Command::Call(command) if command.tool.is_none() => return command.usage(program, out),
        Command::Setup(command) => {
            let start = setup::Start {
                name,
                places: Places::of_process(flags.config.clone()),
                flags: flags.layer(),
                demo: flags.demo.is_some(),
                home: intervals_install::Home::of_process().ok(),
            };
            return command.run(start, out);
        }
        Command::Doctor(command) => {
            let (places, layer) = (Places::of_process(flags.config.clone()), flags.layer());
            return command.run(doctor::Subject { name, version, places, flags: layer, demo: flags.demo }, out);
        }
        command => command,
    };
    let source = serve::ConfigSource::new(Places::of_process(flags.config.clone()), flags.layer());
    let loaded = load(source.places.clone(), source.flags.clone()).map_err(StartError::from)?;
    if let Command::Config(command) = &command {
        command.run(&loaded, out)?;
    }
    if let Command::Healthcheck = &command {
        return Builder::new_current_thread().enable_all().build()?.block_on(healthcheck::run(&loaded, out));
    }
    start_log(&loaded)?;
    // Over stdio there is one client, whose messages come one by one: several threads would only add cost.
    let http = uses_http(&loaded.config);
    let mut runtime = if http { Builder::new_multi_thread() } else { Builder::new_current_thread() };
    let runtime = runtime.enable_all().build()?;
    let outcome = runtime.block_on(async {
        if let Command::Serve = command {
            return serve::serve(loaded, flags.demo, source).await;
        }
        let app = App::new(loaded, flags.demo, uncounted()).await?;
        match command {
            Command::Call(command) => command.run(&app.hub, program.get_name(), flags.quiet, out).await,
            Command::Tools(command) => command.run(&app.hub, out),
            Command::Packs(command) => command.run(&app.hub, out),
            // The other commands have run above. This checks the configuration that `config` has shown.
            _ => Ok(serve::check(&app).map(|()| Exit::Success)?),
        }
    });
    // A thread that still waits for stdin must not keep the process alive.
    runtime.shutdown_timeout(Duration::from_millis(100));
    outcome
}

/// Whether a transport other than stdio is configured.
fn uses_http(config: &Config) -> bool {
    config.transport.0.iter().any(|transport| transport != "stdio")
}

/// Starts the log, and logs the warnings about the configuration.
fn start_log(loaded: &Loaded) -> Result<(), StartError> {
    let Loaded { config, sources, warnings, .. } = loaded;
    // Over HTTP the operator sees every call. Over stdio the log is shown to the client's user, so only warnings are logged.
    let levels = match sources.contains_key("log") {
        false if uses_http(config) => format!("{},call=info", config.log),
        _ => config.log.clone(),
    };
    log::start(log_levels(&levels, sources)?, config.log_format);
    for warning in warnings {
        tracing::warn!("{warning}");
    }
    Ok(())
}

/// The log level of each target, or the fault in `log`.
fn log_levels(log: &str, sources: &Sources) -> Result<tracing_subscriber::filter::Targets, Fault> {
    let remedy = "Use off, error, warn, info, debug or trace, or target=level.";
    levels(log).map_err(|problem| sources.fault("log", problem, remedy))
}

/// Metrics that count nothing: without HTTP nobody can fetch them.
fn uncounted() -> Arc<dyn Metrics> {
    Arc::new(Uncounted)
}
