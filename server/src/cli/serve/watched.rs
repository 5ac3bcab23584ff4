//! The files that are looked at while the server runs, as they were when they were last read.
use std::{path::PathBuf, time::Duration};

use tokio::time::sleep;

use crate::{
    declared::{self, Files, Stamps},
    stamp::Stamp,
};

/// How often they are looked at.
const EVERY: Duration = Duration::from_secs(2);
/// How long they must have stayed the same: whoever writes them may not be done.
const SETTLED: Duration = Duration::from_millis(200);
/// How often that is tried with files that never stay the same.
const TRIES: usize = 50;

/// The configuration, and the folder of the packs without Rust.
pub struct Watched {
    file: Option<PathBuf>,
    folder: Option<PathBuf>,
    seen: Seen,
}

type Seen = (Option<Stamp>, Stamps);

impl Watched {
    /// The configuration as it was before it was read, and the folder of these files.
    pub fn new(file: Option<(PathBuf, Stamp)>, files: &Files) -> Self {
        let (file, stamp) = file.unzip();
        Self { file, folder: files.folder().map(Into::into), seen: (stamp, files.stamps().clone()) }
    }

    /// From now on it is the folder of these files.
    pub fn took(&mut self, files: &Files) {
        self.folder = files.folder().map(Into::into);
        self.seen.1 = files.stamps().clone();
    }

    /// All is about to be read as it is now.
    pub fn look(&mut self) {
        self.seen = self.now();
    }

    /// Waits until they are others, and stay so.
    pub async fn changed(&mut self) {
        let mut found = self.now();
        while found == self.seen {
            sleep(EVERY).await;
            found = self.now();
        }
        for _ in 0..TRIES {
            sleep(SETTLED).await;
            let now = self.now();
            if std::mem::replace(&mut found, now.clone()) == now {
                break;
            }
        }
        self.seen = found;
    }

    fn now(&self) -> Seen {
        (self.file.as_deref().map(Stamp::of), declared::stamps(self.folder.as_deref()))
    }
}
