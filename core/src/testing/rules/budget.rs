//! A tool costs a model's context no more than it must.
use crate::{
    Settings,
    testing::{PackUnderTest, pack_under_test::is_in},
    tokens,
};

/// What one tool may cost, and a wide one, in tokens.
const TOOL: usize = 250;
const WIDE: usize = 400;

/// A tool's name, description and input schema cost up to 250 tokens; those of a wide one up to 400.
pub fn budget(subject: &PackUnderTest) -> Vec<String> {
    subject.of_tools(|tool| {
        let cost = (subject.policy.tokens)(&tokens::seen(tool, &Settings::default()));
        let allowed = if is_in(subject.policy.wide, tool) { WIDE } else { TOOL };
        if cost > allowed { vec![format!("{cost} tokens, {allowed} allowed")] } else { vec![] }
    })
}
