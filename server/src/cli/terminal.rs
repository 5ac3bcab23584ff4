//! What a terminal takes: its width, colours, and text that cannot steer it. `anstream` decides whether colours are meant (a
//! terminal, NO_COLOR, CLICOLOR_FORCE, TERM) and takes them out elsewhere.
use std::{
    borrow::Cow,
    fmt::Display,
    io::{self, IsTerminal},
};

use clap::builder::styling::{AnsiColor, Style};

/// Of heads and names.
pub const HEAD: Style = Style::new().bold();
/// Of what stands beside.
pub const ASIDE: Style = Style::new().dimmed();
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// The columns of the terminal that stdout is; `None` where it is none and nothing has to fit.
pub fn width() -> Option<usize> {
    let out = io::stdout();
    if !out.is_terminal() {
        return None;
    }
    let known = terminal_size::terminal_size_of(&out).map(|(width, _)| width.0.into());
    let told = || std::env::var("COLUMNS").ok()?.parse().ok();
    Some(known.or_else(told).filter(|width| *width > 0).unwrap_or(80))
}

/// Says on stderr what went wrong.
pub fn error(error: impl Display) {
    anstream::eprintln!("{ERROR}error:{ERROR:#} {}", plain(&error.to_string()));
}

/// The text without control characters: what other people wrote cannot move the cursor, or do what else a terminal can be told.
pub fn plain(text: &str) -> Cow<'_, str> {
    let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.contains(steers) { text.replace(steers, "\u{fffd}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn text_of_others_cannot_steer_a_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\u{9b}1m\r\u{7}\tc\nd"), "a\u{fffd}[2Jb\u{fffd}1m\u{fffd}\u{fffd}\tc\nd");
        assert_eq!(plain("Zürich 🚴"), "Zürich 🚴");
    }
}
