//! The catalogue, the repository and the built binary, for all topics.
use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use intervals_catalog::Catalog;
use intervals_core::{JsonMap, Settings, registry::ToolDef};

/// A file of the repository.
pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

/// Every linked tool.
pub fn tools() -> Vec<&'static ToolDef> {
    let mut tools: Vec<_> = intervals_core::registry::TOOLS.iter().collect();
    tools.sort_by(|one, other| one.name.cmp(&other.name));
    tools
}

/// Whether this is a build with all packs: some documents are made of all of them.
pub fn has_every_pack() -> bool {
    let folders = path("packs").read_dir().unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
    Catalog::linked().unwrap().packs.len() == folders
}

/// A call that works.
pub fn example(tool: &ToolDef) -> JsonMap {
    crate::policy::subject().example(tool)
}

/// The tools that have a golden file, whether they are in this build or not.
pub fn golden_names() -> &'static [&'static str] {
    let files = path("tests/golden").read_dir().unwrap().map(|file| file.unwrap().path());
    let names = files.map(|file| &*file.file_stem().unwrap().to_str().unwrap().to_owned().leak());
    names.collect::<Vec<_>>().leak()
}

/// The o200k tokens of a text.
pub fn exact_tokens(text: &str) -> usize {
    tiktoken_rs::o200k_base_singleton().encode_ordinary(text).len()
}

/// Settings under which every argument stands in the schema.
pub fn all_arguments() -> Settings {
    Settings::default().with_coach()
}

/// Compares `text` with a file that is made by the tests; with `UPDATE=1` it writes the file, but never under CI.
pub fn hold(file: &str, text: &str) -> Result<(), String> {
    let file = path(file);
    if std::env::var_os("UPDATE").is_some_and(|update| update == "1") && std::env::var_os("CI").is_none() {
        std::fs::write(&file, text).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    if found == text {
        return Ok(());
    }
    let line = found.lines().zip(text.lines()).position(|(a, b)| a != b).map_or(0, |n| n + 1);
    Err(format!("{} differs from the code at line {line}; UPDATE=1 cargo test --workspace rewrites it", file.display()))
}

/// The built binary, away from any configuration of this machine.
pub fn binary(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_intervals-icu-mcp"));
    let nowhere = std::env::temp_dir();
    command.args(arguments).current_dir(&nowhere).stdin(Stdio::null());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("INTERVALS_ICU_")) {
        command.env_remove(name);
    }
    command.env_remove("CLICOLOR_FORCE");
    command.env("XDG_CONFIG_HOME", nowhere.join("no-such-folder")).env("HOME", nowhere.join("no-such-folder"));
    command
}

/// Runs the binary to its end.
pub fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
    let Output { status, stdout, stderr } =
        binary(arguments).envs(environment.iter().copied()).output().expect("the binary runs");
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: status.code(), out: text(stdout), err: text(stderr) }
}

pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}
