//! The command line.
mod assembly;
mod call;
mod completions;
mod config;
mod doctor;
mod explain;
mod healthcheck;
pub mod install;
mod packs;
mod progress;
mod serve;
mod setup;
mod table;
mod terminal;
mod tools;

use std::{
    ffi::OsString,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueHint};
use figment::value::Value;
use jiff::civil::Date;
use tokio::runtime::Builder;

use crate::{
    config::{Layer, Places, load},
    log,
};
pub use assembly::Assembly;

/// Intervals.icu for MCP clients.
#[derive(Parser)]
#[command(about, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Headings of the options, beside those that every command has.
const TOOLS: &str = "Which tools";
const SERVING: &str = "Serving";

#[derive(Args)]
struct Flags {
    /// Configuration file [default: INTERVALS_ICU_CONFIG, else config.toml in the platform's folder for it]
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    config: Option<PathBuf>,
    /// Use the built-in demo athlete instead of an account; =DATE is their today
    #[arg(long, global = true, value_name = "DATE", num_args = 0..=1, require_equals = true)]
    demo: Option<Option<Date>>,
    /// Log to stderr: off, error, warn, info, debug, trace, or target=level [default: warn]
    #[arg(long, global = true, value_name = "LEVEL")]
    log: Option<String>,
    /// Only the answer and errors: no progress, and --log error
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Packs to offer: names, all, default, @minimal, @analysis, @planning, @coach, -name to take one out [default: default]
    #[arg(long, global = true, value_name = "LIST", allow_hyphen_values = true, help_heading = TOOLS)]
    packs: Option<String>,
    /// Tools to offer; * stands for any characters
    #[arg(long, global = true, value_name = "LIST", help_heading = TOOLS)]
    tools: Option<String>,
    /// Tools to take out
    #[arg(long, global = true, value_name = "LIST", help_heading = TOOLS)]
    exclude_tools: Option<String>,
    /// Offer only tools that read
    #[arg(long, global = true, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    #[arg(hide_possible_values = true, help_heading = TOOLS)]
    read_only: Option<bool>,
    /// Deletes to offer: none, safe or full [default: safe]
    #[arg(long, global = true, value_name = "MODE", help_heading = TOOLS)]
    delete_mode: Option<String>,
    /// Tokens that the tools may cost together; 0 for no limit [default: 0]
    #[arg(long, global = true, value_name = "N", help_heading = TOOLS)]
    max_tool_tokens: Option<usize>,
    /// Let clients find and switch packs; without --packs all begin off
    #[arg(long, global = true, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    #[arg(hide_possible_values = true, help_heading = TOOLS)]
    dynamic: Option<bool>,
    /// Show athlete_id in the schemas
    #[arg(long, global = true, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    #[arg(hide_possible_values = true, help_heading = TOOLS)]
    coach: Option<bool>,
    /// stdio, http, sse; repeatable [default: stdio]
    #[arg(long, global = true, value_name = "LIST", action = ArgAction::Append, help_heading = SERVING)]
    transport: Vec<String>,
    /// Address that HTTP listens on [default: 127.0.0.1]
    #[arg(long, global = true, help_heading = SERVING)]
    host: Option<String>,
    /// Port that HTTP listens on [default: 8000]
    #[arg(long, global = true, help_heading = SERVING)]
    port: Option<u16>,
    /// Path of the HTTP endpoint [default: /mcp, for sse /sse]
    #[arg(long, global = true, help_heading = SERVING)]
    path: Option<String>,
    /// Another name of this server, as a proxy sends it; repeatable
    #[arg(long, global = true, value_name = "HOST", action = ArgAction::Append, help_heading = SERVING)]
    allowed_host: Vec<String>,
    /// Keep no sessions over HTTP, so that any instance can answer
    #[arg(long, global = true, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    #[arg(hide_possible_values = true, help_heading = SERVING)]
    stateless: Option<bool>,
    /// Listen where others reach it although anybody may call
    #[arg(long, global = true, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    #[arg(hide_possible_values = true, help_heading = SERVING)]
    allow_unauthenticated: Option<bool>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve MCP (the default)
    Serve,
    /// Store the API key, and choose what assistants may do (also auth)
    #[command(alias = "auth")]
    Setup(setup::Setup),
    /// Put this server into a client's own file, or take it out
    Install(install::Install),
    /// Look for what could keep it from working, and say what to do
    Doctor(doctor::Doctor),
    /// Run one tool and print its answer
    Call(call::Call),
    /// List the tools that are offered, with their cost in a model's context
    Tools(tools::Tools),
    /// List the packs of this build
    Packs(packs::Packs),
    /// Show the configuration and where each value comes from
    Config(config::Config),
    /// Print what a shell needs to complete commands, tools and their arguments
    Completions(completions::Completions),
    /// Say whether the server of this configuration answers
    #[command(hide = true)]
    Healthcheck,
}

