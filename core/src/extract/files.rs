//! Files of an answer: linked, never embedded, and saved in the operator's folder.
use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{Call, FromCall, Result, Settings, answer_extras::SharedExtras, content::Link};

/// Links files in the answer.
pub struct Files {
    settings: Arc<Settings>,
    extras: SharedExtras,
}

/// A file that an answer links.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct File {
    /// The file's name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size.
    pub size_bytes: usize,
    /// The resource to read.
    pub uri: String,
    /// The name under which the server saved it.
    pub saved_as: Option<String>,
}

impl FromCall for Files {
    async fn from_call(call: &mut Call) -> Result<Self> {
        Ok(Self { settings: call.settings.clone(), extras: call.extras.clone() })
    }
}

impl Files {
    /// Links `uri`, which the pack's `read` serves, and saves `data` when the operator set `download_dir`.
    ///
    /// `name` may come from a model: only its last part is used, and nothing is overwritten.
    pub async fn link(&self, uri: String, name: &str, media_type: &str, data: Vec<u8>) -> File {
        let (name, size) = (safe_name(name, media_type), data.len());
        let saved_as = match self.settings.download_dir.clone() {
            None => None,
            Some(folder) => {
                let file_name = name.clone();
                let written = tokio::task::spawn_blocking(move || save(&folder, &file_name, &data)).await;
                let written = written.map_err(|e| e.to_string()).and_then(|saved| saved.map_err(|e| e.to_string()));
                // The link serves the file all the same.
                written
                    .inspect_err(|e| self.extras.note(format!("{name} could not be saved in download_dir: {e}")))
                    .ok()
            }
        };
        let link = Link { uri: uri.clone(), name: name.clone(), media_type: media_type.into(), size };
        self.extras.edit(|extras| extras.links.push(link));
        File { name, media_type: media_type.into(), size_bytes: size, uri, saved_as }
    }
}

/// A safe file name: the last part of `path`, of letters, digits, `.`, `-` and `_`, without leading dots, at most 100 characters,
/// with the extension of its media type.
fn safe_name(path: &str, media_type: &str) -> String {
    let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
    let name: String = last.trim().chars().map(plain).collect();
    let name = name.trim_start_matches('.');
    // A name from a model must not turn downloaded bytes into a script.
    let end = match media_type {
        "application/vnd.ant.fit" => ".fit",
        "application/gpx+xml" => ".gpx",
        "application/vnd.garmin.tcx+xml" => ".tcx",
        // Planned workouts; none of these has a registered type.
        "application/x-zwo+xml" => ".zwo",
        "application/x-mrc" => ".mrc",
        "application/x-erg" => ".erg",
        _ => ".bin",
    };
    let stem: String = name.strip_suffix(end).unwrap_or(name).chars().take(96).collect();
    format!("{}{end}", if stem.is_empty() { "file" } else { &stem })
}

/// Writes a new file and returns its name. Never overwrites a file.
fn save(folder: &Path, name: &str, data: &[u8]) -> std::io::Result<String> {
    let (stem, end) = name.split_once('.').unwrap_or((name, ""));
    for n in 1..1000 {
        let name = match (n, end) {
            (1, _) => name.to_owned(),
            (_, "") => format!("{stem}-{n}"),
            _ => format!("{stem}-{n}.{end}"),
        };
        let path: PathBuf = folder.join(&name);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                let written = file.write_all(data);
                if written.is_err() {
                    // A partial file would look complete. If it cannot be removed, the write error is returned all the same.
                    let _ = std::fs::remove_file(&path);
                }
                return written.map(|()| name);
            }
            Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("ride.fit", "ride.fit")]
    #[case("../../etc/passwd", "passwd.fit")]
    #[case("C:\\Windows\\win.ini", "win.ini.fit")]
    #[case("..", "file.fit")]
    #[case(".bashrc", "bashrc.fit")]
    #[case("run.sh", "run.sh.fit")]
    #[case("", "file.fit")]
    #[case("Café ride\n.fit", "Caf__ride_.fit")]
    fn a_name_cannot_leave_its_folder(#[case] wanted: &str, #[case] safe: &str) {
        assert_eq!(safe_name(wanted, "application/vnd.ant.fit"), safe);
    }

    #[test]
    fn a_long_name_keeps_its_end() {
        let name = safe_name(&format!("{}.fit", "x".repeat(300)), "application/vnd.ant.fit");
        assert!(name.len() == 100 && name.ends_with(".fit"));
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<_> = (0..3).map(|n| save(folder.path(), "ride.fit.gz", &[n]).unwrap()).collect();
        assert_eq!(names, ["ride.fit.gz", "ride-2.fit.gz", "ride-3.fit.gz"]);
        assert_eq!(std::fs::read(folder.path().join("ride.fit.gz")).unwrap(), [0]);
    }
}
