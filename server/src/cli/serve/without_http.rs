//! HTTP in a build without it: configuring HTTP is an error that names the missing feature.
use std::{convert::Infallible, net::SocketAddr, sync::Arc};

use anyhow::anyhow;
use intervals_core::client::Service;
use intervals_mcp::{CurrentHub, Hub, Metrics, Uncounted};
use intervals_settings::{Config, Fault, Sources};
use tokio_util::sync::CancellationToken;

use super::Transports;
use crate::{app::App, start::StartError};

/// Metrics that count nothing.
pub struct Counter;

impl Counter {
    pub fn new() -> Self {
        Self
    }

    pub fn metrics(&self) -> Arc<dyn Metrics> {
        Arc::new(Uncounted)
    }
}

/// The HTTP transports, which this build cannot have.
pub struct Http(Infallible);

/// The handle that replaces the access rules, which this build cannot have.
pub struct AccessSwap(Infallible);

impl AccessSwap {
    pub fn replace(&self, _: &Config, _: &Sources, _: &Arc<Hub>, _: &Service) -> Result<(), Fault> {
        match self.0 {}
    }
}

impl Http {
    pub fn open(_: &App, _: Transports, _: Counter) -> Result<Self, StartError> {
        Err(not_in_this_build())
    }

    pub fn access(&self) -> AccessSwap {
        match self.0 {}
    }

    pub async fn serve(self, _: Arc<CurrentHub>, _: CancellationToken) -> anyhow::Result<()> {
        match self.0 {}
    }
}

pub fn local_address(_: &Config, _: &Sources) -> Result<SocketAddr, StartError> {
    Err(not_in_this_build())
}

fn not_in_this_build() -> StartError {
    anyhow!("HTTP is not in this build; build it with --features http").into()
}
