//! `call`: one tool without MCP, through the same view, the same `Call` and the same guard.
use std::io::Write;

use anyhow::{Context, bail};
use icu_core::JsonMap;

use super::table;
use crate::{hub::Hub, names::hint};

#[derive(clap::Args)]
pub struct Call {
    /// The tool's name
    tool: String,
    /// Its arguments as a JSON object
    #[arg(default_value = "{}")]
    arguments: String,
    /// Print the structured answer
    #[arg(long)]
    json: bool,
}

impl Call {
    pub async fn run(self, hub: &Hub, out: &mut impl Write) -> anyhow::Result<bool> {
        let arguments: JsonMap =
            serde_json::from_str(&self.arguments).context("the arguments are not a JSON object")?;
        let Some(entry) = hub.view().get(&self.tool) else {
            match hub.catalog().tools.get(self.tool.as_str()) {
                Some(entry) => bail!(
                    "{} is not offered: the pack {}, read_only, delete_mode, tools or exclude_tools leave it out",
                    self.tool,
                    entry.pack
                ),
                None => {
                    let names = hub.view().tools().map(|entry| &*entry.tool.name);
                    bail!("there is no tool {}{}; `tools` lists them", self.tool, hint(&self.tool, names));
                }
            }
        };
        match entry.tool.run(hub.call(arguments)).await {
            Ok(answer) if self.json => writeln!(out, "{}", answer.structured)?,
            Ok(answer) => write!(out, "{}", table::align(&answer.text))?,
            Err(error) => {
                eprintln!("error: {error}");
                return Ok(false);
            }
        }
        Ok(true)
    }
}
