//! Writes the tree of an answer as lines of text.
use std::{borrow::Cow, fmt::Write};

use super::node::{Leaf, Node};
use crate::text::{is_line_break, one_line};

pub fn text(node: &Node) -> String {
    let mut out = String::new();
    match node {
        Node::Object(members) => object(&mut out, members, ""),
        other => line(&mut out, &cell(other, true)),
    }
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// Writes the rows of a list, then their number and the total.
fn list(out: &mut String, rows: &[Node], total: Option<&Node>, more: bool, indent: &str) {
    table(out, rows, indent);
    let rows = rows.len();
    let _ = match total {
        Some(Node::Leaf(total)) if total.json == rows => writeln!(out, "{indent}({rows})"),
        Some(Node::Leaf(total)) => writeln!(out, "{indent}({rows} of {})", total.text),
        _ if more => writeln!(out, "{indent}({rows}, there are more)"),
        _ => writeln!(out, "{indent}({rows})"),
    };
}

/// Writes an object, one line per member. An object with `items` and `total` is a list, whatever other members it has.
fn object(out: &mut String, members: &[(Cow<'static, str>, Node)], indent: &str) {
    let member = |name: &str| members.iter().find(|(key, _)| key == name).map(|(_, node)| node);
    let rows = member("items").filter(|_| member("total").is_some());
    if let Some(Node::Array(rows)) = rows {
        let more = member("next").is_some_and(|next| !next.is_empty());
        list(out, rows, member("total"), more, indent);
    }
    for (key, node) in members {
        if rows.is_some() && matches!(key.as_ref(), "items" | "total") {
            continue;
        }
        match node {
            node if node.is_empty() => {}
            Node::Null | Node::Author { .. } => {}
            Node::Object(inner) => {
                let _ = writeln!(out, "{indent}{key}:");
                // The rows of a list are not indented either.
                let is_list = ["items", "total"].iter().all(|part| inner.iter().any(|(key, _)| key == part));
                object(out, inner, &if is_list { indent.to_owned() } else { format!("{indent}  ") });
            }
            Node::Columns(series) => {
                let _ = writeln!(out, "{indent}{key}:");
                columns_as_rows(out, series);
            }
            Node::Array(rows) if rows.iter().any(|row| matches!(row, Node::Object(_))) => {
                let _ = writeln!(out, "{indent}{key}:");
                // Bars mark the rows; an indent would cost a token per row.
                table(out, rows, indent);
            }
            Node::Leaf(leaf) => {
                let lines: Vec<_> = leaf.text.trim_end().lines().map(one_line).collect();
                let text = lines.join(&format!("\n{indent}  "));
                let _ = writeln!(out, "{indent}{}: {}", name(key, leaf), with_unit(&text, leaf.unit));
            }
            Node::Array(items) => {
                let key = match items.iter().find(|item| matches!(item, Node::Leaf(_))) {
                    Some(Node::Leaf(leaf)) => with_unit(name(key, leaf), leaf.unit),
                    _ => key.to_string(),
                };
                let _ = writeln!(out, "{indent}{key}: {}", cell(node, false));
            }
            Node::Text(_)
            | Node::Signed { .. }
            | Node::Json(_)
            | Node::Sport(_)
            | Node::Speed { .. }
            | Node::Rendered(_) => {
                let _ = writeln!(out, "{indent}{key}: {}", cell(node, false));
            }
        }
    }
}

fn with_unit(text: &str, unit: &str) -> String {
    match unit {
        "" => text.into(),
        // A pace reads 4:40/km.
        unit if unit.starts_with('/') => format!("{text}{unit}"),
        unit => format!("{text} {unit}"),
    }
}

/// Writes a line of names and one line per sample, without blanks and indent: in a long series each costs as much as a number.
fn columns_as_rows(out: &mut String, series: &[(Cow<'static, str>, Node)]) {
    let values = |node: &'_ Node| if let Node::Array(values) = node { values.len() } else { 0 };
    let rows = series.iter().map(|(_, node)| values(node)).max().unwrap_or_default();
    let head = |(key, node): &(Cow<'static, str>, Node)| {
        let mut column = Column::new(key);
        if let Node::Array(values) = node {
            values.iter().for_each(|value| column.add(value));
        }
        one_line(&column.head()).replace(',', " ")
    };
    line(out, &series.iter().map(head).collect::<Vec<_>>().join(","));
    for row in 0..rows {
        for (n, (_, node)) in series.iter().enumerate() {
            out.push_str(if n == 0 { "" } else { "," });
            if let Node::Array(values) = node
                && let Some(value) = values.get(row)
            {
                let start = out.len();
                write_cell(out, value, false);
                if out.get(start..).is_some_and(|cell| cell.contains(',')) {
                    let cell = out.split_off(start);
                    out.push_str(&cell.replace(',', " "));
                }
            }
        }
        out.push('\n');
    }
}

/// Writes a header line and one line per row. A column that is null in every row is left out.
fn table(out: &mut String, rows: &[Node], indent: &str) {
    let columns = columns(rows);
    if columns.is_empty() {
        rows.iter().for_each(|row| line(out, &format!("{indent}{}", cell(row, false))));
        return;
    }
    let header: Vec<_> = columns.iter().map(Column::head).collect();
    line(out, &format!("{indent}{}", header.join("|")));
    for row in rows {
        let Node::Object(members) = row else { continue };
        let start = out.len();
        out.push_str(indent);
        let mut at = 0;
        for (n, column) in columns.iter().enumerate() {
            out.push_str(if n == 0 { "" } else { "|" });
            // The next column follows this one in nearly every row.
            let known =
                place(members.len(), at, |place| members.get(place).is_some_and(|(key, _)| same(key, column.key)));
            if let Some((_, node)) = known.and_then(|known| members.get(known)) {
                write_cell(out, node, column.mixed);
            }
            at = known.map_or(at, |known| known + 1);
        }
        // Empty cells at the end of a row are left out.
        let row = out.get(start..).unwrap_or_default().trim_end_matches([' ', '|']).len();
        out.truncate(start + row);
        out.push('\n');
    }
}

struct Column<'a> {
    key: &'a str,
    name: &'a str,
    unit: &'static str,
    /// Whether its rows differ in unit, so that each cell has its own.
    mixed: bool,
    empty: bool,
}

impl<'a> Column<'a> {
    fn new(key: &'a str) -> Self {
        Self { key, name: key, unit: "", mixed: false, empty: true }
    }

    fn add(&mut self, node: &Node) {
        if let Node::Leaf(leaf) = node {
            if self.empty {
                (self.name, self.unit) = (name(self.key, leaf), leaf.unit);
            } else if self.unit != leaf.unit {
                self.mixed = true;
            }
        }
        self.empty &= node.is_empty();
    }

    fn head(&self) -> String {
        if self.unit.is_empty() || self.mixed { self.name.into() } else { format!("{} {}", self.name, self.unit) }
    }
}

/// The union of the rows' keys in the struct's order. A null column keeps its place until all rows are read.
fn columns(rows: &[Node]) -> Vec<Column<'_>> {
    let mut columns: Vec<Column<'_>> = vec![];
    for row in rows {
        let Node::Object(members) = row else { continue };
        let mut at = 0;
        for (key, node) in members {
            let known = place(columns.len(), at, |n| columns.get(n).is_some_and(|column| same(column.key, key)));
            let place = known.unwrap_or_else(|| {
                columns.insert(at, Column::new(key));
                at
            });
            if let Some(column) = columns.get_mut(place) {
                column.add(node);
            }
            at = place + 1;
        }
    }
    columns.retain(|column| !column.empty);
    columns
}

/// The first of `len` places that satisfies `is`, searched from `likely` on.
fn place(len: usize, likely: usize, is: impl Fn(usize) -> bool) -> Option<usize> {
    (likely..len).chain(0..likely.min(len)).find(|place| is(*place))
}

/// Whether two keys are equal. Most are one literal, so comparing their pointers first is faster.
fn same(a: &str, b: &str) -> bool {
    std::ptr::eq(a, b) || a == b
}

/// The key without its unit suffix, which the value already shows.
fn name<'a>(key: &'a str, leaf: &Leaf) -> &'a str {
    if leaf.suffix.is_empty() { key } else { key.strip_suffix(leaf.suffix).unwrap_or(key) }
}

fn cell(node: &Node, unit: bool) -> String {
    let mut out = String::new();
    write_cell(&mut out, node, unit);
    out
}

/// Writes a value in one line. Text by others cannot add a row or a cell.
fn write_cell(out: &mut String, node: &Node, unit: bool) {
    match node {
        Node::Null | Node::Author { .. } => {}
        // Not resolved yet.
        Node::Text(text) | Node::Sport(text) | Node::Signed { text, .. } => {
            out.push_str(&one_line(text).replace('|', "/"))
        }
        Node::Json(json) => out.push_str(&json.to_string()),
        Node::Speed { json, .. } => out.push_str(&json.to_string()),
        Node::Rendered(inner) => write_cell(out, inner, unit),
        Node::Leaf(leaf) => {
            if leaf.text.contains(|c: char| c == '|' || is_line_break(c)) {
                out.push_str(&one_line(&leaf.text).replace('|', "/"));
            } else {
                out.push_str(&leaf.text);
            }
            if unit {
                // A pace reads 4:40/km.
                out.push_str(if leaf.unit.is_empty() || leaf.unit.starts_with('/') { "" } else { " " });
                out.push_str(leaf.unit);
            }
        }
        Node::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                out.push_str(if n == 0 { "" } else { ", " });
                write_cell(out, item, unit);
            }
        }
        Node::Object(members) | Node::Columns(members) => {
            let shown = members.iter().filter(|(_, node)| !node.is_empty());
            for (n, (key, node)) in shown.enumerate() {
                out.push_str(if n == 0 { "" } else { ", " });
                out.push_str(if let Node::Leaf(leaf) = node { name(key, leaf) } else { key });
                out.push(' ');
                write_cell(out, node, true);
            }
        }
    }
}
