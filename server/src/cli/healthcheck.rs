//! `healthcheck`: checks whether the configured HTTP server answers. For container engines: an image without a shell has no other
//! program that could ask.
use std::{io::Write, time::Duration};

use intervals_settings::Loaded;

use super::serve::local_address;
use crate::exit::Exit;

/// The timeout of the request. Shorter than the 3 s that `server/Dockerfile` allows.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Requests `/healthz` at the configured address and port of this machine. Succeeds without a request if only stdio is served.
pub async fn run(loaded: &Loaded, out: &mut impl Write) -> anyhow::Result<Exit> {
    if loaded.config.transport.0.iter().all(|transport| transport == "stdio") {
        writeln!(out, "stdio is served: only its client can ask")?;
        return Ok(Exit::Success);
    }
    let url = format!("http://{}/healthz", local_address(&loaded.config, &loaded.sources)?);
    let client = intervals_core::client::http_client(None, true)?;
    let problem = match client.get(&url).timeout(TIMEOUT).send().await {
        Ok(reply) if reply.status().is_success() => {
            writeln!(out, "{url} answers")?;
            return Ok(Exit::Success);
        }
        Ok(reply) => format!("answers {}", reply.status()),
        Err(error) if error.is_timeout() => "does not answer in time".into(),
        Err(error) if error.is_connect() => "cannot be connected to".into(),
        Err(error) => format!("fails: {error}"),
    };
    eprintln!("error: {url} {problem}");
    Ok(Exit::Failure)
}
