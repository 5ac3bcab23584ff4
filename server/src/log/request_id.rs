//! A name for each request, by which its log lines, and those of a proxy in front, are found.
use std::sync::Arc;

use rmcp::{RoleServer, service::RequestContext};

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

    /// The one that the transport gave, else the JSON-RPC id.
    pub fn of(context: &RequestContext<RoleServer>) -> Self {
        Self::of_transport(context).unwrap_or_else(|| Self::of_header(Some(&context.id.to_string())))
    }

    #[cfg(feature = "http")]
    fn of_transport(context: &RequestContext<RoleServer>) -> Option<Self> {
        context.extensions.get::<axum::http::request::Parts>()?.extensions.get().cloned()
    }

    #[cfg(not(feature = "http"))]
    fn of_transport(_: &RequestContext<RoleServer>) -> Option<Self> {
        None
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

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
}
