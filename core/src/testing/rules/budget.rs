//! Rule: a tool stays within its token budget.
use crate::{
    Settings,
    testing::{PackUnderTest, pack_under_test::is_in},
    tokens,
};

/// The most tokens of a tool, and of a wide one.
const TOOL: usize = 250;
const WIDE: usize = 400;

/// Checks that a tool's name, description and input schema cost at most 250 tokens, or 400 for a wide tool.
pub fn budget(subject: &PackUnderTest) -> Vec<String> {
    subject.of_tools(|tool| {
        let cost = (subject.policy.tokens)(&tokens::seen(tool, &Settings::default()));
        let allowed = if is_in(subject.policy.wide, tool) { WIDE } else { TOOL };
        if cost > allowed { vec![format!("{cost} tokens, {allowed} allowed")] } else { vec![] }
    })
}
