//! Tables with aligned columns that fit the width of a terminal. The last column, which holds sentences, is wrapped. A cell that has
//! to be cut ends in `…`.
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::terminal::{HEAD, plain};

/// Spaces between two columns.
const GAP: usize = 2;
/// The smallest width of the last column. If less is left, or a word would be split, its text goes below its row.
const READABLE: usize = 24;
/// The indentation of text below its row.
const INDENT: usize = 4;
/// The smallest width to which a column is cut.
const LEAST: usize = 6;

/// Aligns the tables of an answer, which models get without this padding. Does not wrap or cut: values stay whole, and a terminal
/// wraps by itself.
pub fn align(text: &str) -> String {
    fit(text, None)
}

/// Aligns the tables of a text, and wraps lines and tables to `width` columns, if given.
pub fn fit(text: &str, width: Option<usize>) -> String {
    let text = plain(text);
    let mut out = String::with_capacity(text.len() * 2);
    let mut table: Vec<&str> = vec![];
    for line in text.lines() {
        if line.contains('|') {
            table.push(line);
        } else {
            flush(&mut out, &mut table, width);
            match width.filter(|width| line.width() > *width) {
                Some(width) => out.extend(wrap(line, width).into_iter().map(|line| line + "\n")),
                None => {
                    out.push_str(line);
                    out.push('\n');
                }
            }
        }
    }
    flush(&mut out, &mut table, width);
    out
}

/// Writes the table's lines collected so far. A single line is not a table.
fn flush(out: &mut String, table: &mut Vec<&str>, width: Option<usize>) {
    if let [line] = table.as_slice() {
        out.push_str(line);
        out.push('\n');
    } else {
        let rows: Vec<Vec<&str>> = table.iter().map(|line| line.split('|').map(str::trim).collect()).collect();
        let indents = table.iter().map(|line| line.len() - line.trim_start().len());
        let layout = Layout::of(&rows, indents.clone().max().unwrap_or_default(), width);
        for (n, (row, indent)) in rows.iter().zip(indents).enumerate() {
            layout.write(out, row, indent, n == 0);
        }
    }
    table.clear();
}

/// Formats rows of cells, the first of which is the header.
pub fn rows(rows: &[Vec<&str>], width: Option<usize>) -> String {
    let layout = Layout::of(rows, 0, width);
    let mut out = String::new();
    for (n, row) in rows.iter().enumerate() {
        layout.write(&mut out, row, 0, n == 0);
    }
    out
}

/// The width of each column, and the place of the last one.
struct Layout {
    widths: Vec<usize>,
    last: Last,
}

/// The place of the last column, with its width.
#[derive(Clone, Copy)]
enum Last {
    /// Next to the others.
    Beside(usize),
    /// Below the others.
    Below(usize),
}

impl Layout {
    fn of(rows: &[Vec<&str>], indent: usize, width: Option<usize>) -> Self {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let wide = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
        let mut widths: Vec<_> = (0..columns).map(|column| wide(column).unwrap_or_default()).collect();
        let last = widths.pop().unwrap_or_default();
        let Some(width) = width else { return Self { widths, last: Last::Beside(usize::MAX) } };
        let before = indent + widths.iter().map(|width| width + GAP).sum::<usize>();
        let room = width.saturating_sub(before);
        let words = rows.iter().filter_map(|row| row.get(widths.len())).flat_map(|cell| cell.split_whitespace());
        let longest = words.map(UnicodeWidthStr::width).max().unwrap_or_default();
        let last = if room >= last.min(READABLE.max(longest)) {
            Last::Beside(room.max(1))
        } else {
            narrow(&mut widths, width.saturating_sub(indent));
            Last::Below(width.saturating_sub(indent + INDENT).max(1))
        };
        Self { widths, last }
    }

    fn write(&self, out: &mut String, row: &[&str], indent: usize, head: bool) {
        let (fixed, last) = row.split_at(row.len().min(self.widths.len()));
        let cells = fixed.iter().zip(&self.widths).map(|(cell, width)| {
            let cell = cut(cell, *width);
            let rest = width.saturating_sub(cell.width());
            cell + &" ".repeat(rest + GAP)
        });
        let cells: String = cells.collect();
        let last = last.first().copied().unwrap_or_default();
        let (first, rest, at) = match self.last {
            Last::Beside(width) => {
                let mut lines = wrap(last, width).into_iter();
                (cells.clone() + &lines.next().unwrap_or_default(), lines.collect(), indent + cells.width())
            }
            Last::Below(width) => (cells, wrap(last, width), indent + INDENT),
        };
        let style = if head { HEAD } else { Default::default() };
        out.push_str(&format!("{}{style}{}{style:#}\n", " ".repeat(indent), first.trim_end()));
        for line in rest {
            out.push_str(&format!("{}{style}{line}{style:#}\n", " ".repeat(at)));
        }
    }
}

/// Narrows the widest column until all fit. The first column, which holds names, is narrowed last.
fn narrow(widths: &mut [usize], room: usize) {
    while widths.iter().map(|width| width + GAP).sum::<usize>() > room + GAP {
        let (names, others) = widths.split_at_mut(widths.len().min(1));
        let widest = others.iter_mut().max().filter(|width| **width > LEAST);
        match widest.or_else(|| names.first_mut().filter(|width| **width > LEAST)) {
            Some(width) => *width -= 1,
            None => return,
        }
    }
}

/// Cuts a text to `width` columns, with `…` at its end.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.into();
    }
    let (start, _) = split(text, width.saturating_sub(1));
    format!("{start}…")
}

/// Wraps a text to lines of at most `width` columns, between words where possible. A text without words has no lines.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let (mut lines, mut line) = (vec![], String::new());
    for mut word in text.split_whitespace() {
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(std::mem::take(&mut line));
        }
        while word.width() > width {
            let (start, rest) = split(word, width);
            lines.push(start.into());
            word = rest;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Splits a text after `width` columns, but at least after one character.
fn split(text: &str, width: usize) -> (&str, &str) {
    let mut used = 0;
    let over = text.char_indices().skip_while(|(n, c)| {
        used += c.width().unwrap_or_default();
        used <= width || *n == 0
    });
    let end = over.map(|(n, _)| n).next().unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests;
