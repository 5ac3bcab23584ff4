//! The built binary over HTTP: started, called with clients and with bare bytes, and its log read.
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use rmcp::{
    ClientLifecycleMode, ClientServiceExt,
    transport::{StreamableHttpClientTransport, streamable_http_client::StreamableHttpClientTransportConfig},
};
use serde_json::{Value, json};

use crate::{protocol::Client, world};

/// A running server; it ends with the test.
pub struct Server {
    pub child: Child,
    /// The endpoint that was named first.
    pub url: String,
    pub address: SocketAddr,
    log: Arc<Mutex<String>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The demo athlete on a free port.
pub fn demo(flags: &[&str], environment: &[(&str, &str)]) -> Server {
    start(&[&["--demo=2026-07-05"], flags].concat(), environment)
}

/// A server on a free port, over streamable HTTP unless the flags say otherwise.
pub fn start(flags: &[&str], environment: &[(&str, &str)]) -> Server {
    let transport: &[&str] = if flags.contains(&"--transport") { &[] } else { &["--transport", "http"] };
    let mut command = world::binary(&[transport, &["--port", "0"], flags].concat());
    let mut child = command.envs(environment.iter().copied()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut said = String::new();
    let url = loop {
        let start = said.len();
        assert_ne!(stderr.read_line(&mut said).unwrap(), 0, "it did not start: {said}");
        if let Some(url) = said[start..].trim().strip_prefix("serving MCP on ") {
            break url.to_owned();
        }
    };
    let log = Arc::new(Mutex::new(said));
    let writer = log.clone();
    // Ends with the process.
    std::thread::spawn(move || {
        let mut line = String::new();
        while stderr.read_line(&mut line).is_ok_and(|read| read > 0) {
            writer.lock().unwrap().push_str(&std::mem::take(&mut line));
        }
    });
    let address = url.split('/').nth(2).unwrap().parse().unwrap();
    Server { child, url, address, log }
}

impl Server {
    /// rmcp's client, which sends these headers with everything.
    pub async fn client(&self, era: ClientLifecycleMode, headers: &[(&'static str, &str)]) -> Client {
        let config = StreamableHttpClientTransportConfig::with_uri(self.url.as_str());
        ().serve_with_lifecycle(StreamableHttpClientTransport::with_client(http(headers), config), era).await.unwrap()
    }

    /// What was written to stderr so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Sends bare bytes and reads the answer to the connection's end: its status and the rest. 0 is a connection that only ended.
    pub fn raw(&self, bytes: &[u8]) -> (u16, String) {
        let mut stream = self.connect();
        // It may refuse before it has read everything.
        let _ = stream.write_all(bytes);
        read(&mut stream)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// One JSON-RPC message as a request of its own, with these header lines besides those that a client sends.
    pub fn post(&self, path: &str, headers: &str, message: &str) -> (u16, String) {
        let host = if headers.to_lowercase().contains("host:") { "" } else { "Host: localhost\r\n" };
        self.raw(
            format!(
                "POST {path} HTTP/1.1\r\n{host}Accept: application/json, text/event-stream\r\nContent-Type: application/json\r\n\
                 Connection: close\r\nContent-Length: {}\r\n{headers}\r\n{message}",
                message.len()
            )
            .as_bytes(),
        )
    }

    /// The same without a body.
    pub fn get(&self, path: &str, headers: &str) -> (u16, String) {
        let host = if headers.to_lowercase().contains("host:") { "" } else { "Host: localhost\r\n" };
        self.raw(format!("GET {path} HTTP/1.1\r\n{host}Connection: close\r\n{headers}\r\n").as_bytes())
    }
}

/// Reads a connection to its end.
pub fn read(stream: &mut TcpStream) -> (u16, String) {
    let mut bytes = vec![];
    // What came before a reset counts.
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    (status, text)
}

/// An HTTP client that sends these headers with everything.
pub fn http(headers: &[(&'static str, &str)]) -> reqwest::Client {
    // The provider that the server itself would install.
    intervals_core::testing::install_tls();
    let value = |value: &str| HeaderValue::from_str(value).unwrap();
    let headers: HeaderMap = headers.iter().map(|(n, v)| (HeaderName::from_static(n), value(v))).collect();
    reqwest::Client::builder().default_headers(headers).no_proxy().build().unwrap()
}

/// The handshake of 2025-11-25.
pub fn hello() -> Value {
    json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-11-25",
        "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}})
}

/// A call of a session of 2025-11-25.
pub fn calling(tool: &str, arguments: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": tool, "arguments": arguments}})
}
