//! Checks the service: whether it can be reached, whose account the key opens, the clock, the time zone and the rate limit.
use std::time::Duration;

use intervals_core::{
    ClientError, Intervals,
    client::{AthleteProfile, Greeting, Service},
};
use intervals_settings::{Config, Sources};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use tokio::time::timeout;

use super::Check;
use crate::cli::setup::named;

/// The timeout of one request.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The difference between the clocks from which there is a warning.
const OFF: SignedDuration = SignedDuration::from_secs(60);
/// The difference that fails the check: near midnight, what is planned or logged falls on the wrong day.
const FAR_OFF: SignedDuration = SignedDuration::from_mins(10);

/// All checks of the service. Sends two requests at most.
pub async fn check(client: &Intervals, config: &Config, sources: &Sources) -> Vec<Check> {
    let service = client.service();
    let greeting = within(TIMEOUT, service.greet()).await;
    let mut checks = vec![reachability(&greeting, service.address())];
    match &greeting {
        Err(_) => checks.push(Check::warn("athlete", "not asked for, since the service does not answer", None)),
        Ok(greeting) => {
            let athlete = within(TIMEOUT, client.own()).await;
            checks.push(match &athlete {
                Ok(athlete) => Check::pass("athlete", named(athlete)),
                Err(error) => refused(error, config, sources),
            });
            checks.push(clock(greeting, Timestamp::now()));
            if let Ok(athlete) = athlete {
                checks.push(time_zone(&athlete, config, &TimeZone::system()));
            }
        }
    }
    checks.push(rate(service, config, greeting.ok().as_ref()));
    checks
}

/// Awaits a request, but no longer than `limit`.
async fn within<T>(limit: Duration, request: impl Future<Output = Result<T, ClientError>>) -> Result<T, ClientError> {
    let late = || ClientError::Unreachable { reason: format!("timed out, no answer within {} s", limit.as_secs()) };
    timeout(limit, request).await.unwrap_or_else(|_| Err(late()))
}

fn reachability(greeting: &Result<Greeting, ClientError>, address: &str) -> Check {
    match greeting {
        Ok(_) => Check::pass("reachability", format!("{address} answers")),
        Err(ClientError::Unreachable { reason }) => {
            let (layer, remedy) = layer(reason);
            Check::fail("reachability", format!("{layer}: {address} cannot be reached: {reason}"), remedy)
        }
        Err(ClientError::Failed { status, .. }) => {
            let remedy = "Try again in a minute. If it still fails, check whether the site works in a browser.";
            Check::fail("reachability", format!("HTTP: {address} answers with an error ({status})"), remedy)
        }
        Err(error) => Check::fail("reachability", format!("{address}: {error}"), "Correct base_url or ca_file."),
    }
}

/// The network layer on which a connection failed, guessed from the words of the error, and a remedy.
fn layer(reason: &str) -> (&'static str, &'static str) {
    const LAYERS: [(&str, &[&str], &str); 4] = [
        (
            "DNS",
            &["lookup", "dns", "name or service", "nodename", "no such host", "name resolution"],
            "Check that this computer is online and resolves names, and that base_url is right.",
        ),
        (
            "TLS",
            &["certificate", "tls", "ssl", "handshake", "issuer"],
            "If a proxy or virus scanner decrypts traffic, set ca_file to its certificate. Check the clock of this computer.",
        ),
        (
            "TCP",
            &["refused", "reset", "unreachable"],
            "Check whether a firewall or proxy (HTTPS_PROXY) blocks the connection, and whether base_url is right.",
        ),
        (
            "timeout",
            &["timed out", "timeout", "deadline"],
            "Try again. Check whether a firewall or proxy (HTTPS_PROXY) blocks the connection.",
        ),
    ];
    let reason = reason.to_lowercase();
    let found = LAYERS.iter().find(|(_, words, _)| words.iter().any(|word| reason.contains(word)));
    found.map_or(("network", "Check whether this computer is online."), |(layer, _, remedy)| (*layer, *remedy))
}

