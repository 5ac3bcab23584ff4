//! `call`: one tool without MCP, through the same view, the same `Call` and the same guard.
use std::io::Write;

use anyhow::{Context, bail};
use icu_core::JsonMap;

use super::table;
use crate::{hub::Hub, names::hint, packs::known_tools, view::not_linked};

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
                Some(entry) => {
                    let why = hub.reasons().get(&entry.tool.name).map(|why| why.sentence(entry)).unwrap_or_default();
                    bail!("{} is not offered: {why}", self.tool);
                }
                None => {
                    if let Some((pack, _)) = known_tools().find(|(_, tool)| *tool == self.tool) {
                        bail!("{} is not offered: {}", self.tool, not_linked(pack));
                    }
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
