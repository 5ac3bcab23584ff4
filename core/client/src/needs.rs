//! The effect that a request needs, decided only here, so that a pack cannot call a write a read.
use reqwest::Method;

use crate::Effect;

/// The effect of a request, by its method and, where that misleads, its path.
pub(crate) fn effect(method: &Method, path: &[&str]) -> Effect {
    let end = path.last().copied().unwrap_or_default();
    match *method {
        Method::GET | Method::HEAD => Effect::Read,
        // These only convert their body to a file.
        Method::POST if end.starts_with("download-") => Effect::Read,
        _ if deletes(method, path) || replaces(method, path) => Effect::Destructive,
        _ => Effect::Write,
    }
}

/// Whether a request deletes records, also under another verb.
pub(crate) fn deletes(method: &Method, path: &[&str]) -> bool {
    match *method {
        Method::DELETE => true,
        Method::PUT => matches!(path, [.., "bulk-delete" | "delete-intervals"]),
        _ => false,
    }
}

/// Whether a request replaces data that may not come back, by its body or by a plan.
fn replaces(method: &Method, path: &[&str]) -> bool {
    match *method {
        Method::PUT => {
            matches!(path, [.., "apply-plan-changes"])
                || path.last().is_some_and(|end| *end == "streams" || end.starts_with("streams."))
        }
        Method::POST => matches!(path, [.., "apply-plan"] | [.., "manual", "bulk"]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Method::GET, &["athlete", "0", "activities"], Effect::Read)]
    #[case(Method::POST, &["athlete", "0", "download-workout.zwo"], Effect::Read)]
    #[case(Method::POST, &["athlete", "0", "activities", "manual"], Effect::Write)]
    #[case(Method::PUT, &["activity", "i1"], Effect::Write)]
    #[case(Method::PUT, &["athlete", "0", "events", "bulk-delete"], Effect::Destructive)]
    #[case(Method::PUT, &["activity", "i1", "delete-intervals"], Effect::Destructive)]
    #[case(Method::PUT, &["activity", "i1", "streams"], Effect::Destructive)]
    #[case(Method::PUT, &["activity", "i1", "streams.csv"], Effect::Destructive)]
    #[case(Method::GET, &["activity", "i1", "streams"], Effect::Read)]
    #[case(Method::PUT, &["athlete", "0", "apply-plan-changes"], Effect::Destructive)]
    #[case(Method::POST, &["athlete", "0", "events", "apply-plan"], Effect::Destructive)]
    #[case(Method::POST, &["athlete", "0", "activities", "manual", "bulk"], Effect::Destructive)]
    #[case(Method::POST, &["athlete", "0", "events", "bulk"], Effect::Write)]
    #[case(Method::DELETE, &["activity", "i1"], Effect::Destructive)]
    #[case(Method::PATCH, &["anything"], Effect::Write)]
    fn a_request_needs_the_effect_of_its_verb(#[case] method: Method, #[case] path: &[&str], #[case] needs: Effect) {
        assert_eq!(effect(&method, path), needs);
    }

    #[test]
    fn not_all_that_is_destructive_deletes() {
        assert!(deletes(&Method::DELETE, &["activity", "i1"]));
        assert!(deletes(&Method::PUT, &["athlete", "0", "events", "bulk-delete"]));
        assert!(!deletes(&Method::PUT, &["activity", "i1", "streams"]));
    }
}
