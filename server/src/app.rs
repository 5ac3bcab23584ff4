//! The application: a configuration becomes a hub.
mod base;
mod upstream;

use std::sync::Arc;

use intervals_declared::PackFiles;
use intervals_mcp::{CurrentHub, Hub, Metrics};
use intervals_settings::{Config, Loaded, Sources};
use jiff::civil::Date;

use crate::start::StartError;
pub use base::Base;
use upstream::Demo;
pub use upstream::{Upstream, options, possible, service};

/// Everything that a command needs.
pub struct App {
    /// The server behind all transports.
    pub hub: Arc<Hub>,
    /// The hub that sessions are served with.
    pub current: Arc<CurrentHub>,
    /// The values of the configuration.
    pub config: Config,
    /// Their sources.
    pub sources: Sources,
    /// The packs without Rust, as they were read.
    pub files: PackFiles,
    /// What another hub is made with when the configuration changes.
    pub base: Base,
    /// Holds the demo while it is used.
    _demo: Option<Demo>,
}

impl App {
    /// Starts the demo if it is wanted, and checks what the types of the configuration cannot.
    pub async fn new(
        loaded: Loaded,
        demo: Option<Option<Date>>,
        metrics: Arc<dyn Metrics>,
    ) -> Result<Self, StartError> {
        let Loaded { config, sources, home, warnings: _ } = loaded;
        let upstream = Upstream::new(options(&config), &config, &sources, home, demo, metrics).await?;
        let files = upstream.base.files(&config, &sources)?;
        let hub = Arc::new(upstream.base.hub(&config, &sources, &files)?);
        Ok(Self::of(config, sources, upstream, files, hub))
    }

    /// The application of these parts.
    pub fn of(config: Config, sources: Sources, upstream: Upstream, files: PackFiles, hub: Arc<Hub>) -> Self {
        let current = CurrentHub::fixed(hub.clone());
        Self { current, hub, config, sources, files, base: upstream.base, _demo: upstream.demo }
    }
}
