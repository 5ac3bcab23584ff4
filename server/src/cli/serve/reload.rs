//! The configuration changes while the server runs: its file and the folder of packs without Rust are watched, and SIGHUP asks for
//! all of it to be read again.
use std::{path::PathBuf, sync::Arc};

use super::{Assembly, watched::Watched};
use crate::{
    cli::assembly::Faults,
    config::{Config, Fault, Layer, Loaded, Places, load},
    declared::Files,
    stamp::Stamp,
};

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

    /// With neither a file nor a folder of packs there is nothing that could change: clients may keep their lists, and SIGHUP ends the
    /// server as ever.
    pub fn may_change(&self, files: &Files) -> bool {
        self.file.is_some() || files.folder().is_some_and(|folder| folder.exists())
    }
}

/// Takes a changed configuration over, beside whatever serves.
pub struct Reload<'a> {
    assembly: &'a Assembly,
    origin: Origin,
    hangup: Hangup,
    /// What is looked at; nothing where nothing can change.
    watched: Option<Watched>,
    /// What holds now.
    running: Config,
    /// The packs without Rust that hold now.
    files: Files,
    #[cfg(feature = "http")]
    entrance: Option<Swap>,
}

#[cfg(feature = "http")]
type Swap = tokio::sync::watch::Sender<Arc<crate::transport::http::Entrance>>;

impl<'a> Reload<'a> {
    /// SIGHUP is heard from now on, if anything may change.
    pub fn new(assembly: &'a Assembly, origin: Origin, may_change: bool) -> std::io::Result<Self> {
        Ok(Self {
            hangup: Hangup::new(may_change)?,
            watched: may_change.then(|| Watched::new(origin.file.clone(), &assembly.files)),
            assembly,
            origin,
            running: assembly.config.clone(),
            files: assembly.files.clone(),
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
        let Some(mut watched) = self.watched.take() else { return std::future::pending().await };
        loop {
            tokio::select! {
                () = self.hangup.wait() => watched.look(),
                () = watched.changed() => {}
            }
            match self.take_over() {
                Ok(()) => {
                    watched.took(&self.files);
                    tracing::info!("the configuration was read again and holds");
                }
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

    /// All of it holds, or nothing; but a faulty file of a pack takes only that pack out.
    fn take_over(&mut self) -> anyhow::Result<()> {
        let mut places = self.origin.places.clone();
        // While it is being replaced it may be gone for a moment, and what it forbids would be allowed.
        if let Some((file, _)) = self.origin.file.as_ref().filter(|(file, _)| !file.is_file()) {
            let remedy = "Put it back, or restart the server without it.";
            let problem = "the file is gone".into();
            return Err(Fault { place: file.display().to_string(), problem, remedy: remedy.into() }.into());
        }
        // A server that was started without a file never looks for one.
        if self.origin.file.is_none() {
            places.platform_file = None;
        }
        let Loaded { mut config, sources, home: _, warnings: _ } =
            load(places, self.origin.flags.clone()).map_err(Faults)?;
        let differ = config.keep(&self.running);
        let ground = &self.assembly.ground;
        let files = ground.files(&config, &sources)?.after(&self.files);
        let hub = Arc::new(ground.hub(&config, &sources, &files)?);
        #[cfg(feature = "http")]
        if let Some(entrance) = &self.entrance {
            let next = super::listening::entrance(&config, &sources, &hub, &self.assembly.service)?;
            // Before the hub: who is shut out gets nothing of the new one.
            entrance.send_replace(Arc::new(next));
        }
        self.assembly.live.replace(hub);
        for pack in files.gone(&self.files) {
            tracing::warn!(
                "the pack {pack} is gone with its file; where the configuration names it, the next start will fail"
            );
        }
        (self.running, self.files) = (config, files);
        if !differ.is_empty() {
            tracing::warn!("changed, and needs a restart: {}", differ.join(", "));
        }
        Ok(())
    }
}

/// SIGHUP, where there is something to read again.
struct Hangup {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Hangup {
    #[cfg(unix)]
    fn new(may_change: bool) -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self { signal: may_change.then(|| signal(SignalKind::hangup())).transpose()? })
    }

    #[cfg(not(unix))]
    fn new(_: bool) -> std::io::Result<Self> {
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
