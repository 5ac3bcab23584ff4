//! Unknown names in error messages: truncation, suggestions and typing errors.
use intervals_core::{likeness, nearest, text::truncate};

/// Suggestion of the nearest known name: ` (did you mean …?)`, or an empty text.
pub fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map(|name| format!(" (did you mean {name}?)")).unwrap_or_default()
}

/// Truncates a name to 64 characters, for an error message: a caller may send a name as long as a request.
pub fn cut(name: &str) -> String {
    truncate(name, 64)
}

/// The known name of which `name` is a typing error: other punctuation, or one letter added, missing, wrong or swapped with the
/// next.
pub fn slip_of<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let bare = |name: &str| name.replace(['-', '_'], "").to_lowercase();
    let is_slip = |known: &str| {
        let (name, known) = (bare(name), bare(known));
        let longer = name.len().max(known.len()) as f64;
        // More than one changed letter makes another word.
        name == known || (1.0 - likeness(&name, &known)) * longer < 1.5
    };
    known.into_iter().find(|known| is_slip(known))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_long_name_gets_no_suggestion() {
        let known = "x".repeat(70);
        assert_eq!(hint(&known, [known.as_str()]), "");
        assert_eq!(hint("wods", ["words"]), " (did you mean words?)");
    }

    #[rstest]
    #[case("x-mcp-pack", Some("x-mcp-packs"))]
    #[case("x-mcp-pakcs", Some("x-mcp-packs"))]
    #[case("x-mcp-read_only", Some("x-mcp-readonly"))]
    #[case("x-mcp-excludetools", Some("x-mcp-exclude-tools"))]
    #[case("x-mcp-user", None)]
    #[case("x-mcp-auth", None)]
    #[case("x-mcp-host", None)]
    #[case("x-mcp-client", None)]
    #[case("x-mcp-token", None)]
    #[case("x-mcp-toolsets", None)]
    #[case("x-mcp-path", None)]
    #[case("x-mcp-protocol", None)]
    #[case("x-mcp-session-id", None)]
    fn a_typing_error_is_at_most_one_letter(#[case] name: &str, #[case] meant: Option<&str>) {
        assert_eq!(slip_of(name, ["x-mcp-packs", "x-mcp-tools", "x-mcp-exclude-tools", "x-mcp-readonly"]), meant);
    }
}
