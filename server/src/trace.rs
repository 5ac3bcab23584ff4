//! The trace that a request belongs to, as its headers or its `_meta` say (SEP-414).
use intervals_core::client::TraceContext;
use rmcp::{RoleServer, model::MetaObject, service::RequestContext};

/// What `_meta` says, else the headers of the HTTP request.
pub fn of_request(context: &RequestContext<RoleServer>) -> Option<TraceContext> {
    #[cfg(feature = "http")]
    return of(context.extensions.get::<axum::http::request::Parts>().map(|parts| &parts.headers), &context.meta);
    #[cfg(not(feature = "http"))]
    of_meta(&context.meta)
}

/// What `meta` says, else the headers. Nothing is put together of both.
#[cfg(feature = "http")]
pub fn of(headers: Option<&axum::http::HeaderMap>, meta: &MetaObject) -> Option<TraceContext> {
    of_meta(meta).or_else(|| of_headers(headers?))
}

fn of_meta(meta: &MetaObject) -> Option<TraceContext> {
    TraceContext::parse(meta.get_traceparent()?, meta.get_tracestate())
}

/// One `traceparent`, since of several none can be believed, and all of `tracestate` (RFC 9110 §5.3).
#[cfg(feature = "http")]
fn of_headers(headers: &axum::http::HeaderMap) -> Option<TraceContext> {
    let mut parents = headers.get_all("traceparent").into_iter();
    let (Some(parent), None) = (parents.next(), parents.next()) else { return None };
    let states = headers.get_all("tracestate").into_iter();
    // One that is no text makes the whole malformed.
    let states = states.map(|state| state.to_str().ok()).collect::<Option<Vec<_>>>();
    TraceContext::parse(parent.to_str().ok()?, states.map(|states| states.join(",")).as_deref())
}

#[cfg(all(test, feature = "http"))]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    const A: &str = "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-aaaaaaaaaaaaaaaa-01";
    const B: &str = "00-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-bbbbbbbbbbbbbbbb-00";

    #[rstest]
    #[case::nothing(&[], json!({}), None)]
    #[case::header(&[("traceparent", A)], json!({}), Some((A, None)))]
    #[case::meta(&[], json!({"traceparent": B, "tracestate": "b=1"}), Some((B, Some("b=1"))))]
    #[case::meta_wins(
        &[("traceparent", A), ("tracestate", "a=1")], json!({"traceparent": B}), Some((B, None))
    )]
    #[case::malformed_meta(&[("traceparent", A)], json!({"traceparent": "x", "tracestate": "b=1"}), Some((A, None)))]
    #[case::meta_of_another_type(&[], json!({"traceparent": [A]}), None)]
    #[case::state_alone(&[("tracestate", "a=1")], json!({}), None)]
    #[case::states_are_one_list(
        &[("traceparent", A), ("tracestate", "a=1,b=2"), ("tracestate", "c=3")], json!({}), Some((A, Some("a=1,b=2,c=3")))
    )]
    #[case::a_state_that_is_no_text(
        &[("traceparent", A), ("tracestate", "a=1"), ("tracestate", "b=\u{e9}")], json!({}), Some((A, None))
    )]
    #[case::two_parents(&[("traceparent", A), ("traceparent", B)], json!({}), None)]
    fn a_request_says_which_trace_it_belongs_to(
        #[case] given: &[(&'static str, &str)],
        #[case] meta: serde_json::Value,
        #[case] expected: Option<(&str, Option<&str>)>,
    ) {
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            headers.append(HeaderName::from_static(name), HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        let found = of(Some(&headers), &MetaObject(meta.as_object().unwrap().clone()));
        let found = found.map(|context| (context.traceparent(), context.tracestate().map(ToOwned::to_owned)));
        assert_eq!(found, expected.map(|(parent, state)| (parent.to_owned(), state.map(ToOwned::to_owned))));
    }
}
