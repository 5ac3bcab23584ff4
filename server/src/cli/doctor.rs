//! `doctor`: what could keep the server from working, looked at one by one, each with the remedy.
mod check;
mod clients;
mod configuration;
mod credentials;
mod listening;
mod network;
mod offer;

use std::io::Write;

use jiff::civil::Date;
use tokio::runtime::Builder;

use super::{
    Assembly,
    assembly::{Reached, options},
    install::{Home, found},
};
use crate::{
    config::{Layer, Loaded, Places},
    declared::Files,
};
pub use check::Check;
use check::Status;

#[derive(clap::Args)]
pub struct Doctor {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What is looked at.
pub struct Subject {
    /// The binary's name.
    pub name: &'static str,
    /// The binary's version.
    pub version: &'static str,
    /// The layers below the command line.
    pub places: Places,
    /// The command line's values.
    pub flags: Layer,
    /// The demo instead of an account, on a day or today.
    pub demo: Option<Option<Date>>,
}

impl Doctor {
    /// Says whether nothing fails.
    pub fn run(self, subject: Subject, out: &mut impl Write) -> anyhow::Result<bool> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let checks = runtime.block_on(examine(subject));
        let count = |status| checks.iter().filter(|check| check.status == status).count();
        let failed = count(Status::Fail);
        if self.json {
            writeln!(out, "{}", serde_json::to_string(&checks)?)?;
        } else {
            write!(out, "{}", check::text(&checks))?;
            writeln!(out, "\n{} passed, {} to look at, {failed} failed", count(Status::Pass), count(Status::Warn))?;
        }
        Ok(failed == 0)
    }
}

/// All checks in their order. At most two requests are sent, and none that writes.
async fn examine(subject: Subject) -> Vec<Check> {
    let Subject { name, version, places, flags, demo } = subject;
    let mut checks = vec![offer::version(name, version)];
    let (loaded, broken) = configuration::read(&places, flags);
    let Loaded { config, sources, home, warnings } = loaded;
    let (told, odd): (Vec<_>, Vec<_>) = warnings.into_iter().partition(|warning| warning.starts_with("INTERVALS_ICU_"));

    let single = options(&config).with_attempts(1);
    let reached = Reached::new(single, &config, &sources, home, demo).await;
    let offer = |reached: &Reached| {
        let files = reached.ground.files(&config, &sources)?;
        let hub = reached.ground.hub(&config, &sources, &files)?;
        anyhow::Ok((files, hub))
    };
    let (files, hub) = match reached.as_ref().ok().map(offer) {
        Some(Ok((files, hub))) => (files, Some(Ok(hub))),
        Some(Err(error)) => (Files::default(), Some(Err(error))),
        None => (Files::default(), None),
    };
    let wrong = reached.as_ref().err().into_iter().chain(hub.iter().filter_map(|hub| hub.as_ref().err()));
    checks.extend(configuration::check(&places, &config, &sources, broken, wrong));
    checks.push(configuration::variables(&told));
    checks.extend(credentials::check(&places, &config, &sources, odd, demo.is_some()));

    let client = reached.as_ref().ok().map(|reached| reached.ground.account().clone());
    match &client {
        Some(client) => checks.extend(network::check(client, &config, &sources).await),
        None => checks.push(Check::warn("reachability", "not looked at: there is no address to ask", None)),
    }
    match &hub {
        Some(Ok(hub)) => {
            checks.push(offer::packs(hub));
            checks.extend(offer::broken_packs(hub));
        }
        _ => checks.push(Check::warn("packs", "not counted, since the configuration cannot be used", None)),
    }
    if let Some(client) = client {
        checks.push(offer::read_only(&client, hub.as_ref().and_then(|hub| hub.as_ref().ok())).await);
    }
    if let (Ok(reached), Some(Ok(hub))) = (reached, hub) {
        checks.push(listening::check(&Assembly::of(config, sources, reached, files, hub.into())));
    }
    match Home::of_process() {
        Ok(home) => checks.extend(clients::check(&found(&home))),
        Err(error) => checks.push(Check::warn("clients", format!("{error:#}"), None)),
    }
    checks
}
