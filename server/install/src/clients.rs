//! The supported MCP clients: paths and formats of their configuration files, and how to check an installation.
//!
//! Each names its source, the client's manual as of 2026. None was tested with the client itself.
use std::{fs, path::PathBuf};

use crate::{
    document::{Format, Shape},
    home::{Home, Platform},
};

/// An MCP client.
#[derive(Debug)]
pub struct Client {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its name in messages.
    pub title: &'static str,
    /// Layout of the servers in its file.
    pub shape: Shape,
    /// Path of the user's file.
    user: fn(&Home) -> PathBuf,
    /// Path of a project's file, relative to the project's folder; `None` if it has no such file.
    project: Option<&'static str>,
    /// A folder in the home folder that only the client creates, where the folder of its file does not show that it is installed.
    marker: Option<&'static str>,
    /// How the user checks the installation, for a message.
    pub check: &'static str,
}

/// Scope of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The user, in every folder.
    User,
    /// The project in the working directory, for everybody who opens it.
    Project,
}

const fn json(servers: &'static str, kind: Option<&'static str>) -> Shape {
    Shape { format: Format::Json, servers, kind }
}

const MCP_SERVERS: Shape = json("mcpServers", None);

/// All supported clients.
pub const CLIENTS: &[Client] = &[
    // modelcontextprotocol.io/docs/develop/connect-local-servers has the paths on macOS and Windows. On Linux, unofficial builds
    // keep the file in the XDG folder; Anthropic has no manual for that.
    Client {
        name: "claude-desktop",
        title: "Claude Desktop",
        shape: MCP_SERVERS,
        user: |home| claude_folder(home).join("claude_desktop_config.json"),
        project: None,
        marker: None,
        check: "Quit Claude Desktop and start it again; Settings, Developer lists the server, and its tools are called icu_….",
    },
    // code.claude.com/docs/en/mcp; anthropics/claude-code issue 48448 says that CLAUDE_CONFIG_DIR moves the file. The format
    // has a `type`, with the default stdio.
    Client {
        name: "claude-code",
        title: "Claude Code",
        shape: json("mcpServers", Some("stdio")),
        user: |home| home.folder("CLAUDE_CONFIG_DIR").unwrap_or_else(|| home.home.clone()).join(".claude.json"),
        project: Some(".mcp.json"),
        marker: Some(".claude"),
        check: "Start a new session; /mcp shows the server, and so does: claude mcp list.",
    },
    // cursor.com/docs/mcp.
    Client {
        name: "cursor",
        title: "Cursor",
        shape: MCP_SERVERS,
        user: |home| home.home.join(".cursor/mcp.json"),
        project: Some(".cursor/mcp.json"),
        marker: None,
        check: "Restart Cursor; its settings show the server under Tools & MCP, with tools that are called icu_….",
    },
    // code.visualstudio.com/docs/copilot/reference/mcp-configuration: `servers`, with a `type`. The user's file is in the default
    // profile. The manual has no path for it, only the command that opens it: it is beside settings.json.
    Client {
        name: "vscode",
        title: "VS Code",
        shape: json("servers", Some("stdio")),
        user: |home| home.config().join("Code/User/mcp.json"),
        project: Some(".vscode/mcp.json"),
        marker: None,
        check: "The command \"MCP: List Servers\" shows the server; start it there, and its tools are in the agent's list.",
    },
    // docs.windsurf.com/windsurf/cascade/mcp.
    Client {
        name: "windsurf",
        title: "Windsurf",
        shape: MCP_SERVERS,
        user: |home| home.home.join(".codeium/windsurf/mcp_config.json"),
        project: None,
        marker: None,
        check: "Refresh the MCP servers in Cascade, or restart Windsurf; the server is listed there with its tools.",
    },
    // zed.dev/docs/ai/mcp for the format, zed.dev/docs/configuring-zed for the paths, Zed's source for %APPDATA% on Windows.
    Client {
        name: "zed",
        title: "Zed",
        shape: json("context_servers", None),
        user: |home| match home.platform {
            Platform::Linux => home.config().join("zed/settings.json"),
            Platform::MacOs => home.home.join(".config/zed/settings.json"),
            Platform::Windows => home.config().join("Zed/settings.json"),
        },
        project: Some(".zed/settings.json"),
        marker: None,
        check: "The agent panel's settings list the server, with a green dot once it runs.",
    },
    // developers.openai.com/codex/mcp: also .codex/config.toml, in projects that are trusted.
    Client {
        name: "codex",
        title: "Codex",
        shape: Shape { format: Format::Toml, servers: "mcp_servers", kind: None },
        user: |home| home.folder("CODEX_HOME").unwrap_or_else(|| home.home.join(".codex")).join("config.toml"),
        project: Some(".codex/config.toml"),
        marker: None,
        check: "Start a new session; /mcp shows the server, and so does: codex mcp list. A project's file counts once it is trusted.",
    },
    // geminicli.com/docs/reference/configuration, also for GEMINI_CLI_HOME; docs/cli/trusted-folders for trusted folders.
    Client {
        name: "gemini-cli",
        title: "Gemini CLI",
        shape: MCP_SERVERS,
        user: |home| home.folder("GEMINI_CLI_HOME").unwrap_or_else(|| home.home.clone()).join(".gemini/settings.json"),
        project: Some(".gemini/settings.json"),
        marker: None,
        check: "Start a new session; /mcp shows the server, and so does: gemini mcp list. A project's file counts in trusted folders only.",
    },
    // lmstudio.ai/docs/app/mcp: Cursor's format. For the folder: findLMStudioHome in lmstudio-ai/lms-common-server.
    Client {
        name: "lm-studio",
        title: "LM Studio",
        shape: MCP_SERVERS,
        user: |home| lm_studio_folder(home).join("mcp.json"),
        project: None,
        marker: None,
        check: "LM Studio sees the change by itself; the server is listed under Program, where it can be switched on.",
    },
];

