//! Ids and traces of requests.
use http::{HeaderName, HeaderValue};
use rstest::rstest;
use serde_json::json;

use super::*;

#[rstest]
#[case("a", true)]
#[case("7f3c-4b.A_1", true)]
#[case(&"x".repeat(64), true)]
#[case(&"x".repeat(65), false)]
#[case("", false)]
#[case("a b", false)]
#[case("a\nlevel=error", false)]
#[case("é", false)]
fn a_header_is_taken_over_when_it_can_stand_in_a_line(#[case] header: &str, #[case] taken: bool) {
    let RequestId(id) = RequestId::of_header(Some(header));
    assert_eq!(&*id == header, taken);
    if !taken {
        assert!(id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
    }
}

#[test]
fn without_a_header_each_request_has_its_own() {
    assert_ne!(RequestId::of_header(None), RequestId::of_header(None));
}

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
    let found = trace(Some(&headers), &MetaObject(meta.as_object().unwrap().clone()));
    let found = found.map(|context| (context.traceparent(), context.tracestate().map(ToOwned::to_owned)));
    assert_eq!(found, expected.map(|(parent, state)| (parent.to_owned(), state.map(ToOwned::to_owned))));
}
