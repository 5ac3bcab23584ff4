//! The configuration changes while the server runs: its file and the folder of packs without Rust are watched, and SIGHUP asks for
//! all of it to be read again.
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

/// Where the configuration was read, to read it again.
pub struct ConfigSource {
    /// The layers below the command line.
    pub places: Places,
    /// The command line's values.
    pub flags: Layer,
    file: Option<(PathBuf, Stamp)>,
}

impl ConfigSource {
    /// To be made before the configuration is read, or the change in between would go unseen.
    pub fn new(places: Places, flags: Layer) -> Self {
        let file = places.file_in_use().map(|file| (file.clone(), Stamp::of(&file)));
        // From now on it has to be there: without it everything would be allowed that it forbids. Without one, none is looked for.
        let places = Places { file: file.as_ref().map(|(file, _)| file.clone()), platform_file: None, ..places };
        Self { places, flags, file }
    }

    /// With neither a file nor a folder of packs there is nothing that could change: clients may keep their lists, and SIGHUP ends the
    /// server as ever.
    pub fn may_change(&self, files: &PackFiles) -> bool {
        self.file.is_some() || files.folder().is_some_and(|folder| folder.exists())
    }
}

/// Takes a changed configuration over, beside whatever serves.
pub struct Reload<'a> {
    app: &'a App,
    source: ConfigSource,
    hangup: Hangup,
    /// What is looked at; nothing where nothing can change.
    watched: Option<Watched>,
    /// What holds now.
    running: Config,
    /// Whether there is anything in the file that it comes from.
    filled: bool,
    /// The keys that are said there.
    keys: BTreeSet<String>,
    /// The packs without Rust that hold now.
    files: PackFiles,
    /// Who may call over HTTP.
    access: Option<AccessSwap>,
}

impl<'a> Reload<'a> {
    /// SIGHUP is heard from now on, if anything may change.
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

    /// Takes changes of who may call over too.
    pub fn with_access(self, access: AccessSwap) -> Self {
        Self { access: Some(access), ..self }
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
            let asked = tokio::select! {
                () = self.hangup.wait() => true,
                () = watched.changed() => false,
            };
            watched.settled().await;
            // Also a pack that is not ours is asked, and must not end what serves.
            let taken = catch_unwind(AssertUnwindSafe(|| self.take_over(asked)));
            match taken.unwrap_or_else(|_| Err(anyhow::anyhow!("a pack failed inside").into())) {
                Ok(()) => {
                    watched.took(&self.files);
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

    /// All of it holds, or nothing; but a faulty file of a pack takes only that pack out.
    fn take_over(&mut self, asked: bool) -> Result<(), StartError> {
        // While it is being replaced it may be gone for a moment, or empty, and what it forbids would be allowed.
        if let Some((file, _)) = &self.source.file
            && let Some(problem) = missing(file, self.filled)
        {
            let remedy = "Put it back, or restart the server without it.";
            return Err(Fault { place: file.display().to_string(), problem, remedy: remedy.into() }.into());
        }
        // A stored key is not looked up: only a restart could use another one, and a keychain may ask its user.
        let Loaded { mut config, sources, home: _, warnings: _ } =
            read(self.source.places.clone(), self.source.flags.clone())?;
        if matches!(self.app.sources.get("api_key"), Some(Source::Credentials(_) | Source::Keychain(..))) {
            config.api_key = config.api_key.or_else(|| self.running.api_key.clone());
        }
        let differ = config.keep_restart_keys(&self.running);
        let base = &self.app.base;
        let files = base.files(&config, &sources)?.after(&self.files);
        let hub = Arc::new(base.hub(&config, &sources, &files)?);
        if let Some(access) = &self.access {
            // Before the hub: who is shut out gets nothing of the new one.
            access.replace(&config, &sources, &hub, hub.service())?;
        }
        // A comment that changed, here or in a pack, is no reason to have every client ask again.
        let keys: BTreeSet<String> = sources.keys().cloned().collect();
        let differs =
            !config.equals_but_secrets(&self.running) || keys != self.keys || !files.declare_the_same(&self.files);
        self.app.current.replace(hub, asked || differs);
        for pack in files.gone(&self.files) {
            tracing::warn!(
                "the pack {pack} is gone with its file; where the configuration names it, the next start will fail"
            );
        }
        self.filled = self.source.file.as_ref().is_some_and(|(file, _)| is_filled(file));
        (self.running, self.keys, self.files) = (config, keys, files);
        if !differ.is_empty() {
            tracing::warn!("changed, and needs a restart: {}", differ.join(", "));
        }
        Ok(())
    }
}

/// Whether the file is gone, or there is nothing in it although there was.
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
