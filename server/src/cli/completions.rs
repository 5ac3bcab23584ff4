//! `completions`: the completion script of a shell. The script asks this binary, which knows its tools and their arguments.
use std::{env, ffi::OsString, io::Write};

use clap::builder::PossibleValuesParser;
use clap_complete::{
    CompleteEnv,
    engine::{ArgValueCandidates, CompletionCandidate},
    env::Shells,
};
use intervals_catalog::{Catalog, Entry, known, profiles::PROFILES};
use intervals_core::Settings;
use serde_json::Value;

use crate::exit::Exit;

/// The environment variable by which a script asks this binary. The default name of `clap_complete` may be set for another program.
const ASKED: &str = "INTERVALS_ICU_COMPLETE";

/// The zsh script. The one of `clap_complete` adds a space after `key=`, and ignores the first completion if zsh autoloads it.
const ZSH: &str = include_str!("completions/script.zsh");

#[derive(clap::Args)]
pub struct Completions {
    /// The shell
    #[arg(value_parser = PossibleValuesParser::new(Shells::builtins().names()))]
    shell: String,
}

impl Completions {
    /// Writes the script for a program of this name, which the shell finds in its `PATH`.
    pub fn write(&self, name: &str, out: &mut impl Write) -> anyhow::Result<Exit> {
        if self.shell == "zsh" {
            write!(out, "{}", ZSH.replace("PROGRAM", name).replace("ASKED", ASKED))?;
            return Ok(Exit::Success);
        }
        let shells = Shells::builtins();
        // The parser knows the same shells.
        if let Some(shell) = shells.completer(&self.shell) {
            let mut script = vec![];
            shell.write_registration(ASKED, name, name, name, &mut script)?;
            out.write_all(&script)?;
        }
        Ok(Exit::Success)
    }
}

/// Answers a request for completions and exits. Does nothing if the process was not started for one.
pub fn answer(program: impl Fn() -> clap::Command) {
    CompleteEnv::with_factory(|| completing(program(), &env::args_os().collect::<Vec<_>>())).var(ASKED).complete();
}

/// Candidates, each with a description.
type Words = Vec<(String, Option<String>)>;

/// Adds the candidates of each argument to the parser, for a command line of which these words are typed.
fn completing(program: clap::Command, typed: &[OsString]) -> clap::Command {
    // Commands and options are completed even if the packs cannot be loaded.
    let linked = Catalog::linked().map(|catalog| catalog.tools).unwrap_or_default();
    let called = typed.iter().find_map(|word| linked.get(word.to_str()?));
    let keys = called.map(keys).unwrap_or_default();
    let named = |entry: &Entry| (entry.tool.name.to_string(), Some(entry.tool.description.to_string()));
    let tools: Words = linked.values().map(named).collect();
    let plain = |words: &[&str]| words.iter().map(|word| (word.to_string(), None)).collect::<Words>();
    let packs: Vec<_> = ["all", "default"].into_iter().chain(PROFILES.iter().map(|profile| profile.name)).collect();
    let known = known::packs();
    let excluded = known.iter().map(|pack| (format!("-{pack}"), None));
    let lists = [
        ("packs", plain(&[packs, known.clone()].concat()).into_iter().chain(excluded).collect()),
        ("tools", tools.clone()),
        ("exclude_tools", tools.clone()),
        ("transport", plain(&["stdio", "http", "sse"])),
    ];
    let program = lists.into_iter().fold(program, |program, (id, words)| {
        program.mut_arg(id, |arg| arg.add(candidates(words)).value_delimiter(','))
    });
    program
        .mut_arg("delete_mode", |arg| arg.add(candidates(plain(&["none", "safe", "full"]))))
        .mut_arg("log", |arg| arg.add(candidates(plain(&["off", "error", "warn", "info", "debug", "trace"]))))
        .mut_subcommand("call", |call| {
            let call = call.mut_arg("tool", |arg| arg.add(candidates(tools)));
            call.mut_arg("arguments", |arg| arg.add(candidates(keys)))
        })
}

fn candidates(words: Words) -> ArgValueCandidates {
    let candidate = |(word, about): &(String, Option<String>)| {
        // `-name` is only suggested once the `-` is typed.
        CompletionCandidate::new(word).help(about.as_ref().map(|about| about.into())).hide(word.starts_with('-'))
    };
    ArgValueCandidates::new(move || words.iter().map(candidate).collect())
}

/// `key=` for each argument of a tool.
fn keys(entry: &Entry) -> Words {
    let schema = entry.tool.input_schema(&Settings::default());
    let properties = schema.get("properties").and_then(Value::as_object);
    let about = |property: &Value| property.get("description").and_then(Value::as_str).map(ToOwned::to_owned);
    properties.into_iter().flatten().map(|(name, property)| (format!("{name}="), about(property))).collect()
}
