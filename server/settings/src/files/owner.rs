//! Owners of written files: without this, a file written under `sudo` would belong to root, and the client could not read it.
use std::{fs::File, io, path::Path};

/// Gives a new file the user and group of the file that it replaces.
#[cfg(unix)]
pub fn keep(file: &File, old: &std::fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};

    let new = file.metadata()?;
    let (user, group) = (changed(new.uid(), old.uid()), changed(new.gid(), old.gid()));
    if user.is_some() || group.is_some() { fchown(file, user, group) } else { Ok(()) }
}

/// Gives a new file or folder the user and group of the folder that it is in. Only root does this; what others create stays
/// theirs.
#[cfg(unix)]
pub fn inherit(created: &Path) -> io::Result<()> {
    use std::{
        fs,
        os::unix::fs::{MetadataExt, chown},
    };

    let (new, folder) = (fs::metadata(created)?, fs::metadata(created.parent().unwrap_or(created))?);
    let (user, group) = (changed(new.uid(), folder.uid()), changed(new.gid(), folder.gid()));
    if new.uid() == 0 && user.is_some() { chown(created, user, group) } else { Ok(()) }
}

#[cfg(unix)]
fn changed(current: u32, wanted: u32) -> Option<u32> {
    (current != wanted).then_some(wanted)
}

#[cfg(not(unix))]
pub fn keep(_: &File, _: &std::fs::Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub fn inherit(_: &Path) -> io::Result<()> {
    Ok(())
}
