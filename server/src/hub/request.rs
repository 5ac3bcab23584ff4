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
        let words = |name: &str| -> Vec<String> {
            let values = parts.headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
            values
                .flat_map(|value| value.split(','))
                .map(|word| word.trim().to_owned())
                .filter(|w| !w.is_empty())
                .collect()
        };
        let (packs, allow, deny) = (words("x-mcp-packs"), words("x-mcp-tools"), words("x-mcp-exclude-tools"));
        let read_only = words("x-mcp-readonly").iter().any(|word| matches!(word.as_str(), "true" | "1" | "yes"));
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
