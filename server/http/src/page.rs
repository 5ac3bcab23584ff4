//! The page at `/`: what this server is and how to connect. It holds no secrets.
use std::fmt::Write;

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::{Html, IntoResponse, Response},
};

use intervals_mcp::Hub;

/// How this server is reached.
pub struct Reach<'a> {
    /// The URL of the server, without a slash at the end.
    pub base: &'a str,
    /// The path of streamable HTTP, if it is served.
    pub http: Option<&'a str>,
    /// The path of HTTP+SSE, if it is served.
    pub sse: Option<&'a str>,
    /// Whether callers need a token.
    pub authenticated: bool,
    /// Whether callers send their own API key.
    pub caller_credentials: bool,
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;\
background:#fff}code,pre{font:14px/1.45 ui-monospace,monospace;background:#f3f4f6;border-radius:4px}code{padding:.1rem .3rem}\
pre{padding:.7rem 1rem;overflow-x:auto}pre code{padding:0}h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:1.8rem}\
td{padding:.15rem .8rem .15rem 0;vertical-align:top}\
@media(prefers-color-scheme:dark){body{color:#e6e8eb;background:#14171a}code,pre{background:#23282e}}";

/// Responds with the page.
pub fn page(hub: &Hub, reach: &Reach<'_>) -> Response {
    let mut headers = HeaderMap::new();
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (headers, Html(text(hub, reach))).into_response()
}

fn text(hub: &Hub, reach: &Reach<'_>) -> String {
    let view = hub.view();
    let mut rows = String::new();
    for (name, linked) in hub.catalog().packs.iter().filter(|(name, _)| view.has_pack(name)) {
        let tools = view.tools().filter(|entry| entry.pack == *name).count();
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(
            rows,
            "<tr><td><code>{name}</code></td><td>{tools}</td><td>{}</td></tr>",
            escaped(&linked.card.about)
        );
    }
    let base = escaped(reach.base);
    let mode = if view.read_only() { " It is read-only." } else { "" };
    let mut connect = String::new();
    if let Some(path) = reach.http {
        let url = format!("{base}{path}");
        let header = if reach.authenticated { " --header \"Authorization: Bearer &lt;token&gt;\"" } else { "" };
        let json_header =
            if reach.authenticated { ", \"headers\": {\"Authorization\": \"Bearer &lt;token&gt;\"}" } else { "" };
        let _ = write!(
            connect,
            "<p>Streamable HTTP: <code>{url}</code></p>\n\
             <p>Claude Code:</p>\n<pre><code>claude mcp add --transport http intervals-icu {url}{header}</code></pre>\n\
             <p>Cursor, VS Code and others with a JSON file (VS Code calls the list <code>servers</code>):</p>\n\
             <pre><code>{{\"mcpServers\": {{\"intervals-icu\": {{\"type\": \"http\", \"url\": \"{url}\"{json_header}}}}}}}</code></pre>\n\
             <p>Claude and ChatGPT: add a custom connector with this address. They need https and an address on the internet.</p>\n"
        );
    }
    if let Some(path) = reach.sse {
        let _ = writeln!(connect, "<p>HTTP+SSE, for older clients: <code>{base}{path}</code></p>");
    }
    if reach.authenticated {
        connect += "<p>Callers need a token from the operator of this server.</p>\n";
    }
    if reach.caller_credentials {
        connect += "<p>Each request needs an Intervals.icu API key in the header <code>X-Intervals-Api-Key</code>. The header \
                    <code>X-Intervals-Athlete-Id</code> selects an athlete other than the key's owner.</p>\n";
    }
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>intervals-icu-mcp</title><style>{STYLE}</style></head><body>\n\
         <h1>intervals-icu-mcp {}</h1>\n<p>An <a href=\"https://intervals.icu\">Intervals.icu</a> account for assistants that speak \
         the Model Context Protocol.{mode}</p>\n<h2>Connect</h2>\n{connect}\
         <p>To offer fewer tools, append <code>?packs=wellness,events</code>, <code>?tools=</code>, <code>?exclude_tools=</code> or \
         <code>?readonly=true</code> to the address.</p>\n<h2>Packs</h2>\n<table>{rows}</table>\n</body></html>\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// Escapes a text for HTML.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut safe, c| {
        match c {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            c => safe.push(c),
        }
        safe
    })
}
