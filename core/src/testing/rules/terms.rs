//! Exceptions are of tools that there are, and have a reason.
use crate::testing::Subject;

/// The prefix is a word and `_`; every exception names a tool of these packs and says why.
pub fn terms(subject: &Subject) -> Vec<String> {
    let terms = &subject.terms;
    let mut faults = vec![];
    let word = terms.prefix.strip_suffix('_').unwrap_or_default();
    if word.is_empty() || !word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()) {
        faults.push(format!("prefix: \"{}\" is no word in lower case with _ behind it", terms.prefix));
    }
    let lists = [
        ("prescribed", terms.prescribed),
        ("wide", terms.wide),
        ("summed_up", terms.summed_up),
        ("left_out", terms.left_out),
    ];
    for (list, exceptions) in lists {
        for (tool, why) in exceptions {
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
