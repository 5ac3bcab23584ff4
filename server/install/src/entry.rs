//! Server entries in a client's file: the command that the client starts, and its arguments.
use serde_json::{Map, Value, json};

/// Default name of the entry.
pub const NAME: &str = "intervals-icu";

/// The entry that is written into a client's file.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerEntry {
    /// The command: a path, or a name that the client looks up in its PATH.
    pub command: String,
    /// Arguments of the command.
    pub args: Vec<String>,
}

impl ServerEntry {
    /// Keys and values of the entry, in the order in which they are written.
    pub(crate) fn members(&self, kind: Option<&str>) -> Vec<(&'static str, Value)> {
        let kind = kind.map(|kind| ("type", json!(kind)));
        kind.into_iter().chain([("command", json!(self.command)), ("args", json!(self.args))]).collect()
    }

    /// The command line, for a message.
    pub fn line(&self) -> String {
        let quoted = |word: &String| if word.contains(' ') { format!("\"{word}\"") } else { word.clone() };
        [&self.command].into_iter().chain(&self.args).map(quoted).collect::<Vec<_>>().join(" ")
    }
}

/// An entry in a client's file.
#[derive(Debug, Clone, PartialEq)]
pub struct ExistingEntry {
    /// Its kind.
    pub kind: EntryKind,
    /// Command and arguments; empty if it has none.
    pub entry: ServerEntry,
    /// Names of the environment variables that it sets.
    pub variables: Vec<String>,
    /// Whether it is switched off in the client.
    pub off: bool,
}

/// Kind of an entry in a client's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A local server: a command that the client starts. An entry without any command counts too, and can be completed.
    Local,
    /// A remote server, with a URL.
    Remote,
    /// An entry of an extension of the client, or with a `type` that starts no command.
    Foreign,
    /// An entry in an unknown format.
    Unknown,
}

/// Keys of a remote server's URL in the clients' formats.
const ADDRESSES: &[&str] = &["url", "serverUrl", "httpUrl"];
/// Programs that start the Python server of the same name, as its manual has them.
const RUNNERS: &[&str] = &["uvx", "uv", "pipx", "python", "python3", "py", "docker", "podman"];

impl ExistingEntry {
    pub(crate) fn of(value: &Value) -> Self {
        let texts = |value: &Value| -> Option<Vec<String>> {
            value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
        };
        let command = value.get("command").and_then(Value::as_str);
        // Arguments that are not a list of texts are read as none; an update replaces them.
        let args = value.get("args").map_or(Some(vec![]), texts);
        let kind = match command {
            _ if !value.is_object() => EntryKind::Unknown,
            Some(_) => EntryKind::Local,
            None if ADDRESSES.iter().any(|key| value.get(key).is_some()) => EntryKind::Remote,
            None if value.get("command").is_some() => EntryKind::Unknown,
            None if is_foreign(value) => EntryKind::Foreign,
            None => EntryKind::Local,
        };
        let variables = value.get("env").and_then(Value::as_object).map(Map::keys).into_iter().flatten().cloned();
        let entry = ServerEntry { command: command.unwrap_or_default().into(), args: args.clone().unwrap_or_default() };
        // Codex and Zed have `enabled`; the others have `disabled`, as Cline does.
        let is = |key: &str, word: bool| value.get(key).and_then(Value::as_bool) == Some(word);
        let off = is("disabled", true) || is("enabled", false);
        Self { kind, entry, variables: variables.collect(), off }
    }

    /// Whether the file name of its command is that of this program.
    pub fn is_this_server(&self) -> bool {
        program(&self.entry.command) == "intervals-icu-mcp"
    }

    /// The program that starts the Python server of the same name, if the entry does. A container may hold either server.
    pub fn old_server(&self) -> Option<&str> {
        let program = program(&self.entry.command);
        let named = |word: &String| word.contains("intervals-icu-mcp") || word.contains("intervals_icu_mcp");
        (RUNNERS.contains(&program) && self.entry.args.iter().any(named)).then_some(program)
    }

    /// Flags of the entry that this server has too: all flags of this server, or `--delete-mode` of the Python server.
    pub fn flags(&self) -> Vec<String> {
        if self.is_this_server() {
            return self.entry.args.clone();
        }
        let args = &self.entry.args;
        let at = args.iter().position(|arg| arg == "--delete-mode" || arg.starts_with("--delete-mode="));
        let Some(at) = at.filter(|_| self.old_server().is_some()) else { return vec![] };
        let words = if args.get(at).is_some_and(|arg| arg.contains('=')) { 1 } else { 2 };
        args.iter().skip(at).take(words).cloned().collect()
    }

    /// Whether it sets a variable with a credential.
    pub fn has_credential(&self) -> bool {
        self.variables.iter().any(|name| name == "INTERVALS_ICU_API_KEY" || name == "INTERVALS_ICU_ACCESS_TOKEN")
    }
}

/// Whether an entry without a command is an extension of Zed, which has settings instead, or has a `type` other than stdio.
fn is_foreign(value: &Value) -> bool {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    text("source") == Some("extension")
        || value.get("settings").is_some()
        || text("type").is_some_and(|kind| kind != "stdio")
}

/// File name of a command, without `.exe`.
fn program(command: &str) -> &str {
    let name = command.rsplit(['/', '\\']).next().unwrap_or_default();
    name.strip_suffix(".exe").unwrap_or(name)
}
