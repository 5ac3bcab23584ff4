//! The folder of declared packs: its files as they were when they were read, and how to tell that they no longer are.
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use intervals_catalog::AbsentNames;
use intervals_settings::files::Stamp;

/// The most files of a folder, and the most bytes of each.
const MAX_FILES: usize = 100;
pub(super) const MAX_BYTES: u64 = 256 * 1024;

/// The states of a folder's files, which change when one is added, changed or removed.
pub type Stamps = BTreeMap<PathBuf, Stamp>;

/// The files of a folder as they were when they were read.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct PackFiles {
    /// Where they are, or would be.
    folder: Option<PathBuf>,
    stamps: Stamps,
    pub(super) files: Vec<PackFile>,
    /// What was declared before they were read, and need not be any more.
    pub(super) earlier: AbsentNames,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct PackFile {
    pub path: PathBuf,
    /// Or why it could not be read.
    pub text: Result<String, String>,
}

impl PackFiles {
    /// The `.toml` files of a folder, by name; none when there is no folder. One that cannot be listed stands for its files.
    pub fn read(folder: &Path) -> Self {
        // First, so that a change while they are read is one to come.
        let stamps = stamps(Some(folder));
        let files = match listed(folder) {
            Ok(paths) => paths.into_iter().enumerate().map(|(at, path)| PackFile::read(path, at < MAX_FILES)).collect(),
            Err(error) => vec![PackFile { path: folder.into(), text: Err(error.to_string()) }],
        };
        Self { folder: Some(folder.into()), stamps, files, earlier: AbsentNames::default() }
    }

    /// The same, read in the place of others: what those declared may still be named.
    pub fn after(self, others: &Self) -> Self {
        let mut earlier = others.earlier.clone();
        others.files.iter().for_each(|file| file.add_names_to(&mut earlier));
        Self { earlier, ..self }
    }

    /// The packs whose files were among `others` and are none of these.
    pub fn gone<'a>(&'a self, others: &'a Self) -> impl Iterator<Item = String> {
        let is_here = |name: &String| self.files.iter().any(|file| file.name() == *name);
        let read = others.files.iter().filter(|file| file.text.is_ok());
        read.map(PackFile::name).filter(move |name| !is_here(name))
    }

    /// Whether they declare the same, whatever their comments say and whenever they were written.
    pub fn declare_the_same(&self, others: &Self) -> bool {
        let declarations =
            |files: &Self| files.files.iter().map(|file| (file.name(), file.table())).collect::<Vec<_>>();
        declarations(self) == declarations(others)
    }

    /// Where they are, or would be.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Their states before they were read.
    pub fn stamps(&self) -> &Stamps {
        &self.stamps
    }
}

impl PackFile {
    fn read(path: PathBuf, has_room: bool) -> Self {
        let text = match has_room {
            true => read_text(&path),
            false => Err(format!("it is one of more than {MAX_FILES} files")),
        };
        Self { path, text }
    }

    /// What it says; nothing when that cannot be read.
    fn table(&self) -> Option<toml::Table> {
        self.text.as_ref().ok()?.parse().ok()
    }

    /// Adds everything in the file that looks like a name to what may be named.
    pub fn add_names_to(&self, absent: &mut AbsentNames) {
        absent.add(&self.name(), self.text.as_deref().unwrap_or_default());
    }

    /// Its pack's name.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        name.strip_suffix(".toml").unwrap_or(&name).to_owned()
    }
}

/// The states of the folder's files now.
pub fn stamps(folder: Option<&Path>) -> Stamps {
    let Some(folder) = folder else { return Stamps::new() };
    let paths = listed(folder).unwrap_or_else(|_| vec![folder.into()]);
    paths.into_iter().map(|path| (path.clone(), Stamp::of(&path))).collect()
}

fn listed(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        Err(error) => return Err(error),
    };
    let mut paths: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    // Editors leave hidden files beside those that they write.
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    paths.retain(|path| path.extension().is_some_and(|ext| ext == "toml") && !hidden(path));
    paths.sort();
    Ok(paths)
}

fn read_text(path: &Path) -> Result<String, String> {
    let metadata = fs::metadata(path).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("it is not a file".into());
    }
    let size = metadata.len();
    if size > MAX_BYTES {
        return Err(format!("it has {size} bytes, and {MAX_BYTES} are read"));
    }
    fs::read_to_string(path).map_err(|error| error.to_string())
}

/// The folder's own place: beside the configuration, unless the operator names another.
///
/// # Errors
/// When the operator names one that is not there.
pub fn folder(named: Option<&Path>, home: Option<&Path>) -> Result<Option<PathBuf>, String> {
    match named {
        Some(folder) if !folder.is_dir() => Err(format!("{} is not a folder", folder.display())),
        Some(folder) => Ok(Some(folder.into())),
        None => Ok(home.map(|home| home.join("packs.d"))),
    }
}
