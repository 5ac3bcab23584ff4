//! Checks whether the configured transports can be served.
use std::{io::ErrorKind, net::TcpListener};

use super::Check;
use crate::{app::App, cli::serve, start::StartError};

/// Checks the HTTP configuration, whether its port is free, and whether callers are authenticated.
pub fn check(app: &App) -> Check {
    let config = &app.config;
    if let Err(error) = serve::check(app) {
        return match error {
            StartError::Faults(faults) => {
                let problems: Vec<_> =
                    faults.iter().map(|fault| format!("{}: {}", fault.place, fault.problem)).collect();
                let remedies: Vec<_> = faults.iter().map(|fault| fault.remedy.as_str()).collect();
                Check::fail("http", problems.join("; "), &remedies.join(" "))
            }
            StartError::Other(error) => Check::fail("http", format!("{error:#}"), "Correct it."),
        };
    }
    if !config.transport.0.iter().any(|transport| transport != "stdio") {
        return Check::pass("http", "off: clients start the server themselves (stdio)");
    }
    let host = if config.host == "localhost" { "127.0.0.1" } else { config.host.trim_matches(['[', ']']) };
    let place = format!("{host}, port {}", config.port);
    let authenticated = config.http_token.is_some()
        || config.http_token_file.is_some()
        || !config.http_tokens.is_empty()
        || config.oauth.issuer.is_some();
    let callers = if authenticated { "callers prove who they are" } else { "anybody who reaches it may call" };
    // The port is released at once, for the server.
    match TcpListener::bind((host, config.port)).map(drop) {
        Ok(()) if !authenticated && config.allow_unauthenticated => {
            let remedy = "Set http_token, or make sure that a proxy or firewall restricts who can connect.";
            Check::warn("http", format!("{place} is free; {callers}"), Some(remedy))
        }
        Ok(()) => Check::pass("http", format!("{place} is free; {callers}")),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            let remedy = "If another program than this server uses it, choose another port with --port.";
            Check::warn("http", format!("{place} is taken; {callers}"), Some(remedy))
        }
        Err(error) => Check::fail("http", format!("{place}: {error}"), "Choose another host or port."),
    }
}
