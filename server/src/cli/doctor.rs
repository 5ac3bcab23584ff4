//! `doctor`: checks the setup and suggests fixes.
mod check;
mod clients;
mod configuration;
mod credentials;
mod listening;
mod network;
mod offer;

use std::io::Write;

use intervals_declared::PackFiles;
use intervals_install::{Home, client_statuses};
use intervals_settings::{Layer, Loaded, Places};
use jiff::civil::Date;
use tokio::runtime::Builder;

use super::uncounted;
use crate::{
    app::{App, Upstream, options},
    exit::Exit,
    start::StartError,
};

pub use check::Check;
use check::Status;

#[derive(clap::Args)]
pub struct Doctor {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What is checked.
pub struct Subject {
    /// The binary's name.
    pub name: &'static str,
    /// The binary's version.
    pub version: &'static str,
    /// The layers below the command line.
    pub places: Places,
    /// The command line's values.
    pub flags: Layer,
    /// Whether to use the demo instead of an account, and on which day (default: the current date).
    pub demo: Option<Option<Date>>,
}

impl Doctor {
    /// Runs all checks and prints them. The exit code is 1 if a check failed.
    pub fn run(self, subject: Subject, out: &mut impl Write) -> anyhow::Result<Exit> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let checks = runtime.block_on(examine(subject));
        let count = |status| checks.iter().filter(|check| check.status == status).count();
        let failed = count(Status::Fail);
        if self.json {
            writeln!(out, "{}", serde_json::to_string(&checks)?)?;
        } else {
            write!(out, "{}", check::text(&checks))?;
            writeln!(out, "\n{} passed, {} with warnings, {failed} failed", count(Status::Pass), count(Status::Warn))?;
        }
        Ok(Exit::of(failed == 0))
    }
}

/// Runs all checks in their order. Sends at most two requests, and none that writes.
async fn examine(subject: Subject) -> Vec<Check> {
    let Subject { name, version, places, flags, demo } = subject;
    let mut checks = vec![offer::version(name, version)];
    let (loaded, broken) = configuration::read(&places, flags);
    let Loaded { config, sources, home, warnings } = loaded;
    let (variables, stored_key): (Vec<_>, Vec<_>) =
        warnings.into_iter().partition(|warning| warning.starts_with("INTERVALS_ICU_"));

    let without_retries = options(&config).with_attempts(1);
    let upstream = Upstream::new(without_retries, &config, &sources, home, demo, uncounted()).await;
    let build = |upstream: &Upstream| {
        let files = upstream.base.files(&config, &sources)?;
        let hub = upstream.base.hub(&config, &sources, &files)?;
        Ok::<_, StartError>((files, hub))
    };
    let (files, hub) = match upstream.as_ref().ok().map(build) {
        Some(Ok((files, hub))) => (files, Some(Ok(hub))),
        Some(Err(error)) => (PackFiles::default(), Some(Err(error))),
        None => (PackFiles::default(), None),
    };
    let errors = upstream.as_ref().err().into_iter().chain(hub.iter().filter_map(|hub| hub.as_ref().err()));
    checks.extend(configuration::check(&places, &config, &sources, broken, errors));
    checks.push(configuration::variables(&variables));
    checks.extend(credentials::check(&places, &config, &sources, stored_key, demo.is_some()));

    let client = upstream.as_ref().ok().map(|upstream| upstream.base.account.clone());
    match &client {
        Some(client) => checks.extend(network::check(client, &config, &sources).await),
        None => checks.push(Check::warn("reachability", "not checked: the address cannot be used", None)),
    }
    match &hub {
        Some(Ok(hub)) => {
            checks.push(offer::packs(hub));
            checks.extend(offer::broken_packs(hub));
        }
        _ => checks.push(Check::warn("packs", "not checked: the configuration cannot be used", None)),
    }
    if let Some(client) = client {
        checks.push(offer::read_only(&client, hub.as_ref().and_then(|hub| hub.as_ref().ok())).await);
    }
    if let (Ok(upstream), Some(Ok(hub))) = (upstream, hub) {
        checks.push(listening::check(&App::of(config, sources, upstream, files, hub.into())));
    }
    match Home::of_process() {
        Ok(home) => checks.extend(clients::check(&client_statuses(&home))),
        Err(error) => checks.push(Check::warn("clients", format!("{error:#}"), None)),
    }
    checks
}
