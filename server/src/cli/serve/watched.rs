//! Watches the files of the configuration for changes.
use std::{path::PathBuf, time::Duration};

use tokio::time::sleep;

use intervals_declared::{PackFiles, Stamps, stamps};
use intervals_settings::files::Stamp;

/// The polling interval.
const INTERVAL: Duration = Duration::from_secs(2);
/// How long files must stay unchanged before they are read, since a writer may not be done.
const SETTLED: Duration = Duration::from_millis(200);
/// How often to wait for that before files that keep changing are read anyway.
const TRIES: usize = 50;

/// The configuration file and the folder of packs without Rust, as they were when they were last read.
pub struct Watched {
    file: Option<PathBuf>,
    folder: Option<PathBuf>,
    seen: State,
}

type State = (Option<Stamp>, Stamps);

impl Watched {
    /// Watches the configuration file, with its state before it was read, and the folder of these packs.
    pub fn new(file: Option<(PathBuf, Stamp)>, files: &PackFiles) -> Self {
        let (file, stamp) = file.unzip();
        Self { file, folder: files.folder().map(Into::into), seen: (stamp, files.stamps().clone()) }
    }

    /// Watches the folder of these packs from now on.
    pub fn follow(&mut self, files: &PackFiles) {
        self.folder = files.folder().map(Into::into);
        self.seen.1 = files.stamps().clone();
    }

    /// Waits until the files differ from when they were last read.
    pub async fn changed(&self) {
        while self.state() == self.seen {
            sleep(INTERVAL).await;
        }
    }

    /// Waits until the files stop changing, and takes their state as the one that is read.
    pub async fn settled(&mut self) {
        let mut last = self.state();
        for _ in 0..TRIES {
            sleep(SETTLED).await;
            let state = self.state();
            if std::mem::replace(&mut last, state.clone()) == state {
                break;
            }
        }
        self.seen = last;
    }

    fn state(&self) -> State {
        (self.file.as_deref().map(Stamp::of), stamps(self.folder.as_deref()))
    }
}
