//! Files that keep their owner, whoever runs this: under `sudo` all that is made would be root's, and the client shut out.
use std::{fs::File, io, path::Path};

/// Gives a new file to the user and the group of the one whose place it takes.
#[cfg(unix)]
pub fn keep(file: &File, old: &std::fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};

    let new = file.metadata()?;
    let (user, group) = (changed(new.uid(), old.uid()), changed(new.gid(), old.gid()));
    if user.is_some() || group.is_some() { fchown(file, user, group) } else { Ok(()) }
}

/// Gives what was made in a folder to the folder's owner. Only root does: what others make there is theirs.
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
