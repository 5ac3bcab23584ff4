//! What one request may see: over HTTP its caller, its headers and its URL tighten what the operator allows.
use std::borrow::Cow;

use rmcp::{ErrorData, RoleServer, service::RequestContext};

use super::Hub;
use crate::{caller::Caller, view::View};

#[cfg(not(feature = "http"))]
impl Hub {
    /// The operator: nobody else can be behind stdin.
    pub(super) fn caller<'a>(&'a self, _: &'a RequestContext<RoleServer>) -> Result<&'a Caller, ErrorData> {
        Ok(&self.operator)
    }

    /// The operator's view.
    pub(super) fn allowed(&self, _: &RequestContext<RoleServer>) -> Result<Cow<'_, View>, ErrorData> {
        Ok(Cow::Borrowed(self.view()))
    }
}

#[cfg(feature = "http")]
pub use over_http::Opening;

#[cfg(feature = "http")]
mod over_http {
    use axum::http::{HeaderMap, Uri, request::Parts};
    use intervals_core::DeleteMode;

    use super::*;
    use crate::{names::slip_of, view::Selection};

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

    impl Hub {
        /// Whoever the transport found behind the request. A request over HTTP that nobody stands behind is nobody's, and least
        /// of all the operator's.
        pub(in crate::hub) fn caller<'a>(
            &'a self,
            context: &'a RequestContext<RoleServer>,
        ) -> Result<&'a Caller, ErrorData> {
            let Some(parts) = context.extensions.get::<Parts>() else { return Ok(&self.operator) };
            parts.extensions.get::<Caller>().ok_or_else(|| ErrorData::internal_error("nobody is known to ask", None))
        }

        /// The caller's view, or less.
        pub(in crate::hub) fn allowed<'a>(
            &'a self,
            context: &'a RequestContext<RoleServer>,
        ) -> Result<Cow<'a, View>, ErrorData> {
            let mut view = Cow::Borrowed(&*self.caller(context)?.view);
            let Some(parts) = context.extensions.get::<Parts>() else { return Ok(view) };
            let opening = parts.extensions.get::<Opening>();
            let places = opening.map(|opening| (&opening.headers, &opening.uri)).into_iter();
            for (headers, uri) in places.chain([(&parts.headers, &parts.uri)]) {
                for selection in [of_headers(headers)?, of_query(uri)?].into_iter().flatten() {
                    let wanted = View::new(&self.catalog, &selection);
                    let wanted = wanted.map_err(|unknown| ErrorData::invalid_params(unknown.problem, None))?;
                    view = Cow::Owned(view.and(&wanted));
                }
            }
            Ok(view)
        }
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
        selection(
            &texts(&["packs"]),
            &texts(&["tools"]),
            &texts(&["exclude_tools"]),
            &texts(&["readonly", "read_only"]),
        )
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
}
