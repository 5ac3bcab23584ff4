//! `config`: every value and its source. Secrets are shown as `***`.
use std::io::Write;

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::terminal::{self, ASIDE};
use intervals_settings::Loaded;

#[derive(clap::Args)]
pub struct Config {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Config {
    pub fn run(&self, loaded: &Loaded, out: &mut impl Write) -> anyhow::Result<()> {
        let rows = loaded.config.rows().into_iter().map(|(key, value)| {
            let source = loaded.sources.name(&key);
            (key, value, source)
        });
        if self.json {
            let rows: Vec<Value> =
                rows.map(|(key, value, source)| json!({"key": key, "value": value, "source": source})).collect();
            writeln!(out, "{}", serde_json::to_string(&rows)?)?;
            return Ok(());
        }
        let width = terminal::width();
        for (key, value, source) in rows {
            let value = if value.is_null() { "-".into() } else { value.to_string() };
            // A line that is too wide is split before its source, and values are never cut: they are there to be copied.
            let wide = width.is_some_and(|width| key.width() + value.width() + source.width() + 7 > width);
            let gap = if wide { "\n    " } else { "  " };
            writeln!(out, "{key} = {value}{gap}{ASIDE}({source}){ASIDE:#}")?;
        }
        Ok(())
    }
}
