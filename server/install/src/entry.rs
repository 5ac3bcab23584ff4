//! A server's entry in a client's file: the command that the client starts, and its arguments.
use serde_json::{Map, Value, json};

/// The entry's name, unless another is given.
pub const NAME: &str = "intervals-icu";

/// What is put into a client's file.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerEntry {
    /// A path, or a name that the client finds on its PATH.
    pub command: String,
    /// What it is started with.
    pub args: Vec<String>,
}

impl ServerEntry {
    /// The members that install writes, in order.
    pub(crate) fn members(&self, kind: Option<&str>) -> Vec<(&'static str, Value)> {
        let kind = kind.map(|kind| ("type", json!(kind)));
        kind.into_iter().chain([("command", json!(self.command)), ("args", json!(self.args))]).collect()
    }

    /// The command line, for people.
    pub fn line(&self) -> String {
        let quoted = |word: &String| if word.contains(' ') { format!("\"{word}\"") } else { word.clone() };
        [&self.command].into_iter().chain(&self.args).map(quoted).collect::<Vec<_>>().join(" ")
    }
}

/// An entry as it stands in a client's file.
#[derive(Debug, Clone, PartialEq)]
pub struct ExistingEntry {
    /// What the client does with it.
    pub kind: EntryKind,
    /// What it starts, and with what; empty where it starts nothing.
    pub entry: ServerEntry,
    /// The names of the variables that it sets.
    pub variables: Vec<String>,
    /// Whether the client is told not to use it.
    pub off: bool,
}

/// What a client does with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// It starts a command.
    Local,
    /// It asks an address.
    Remote,
    /// It is what an extension of the client brings, or of a type that starts no command.
    Foreign,
    /// Nothing that is known here.
    Unknown,
}

/// The keys under which the clients have a remote server's address.
const ADDRESSES: &[&str] = &["url", "serverUrl", "httpUrl"];
/// What started the Python server of the same name, as its manual told people to write it.
const RUNNERS: &[&str] = &["uvx", "uv", "pipx", "python", "python3", "py", "docker", "podman"];

impl ExistingEntry {
    pub(crate) fn of(value: &Value) -> Self {
        let texts = |value: &Value| -> Option<Vec<String>> {
            value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
        };
        let command = value.get("command").and_then(Value::as_str);
        // Anything but a list of texts is not what install would leave there: it differs from every list.
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
        // Codex and Zed have `enabled`; others took `disabled` from Cline.
        let is = |key: &str, word: bool| value.get(key).and_then(Value::as_bool) == Some(word);
        let off = is("disabled", true) || is("enabled", false);
        Self { kind, entry, variables: variables.collect(), off }
    }

    /// Whether its command is this program, by its name.
    pub fn is_this_server(&self) -> bool {
        program(&self.entry.command) == "intervals-icu-mcp"
    }

    /// The program that ran the Python server of that name, where it did. A container may be either.
    pub fn old_server(&self) -> Option<&str> {
        let program = program(&self.entry.command);
        let named = |word: &String| word.contains("intervals-icu-mcp") || word.contains("intervals_icu_mcp");
        (RUNNERS.contains(&program) && self.entry.args.iter().any(named)).then_some(program)
    }

    /// The flags that this server would take: its own, or the one of the Python server that says what may be deleted.
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

    /// Whether it gives the server a credential.
    pub fn has_credential(&self) -> bool {
        self.variables.iter().any(|name| name == "INTERVALS_ICU_API_KEY" || name == "INTERVALS_ICU_ACCESS_TOKEN")
    }
}

/// Zed's extensions have settings in the place of a command; `type` says what an entry without one may be.
fn is_foreign(value: &Value) -> bool {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    text("source") == Some("extension")
        || value.get("settings").is_some()
        || text("type").is_some_and(|kind| kind != "stdio")
}

/// The file name of a command, without what Windows has after it.
fn program(command: &str) -> &str {
    let name = command.rsplit(['/', '\\']).next().unwrap_or_default();
    name.strip_suffix(".exe").unwrap_or(name)
}
