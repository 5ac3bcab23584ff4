//! Rule: exceptions name existing tools and have a reason.
use crate::testing::PackUnderTest;

/// Checks that the prefix is a word and `_`, and that every exception names a tool of these packs and has a reason.
pub fn exceptions(subject: &PackUnderTest) -> Vec<String> {
    let policy = &subject.policy;
    let mut faults = vec![];
    let word = policy.prefix.strip_suffix('_').unwrap_or_default();
    if word.is_empty() || !word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()) {
        faults.push(format!("prefix: \"{}\" is no word in lower case with _ behind it", policy.prefix));
    }
    let lists = [
        ("prescribed", policy.prescribed),
        ("wide", policy.wide),
        ("summed_up", policy.summed_up),
        ("left_out", policy.left_out),
    ];
    for (list, list_of) in lists {
        for (tool, why) in list_of {
            if !subject.tools.iter().any(|own| own.name == *tool) {
                faults.push(format!("{list}: there is no tool {tool}"));
            }
            if why.is_empty() {
                faults.push(format!("{list}: {tool} stands there without a reason"));
            }
        }
    }
    faults
}
