//! What a request needs to be allowed. Said here and nowhere else, so that a pack cannot call a write a read.
use reqwest::Method;

use crate::Effect;

/// The effect of a request, by its method and, where that misleads, its path.
pub(super) fn effect(method: &Method, path: &[&str]) -> Effect {
    let end = path.last().copied().unwrap_or_default();
    match *method {
        Method::GET | Method::HEAD => Effect::Read,
        // These only compute a file from what they are sent.
        Method::POST if end.starts_with("download-") => Effect::Read,
        Method::DELETE => Effect::Destructive,
        // These delete under another verb.
        Method::PUT if matches!(end, "bulk-delete" | "delete-intervals") => Effect::Destructive,
        _ => Effect::Write,
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
    #[case(Method::DELETE, &["activity", "i1"], Effect::Destructive)]
    #[case(Method::PATCH, &["anything"], Effect::Write)]
    fn a_request_needs_the_effect_of_its_verb(#[case] method: Method, #[case] path: &[&str], #[case] needs: Effect) {
        assert_eq!(effect(&method, path), needs);
    }
}
