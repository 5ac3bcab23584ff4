//! The address that HTTP listens on.
use std::net::IpAddr;

use intervals_settings::{Config, Fault, Sources};

/// The address to listen on.
pub fn address(config: &Config, sources: &Sources) -> Result<IpAddr, Fault> {
    let host = if config.host == "localhost" { "127.0.0.1" } else { config.host.trim_matches(['[', ']']) };
    host.parse().map_err(|_| {
        let remedy = "Use 127.0.0.1 for this machine, 0.0.0.0 for all its networks, or one of its addresses.";
        sources.fault("host", format!("{} is not an IP address", config.host), remedy)
    })
}
