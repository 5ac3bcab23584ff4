//! Rules: the descriptions of tools and packs are sentences.
use crate::testing::PackUnderTest;

/// The longest description of a tool and of a pack, in characters.
const DESCRIPTION: usize = 300;
const ABOUT: usize = 120;

/// Checks that a tool's description is one or two sentences, starts with a word in capitals that tells it from its neighbours,
/// and is unique.
pub fn descriptions(subject: &PackUnderTest) -> Vec<String> {
    subject.of_tools(|tool| {
        let description = &*tool.description;
        let mut faults = vec![];
        if !is_sentence(description, DESCRIPTION) {
            faults.push(format!("a description is a sentence or two, up to {DESCRIPTION} characters"));
        }
        // "The ORIGINAL file" is accepted too.
        if !description.split_whitespace().take(2).any(is_in_capitals) {
            faults
                .push("a description starts with what tells this tool from others, in capitals, such as RANGE".into());
        }
        let same = subject.tools.iter().filter(|other| other.name != tool.name && other.description == description);
        faults.extend(same.map(|other| format!("{} says the same", other.name)));
        faults
    })
}

/// Checks that a pack's name can be a folder, a feature and a word of the configuration, its card is one sentence, and it has
/// tools.
pub fn cards(subject: &PackUnderTest) -> Vec<String> {
    subject.of_packs(|pack| {
        let mut faults = vec![];
        let plain = pack.name.starts_with(|c: char| c.is_ascii_lowercase())
            && pack.name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        if !plain || ["all", "default"].contains(&pack.name) {
            faults.push("a pack's name is a word in lower case, other than all and default".into());
        }
        if !is_sentence(pack.about, ABOUT) || pack.about.contains(". ") {
            faults.push(format!("a card says one sentence, up to {ABOUT} characters"));
        }
        if !subject.tools.iter().any(|tool| tool.krate == pack.krate) {
            faults.push("it has no tool".into());
        }
        faults
    })
}

fn is_sentence(text: &str, most: usize) -> bool {
    text.starts_with(char::is_uppercase) && text.ends_with('.') && text.chars().count() <= most
}

/// Whether the letters that a word starts with are all capitals, as in `TODAY's`.
fn is_in_capitals(word: &str) -> bool {
    let start: Vec<_> = word.chars().take_while(|c| c.is_alphabetic()).collect();
    start.len() > 1 && start.iter().all(|c| c.is_uppercase())
}
