//! `install`: nothing of a client's file is lost, whatever it looks like.
mod binary;
mod files;
mod generated;
mod merge;
mod places;
mod standing;

use std::{
    fs,
    path::{Path, PathBuf},
};

use figment::{
    Figment,
    providers::{Format as _, Toml},
};
use intervals_install::{Client, Format, Home, InstallTarget, Invocation, Platform, Scope, ServerEntry, Shape};
use serde_json::Value;

/// A home folder that nobody lives in.
struct Fake {
    folder: tempfile::TempDir,
    home: Home,
}

impl Fake {
    fn new(platform: Platform) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(&path).unwrap();
            path
        };
        let (home, current, programs) = (at("home"), at("project"), at("programs"));
        let file = programs.join("intervals-icu-mcp");
        fs::write(&file, "").unwrap();
        let invocation = Invocation { file, argv0: None, path_variable: None };
        Self { home: Home { platform, home, current, environment: Default::default(), invocation }, folder }
    }

    fn linux() -> Self {
        Self::new(Platform::Linux)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn target(client: &'static Client) -> InstallTarget<'static> {
    InstallTarget { client, scope: Scope::User, name: "intervals-icu" }
}

fn entry(args: &[&str]) -> ServerEntry {
    ServerEntry { command: "/opt/intervals-icu-mcp".into(), args: args.iter().map(|arg| (*arg).to_owned()).collect() }
}

/// What a file says, read without the parser that install uses.
fn value(format: Format, text: &str) -> Value {
    let text = text.trim_start_matches('\u{feff}');
    match format {
        Format::Json if plain(text).trim().is_empty() => serde_json::json!({}),
        Format::Json => serde_json::from_str(&plain(text)).unwrap_or_else(|error| panic!("{error}\n{text}")),
        Format::Toml => Figment::from(Toml::string(text)).extract().unwrap(),
    }
}

/// JSON without comments and trailing commas.
fn plain(text: &str) -> String {
    let (mut plain, mut rest) = (String::new(), text);
    while let Some(char) = rest.chars().next() {
        let length = match char {
            '"' => {
                let mut escaped = false;
                let end = rest[1..].find(|c| {
                    let is_end = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    is_end
                });
                let length = end.map_or(rest.len(), |end| end + 2);
                plain.push_str(&rest[..length]);
                length
            }
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' => rest.find("*/").unwrap() + 2,
            '}' | ']' => {
                let kept = plain.trim_end().trim_end_matches(',').len();
                plain.truncate(kept);
                plain.push(char);
                1
            }
            other => {
                plain.push(other);
                other.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    plain
}

/// Whether `after` is `before` with only the entry put in: in one piece, and at most a comma in front of it.
fn only_added(before: &str, after: &str) -> bool {
    let (old, new) = (before.as_bytes(), after.as_bytes());
    let front = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = old.len() - front;
    let back = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count().min(rest);
    let kept = &old[front..old.len() - back];
    kept.is_empty() || (new[front] == b',' && new[front + 1..].starts_with(kept))
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn shape(client: &str) -> Shape {
    Client::named(client).unwrap().shape
}
