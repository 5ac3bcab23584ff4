//! Sends one request and reads its response.
use std::time::Duration;

use jiff::{Timestamp, fmt::rfc2822};
use reqwest::{
    RequestBuilder, Response, StatusCode,
    header::{CONTENT_DISPOSITION, DATE, RETRY_AFTER},
    multipart::{Form, Part},
};
use secrecy::ExposeSecret;
use serde_json::Value;
use tokio::time::Instant;

use crate::{
    ClientError, Credential, Result,
    traffic::{Counts, Lost, Sending},
};

/// The body of a request.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Body {
    /// Nothing.
    None,
    /// JSON.
    Json(Value),
    /// A file, as the multipart field `file`.
    File {
        /// Its name.
        name: String,
        /// Its bytes.
        data: Vec<u8>,
    },
}

/// The response to a successful request.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Reply {
    /// The body.
    pub data: Vec<u8>,
    /// The file's name, if the service names it.
    pub file_name: Option<String>,
}

/// The headers of the service's response to a request without a credential.
#[derive(Debug, Clone, PartialEq)]
pub struct Greeting {
    /// Its clock, to the second: the header `Date` (RFC 9110 §6.6.1).
    pub date: Option<Timestamp>,
    /// Its rate limit headers, name and value: `RateLimit…`, `X-RateLimit-…`, `Retry-After`.
    pub limits: Vec<(String, String)>,
    /// The duration of the request.
    pub took: Duration,
}

/// Sends the request once. Its errors and logs have neither the credential nor the full URL.
pub(crate) async fn exchange(
    request: RequestBuilder,
    credential: &Credential,
    body: &Body,
    cap: usize,
    counts: &Counts,
) -> Result<Reply> {
    let request = match credential {
        Credential::None => return Err(ClientError::NoCredentials),
        Credential::ApiKey(key) => request.basic_auth("API_KEY", Some(key.expose_secret())),
        Credential::AccessToken(token) => request.bearer_auth(token.expose_secret()),
    };
    let request = match body {
        Body::None => request,
        Body::Json(json) => request.json(json),
        Body::File { name, data } => {
            request.multipart(Form::new().part("file", Part::bytes(data.clone()).file_name(name.clone())))
        }
    };
    let mut sending = counts.sending();
    let response = request.send().await.map_err(|error| lost(error, &mut sending))?;
    let status = response.status();
    tracing::debug!(%status, path = response.url().path(), "answer");
    let retry_after = retry_after(&response);
    let file_name = file_name(&response);
    let data = read(response, cap, &mut sending).await?;
    sending.answered(status);
    let message = |data: &[u8]| message(credential.redact(&String::from_utf8_lossy(data)).as_bytes());
    match status {
        s if s.is_success() => Ok(Reply { data, file_name }),
        StatusCode::UNAUTHORIZED => Err(ClientError::Unauthorized),
        StatusCode::FORBIDDEN => Err(ClientError::Forbidden { what: String::new(), message: message(&data) }),
        StatusCode::NOT_FOUND => Err(ClientError::NotFound { what: String::new() }),
        StatusCode::TOO_MANY_REQUESTS => Err(ClientError::RateLimited { retry_after }),
        s if s.is_server_error() => Err(ClientError::Failed { status: s.as_u16(), message: message(&data) }),
        s => Err(ClientError::Rejected { status: s.as_u16(), message: message(&data) }),
    }
}

/// Sends a request and reads only the head of the response. Fails on a status of 500 or more.
pub(crate) async fn probe(request: RequestBuilder, counts: &Counts) -> Result<Greeting> {
    let (mut sending, begin) = (counts.sending(), Instant::now());
    let response = request.send().await.map_err(|error| lost(error, &mut sending))?;
    let (status, took) = (response.status(), begin.elapsed());
    sending.answered(status);
    if status.is_server_error() {
        return Err(ClientError::Failed { status: status.as_u16(), message: message(&[]) });
    }
    let headers = response.headers();
    let date = headers.get(DATE).and_then(|date| rfc2822::parse(date.to_str().ok()?).ok());
    let limits = headers.iter().filter(|(name, _)| name.as_str().contains("ratelimit") || **name == RETRY_AFTER);
    let limits = limits.filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())));
    Ok(Greeting { date: date.map(|date| date.timestamp()), limits: limits.collect(), took })
}

/// Reads the whole body. Fails as soon as it is over the cap.
async fn read(mut response: Response, cap: usize, sending: &mut Sending<'_>) -> Result<Vec<u8>> {
    let mut data = Vec::with_capacity(response.content_length().map_or(0, |n| (n as usize).min(cap)));
    while let Some(chunk) = response.chunk().await.map_err(|error| lost(error, sending))? {
        if data.len() + chunk.len() > cap {
            sending.lost(Lost::TooLarge);
            return Err(ClientError::TooLarge { cap });
        }
        data.extend_from_slice(&chunk);
    }
    Ok(data)
}

fn lost(error: reqwest::Error, sending: &mut Sending<'_>) -> ClientError {
    sending.lost(Lost::of(&error));
    let error = error.without_url();
    // Only the innermost cause says what happened.
    let mut cause: &dyn std::error::Error = &error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    ClientError::Unreachable { reason: cause.to_string() }
}

/// The header `Retry-After`: seconds, or a date (RFC 9110 §10.2.3).
fn retry_after(response: &Response) -> Option<Duration> {
    let value = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = rfc2822::parse(value).ok()?.timestamp();
    Some(Duration::try_from(date - Timestamp::now()).unwrap_or_default())
}

/// `filename` of Content-Disposition.
fn file_name(response: &Response) -> Option<String> {
    let value = response.headers().get(CONTENT_DISPOSITION)?.to_str().ok()?;
    let name = value.split(';').find_map(|part| part.trim().strip_prefix("filename="))?;
    Some(name.trim_matches('"').to_owned()).filter(|name| !name.is_empty())
}

/// The service's message: `message`, else `error`, else the start of the body.
fn message(data: &[u8]) -> String {
    const LONGEST: usize = 300;
    let text = String::from_utf8_lossy(data);
    let json: Option<Value> = serde_json::from_str(&text).ok();
    let member = |name: &str| json.as_ref()?.get(name)?.as_str().filter(|text| !text.is_empty());
    let message = member("message").or_else(|| member("error")).unwrap_or(text.trim());
    match message {
        "" => "no reason given".into(),
        page if page.starts_with('<') => "an HTML page instead of a reason".into(),
        message => message.chars().take(LONGEST).collect(),
    }
}
