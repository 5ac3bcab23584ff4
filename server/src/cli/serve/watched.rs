//! The files that are looked at while the server runs, as they were when they were last read.
use std::{path::PathBuf, time::Duration};

use tokio::time::sleep;

use intervals_declared::{PackFiles, Stamps, stamps};
use intervals_settings::files::Stamp;

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
    pub fn new(file: Option<(PathBuf, Stamp)>, files: &PackFiles) -> Self {
        let (file, stamp) = file.unzip();
        Self { file, folder: files.folder().map(Into::into), seen: (stamp, files.stamps().clone()) }
    }

    /// From now on it is the folder of these files.
    pub fn took(&mut self, files: &PackFiles) {
        self.folder = files.folder().map(Into::into);
        self.seen.1 = files.stamps().clone();
    }

    /// Waits until they are others.
    pub async fn changed(&self) {
        while self.now() == self.seen {
            sleep(EVERY).await;
        }
    }

    /// Waits until they stay as they are: they are about to be read.
    pub async fn settled(&mut self) {
        let mut found = self.now();
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
        (self.file.as_deref().map(Stamp::of), stamps(self.folder.as_deref()))
    }
}
