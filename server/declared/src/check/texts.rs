//! Checks of the texts in a pack file: one line, limited length, no invisible characters.
use intervals_core::client::text::clean;
use toml::Spanned;

use super::Faults;
use crate::form::{PackForm, ToolForm};

/// Characters of each kind of text.
const MAX_ABOUT: usize = 120;
const MAX_DESCRIPTION: usize = 300;
const MAX_ARGUMENT: usize = 200;
const MAX_TITLE: usize = 60;

/// Checks the description of the pack.
pub(crate) fn about(form: &PackForm, faults: &mut Faults<'_>) {
    sentence("`about`", &form.about, MAX_ABOUT, faults);
}

/// Checks the description and title of a tool.
pub(super) fn of_tool(form: &ToolForm, faults: &mut Faults<'_>) {
    sentence("the description", &form.description, MAX_DESCRIPTION, faults);
    if let Some(title) = &form.title {
        line("the title", title, MAX_TITLE, faults);
    }
}

/// Checks the description of an argument.
pub(super) fn of_argument(description: &Spanned<String>, faults: &mut Faults<'_>) {
    line("the description", description, MAX_ARGUMENT, faults);
}

/// Checks a line that must end with a full stop.
fn sentence(what: &str, text: &Spanned<String>, max: usize, faults: &mut Faults<'_>) {
    if line(what, text, max, faults) && !text.get_ref().ends_with('.') {
        let remedy = "Write a sentence, with a full stop at the end.";
        faults.add(text.span(), format!("{what} has no full stop at its end"), remedy);
    }
}

/// Checks a line of up to `max` characters. Returns whether it is valid.
fn line(what: &str, text: &Spanned<String>, max: usize, faults: &mut Faults<'_>) -> bool {
    let characters = text.get_ref().chars().count();
    let (problem, remedy) = if text.get_ref().trim().is_empty() {
        ("is empty".into(), "Say what it is.".into())
    } else if text.get_ref().contains(is_line_break) {
        ("has more than one line".into(), "Write it in one; a long line is no fault.".into())
    } else if is_unclean(text.get_ref()) {
        ("has an invisible character".into(), "Leave out control characters and marks of text direction.".into())
    } else if characters > max {
        (format!("has {characters} characters"), format!("Write up to {max}."))
    } else {
        return true;
    };
    faults.add(text.span(), format!("{what} {problem}"), remedy);
    false
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a text has a tab, or a character that no text of people may have in an answer.
fn is_unclean(text: &str) -> bool {
    text.contains('\t') || clean(text) != text
}
