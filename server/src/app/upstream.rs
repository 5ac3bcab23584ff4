//! The account to serve: the configured one, or the demo's.
use std::{num::NonZeroU32, path::PathBuf, sync::Arc, time::Duration};

use intervals_core::client::{Credential, Options, Service};
use intervals_mcp::Metrics;
use intervals_settings::{Config, Fault, Secret, Sources};
use jiff::{Timestamp, civil::Date};

use super::base::Base;
use crate::start::StartError;

/// The account to serve, and the demo behind it.
pub struct Upstream {
    /// Builds hubs on the account.
    pub base: Base,
    /// Keeps the demo running.
    pub demo: Option<Demo>,
}

impl Upstream {
    /// Creates the configured account, or starts the demo and creates its account. Fails on an address or certificates that cannot
    /// be used. Sends nothing.
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

/// Creates the service with these options. Fails on an address or certificates that cannot be used.
pub fn service(options: Options, config: &Config, sources: &Sources) -> Result<Service, Fault> {
    let service = Service::new(options).map_err(|e| sources.fault("base_url", e.to_string(), "Correct it."))?;
    if config.ca_file.is_some() {
        service.check().map_err(|e| sources.fault("ca_file", e.to_string(), "Name a PEM file with certificates."))?;
    }
    Ok(service)
}

/// The account, before its service is created.
struct Account {
    /// The fixed time of the demo.
    now: Option<Timestamp>,
    options: Options,
    credential: Credential,
    own_id: Option<String>,
}

impl Account {
    /// Replaces the account with the demo's, on `day` or the demo athlete's current date.
    #[cfg(feature = "demo")]
    async fn of_demo(self, day: Option<Date>) -> anyhow::Result<(Self, Demo)> {
        check_demo(Some(day))?;
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

/// Fails if a demo is requested that this build does not have, or a day that it does not cover.
#[cfg(feature = "demo")]
pub fn check_demo(demo: Option<Option<Date>>) -> anyhow::Result<()> {
    match demo.flatten().filter(|day| !crate::demo::covers(*day)) {
        Some(day) => anyhow::bail!("--demo={day}: the demo goes from 2010 to 2099; use a date such as 2026-07-05"),
        None => Ok(()),
    }
}

#[cfg(not(feature = "demo"))]
pub fn check_demo(demo: Option<Option<Date>>) -> anyhow::Result<()> {
    match demo {
        Some(_) => anyhow::bail!(NO_DEMO),
        None => Ok(()),
    }
}

#[cfg(not(feature = "demo"))]
const NO_DEMO: &str = "--demo is not in this build; build it with --features demo";

/// A running demo.
#[cfg(feature = "demo")]
pub type Demo = crate::demo::Demo;
#[cfg(not(feature = "demo"))]
pub type Demo = std::convert::Infallible;

/// The client options that the configuration sets.
pub fn options(config: &Config) -> Options {
    Options::at(&config.base_url)
        .with_rate(config.rate)
        .with_burst(NonZeroU32::new(config.burst).unwrap_or(NonZeroU32::MIN))
        .with_ca_file(config.ca_file.clone())
        .with_cache(Duration::from_secs(config.cache))
}

/// The configured credential: the API key, else the access token.
pub fn credential(config: &Config) -> Credential {
    let given = |secret: &Option<Secret>| secret.as_ref().and_then(Secret::reveal);
    match (given(&config.api_key), given(&config.access_token)) {
        (Some(key), _) => Credential::ApiKey(key),
        (None, Some(token)) => Credential::AccessToken(token),
        (None, None) => Credential::None,
    }
}
