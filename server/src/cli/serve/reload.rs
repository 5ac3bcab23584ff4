//! The configuration changes while the server runs: its file is watched, and SIGHUP asks for it to be read again.
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::time::sleep;

use super::Assembly;
use crate::{
    cli::assembly::Faults,
    config::{Config, Fault, Layer, Loaded, Places, load},
};

/// How often the file is looked at.
const EVERY: Duration = Duration::from_secs(2);
/// How long it must have stayed the same: whoever writes it may not be done.
const SETTLED: Duration = Duration::from_millis(200);
/// How often that is tried with a file that never stays the same.
const TRIES: usize = 50;

/// Where the configuration was read, to read it again.
pub struct Origin {
    /// The layers below the command line.
    pub places: Places,
    /// The command line's values.
    pub flags: Layer,
    file: Option<(PathBuf, Stamp)>,
}

impl Origin {
    /// To be made before the configuration is read, or the change in between would go unseen.
    pub fn new(places: Places, flags: Layer) -> Self {
        let file = places.file_in_use().map(|file| (file.clone(), Stamp::of(&file)));
        Self { places, flags, file }
    }

    /// Without a file there is nothing that could change: clients may keep their lists, and SIGHUP ends the server as ever.
    pub fn may_change(&self) -> bool {
        self.file.is_some()
    }
}

/// What tells one state of a file from another, also when it was replaced by renaming.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stamp(Option<(SystemTime, u64, u64)>);

impl Stamp {
    fn of(file: &Path) -> Self {
        let found = std::fs::metadata(file).ok();
        Self(found.and_then(|found| Some((found.modified().ok()?, found.len(), number(&found)))))
    }
}

#[cfg(unix)]
fn number(found: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn number(_: &std::fs::Metadata) -> u64 {
    0
}

/// Takes a changed configuration over, beside whatever serves.
pub struct Reload<'a> {
    assembly: &'a Assembly,
    origin: Origin,
    hangup: Hangup,
    /// What holds now.
    running: Config,
    #[cfg(feature = "http")]
    entrance: Option<Swap>,
}

#[cfg(feature = "http")]
type Swap = tokio::sync::watch::Sender<Arc<crate::transport::http::Entrance>>;

impl<'a> Reload<'a> {
    /// SIGHUP is heard from now on.
    pub fn new(assembly: &'a Assembly, origin: Origin) -> std::io::Result<Self> {
        Ok(Self {
            hangup: Hangup::of(&origin)?,
            assembly,
            origin,
            running: assembly.config.clone(),
            #[cfg(feature = "http")]
            entrance: None,
        })
    }

    /// HTTP is entered here, until it is entered elsewhere.
    #[cfg(feature = "http")]
    pub fn through(
        self,
        entrance: crate::transport::http::Entrance,
    ) -> (Self, tokio::sync::watch::Receiver<Arc<crate::transport::http::Entrance>>) {
        let (sender, receiver) = tokio::sync::watch::channel(Arc::new(entrance));
        (Self { entrance: Some(sender), ..self }, receiver)
    }

    /// Serves, and takes changes over until that is done.
    pub async fn beside<T>(self, serving: impl Future<Output = T>) -> T {
        tokio::select! {
            served = serving => served,
            never = self.watch() => match never {},
        }
    }

    async fn watch(mut self) -> std::convert::Infallible {
        let Some((file, mut seen)) = self.origin.file.clone() else { return std::future::pending().await };
        loop {
            tokio::select! {
                () = self.hangup.wait() => seen = Stamp::of(&file),
                () = changed(&file, &mut seen) => {}
            }
            match self.take_over(&file) {
                Ok(()) => tracing::info!("the configuration was read again and holds"),
                Err(error) => {
                    let all = match error.downcast_ref::<Faults>() {
                        Some(Faults(faults)) => faults.iter().map(ToString::to_string).collect(),
                        None => vec![format!("{error:#}")],
                    };
                    for fault in &all {
                        tracing::error!("the configuration cannot be used, and the one before holds: {fault}");
                    }
                    self.assembly.live.refuse(&all.join(" "));
                }
            }
        }
    }

    /// All of it holds, or nothing.
    fn take_over(&mut self, file: &Path) -> anyhow::Result<()> {
        // While it is being replaced it may be gone for a moment, and what it forbids would be allowed.
        if !file.is_file() {
            let remedy = "Put it back, or restart the server without it.";
            let problem = "the file is gone".into();
            return Err(Fault { place: file.display().to_string(), problem, remedy: remedy.into() }.into());
        }
        let loaded = load(self.origin.places.clone(), self.origin.flags.clone()).map_err(Faults)?;
        let Loaded { mut config, sources, warnings: _ } = loaded;
        let differ = config.keep(&self.running);
        let hub = Arc::new(self.assembly.ground.hub(&config, &sources)?);
        #[cfg(feature = "http")]
        if let Some(entrance) = &self.entrance {
            let next = super::listening::entrance(&config, &sources, &hub, &self.assembly.service)?;
            // Before the hub: who is shut out gets nothing of the new one.
            entrance.send_replace(Arc::new(next));
        }
        self.assembly.live.replace(hub);
        self.running = config;
        if !differ.is_empty() {
            tracing::warn!("changed, and needs a restart: {}", differ.join(", "));
        }
        Ok(())
    }
}

/// Waits until the file is another one, and stays so.
async fn changed(file: &Path, seen: &mut Stamp) {
    let mut found = *seen;
    while found == *seen {
        sleep(EVERY).await;
        found = Stamp::of(file);
    }
    for _ in 0..TRIES {
        sleep(SETTLED).await;
        let now = Stamp::of(file);
        if std::mem::replace(&mut found, now) == now {
            break;
        }
    }
    *seen = found;
}

/// SIGHUP, where there is something to read again.
struct Hangup {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Hangup {
    #[cfg(unix)]
    fn of(origin: &Origin) -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self { signal: origin.may_change().then(|| signal(SignalKind::hangup())).transpose()? })
    }

    #[cfg(not(unix))]
    fn of(_: &Origin) -> std::io::Result<Self> {
        Ok(Self {})
    }

    async fn wait(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal
            && signal.recv().await.is_some()
        {
            return;
        }
        std::future::pending().await
    }
}
