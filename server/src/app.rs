//! The application: builds the hub from the configuration.
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
pub use upstream::{Upstream, check_demo, options, service};

/// What a command needs: the hub, the configuration, and the parts to build another hub.
pub struct App {
    /// The hub built at the start.
    pub hub: Arc<Hub>,
    /// The hub that serves sessions; a configuration change replaces it.
    pub current: Arc<CurrentHub>,
    /// The values of the configuration.
    pub config: Config,
    /// The source of each value.
    pub sources: Sources,
    /// The packs without Rust, as they were read.
    pub files: PackFiles,
    /// Builds the next hub when the configuration changes.
    pub base: Base,
    /// Keeps the demo running.
    _demo: Option<Demo>,
}

impl App {
    /// Builds the application, and starts the demo if it is requested. Fails on invalid values that the types of the configuration
    /// allow, such as an unknown pack.
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

    /// Assembles the application from its parts.
    pub fn of(config: Config, sources: Sources, upstream: Upstream, files: PackFiles, hub: Arc<Hub>) -> Self {
        let current = CurrentHub::fixed(hub.clone());
        Self { current, hub, config, sources, files, base: upstream.base, _demo: upstream.demo }
    }
}
