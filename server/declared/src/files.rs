//! The folder of declared packs: a snapshot of its files, and stamps that tell whether they changed.
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use intervals_catalog::AbsentNames;
use intervals_settings::files::Stamp;

/// Files of a folder that are read.
const MAX_FILES: usize = 100;
/// Size of a file that is read, bytes.
pub(super) const MAX_BYTES: u64 = 256 * 1024;

/// Stamps of a folder's files by path. They differ after a file was added, changed or removed.
pub type Stamps = BTreeMap<PathBuf, Stamp>;

/// A snapshot of the pack files of a folder.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct PackFiles {
    /// The folder, which need not exist.
    folder: Option<PathBuf>,
    stamps: Stamps,
    pub(super) files: Vec<PackFile>,
    /// Names that earlier snapshots declared.
    pub(super) earlier: AbsentNames,
}

/// A pack file as it was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PackFile {
    pub path: PathBuf,
    /// The text, or why it could not be read.
    pub text: Result<String, String>,
}

impl PackFiles {
    /// Reads the `.toml` files of a folder, sorted by name. A missing folder has none. A folder that cannot be listed is a single
    /// file that cannot be read.
    pub fn read(folder: &Path) -> Self {
        // The stamps are taken first, so that a change during reading is noticed later.
        let stamps = stamps(Some(folder));
        let files = match listed(folder) {
            Ok(paths) => paths.into_iter().enumerate().map(|(at, path)| PackFile::read(path, at < MAX_FILES)).collect(),
            Err(error) => vec![PackFile { path: folder.into(), text: Err(error.to_string()) }],
        };
        Self { folder: Some(folder.into()), stamps, files, earlier: AbsentNames::default() }
    }

    /// Marks the snapshot as a successor of `others`: a configuration may still use the names that those declared.
    pub fn after(self, others: &Self) -> Self {
        let mut earlier = others.earlier.clone();
        others.files.iter().for_each(|file| file.add_names_to(&mut earlier));
        Self { earlier, ..self }
    }

    /// Names of the packs whose files are in `others` and not in this snapshot.
    pub fn gone<'a>(&'a self, others: &'a Self) -> impl Iterator<Item = String> {
        let is_here = |name: &String| self.files.iter().any(|file| file.name() == *name);
        let read = others.files.iter().filter(|file| file.text.is_ok());
        read.map(PackFile::name).filter(move |name| !is_here(name))
    }

    /// Whether both snapshots declare the same. Comments and stamps are not compared.
    pub fn declare_the_same(&self, others: &Self) -> bool {
        let declarations =
            |files: &Self| files.files.iter().map(|file| (file.name(), file.table())).collect::<Vec<_>>();
        declarations(self) == declarations(others)
    }

    /// The folder, which need not exist.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Stamps of the files, taken before they were read.
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

    /// Its TOML; `None` if it cannot be read or parsed.
    fn table(&self) -> Option<toml::Table> {
        self.text.as_ref().ok()?.parse().ok()
    }

    /// Adds the pack's name, and each word of the file that may be a name, to the absent names.
    pub fn add_names_to(&self, absent: &mut AbsentNames) {
        absent.add(&self.name(), self.text.as_deref().unwrap_or_default());
    }

    /// Name of its pack: the file's name without `.toml`.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        name.strip_suffix(".toml").unwrap_or(&name).to_owned()
    }
}

/// Stamps of the folder's files now.
pub fn stamps(folder: Option<&Path>) -> Stamps {
    let Some(folder) = folder else { return Stamps::new() };
    let paths = listed(folder).unwrap_or_else(|_| vec![folder.into()]);
    paths.into_iter().map(|path| (path.clone(), Stamp::of(&path))).collect()
}

/// Paths of the folder's `.toml` files, sorted.
fn listed(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        Err(error) => return Err(error),
    };
    let mut paths: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    // Editors put hidden files beside the files that they write.
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

/// The folder of declared packs: `named` by the operator, else `packs.d` in `home`, the folder of the configuration.
///
/// # Errors
/// `named` is not a folder.
pub fn folder(named: Option<&Path>, home: Option<&Path>) -> Result<Option<PathBuf>, String> {
    match named {
        Some(folder) if !folder.is_dir() => Err(format!("{} is not a folder", folder.display())),
        Some(folder) => Ok(Some(folder.into())),
        None => Ok(home.map(|home| home.join("packs.d"))),
    }
}
