//! The path by which clients start this program.
use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;

/// The path of this program that is written into clients' files.
#[derive(Debug, Clone, PartialEq)]
pub struct Executable {
    /// An absolute path.
    pub path: PathBuf,
    /// A note for the user: why this path was chosen, or a warning about it.
    pub note: Option<String>,
}

/// How this program was started. Tests use their own.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// Path of the running program.
    pub file: PathBuf,
    /// The first word of the command line (`argv[0]`).
    pub argv0: Option<OsString>,
    /// The variable `PATH`.
    pub path_variable: Option<OsString>,
}

impl Invocation {
    /// The invocation of this process.
    pub fn of_process() -> anyhow::Result<Self> {
        let file = env::current_exe().context("the path of this program cannot be read")?;
        Ok(Self { file, argv0: env::args_os().next(), path_variable: env::var_os("PATH") })
    }

    /// The path to write. A symbolic link to this program, such as a package manager's on PATH, is preferred over the file behind
    /// it, because it stays valid after an upgrade.
    pub fn executable(&self) -> Executable {
        let real = resolved(&self.file).unwrap_or_else(|| self.file.clone());
        let name = real.file_name().unwrap_or_default();
        let called = self.argv0.as_deref().map(Path::new).filter(|called| called.components().count() > 1);
        let called = called.and_then(|called| std::path::absolute(called).ok());
        // A link with another name is not used: the program behaves differently under another name.
        let leads_here = |link: &PathBuf| {
            link.file_name() == Some(name) && *link != real && resolved(link).is_some_and(|found| found == real)
        };
        let link = called.into_iter().chain(self.on_path(name)).find(leads_here);
        let same_name = self.file.file_name() == Some(name);
        let path = link.clone().unwrap_or_else(|| if same_name { self.file.clone() } else { real.clone() });
        let note = match link {
            _ if path.components().any(|part| part.as_os_str() == "_npx") => Some(format!(
                "{} is in npx's cache, which may be emptied: install the package, or end the command with `-- npx -y \
                 intervals-icu-mcp`.",
                path.display()
            )),
            Some(link) => Some(format!(
                "{} leads to {}; the link is written, since it stays when the version changes.",
                link.display(),
                real.display()
            )),
            None => None,
        };
        Executable { path, note }
    }

    /// Whether `command` starts this program.
    pub fn is_started_by(&self, command: &str) -> bool {
        let path = Path::new(command);
        let found = if path.components().count() > 1 { Some(path.to_owned()) } else { self.on_path(path.as_os_str()) };
        found.and_then(|found| resolved(&found)).is_some_and(|found| Some(found) == resolved(&self.file))
    }

    /// The file that a command on PATH starts.
    fn on_path(&self, name: &OsStr) -> Option<PathBuf> {
        let folders = env::split_paths(self.path_variable.as_ref()?).filter(|folder| folder.is_absolute());
        let names = [name.to_owned(), [name, OsStr::new(env::consts::EXE_SUFFIX)].into_iter().collect()];
        folders.flat_map(|folder| names.clone().map(|name| folder.join(name))).find(|file| file.is_file())
    }
}

/// The file behind all links. On Windows without the prefix `\\?\` of such paths.
fn resolved(path: &Path) -> Option<PathBuf> {
    let real = fs::canonicalize(path).ok()?;
    let plain =
        real.to_str().and_then(|text| text.strip_prefix(r"\\?\")).filter(|text| text.as_bytes().get(1) == Some(&b':'));
    Some(plain.map_or_else(|| real.clone(), PathBuf::from))
}
