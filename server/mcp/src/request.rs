//! One request: who sends it, its id, its trace, and what it may see. Its headers and its URL tighten what the caller may see.
//!
//! A request over HTTP carries its head as [`Parts`], in which the transport puts who sends it. Over stdio there is none, and
//! the operator asks.
use std::{borrow::Cow, sync::Arc};

use http::{HeaderMap, Uri, request::Parts};
use intervals_catalog::{Selection, View, spelling::slip_of};
use intervals_core::{DeleteMode, client::TraceContext};
use rmcp::{ErrorData, RoleServer, model::MetaObject, service::RequestContext};

use crate::{admission::Admission, hub::Hub};

/// How many names one request may give: more than there are tools.
const WORDS: usize = 200;

/// How a session was opened whose messages come in requests of their own: what that asked for holds for all of them.
#[derive(Clone)]
pub struct Opening {
    /// The headers of the request that opened it.
    pub headers: HeaderMap,
    /// Its URL.
    pub uri: Uri,
}

/// The request of a stream that stays open without work. Settling it gives its place among the requests back, for one among the
/// sessions. It fails when there is none.
#[derive(Clone)]
pub struct OpenStream(pub Arc<dyn Fn() -> Result<(), &'static str> + Send + Sync>);

/// A request's name: 1 to 64 of `A-Z a-z 0-9 . _ -`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub Arc<str>);

impl RequestId {
    /// What `X-Request-Id` says, if it can stand in a log line, else a new one of 16 hexadecimal digits.
    pub fn of_header(header: Option<&str>) -> Self {
        let sane = |id: &&str| {
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
            (1..=64).contains(&id.len()) && id.bytes().all(plain)
        };
        Self(header.filter(sane).map_or_else(|| format!("{:016x}", fastrand::u64(..)).into(), Into::into))
    }
}

/// A request as the MCP library hands it over.
#[derive(Clone, Copy)]
pub struct Request<'a>(pub &'a RequestContext<RoleServer>);

impl<'a> Request<'a> {
    fn parts(self) -> Option<&'a Parts> {
        self.0.extensions.get()
    }

    fn extension<T: Clone + Send + Sync + 'static>(self) -> Option<&'a T> {
        self.parts()?.extensions.get()
    }

    /// Who sends it. A request over HTTP that the transport admitted nobody for is nobody's, and least of all the operator's.
    pub fn admission(self, hub: &'a Hub) -> Result<&'a Admission, ErrorData> {
        if self.is_operators() {
            return Ok(hub.operator());
        }
        self.extension().ok_or_else(|| ErrorData::internal_error("nobody is known to ask", None))
    }

    /// Whether nobody but the operator can send it.
    pub fn is_operators(self) -> bool {
        self.parts().is_none()
    }

    /// Whether it belongs to a session that the client opened with a request of its own.
    pub fn has_opening(self) -> bool {
        self.extension::<Opening>().is_some()
    }

    /// The id of the transport, else of JSON-RPC.
    pub fn id(self) -> RequestId {
        self.extension().cloned().unwrap_or_else(|| RequestId::of_header(Some(&self.0.id.to_string())))
    }

    /// The caller's name in log lines; over stdio nobody else than the operator can call.
    pub fn caller(self) -> Arc<str> {
        self.extension::<Admission>().map_or_else(|| "-".into(), |admission| admission.name.clone())
    }

    /// The trace that it belongs to (SEP-414): what `_meta` says, else the headers. Nothing is put together of both.
    pub fn trace(self) -> Option<TraceContext> {
        trace(self.parts().map(|parts| &parts.headers), &self.0.meta)
    }

    /// What gives its place among the requests back, if it has one.
    pub fn open_stream(self) -> Option<&'a OpenStream> {
        self.extension()
    }

    /// What it may see: the caller's view, or less.
    pub fn allowed(self, hub: &'a Hub) -> Result<Cow<'a, View>, ErrorData> {
        let mut view = Cow::Borrowed(&*self.admission(hub)?.view);
        let Some(parts) = self.parts() else { return Ok(view) };
        let opening = self.extension::<Opening>().map(|opening| (&opening.headers, &opening.uri));
        for (headers, uri) in opening.into_iter().chain([(&parts.headers, &parts.uri)]) {
            for selection in [of_headers(headers)?, of_query(uri)?].into_iter().flatten() {
                let wanted = View::new(hub.catalog(), &selection);
                let wanted = wanted.map_err(|unknown| ErrorData::invalid_params(unknown.problem, None))?;
                view = Cow::Owned(view.and(&wanted));
            }
        }
        Ok(view)
    }
}

/// What `meta` says, else the headers.
fn trace(headers: Option<&HeaderMap>, meta: &MetaObject) -> Option<TraceContext> {
    of_meta(meta).or_else(|| of_trace_headers(headers?))
}

