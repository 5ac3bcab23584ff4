//! `call`: runs one tool without MCP, with the same view, the same `Call` and the same guard as an MCP session.
mod arguments;
mod describe;

use std::{io::Write, pin::pin, time::Duration};

use anyhow::{Context, bail};
use clap::error::ErrorKind;
use intervals_catalog::{Entry, Why, known, not_linked, spelling::hint};
use intervals_core::Effect;
use intervals_mcp::Hub;

use super::{progress::ProgressLine, table, terminal};
use crate::exit::Exit;
use arguments::Takes;

/// How long a call may take before a progress line is shown.
const SHOW_PROGRESS_AFTER: Duration = Duration::from_millis(500);

#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub struct Call {
    /// Name of the tool
    pub tool: Option<String>,
    /// Arguments of the tool: key=value, key=@FILE, key:=JSON, a JSON object, @FILE, or - for stdin
    #[arg(value_name = "ARGUMENT")]
    arguments: Vec<String>,
    /// Print the structured answer as JSON
    #[arg(long)]
    json: bool,
    /// Print the tool's description and arguments; without a tool, this help
    #[arg(short, long)]
    pub help: bool,
}

impl Call {
    /// For a call without a tool: prints the help if it was requested; otherwise exits with a usage error.
    pub fn usage(&self, program: &mut clap::Command, out: &mut impl Write) -> anyhow::Result<Exit> {
        let missing = format!("name a tool; `{} tools` lists them", program.get_name());
        let call = program.find_subcommand_mut("call").context("call is a command")?;
        if !self.help {
            call.error(ErrorKind::MissingRequiredArgument, missing).exit();
        }
        write!(out, "{}", call.render_help().ansi())?;
        Ok(Exit::Success)
    }

    /// Runs the tool, or describes it; `name` is the program's.
    pub async fn run(self, hub: &Hub, name: &str, quiet: bool, out: &mut impl Write) -> anyhow::Result<Exit> {
        let (entry, hidden) = find(self.tool.as_deref().unwrap_or_default(), hub)?;
        if self.help {
            match self.json {
                true => describe::json(entry, hidden, hub.settings(), out)?,
                false => describe::text(entry, hidden, hub.settings(), name, out)?,
            }
            return Ok(Exit::Success);
        }
        if let Some(why) = hidden {
            bail!("{} is not offered: {}", entry.tool.name, why.sentence(entry));
        }
        // The argument athlete_id is accepted whether or not the schemas show it.
        let schema = (entry.tool.input)(&hub.settings().clone().with_coach());
        let takes = Takes { tool: &entry.tool.name, schema: &schema };
        let mut call = hub.call(arguments::read(&self.arguments, &takes, std::io::stdin())?);
        let line = ProgressLine::new(&entry.tool.name, quiet);
        line.follow(&mut call);

        let cancellation = call.cancellation.clone();
        let mut work = pin!(entry.tool.run(call));
        let mut waited = false;
        let outcome = loop {
            tokio::select! {
                // In this order, so that Ctrl-C is handled before the call starts.
                biased;
                Ok(()) = tokio::signal::ctrl_c(), if !cancellation.is_cancelled() => cancellation.cancel(),
                outcome = &mut work => break outcome,
                () = tokio::time::sleep(SHOW_PROGRESS_AFTER), if !waited => {
                    waited = true;
                    line.wait();
                }
            }
        };
        drop(line);
        match outcome {
            Ok(answer) if self.json => writeln!(out, "{}", answer.structured)?,
            Ok(answer) => write!(out, "{}", table::align(&answer.text))?,
            Err(error) => {
                let interrupted = error.is_cancelled();
                // The message says whether a write may have been carried out; for a tool that reads it adds nothing.
                if !interrupted || entry.tool.effect > Effect::Read {
                    terminal::error(error);
                }
                if interrupted {
                    return Ok(Exit::Interrupted);
                }
                return Ok(Exit::Failure);
            }
        }
        Ok(Exit::Success)
    }
}

/// Finds a tool by name, and the reason if it is hidden.
fn find<'a>(name: &str, hub: &'a Hub) -> anyhow::Result<(&'a Entry, Option<Why>)> {
    if let Some(entry) = hub.view().get(name) {
        return Ok((entry, None));
    }
    if let Some(entry) = hub.catalog().tools.get(name) {
        return Ok((entry, hub.reasons().get(&entry.tool.name).copied()));
    }
    if let Some((pack, _)) = known::tools().find(|(_, tool)| *tool == name) {
        bail!("{name} is not offered: {}", not_linked(pack));
    }
    let names = hub.catalog().tools.keys().map(|name| &**name);
    bail!("there is no tool {name}{}; `tools` lists them", hint(name, names));
}
