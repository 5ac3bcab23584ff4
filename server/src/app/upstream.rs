//! The account that is served: the configured one, or that of the demo.
use std::{num::NonZeroU32, path::PathBuf, sync::Arc, time::Duration};

use intervals_core::client::{Credential, Options, Service};
use intervals_mcp::Metrics;
use intervals_settings::{Config, Fault, Secret, Sources};
use jiff::{Timestamp, civil::Date};

use super::base::Base;
use crate::start::StartError;

/// The account at its service.
pub struct Upstream {
    /// What hubs are made on.
    pub base: Base,
    /// Holds the demo while it is used.
    pub demo: Option<Demo>,
}

impl Upstream {
    /// The configured account, or that of the demo. Fails on an address or certificates that cannot be used; nothing is sent.
    pub async fn new(
        options: Options,
        config: &Config,
        sources: &Sources,
        home: Option<PathBuf>,
        demo: Option<Option<Date>>,
        metrics: Arc<dyn Metrics>,
    ) -> Result<Self, StartError> {
        let account = Account { now: None, options, credential: credential(config), own_id: config.athlete_id.clone() };
        let (account, demo) = match demo {
            None => (account, None),
            Some(day) => account.of_demo(day).await.map(|(account, demo)| (account, Some(demo)))?,
        };
        let Account { now, options, credential, own_id } = account;
        let service = service(options, config, sources)?;
        let base = Base { account: service.account(credential, own_id), now, metrics, home };
        Ok(Self { base, demo })
    }
}

/// The service of these options. Fails on an address or certificates that cannot be used.
pub fn service(options: Options, config: &Config, sources: &Sources) -> Result<Service, Fault> {
    let service = Service::new(options).map_err(|e| sources.fault("base_url", e.to_string(), "Correct it."))?;
    if config.ca_file.is_some() {
        service.check().map_err(|e| sources.fault("ca_file", e.to_string(), "Name a PEM file with certificates."))?;
    }
    Ok(service)
}

/// Whose data is served, from where, and when.
struct Account {
    /// The demo's clock.
    now: Option<Timestamp>,
    options: Options,
    credential: Credential,
    own_id: Option<String>,
}

impl Account {
    /// The demo athlete instead, on `day` or their own today.
    #[cfg(feature = "demo")]
    async fn of_demo(self, day: Option<Date>) -> anyhow::Result<(Self, Demo)> {
        possible(Some(day))?;
        let demo = crate::demo::start(day).await?;
        let account = Self {
            now: demo.now,
            options: self.options.with_base_url(&demo.service.url),
            credential: Credential::ApiKey(intervals_demo::KEY.into()),
            own_id: None,
        };
        Ok((account, demo))
    }

    #[cfg(not(feature = "demo"))]
    async fn of_demo(self, _: Option<Date>) -> anyhow::Result<(Self, Demo)> {
        anyhow::bail!(NO_DEMO)
    }
}

/// Whether there is a demo of that day, if one is wanted.
#[cfg(feature = "demo")]
pub fn possible(demo: Option<Option<Date>>) -> anyhow::Result<()> {
    match demo.flatten().filter(|day| !crate::demo::possible(*day)) {
        Some(day) => anyhow::bail!("--demo={day}: the demo goes from 2010 to 2099; use a date such as 2026-07-05"),
        None => Ok(()),
    }
}

#[cfg(not(feature = "demo"))]
pub fn possible(demo: Option<Option<Date>>) -> anyhow::Result<()> {
    match demo {
        Some(_) => anyhow::bail!(NO_DEMO),
        None => Ok(()),
    }
}

#[cfg(not(feature = "demo"))]
const NO_DEMO: &str = "--demo is not in this build; build it with --features demo";

/// Holds the demo's server while it is used.
#[cfg(feature = "demo")]
pub type Demo = crate::demo::Demo;
#[cfg(not(feature = "demo"))]
pub type Demo = std::convert::Infallible;

/// How the configuration treats the service.
pub fn options(config: &Config) -> Options {
    Options::at(&config.base_url)
        .with_rate(config.rate)
        .with_burst(NonZeroU32::new(config.burst).unwrap_or(NonZeroU32::MIN))
        .with_ca_file(config.ca_file.clone())
        .with_cache(Duration::from_secs(config.cache))
}

/// What the configuration proves itself with.
pub fn credential(config: &Config) -> Credential {
    let given = |secret: &Option<Secret>| secret.as_ref().and_then(Secret::reveal);
    match (given(&config.api_key), given(&config.access_token)) {
        (Some(key), _) => Credential::ApiKey(key),
        (None, Some(token)) => Credential::AccessToken(token),
        (None, None) => Credential::None,
    }
}
