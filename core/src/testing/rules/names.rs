//! Rule: names have one form and are unique.
use crate::{
    testing::{PackUnderTest, pack_under_test::is_in},
    tool::{TOOLS, ToolDef},
};

/// Checks that a tool's name starts with `icu_` or the policy's prefix, is in lower case, has at most 40 characters and is unique
/// in the binary, and that the tool has a title.
pub fn names(subject: &PackUnderTest) -> Vec<String> {
    let prefix = subject.policy.prefix;
    subject.of_tools(|tool| {
        let mut faults = vec![];
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let own = tool.name.starts_with(prefix) || is_in(subject.policy.prescribed, tool);
        if !own || !tool.name.chars().all(plain) || tool.name.len() > 40 {
            faults.push(format!("a name is {prefix}… in lower case, up to 40 characters"));
        }
        if tool.title.as_deref().is_none_or(str::is_empty) {
            faults.push("it has no title".into());
        }
        for other in others(subject, tool) {
            faults.push(format!("{} has a tool of this name too", other.krate));
        }
        faults
    })
}

/// Other tools with the same name, among the subject's and the linked ones.
fn others(subject: &PackUnderTest, tool: &ToolDef) -> Vec<&'static ToolDef> {
    let own = subject.tools.iter().copied();
    let foreign = TOOLS.iter().filter(|linked| !subject.tools.iter().any(|own| std::ptr::eq(*own, *linked)));
    own.chain(foreign).filter(|other| !std::ptr::eq(*other, tool) && other.name == tool.name).collect()
}
