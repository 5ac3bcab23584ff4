//! Terminal output: the width, styles, and text without control characters. `anstream` decides whether colours are wanted (a
//! terminal, NO_COLOR, CLICOLOR_FORCE, TERM) and removes them otherwise.
use std::{
    borrow::Cow,
    fmt::Display,
    io::{self, IsTerminal},
};

use clap::builder::styling::{AnsiColor, Style};

/// The style of headings and names.
pub const HEAD: Style = Style::new().bold();
/// The style of secondary text.
pub const ASIDE: Style = Style::new().dimmed();
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// The width in columns, if stdout is a terminal.
pub fn width() -> Option<usize> {
    let out = io::stdout();
    if !out.is_terminal() {
        return None;
    }
    let known = terminal_size::terminal_size_of(&out).map(|(width, _)| width.0.into());
    let configured = || std::env::var("COLUMNS").ok()?.parse().ok();
    Some(known.or_else(configured).filter(|width| *width > 0).unwrap_or(80))
}

/// Prints an error to stderr.
pub fn error(error: impl Display) {
    anstream::eprintln!("{ERROR}error:{ERROR:#} {}", plain(&error.to_string()));
}

/// Replaces control characters: text that other people wrote must not move the cursor or send other commands to the terminal.
pub fn plain(text: &str) -> Cow<'_, str> {
    let is_command = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.contains(is_command) { text.replace(is_command, "\u{fffd}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn control_characters_are_replaced() {
        assert_eq!(plain("a\u{1b}[2Jb\u{9b}1m\r\u{7}\tc\nd"), "a\u{fffd}[2Jb\u{fffd}1m\u{fffd}\u{fffd}\tc\nd");
        assert_eq!(plain("Zürich 🚴"), "Zürich 🚴");
    }
}
