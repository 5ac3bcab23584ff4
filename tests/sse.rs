//! HTTP+SSE with bare bytes, as its clients send them.
#![cfg(all(feature = "http", feature = "demo", feature = "activities", feature = "wellness"))]
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};

use serde_json::{Value, json};

use crate::serving::{self, Server, calling, hello};

/// One client: its stream, and where its messages go.
struct Client<'a> {
    server: &'a Server,
    stream: BufReader<TcpStream>,
    messages: String,
    headers: &'a str,
}

impl<'a> Client<'a> {
    fn open(server: &'a Server, query: &str, headers: &'a str) -> Self {
        let mut stream = server.connect();
        write!(stream, "GET /sse{query} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n{headers}\r\n")
            .unwrap();
        let mut client = Self { server, stream: BufReader::new(stream), messages: String::new(), headers };
        client.messages = client.event("endpoint");
        client
    }

    /// Reads up to the next event of this kind, and gives its data.
    fn event(&mut self, kind: &str) -> String {
        let start = format!("event: {kind}");
        let (mut found, mut data) = (false, None);
        for line in self.stream.by_ref().lines().map(Result::unwrap) {
            match line.strip_prefix("data: ") {
                Some(text) if found => data = Some(text.to_owned()),
                // An empty line ends the event.
                _ if line.is_empty() && data.is_some() => break,
                _ => found |= line == start,
            }
        }
        data.unwrap()
    }

    fn asks(&mut self, message: &Value) -> Value {
        assert_eq!(self.server.post(&self.messages, self.headers, &message.to_string()).0, 202);
        serde_json::from_str(&self.event("message")).unwrap()
    }

    fn tools(&mut self) -> Vec<String> {
        assert_eq!(self.asks(&hello())["result"]["serverInfo"]["name"], "intervals-icu-mcp");
        let initialized = json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string();
        assert_eq!(self.server.post(&self.messages, self.headers, &initialized).0, 202);
        let listed = self.asks(&json!({"jsonrpc": "2.0", "id": 7, "method": "tools/list"}));
        let names = listed["result"]["tools"].as_array().unwrap().iter();
        names.map(|tool| tool["name"].as_str().unwrap().to_owned()).collect()
    }
}

fn server(environment: &[(&str, &str)]) -> Server {
    serving::demo(&["--transport", "sse"], environment)
}

#[test]
fn a_client_initializes_lists_and_calls() {
    let server = server(&[]);
    let mut client = Client::open(&server, "", "");
    assert!(client.tools().contains(&"icu_get_recent_activities".to_owned()));
    let answer = client.asks(&calling("icu_get_recent_activities", &json!({"limit": 2})));
    assert_eq!(answer["result"]["structuredContent"]["items"].as_array().unwrap().len(), 2);
}

#[test]
fn what_opened_the_stream_tightens_every_message_of_it() {
    let server = server(&[]);
    for (query, headers) in
        [("?packs=wellness&readonly=true", ""), ("", "X-MCP-Packs: wellness\r\nX-MCP-Readonly: yes\r\n")]
    {
        let mut client = Client::open(&server, query, headers);
        // The messages themselves say nothing of it.
        client.headers = "";
        let tools = client.tools();
        assert!(
            !tools.is_empty() && tools.iter().all(|tool| tool.contains("wellness") && tool.contains("get")),
            "{tools:?}"
        );
        let refused = client.asks(&calling("icu_get_recent_activities", &json!({})));
        assert_eq!(refused["error"]["code"], -32602, "{refused}");
    }
}

#[test]
fn a_stream_exists_for_its_owner_alone() {
    let tokens = "\
        [[http_tokens]]\nname = \"anna\"\ntoken = \"token-of-anna-0123456789\"\n\
        [[http_tokens]]\nname = \"bert\"\ntoken = \"token-of-bert-0123456789\"\n";
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    std::fs::write(&config, tokens).unwrap();
    let server = serving::demo(&["--transport", "sse", "--config", config.to_str().unwrap()], &[]);
    let [anna, bert] = ["anna", "bert"].map(|name| format!("Authorization: Bearer token-of-{name}-0123456789\r\n"));
    let mut client = Client::open(&server, "", &anna);
    let (status, said) = server.post(&client.messages.clone(), &bert, &hello().to_string());
    assert!(status == 404 && !said.contains("anna"), "{said}");
    assert!(!client.tools().is_empty());
}
