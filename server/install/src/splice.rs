//! Replacement of pieces of a text, which keeps the rest byte for byte; lines and positions in a text.
use std::ops::Range;

/// Replacements in a text. They must not overlap.
pub struct Splices<'a> {
    text: &'a str,
    pieces: Vec<(Range<usize>, String)>,
}

impl<'a> Splices<'a> {
    pub fn of(text: &'a str) -> Self {
        Self { text, pieces: vec![] }
    }

    pub fn replace(mut self, range: Range<usize>, with: impl Into<String>) -> Self {
        self.pieces.push((range, with.into()));
        self
    }

    pub fn insert(self, at: usize, what: impl Into<String>) -> Self {
        self.replace(at..at, what)
    }

    pub fn remove(self, range: Range<usize>) -> Self {
        self.replace(range, "")
    }

    pub fn finish(mut self) -> String {
        // The sort is stable: insertions at one position keep their order.
        self.pieces.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(self.text.len() + 256);
        let mut done = 0;
        for (range, with) in self.pieces {
            out.push_str(part(self.text, done..range.start));
            out.push_str(&with);
            done = range.end;
        }
        out.push_str(part(self.text, done..self.text.len()));
        out
    }
}

/// The part of a text in a range; empty if the range is not valid.
pub fn part(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// Line end of a text: that of its first line.
pub fn newline(text: &str) -> &'static str {
    match text.split_once('\n') {
        Some((line, _)) if line.ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Start of the line of a position.
pub fn line_start(text: &str, at: usize) -> usize {
    part(text, 0..at).rfind('\n').map_or(0, |before| before + 1)
}

/// End of the line of a position, before its line break.
pub fn line_end(text: &str, at: usize) -> usize {
    let end = part(text, at..text.len()).find('\n').map_or(text.len(), |after| at + after);
    if part(text, at..end).ends_with('\r') { end - 1 } else { end }
}

/// Start of the line after that of a position.
pub fn next_line(text: &str, at: usize) -> usize {
    part(text, at..text.len()).find('\n').map_or(text.len(), |after| at + after + 1)
}

/// Indentation of the line of a position.
pub fn indent(text: &str, at: usize) -> &str {
    let line = part(text, line_start(text, at)..at);
    part(line, 0..line.len() - line.trim_start_matches([' ', '\t']).len())
}

/// Line and column of a position, counted from 1, in characters.
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let before = part(text, 0..at);
    (before.matches('\n').count() + 1, part(text, line_start(text, at)..at).chars().count() + 1)
}
