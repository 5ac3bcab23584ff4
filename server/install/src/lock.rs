//! A lock on a folder: one install runs in it at a time. Otherwise the later of two would overwrite the other's entry.
use std::{
    fs::{File, TryLockError},
    path::Path,
    thread,
    time::Duration,
};

/// A lock on a folder, until it is dropped. It leaves no file on disk.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "the lock lasts as long as the file is open")] Option<File>);

/// Timeout: another process had the lock all the time.
#[derive(Debug, PartialEq)]
pub struct LockTimeout;

const PAUSE: Duration = Duration::from_millis(20);

impl Lock {
    /// Locks a folder. Waits up to 10 s for another process.
    pub fn on(folder: &Path) -> Result<Self, LockTimeout> {
        Self::within(folder, Duration::from_secs(10))
    }

    fn within(folder: &Path, timeout: Duration) -> Result<Self, LockTimeout> {
        let mut left = timeout;
        loop {
            match try_lock(folder) {
                Ok(file) => return Ok(Self(Some(file))),
                // Not every file system has locks. Writing checks for changes by others anyway.
                Err(TryLockError::Error(_)) => return Ok(Self(None)),
                Err(TryLockError::WouldBlock) if left.is_zero() => return Err(LockTimeout),
                Err(TryLockError::WouldBlock) => {
                    thread::sleep(PAUSE);
                    left = left.saturating_sub(PAUSE);
                }
            }
        }
    }
}

/// Locks the folder itself, which needs no lock file.
#[cfg(not(windows))]
fn try_lock(folder: &Path) -> Result<File, TryLockError> {
    let file = File::open(folder).map_err(TryLockError::Error)?;
    file.try_lock()?;
    Ok(file)
}

/// Opens a lock file exclusively, because Windows cannot lock folders. The file is deleted when it is closed.
#[cfg(windows)]
fn try_lock(folder: &Path) -> Result<File, TryLockError> {
    use std::{
        env,
        fs::OpenOptions,
        hash::{DefaultHasher, Hash, Hasher},
        os::windows::fs::OpenOptionsExt,
    };

    const DELETE_ON_CLOSE: u32 = 0x0400_0000;
    const ACCESS_DENIED: i32 = 5;
    const SHARING_VIOLATION: i32 = 32;
    let mut hash = DefaultHasher::new();
    folder.hash(&mut hash);
    let file = env::temp_dir().join(format!("intervals-icu-mcp-{:016x}.lock", hash.finish()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false).share_mode(0).custom_flags(DELETE_ON_CLOSE);
    options.open(file).map_err(|error| match error.raw_os_error() {
        Some(ACCESS_DENIED | SHARING_VIOLATION) => TryLockError::WouldBlock,
        _ => TryLockError::Error(error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_lock_at_a_time_which_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::on(folder.path()).unwrap();
        assert_eq!(Lock::within(folder.path(), Duration::ZERO).unwrap_err(), LockTimeout);
        drop(first);
        drop(Lock::within(folder.path(), Duration::ZERO).unwrap());
        assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());
    }
}
