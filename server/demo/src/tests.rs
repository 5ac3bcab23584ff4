//! The demo over real HTTP.
mod activities;
mod analysis;
mod athlete;
mod crowded;
mod curves;
mod custom_items;
mod downloads;
mod events;
mod gear;
mod gps_routes;
mod library;
mod marked;
mod messages;
mod service;
mod sport_settings;
mod streams;
mod weather;
mod wellness;
mod writes;

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::{COACHED_KEY, Demo, KEY, Options};

/// A demo and a client with an API key.
struct Caller {
    demo: Demo,
    client: Client,
    key: &'static str,
}

impl Caller {
    async fn start() -> Self {
        Self::with(Options::default()).await
    }

    async fn with(options: Options) -> Self {
        _ = rustls::crypto::ring::default_provider().install_default();
        Self { demo: Demo::start_with(options).await.unwrap(), client: Client::new(), key: KEY }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/api/v1{path}", self.demo.url);
        self.client.request(method, url).basic_auth("API_KEY", Some(self.key))
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let request = self.request(method, path);
        let request = if let Some(body) = body { request.json(&body) } else { request };
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let bytes = response.bytes().await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    async fn get(&self, path: &str) -> Value {
        let (status, body) = self.send(Method::GET, path, None).await;
        assert_eq!(status, 200, "{path} {body}");
        body
    }

    async fn put(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.send(Method::PUT, path, Some(body)).await;
        assert_eq!(status, 200, "{path} {answer}");
        answer
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.send(Method::POST, path, Some(body)).await;
        assert_eq!(status, 200, "{path} {answer}");
        answer
    }

    /// Status and error text of a request that fails.
    async fn fails(&self, method: Method, path: &str, body: Option<Value>) -> (u16, String) {
        let (status, answer) = self.send(method, path, body).await;
        (status, answer["error"].as_str().unwrap_or_default().to_owned())
    }
}

fn ids(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}