impl Client {
    /// The client with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        CLIENTS.iter().find(|client| client.name == name)
    }

    /// Path of its file for a scope; `None` if it has none.
    pub fn file(&self, scope: Scope, home: &Home) -> Option<PathBuf> {
        let file = match scope {
            Scope::User => (self.user)(home),
            Scope::Project => home.current.join(self.project?),
        };
        // On Windows this makes all separators the same.
        Some(file.components().collect())
    }

    /// Scopes that it has files for.
    pub fn scopes(&self) -> &'static [Scope] {
        if self.project.is_some() { &[Scope::User, Scope::Project] } else { &[Scope::User] }
    }

    /// Whether the client seems to be installed: its file or one of its folders exists.
    pub fn is_there(&self, home: &Home) -> bool {
        let file = (self.user)(home);
        let own = file.parent().filter(|folder| *folder != home.home);
        file.exists()
            || own.is_some_and(|folder| folder.is_dir())
            || self.marker.is_some_and(|marker| home.home.join(marker).is_dir())
    }
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 2] = [Self::User, Self::Project];

    /// The scope with this name on the command line.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }

    /// Its name on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Project => "project",
        }
    }
}

/// Folder of Claude Desktop. An MSIX package of it uses its own copy of the roaming folder (anthropics/claude-code issues 26073
/// and 25579).
fn claude_folder(home: &Home) -> PathBuf {
    let packaged = || {
        let packages = fs::read_dir(home.local().join("Packages")).ok()?;
        let packages =
            packages.flatten().filter(|package| package.file_name().to_string_lossy().starts_with("Claude_"));
        let mut folders: Vec<_> = packages.map(|package| package.path().join("LocalCache/Roaming/Claude")).collect();
        // Of several packages, prefer one with a file.
        folders.sort_by_key(|folder| !folder.join("claude_desktop_config.json").exists());
        folders.into_iter().next()
    };
    let packaged = if home.platform == Platform::Windows { packaged() } else { None };
    packaged.unwrap_or_else(|| home.config().join("Claude"))
}

/// Folder of LM Studio: the one in its pointer file, the older one if it exists, else the default.
fn lm_studio_folder(home: &Home) -> PathBuf {
    let pointer = fs::read_to_string(home.home.join(".lmstudio-home-pointer")).unwrap_or_default();
    let (pointer, old) = (PathBuf::from(pointer.trim()), home.home.join(".cache/lm-studio"));
    match () {
        () if pointer.has_root() => pointer,
        () if old.is_dir() => old,
        () => home.home.join(".lmstudio"),
    }
}