fn of_meta(meta: &MetaObject) -> Option<TraceContext> {
    TraceContext::parse(meta.get_traceparent()?, meta.get_tracestate())
}

/// One `traceparent`, since of several none can be believed, and all of `tracestate` (RFC 9110 §5.3).
fn of_trace_headers(headers: &HeaderMap) -> Option<TraceContext> {
    let mut parents = headers.get_all("traceparent").into_iter();
    let (Some(parent), None) = (parents.next(), parents.next()) else { return None };
    let states = headers.get_all("tracestate").into_iter();
    // One that is no text makes the whole malformed.
    let states = states.map(|state| state.to_str().ok()).collect::<Option<Vec<_>>>();
    TraceContext::parse(parent.to_str().ok()?, states.map(|states| states.join(",")).as_deref())
}

/// `X-MCP-Packs`, `X-MCP-Tools`, `X-MCP-Exclude-Tools`, `X-MCP-Readonly`.
fn of_headers(headers: &HeaderMap) -> Result<Option<Selection>, ErrorData> {
    let texts = |name: &str| {
        // A header that cannot be read might have meant to tighten.
        let unreadable = |_| ErrorData::invalid_params(format!("the header {name} is not plain text"), None);
        let values = headers.get_all(name).into_iter().map(|value| value.to_str().map_err(unreadable));
        values.collect::<Result<Vec<_>, ErrorData>>()
    };
    let ours = headers.keys().map(|name| name.as_str()).filter(|name| name.starts_with("x-mcp-"));
    understood(ours, &["x-mcp-packs", "x-mcp-tools", "x-mcp-exclude-tools", "x-mcp-readonly", "x-mcp-read-only"])?;
    let readonly = [texts("x-mcp-readonly")?, texts("x-mcp-read-only")?].concat();
    selection(&texts("x-mcp-packs")?, &texts("x-mcp-tools")?, &texts("x-mcp-exclude-tools")?, &readonly)
}

/// The same as `packs`, `tools`, `exclude_tools` and `readonly` in the URL, for clients that cannot send headers.
fn of_query(uri: &Uri) -> Result<Option<Selection>, ErrorData> {
    let Some(query) = uri.query() else { return Ok(None) };
    let unreadable = |_| ErrorData::invalid_params("the URL's query cannot be read", None);
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(unreadable)?;
    let names = pairs.iter().map(|(name, _)| name.as_str());
    understood(names, &["packs", "tools", "exclude_tools", "readonly", "read_only"])?;
    let texts = |wanted: &[&str]| -> Vec<&str> {
        let wanted = pairs.iter().filter(|(name, _)| wanted.contains(&name.as_str()));
        wanted.map(|(_, value)| value.as_str()).collect()
    };
    selection(&texts(&["packs"]), &texts(&["tools"]), &texts(&["exclude_tools"]), &texts(&["readonly", "read_only"]))
}

/// A wish to tighten that is not understood must not pass for none: fails on a name that is a slip of one of ours. Others are
/// somebody else's.
fn understood<'a>(names: impl Iterator<Item = &'a str>, known: &[&str]) -> Result<(), ErrorData> {
    for name in names.filter(|name| !known.contains(name) && name.len() <= 32) {
        if let Some(near) = slip_of(name, known.iter().copied()) {
            return Err(ErrorData::invalid_params(format!("{name} is not known; did you mean {near}?"), None));
        }
    }
    Ok(())
}

/// What a request leaves open is everything: the caller's view narrows it again. `None` when it says nothing.
fn selection(
    packs: &[&str],
    tools: &[&str],
    exclude: &[&str],
    readonly: &[&str],
) -> Result<Option<Selection>, ErrorData> {
    let words = |texts: &[&str]| -> Vec<String> {
        let words = texts.iter().flat_map(|text| text.split(',')).map(str::trim);
        words.filter(|word| !word.is_empty()).map(Into::into).collect()
    };
    // Whatever is not a clear no counts as yes: it can only tighten.
    let no = |text: &&str| matches!(text.trim().to_lowercase().as_str(), "false" | "0" | "no" | "off");
    let (packs, allow, deny, read_only) = (words(packs), words(tools), words(exclude), !readonly.iter().all(no));
    if packs.is_empty() && allow.is_empty() && deny.is_empty() && !read_only {
        return Ok(None);
    }
    if packs.len() + allow.len() + deny.len() > WORDS {
        return Err(ErrorData::invalid_params(format!("more than {WORDS} names of packs and tools"), None));
    }
    let packs = if packs.is_empty() { vec!["all".into()] } else { packs };
    Ok(Some(Selection { packs, allow, deny, read_only, delete_mode: DeleteMode::Full }))
}

#[cfg(test)]
mod tests;
