//! Where programs keep their files: the home folder and what the environment says of it.
use std::{
    collections::BTreeMap,
    env,
    path::{Component, Path, PathBuf},
};

use anyhow::Context;

use crate::executable::Invocation;

/// Whose layout a home folder has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// Linux, and other systems that follow the XDG folders.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

/// The places of one person on one machine, and this program there; tests pass their own.
#[derive(Debug, Clone)]
pub struct Home {
    /// The layout.
    pub platform: Platform,
    /// The home folder.
    pub home: PathBuf,
    /// The working directory: the project, where a client has files of a project.
    pub current: PathBuf,
    /// The environment.
    pub environment: BTreeMap<String, String>,
    /// This program.
    pub invocation: Invocation,
}

impl Home {
    /// Of this process.
    pub fn of_process() -> anyhow::Result<Self> {
        let platform = match env::consts::OS {
            "macos" => Platform::MacOs,
            "windows" => Platform::Windows,
            _ => Platform::Linux,
        };
        let home = dirs::home_dir().context("there is no home folder; set HOME")?;
        let current = env::current_dir().context("the working directory cannot be read")?;
        let environment =
            env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Ok(Self { platform, home, current, environment: environment.collect(), invocation: Invocation::of_process()? })
    }

    /// A folder that a variable of the environment names; an empty or relative one is none.
    pub fn folder(&self, variable: &str) -> Option<PathBuf> {
        let folder = PathBuf::from(self.environment.get(variable)?);
        // A path of Windows is not absolute where tests run.
        (folder.has_root() || self.platform == Platform::Windows && !folder.as_os_str().is_empty()).then_some(folder)
    }

    /// Where programs keep their settings: `$XDG_CONFIG_HOME`, `~/Library/Application Support`, `%APPDATA%`.
    pub fn config(&self) -> PathBuf {
        match self.platform {
            Platform::Linux => self.folder("XDG_CONFIG_HOME").unwrap_or_else(|| self.home.join(".config")),
            Platform::MacOs => self.home.join("Library/Application Support"),
            Platform::Windows => self.folder("APPDATA").unwrap_or_else(|| self.home.join("AppData/Roaming")),
        }
    }

    /// The folder for copies of a project's file: in the project they would go with it, to whoever has it.
    pub(crate) fn backup_folder(&self, file: &Path) -> PathBuf {
        let state = match self.platform {
            Platform::Linux => self.folder("XDG_STATE_HOME").unwrap_or_else(|| self.home.join(".local/state")),
            Platform::MacOs => self.config(),
            Platform::Windows => self.local(),
        };
        let folders = file.parent().into_iter().flat_map(Path::components);
        let folders: PathBuf = folders.filter(|part| matches!(part, Component::Normal(_))).collect();
        state.join("intervals-icu-mcp/copies").join(folders)
    }

    /// `%LOCALAPPDATA%`, on Windows.
    pub fn local(&self) -> PathBuf {
        self.folder("LOCALAPPDATA").unwrap_or_else(|| self.home.join("AppData/Local"))
    }
}
