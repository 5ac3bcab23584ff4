//! MCP over stdin and stdout.
use std::sync::Arc;

use rmcp::{ServiceExt, service::ServerInitializeError, transport};
use tokio_util::sync::CancellationToken;

use crate::{current::CurrentHub, session::Session};

/// Serves until the client hangs up or `stop` fires.
pub async fn serve(current: Arc<CurrentHub>, stop: CancellationToken) -> anyhow::Result<()> {
    let running = match Session::new(current).serve_with_ct(transport::stdio(), stop).await {
        Ok(running) => running,
        // A client that hangs up before it said anything, or a signal, is no failure.
        Err(ServerInitializeError::ConnectionClosed(_) | ServerInitializeError::Cancelled) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    running.waiting().await?;
    Ok(())
}
