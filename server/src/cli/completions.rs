//! `completions`: what a shell needs to complete the command line. Its script asks this binary, which knows the tools that are in it
//! and the arguments of the one that is called.
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

/// The variable with which a script asks. Not the crate's own, which others may have set.
const ASKED: &str = "INTERVALS_ICU_COMPLETE";

/// Our own: the crate's sets a blank behind `key=`, and misses the first question where zsh loads it by name.
const ZSH: &str = include_str!("completions/script.zsh");

#[derive(clap::Args)]
pub struct Completions {
    /// The shell
    #[arg(value_parser = PossibleValuesParser::new(Shells::builtins().names()))]
    shell: String,
}

impl Completions {
    /// Writes the script for a program of this name, which the shell finds by itself.
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

/// Answers a shell that asks what may follow, and ends the process then; otherwise nothing happens.
pub fn answer(program: impl Fn() -> clap::Command) {
    CompleteEnv::with_factory(|| completing(program(), &env::args_os().collect::<Vec<_>>())).var(ASKED).complete();
}

/// What may stand in a place, with what it is.
type Words = Vec<(String, Option<String>)>;

/// The command line with what may stand in each place, when these words are typed.
fn completing(program: clap::Command, typed: &[OsString]) -> clap::Command {
    // Whoever cannot use the server yet may still complete the rest.
    let linked = Catalog::linked().map(|catalog| catalog.tools).unwrap_or_default();
    let called = typed.iter().find_map(|word| linked.get(word.to_str()?));
    let keys = called.map(keys).unwrap_or_default();
    let named = |entry: &Entry| (entry.tool.name.to_string(), Some(entry.tool.description.to_string()));
    let tools: Words = linked.values().map(named).collect();
    let plain = |words: &[&str]| words.iter().map(|word| (word.to_string(), None)).collect::<Words>();
    let packs: Vec<_> = ["all", "default"].into_iter().chain(PROFILES.iter().map(|profile| profile.name)).collect();
    let known = known::packs();
    let taken_out = known.iter().map(|pack| (format!("-{pack}"), None));
    let lists = [
        ("packs", plain(&[packs, known.clone()].concat()).into_iter().chain(taken_out).collect()),
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
    let made = |(word, about): &(String, Option<String>)| {
        // What is taken out is offered to those who begin to.
        CompletionCandidate::new(word).help(about.as_ref().map(|about| about.into())).hide(word.starts_with('-'))
    };
    ArgValueCandidates::new(move || words.iter().map(made).collect())
}

/// `key=` for each argument of a tool.
fn keys(entry: &Entry) -> Words {
    let schema = entry.tool.input_schema(&Settings::default());
    let properties = schema.get("properties").and_then(Value::as_object);
    let about = |property: &Value| property.get("description").and_then(Value::as_str).map(ToOwned::to_owned);
    properties.into_iter().flatten().map(|(name, property)| (format!("{name}="), about(property))).collect()
}
