//! The hub with the fixture pack, and around it what no pack gives: logging, subscriptions, questions to the client.
mod asks;
mod handler;
mod rounds;

use std::sync::Arc;

use axum::Extension;
use intervals_icu_mcp::App;
use intervals_mcp::Uncounted;
use intervals_pack_conformance as _;
use intervals_settings::{Layer, Places, load};
use rmcp::transport::streamable_http_server::{
    StreamableHttpServerConfig, StreamableHttpService, session::local::LocalSessionManager,
};

use handler::Wrapped;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let loaded = load(Places::of_process(None), Layer::command_line([]));
    let loaded = loaded.map_err(|faults| anyhow::anyhow!("{} faults in the configuration", faults.len()))?;
    let app = App::new(loaded, None, Arc::new(Uncounted)).await?;
    // Everybody is the operator here; the product's own transport finds out who asks.
    let caller = Extension(app.hub.operator().clone());
    let wrapped = Arc::new(Wrapped::around(app.current));
    let config = StreamableHttpServerConfig::default().with_json_response(true);
    let service: StreamableHttpService<Arc<Wrapped>, LocalSessionManager> =
        StreamableHttpService::new(move || Ok(wrapped.clone()), Arc::default(), config);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    eprintln!("serving MCP on http://{}/mcp", listener.local_addr()?);
    axum::serve(listener, axum::Router::new().route_service("/mcp", service).layer(caller)).await?;
    Ok(())
}
