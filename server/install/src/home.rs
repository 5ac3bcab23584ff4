//! The home folder, and the folders of settings and state that the environment may move.
use std::{
    collections::BTreeMap,
    env,
    path::{Component, Path, PathBuf},
};

use anyhow::Context;

use crate::executable::Invocation;

/// Platform, which decides the layout of the home folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// Linux, and other systems with XDG folders.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

/// The folders of a user, the environment, and the invocation of this program. Tests use their own.
#[derive(Debug, Clone)]
pub struct Home {
    /// The platform.
    pub platform: Platform,
    /// The home folder.
    pub home: PathBuf,
    /// The working directory, which is the project of [`Scope::Project`](crate::Scope).
    pub current: PathBuf,
    /// The environment variables.
    pub environment: BTreeMap<String, String>,
    /// How this program was started.
    pub invocation: Invocation,
}

impl Home {
    /// The folders of this process.
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

    /// Folder that an environment variable names; `None` if it is unset, empty or relative.
    pub fn folder(&self, variable: &str) -> Option<PathBuf> {
        let folder = PathBuf::from(self.environment.get(variable)?);
        // Tests of Windows run on other platforms, where its paths do not look absolute.
        (folder.has_root() || self.platform == Platform::Windows && !folder.as_os_str().is_empty()).then_some(folder)
    }

    /// Folder of settings: `$XDG_CONFIG_HOME`, `~/Library/Application Support` or `%APPDATA%`.
    pub fn config(&self) -> PathBuf {
        match self.platform {
            Platform::Linux => self.folder("XDG_CONFIG_HOME").unwrap_or_else(|| self.home.join(".config")),
            Platform::MacOs => self.home.join("Library/Application Support"),
            Platform::Windows => self.folder("APPDATA").unwrap_or_else(|| self.home.join("AppData/Roaming")),
        }
    }

    /// Folder for backups of a project's file. It is outside of the project, which may be shared.
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

    /// Folder of local data on Windows: `%LOCALAPPDATA%`.
    pub fn local(&self) -> PathBuf {
        self.folder("LOCALAPPDATA").unwrap_or_else(|| self.home.join("AppData/Local"))
    }
}
