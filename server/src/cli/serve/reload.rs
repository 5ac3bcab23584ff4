//! Reloads the configuration while the server runs: when its file or the folder of packs without Rust changes, and on SIGHUP.
use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Arc,
};

use intervals_declared::PackFiles;
use intervals_settings::{Config, Fault, Layer, Loaded, Places, Source, files::Stamp, read};

use super::{over_http::AccessSwap, watched::Watched};
use crate::{app::App, start::StartError};

/// The sources that the configuration is read from, at the start and again.
pub struct ConfigSource {
    /// The layers below the command line.
    pub places: Places,
    /// The command line's values.
    pub flags: Layer,
    file: Option<(PathBuf, Stamp)>,
}

impl ConfigSource {
    /// Records the state of the file. Call it before the configuration is read, or a change in between is missed.
    pub fn new(places: Places, flags: Layer) -> Self {
        let file = places.file_in_use().map(|file| (file.clone(), Stamp::of(&file)));
        // A file that exists now must exist at each reload: without it, all that it forbids would be allowed. If there is none now,
        // none is looked for later.
        let places = Places { file: file.as_ref().map(|(file, _)| file.clone()), platform_file: None, ..places };
        Self { places, flags, file }
    }

    /// Whether there is a file or a folder of packs that may change. If not, clients may cache their lists, and SIGHUP ends the server
    /// as by default.
    pub fn may_change(&self, files: &PackFiles) -> bool {
        self.file.is_some() || files.folder().is_some_and(|folder| folder.exists())
    }
}

/// Applies changes of the configuration while the transports serve.
pub struct Reload<'a> {
    app: &'a App,
    source: ConfigSource,
    hangup: Hangup,
    /// The watched files, if anything may change.
    watched: Option<Watched>,
    /// The configuration in use.
    running: Config,
    /// Whether the configuration file was not empty when it was last read.
    filled: bool,
    /// The keys that the configuration in use sets.
    keys: BTreeSet<String>,
    /// The packs without Rust in use.
    files: PackFiles,
    /// Replaces the access rules of HTTP.
    access: Option<AccessSwap>,
}

impl<'a> Reload<'a> {
    /// Starts to listen for SIGHUP if anything may change.
    pub fn new(app: &'a App, source: ConfigSource, may_change: bool) -> std::io::Result<Self> {
        Ok(Self {
            hangup: Hangup::new(may_change)?,
            watched: may_change.then(|| Watched::new(source.file.clone(), &app.files)),
            filled: source.file.as_ref().is_some_and(|(file, _)| is_filled(file)),
            app,
            source,
            running: app.config.clone(),
            keys: app.sources.keys().cloned().collect(),
            files: app.files.clone(),
            access: None,
        })
    }

    /// Also replaces the access rules with each reload.
    pub fn with_access(self, access: AccessSwap) -> Self {
        Self { access: Some(access), ..self }
    }

    /// Runs `serving` to its end, and applies changes meanwhile.
    pub async fn beside<T>(self, serving: impl Future<Output = T>) -> T {
        tokio::select! {
            served = serving => served,
            never = self.watch() => match never {},
        }
    }

    async fn watch(mut self) -> std::convert::Infallible {
        let Some(mut watched) = self.watched.take() else { return std::future::pending().await };
        loop {
            let by_signal = tokio::select! {
                () = self.hangup.wait() => true,
                () = watched.changed() => false,
            };
            watched.settled().await;
            // A reload runs code of packs, also of outside ones: a panic there must not end the server.
            let reloaded = catch_unwind(AssertUnwindSafe(|| self.reload(by_signal)));
            match reloaded.unwrap_or_else(|_| Err(anyhow::anyhow!("a pack panicked").into())) {
                Ok(()) => {
                    watched.follow(&self.files);
                    tracing::info!("the configuration was read again and holds");
                }
                Err(error) => {
                    let all: Vec<_> = match error {
                        StartError::Faults(faults) => faults.iter().map(ToString::to_string).collect(),
                        StartError::Other(error) => vec![format!("{error:#}")],
                    };
                    for fault in &all {
                        tracing::error!("the configuration cannot be used, and the one before holds: {fault}");
                    }
                    self.app.current.refuse(&all.join(" "));
                }
            }
        }
    }

    /// Reads the configuration again and applies it. On a fault nothing changes, but a faulty file of a pack only takes that pack out.
    fn reload(&mut self, by_signal: bool) -> Result<(), StartError> {
        // While an editor replaces the file it may be missing or empty for a moment, and all that it forbids would be allowed.
        if let Some((file, _)) = &self.source.file
            && let Some(problem) = missing(file, self.filled)
        {
            let remedy = "Put it back, or restart the server without it.";
            return Err(Fault { place: file.display().to_string(), problem, remedy: remedy.into() }.into());
        }
        // The stored key is not looked up again: a change of it needs a restart, and a keychain may prompt its user.
        let Loaded { mut config, sources, home: _, warnings: _ } =
            read(self.source.places.clone(), self.source.flags.clone())?;
        if matches!(self.app.sources.get("api_key"), Some(Source::Credentials(_) | Source::Keychain(..))) {
            config.api_key = config.api_key.or_else(|| self.running.api_key.clone());
        }
        let needs_restart = config.keep_restart_keys(&self.running);
        let base = &self.app.base;
        let files = base.files(&config, &sources)?.after(&self.files);
        let hub = Arc::new(base.hub(&config, &sources, &files)?);
        if let Some(access) = &self.access {
            // Before the hub, so that a caller who loses access sees nothing of the new hub.
            access.replace(&config, &sources, &hub, hub.service())?;
        }
        // If only a comment changed, here or in a pack, clients need not list the tools again.
        let keys: BTreeSet<String> = sources.keys().cloned().collect();
        let differs =
            !config.equals_but_secrets(&self.running) || keys != self.keys || !files.declare_the_same(&self.files);
        self.app.current.replace(hub, by_signal || differs);
        for pack in files.gone(&self.files) {
            tracing::warn!(
                "the pack {pack} is gone with its file; where the configuration names it, the next start will fail"
            );
        }
        self.filled = self.source.file.as_ref().is_some_and(|(file, _)| is_filled(file));
        (self.running, self.keys, self.files) = (config, keys, files);
        if !needs_restart.is_empty() {
            tracing::warn!("changed, and needs a restart: {}", needs_restart.join(", "));
        }
        Ok(())
    }
}

/// The problem, if the file is missing, or empty although it was not.
fn missing(file: &Path, filled: bool) -> Option<String> {
    match file.is_file() {
        true if filled && !is_filled(file) => Some("the file is empty".into()),
        true => None,
        false => Some("the file is gone".into()),
    }
}

fn is_filled(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|found| found.len() > 0)
}

/// Waits for SIGHUP. On Windows, which has no such signal, it waits for ever.
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
