//! Lone surrogates in JSON: escapes such as `\ud83d` without their pair. They are valid JSON, and clients write them when they
//! cut a text in the middle of an emoji, but a Rust string cannot hold them.
use std::borrow::Cow;

use crate::splice::part;

/// Length of an escape such as `\ud83d`, bytes.
const LENGTH: usize = 6;

/// Replaces each lone surrogate by the escape `\uFFFD`. All positions in the text stay the same.
pub fn replaced(text: &str) -> Cow<'_, str> {
    let (mut out, mut done, mut at) = (String::new(), 0, 0);
    while let Some(next) = part(text, at..text.len()).find('\\') {
        at += next;
        at = match (escape(text, at), escape(text, at + LENGTH)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => at + 2 * LENGTH,
            (Some(0xd800..=0xdfff), _) => {
                out.push_str(part(text, done..at));
                out.push_str("\\uFFFD");
                done = at + LENGTH;
                done
            }
            // Skip the escaped character, which may be a backslash.
            _ => at + 1 + part(text, at + 1..text.len()).chars().next().map_or(0, char::len_utf8),
        };
    }
    if done == 0 {
        return text.into();
    }
    out.push_str(part(text, done..text.len()));
    out.into()
}

/// Code of the `\u` escape at a position, if there is one.
fn escape(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + LENGTH)?.strip_prefix("\\u")?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(r"é \u00e9 \ud83d\uDE00 \n", r"é \u00e9 \ud83d\uDE00 \n")]
    #[case(r"\ud83d", r"\uFFFD")]
    #[case(r"a\ude00é\uD83D\ud83d\ude00\udc00z", r"a\uFFFDé\uFFFD\ud83d\ude00\uFFFDz")]
    #[case(r"\\ud83d \é \ud83", r"\\ud83d \é \ud83")]
    #[case(r"\ud83d\n\ud83dA\ud83d\u0041\", r"\uFFFD\n\uFFFDA\uFFFD\u0041\")]
    fn only_lone_surrogates_are_replaced(#[case] text: &str, #[case] wanted: &str) {
        assert_eq!((replaced(text).as_ref(), replaced(text).len()), (wanted, text.len()));
    }
}
