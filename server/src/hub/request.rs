//! What one request may see: over HTTP its headers tighten what the operator allows.
use std::borrow::Cow;

use rmcp::{ErrorData, RoleServer, service::RequestContext};

use super::Hub;
use crate::view::View;

impl Hub {
    /// The operator's view, or less.
    #[cfg(not(feature = "http"))]
    pub(super) fn view_for(&self, _: &RequestContext<RoleServer>) -> Result<Cow<'_, View>, ErrorData> {
        Ok(Cow::Borrowed(&self.view))
    }

    /// The operator's view, or less.
    #[cfg(feature = "http")]
    pub(super) fn view_for(&self, context: &RequestContext<RoleServer>) -> Result<Cow<'_, View>, ErrorData> {
        use axum::http::request::Parts;
        use icu_core::DeleteMode;

        use crate::view::Selection;

        let Some(parts) = context.extensions.get::<Parts>() else { return Ok(Cow::Borrowed(&self.view)) };
        let words = |name: &str| {
            let mut words = vec![];
            for value in parts.headers.get_all(name) {
                // A header that cannot be read might have meant to tighten.
                let unreadable = |_| ErrorData::invalid_params(format!("the header {name} is not plain text"), None);
                let value = value.to_str().map_err(unreadable)?;
                words.extend(value.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()));
            }
            Ok::<Vec<String>, ErrorData>(words)
        };
        let (packs, allow, deny) = (words("x-mcp-packs")?, words("x-mcp-tools")?, words("x-mcp-exclude-tools")?);
        // Whatever is not a clear no counts as yes: it can only tighten.
        let no = |word: &String| matches!(word.to_lowercase().as_str(), "false" | "0" | "no" | "off");
        let read_only = !words("x-mcp-readonly")?.iter().all(no);
        if packs.is_empty() && allow.is_empty() && deny.is_empty() && !read_only {
            return Ok(Cow::Borrowed(&self.view));
        }
        // What a request leaves open is everything: the operator's view narrows it again.
        let packs = if packs.is_empty() { vec!["all".into()] } else { packs };
        let selection = Selection { packs, allow, deny, read_only, delete_mode: DeleteMode::Full };
        let wanted = View::new(&self.catalog, &selection);
        let wanted = wanted.map_err(|unknown| ErrorData::invalid_params(unknown.problem, None))?;
        Ok(Cow::Owned(self.view.and(&wanted)))
    }
}