/// The check of an account that could not be read.
fn refused(error: &ClientError, config: &Config, sources: &Sources) -> Check {
    let whose = config.athlete_id.as_deref().map(|id| {
        let source = sources.name("athlete_id");
        format!("athlete {id} ({source})")
    });
    let setup = "Run `intervals-icu-mcp setup` with a key from intervals.icu, Settings, Developer Settings.";
    match (error, whose) {
        (ClientError::NoCredentials, _) => Check::warn("athlete", "not asked for, since there is no key", Some(setup)),
        (ClientError::Unauthorized, _) | (ClientError::Forbidden { .. }, None) => {
            Check::fail("athlete", "Intervals.icu does not accept the API key or token", setup)
        }
        (ClientError::Forbidden { .. } | ClientError::NotFound { .. }, Some(whose)) => {
            let remedy = "Correct athlete_id, or remove it to use the key's owner.";
            Check::fail("athlete", format!("the key does not reach {whose}"), remedy)
        }
        (ClientError::RateLimited { .. }, _) => {
            let remedy = "Wait, and check whether other programs use the service from this network.";
            Check::warn("athlete", error.to_string(), Some(remedy))
        }
        (ClientError::Undecodable { .. }, _) => {
            let remedy = "Another server may have answered, such as the login page of this network. Check base_url.";
            Check::fail("athlete", error.to_string(), remedy)
        }
        (error, _) => Check::fail("athlete", error.to_string(), "Try again in a minute."),
    }
}

/// Compares this computer's clock with the service's, which has whole seconds.
fn clock(greeting: &Greeting, now: Timestamp) -> Check {
    let Some(theirs) = greeting.date else {
        return Check::pass("clock", "the service does not send its time");
    };
    let off = now.duration_since(theirs);
    let detail = match off.abs() {
        off if off <= SignedDuration::from_secs(2) => "same time as the service".into(),
        by if off.is_negative() => format!("{} s behind the service", by.as_secs()),
        by => format!("{} s ahead of the service", by.as_secs()),
    };
    let remedy = "Synchronise this computer's clock (NTP): the current date and the validity of tokens depend on it.";
    match off.abs() {
        off if off > FAR_OFF => Check::fail("clock", detail, remedy),
        off if off > OFF => Check::warn("clock", detail, Some(remedy)),
        _ => Check::pass("clock", detail),
    }
}

/// Checks the time zone that decides the current date.
fn time_zone(athlete: &AthleteProfile, config: &Config, here: &TimeZone) -> Check {
    let (name, source) = match (config.timezone.as_deref(), athlete.timezone.as_deref()) {
        (Some(name), _) => (name, "the configuration"),
        (None, Some(name)) => (name, "the athlete's record"),
        (None, None) => {
            let remedy = "Choose one at intervals.icu under Settings, or set timezone.";
            return Check::warn("time_zone", "the athlete's record has none, so UTC is used", Some(remedy));
        }
    };
    let Ok(zone) = TimeZone::get(name) else {
        let remedy = "Set timezone to an IANA name such as Europe/Zurich.";
        return Check::warn("time_zone", format!("{name} ({source}) is unknown, so UTC is used"), Some(remedy));
    };
    let now = Timestamp::now();
    let detail = format!("the current date is that of {name} ({source})");
    if zone.to_offset(now) == here.to_offset(now) {
        return Check::pass("time_zone", format!("{detail}, as on this computer"));
    }
    let other = here.iana_name().map_or_else(|| here.to_offset(now).to_string(), Into::into);
    let remedy = "If the athlete is not in that zone, change it at intervals.icu under Settings, or set timezone.";
    Check::warn("time_zone", format!("{detail}; this computer is in {other}"), Some(remedy))
}

/// Shows the rate limit of requests to the service, and warns if it is off.
fn rate(service: &Service, config: &Config, greeting: Option<&Greeting>) -> Check {
    let limit = match service.rate() {
        Some(rate) => format!("at most {rate} requests a second, {} at once", config.burst),
        None => "no limit of requests".into(),
    };
    let headers =
        greeting.into_iter().flat_map(|greeting| &greeting.limits).map(|(name, value)| format!("{name}: {value}"));
    let took = greeting.map(|greeting| format!("an answer took {} ms", greeting.took.as_millis()));
    let detail = [limit].into_iter().chain(headers).chain(took).collect::<Vec<_>>().join("; ");
    // Addresses without https are on this machine, where no limit is needed.
    if service.rate().is_none() && service.address().starts_with("https://") {
        let remedy = "Remove rate to use 10 a second: the service refuses more from one address.";
        return Check::warn("rate", detail, Some(remedy));
    }
    Check::pass("rate", detail)
}

#[cfg(test)]
mod tests;