impl Flags {
    /// The values that were given, by configuration key.
    fn layer(&self) -> Layer {
        let list = |words: &[String]| (!words.is_empty()).then(|| Value::from(words.join(",")));
        let text = |text: &Option<String>| text.clone().map(Value::from);
        let values = [
            ("read_only", self.read_only.map(Value::from)),
            ("delete_mode", text(&self.delete_mode)),
            ("packs", text(&self.packs)),
            ("tools", text(&self.tools)),
            ("exclude_tools", text(&self.exclude_tools)),
            ("max_tool_tokens", self.max_tool_tokens.map(Value::from)),
            ("dynamic", self.dynamic.map(Value::from)),
            ("coach", self.coach.map(Value::from)),
            ("transport", list(&self.transport)),
            ("host", text(&self.host)),
            ("port", self.port.map(Value::from)),
            ("path", text(&self.path)),
            ("allowed_hosts", list(&self.allowed_host)),
            ("stateless", self.stateless.map(Value::from)),
            ("allow_unauthenticated", self.allow_unauthenticated.map(Value::from)),
            ("log", text(&self.log).or_else(|| self.quiet.then(|| "error".into()))),
        ];
        Layer::command_line(values.into_iter().filter_map(|(key, value)| Some((key, value?))))
    }
}

/// The whole of a binary: carries out the command line under the binary's name and version, with every pack that is linked into it.
///
/// The exit code is 0 when all went well, 1 when the tool or the service failed, and 2 for wrong usage or configuration, which is
/// said on stderr.
pub fn main(name: &'static str, version: &'static str) -> ExitCode {
    log::withhold_panics();
    completions::answer(|| Cli::command().name(name).version(version));
    let mut program = program(name, version);
    let arguments = arguments(name, std::env::args_os());
    let matches = program.try_get_matches_from_mut(arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = matches.unwrap_or_else(|error| error.exit());
    match run(cli, &mut program, (name, version), &mut anstream::stdout()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever reads the output has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        // As a shell says it of a process that SIGINT ended.
        Err(error) if error.is::<call::Interrupted>() => ExitCode::from(130),
        Err(error) => {
            terminal::error(format_args!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

/// The command line of a binary. Options of the server are accepted by every command and shown in the help of `serve`.
pub fn program(name: &'static str, version: &'static str) -> clap::Command {
    let examples = format!(
        "Examples:\n  {name} call icu_get_recent_activities limit=5\n  {name} call icu_get_wellness_data --help\n  \
         {name} tools --read-only --packs activities,wellness"
    );
    let mut program = Cli::command().name(name).version(version).after_help(examples);
    program.build();
    program.mut_subcommands(|command| match command.get_name() {
        "serve" | "help" => command,
        _ => command.mut_args(|arg| match arg.get_help_heading() {
            Some(SERVING) => arg.hide(true),
            _ => arg,
        }),
    })
}

/// The command line. Called as `…-auth`, as the Python server's setup was, the binary carries out `setup`.
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

/// Says whether the command succeeded. An error is wrong usage or configuration.
fn run(
    cli: Cli,
    program: &mut clap::Command,
    (name, version): (&'static str, &'static str),
    out: &mut impl Write,
) -> anyhow::Result<bool> {
    let Cli { flags, command } = cli;
    match &command {
        Some(Command::Install(command)) => return command.run(&flags, out),
        Some(Command::Completions(command)) => return command.write(program.get_name(), out),
        Some(Command::Call(command)) if command.tool.is_none() => return command.usage(program, out),
        _ => {}
    }
    let layer = flags.layer();
    let places = Places::of_process(flags.config);
    // What the configuration lacks, or where it is broken, is their matter.
    let command = match command {
        Some(Command::Setup(command)) => {
            return command.run(
                setup::Start {
                    name,
                    places,
                    flags: layer,
                    demo: flags.demo.is_some(),
                    home: install::Home::of_process().ok(),
                },
                out,
            );
        }
        Some(Command::Doctor(command)) => {
            return command.run(doctor::Subject { name, version, places, flags: layer, demo: flags.demo }, out);
        }
        other => other,
    };
    let origin = serve::Origin::new(places, layer);
    let loaded = load(origin.places.clone(), origin.flags.clone()).map_err(assembly::Faults)?;
    let command = command.unwrap_or(Command::Serve);
    if let Command::Config(command) = &command {
        command.run(&loaded, out)?;
    }
    if let Command::Healthcheck = &command {
        return Builder::new_current_thread().enable_all().build()?.block_on(healthcheck::run(&loaded, out));
    }
    // One client's messages come one by one: handing them from thread to thread would only cost. HTTP serves many.
    let many = loaded.config.transport.0.iter().any(|transport| transport != "stdio");
    let mut runtime = if many { Builder::new_multi_thread() } else { Builder::new_current_thread() };
    let runtime = runtime.enable_all().build()?;
    let outcome = runtime.block_on(async {
        let assembly = Assembly::new(loaded, flags.demo).await?;
        match command {
            Command::Serve => serve::serve(assembly, origin).await,
            Command::Call(command) => command.run(&assembly.hub, program.get_name(), flags.quiet, out).await,
            Command::Tools(command) => command.run(&assembly.hub, out),
            Command::Packs(command) => command.run(&assembly.hub, out),
            // Shown above; that it can be used is known then.
            Command::Config(_) | Command::Healthcheck => serve::check(&assembly).map(|()| true),
            // Carried out before anything was set up.
            Command::Setup(_) | Command::Doctor(_) => Ok(true),
            Command::Install(_) | Command::Completions(_) => Ok(true),
        }
    });
    // A thread that still waits for stdin must not hold the process.
    runtime.shutdown_timeout(Duration::from_millis(100));
    outcome
}
