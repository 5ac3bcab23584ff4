//! Edits of TOML: set or remove a server's table, and keep the rest byte for byte.
//!
//! The parser only gives positions; the text itself is spliced. Printing the document would lose its CRLF line ends.
use std::ops::Range;

use serde_json::{Map, Value};
use toml_edit::{ImDocument, Item, Key, TableLike};

use crate::{
    edit_error::EditError,
    splice::{self, Splices, part},
};

/// A parsed text, with positions.
pub struct Toml<'a> {
    text: &'a str,
    document: ImDocument<&'a str>,
}

impl<'a> Toml<'a> {
    /// Parses a text.
    ///
    /// # Errors
    /// The text is not valid TOML.
    pub fn parse(text: &'a str) -> Result<Self, EditError> {
        let document = ImDocument::parse(text).map_err(|error| {
            let at = error.span().map_or(text.len(), |span| span.start);
            let problem = error.message().trim().replace('\n', ", ");
            EditError::invalid(text, at, if problem.is_empty() { "it is no TOML".into() } else { problem })
        })?;
        Ok(Self { text, document })
    }

    /// The value at a path, and its position.
    pub fn get(&self, path: &[&str]) -> Option<(Value, usize)> {
        let (key, item) = self.find(path)?;
        Some((value(item), item.span().or(key.span()).map_or(0, |span| span.start)))
    }

    /// Appends a table to the text; `lines` are its keys and values.
    ///
    /// # Errors
    /// The table would extend an inline table.
    pub fn append(&self, path: &[&str], lines: &[(&str, Value)]) -> Result<String, EditError> {
        let newline = splice::newline(self.text);
        let open = self.text.is_empty() || self.text.ends_with('\n');
        let mut table = format!("[{}]", path.join("."));
        for (key, value) in lines {
            table.push_str(&format!("{newline}{key} = {}", written(value)));
        }
        let apart = match (open, self.text) {
            (_, "") => String::new(),
            (true, text) if text.trim_end_matches([' ', '\t', '\r', '\n']).is_empty() => String::new(),
            (true, _) => newline.into(),
            (false, _) => newline.repeat(2),
        };
        let end = if open { newline } else { "" };
        let text = format!("{}{apart}{table}{end}", self.text);
        match Toml::parse(&text) {
            Ok(_) => Ok(text),
            // An inline table, such as `mcp_servers = {…}`, cannot be extended.
            Err(_) => {
                let outer = path.first().copied().unwrap_or_default();
                let at = self.get(&[outer]).map_or(0, |(_, at)| at);
                let problem = format!("{outer} is an inline table, which takes no [{}]", path.join("."));
                Err(EditError::inline_table(self.text, at, problem))
            }
        }
    }

    /// Sets a value in an existing table. A missing key is inserted after the key `after`. `None` if there is no table at the
    /// path, or neither key in it.
    pub fn set(&self, path: &[&str], key: &str, value: &Value, after: &str) -> Option<String> {
        let (_, table) = self.find(path)?;
        let table = table.as_table_like()?;
        if let Some(span) = table.get(key).and_then(Item::span) {
            return Some(Splices::of(self.text).replace(span, written(value)).finish());
        }
        let (before, item) = table.get_key_value(after)?;
        let (before, end) = (before.span()?, item.span()?.end);
        let pair = format!("{key} = {}", written(value));
        let splices = Splices::of(self.text);
        let splices = match self.find(path)?.1 {
            Item::Value(_) => splices.insert(end, format!(", {pair}")),
            // The text before the key on its line is repeated: indentation, and the first parts of a dotted key.
            _ => {
                let start = part(self.text, splice::line_start(self.text, before.start)..before.start);
                splices.insert(splice::line_end(self.text, end), format!("{}{start}{pair}", splice::newline(self.text)))
            }
        };
        Some(splices.finish())
    }

    /// Removes the table at a path; `None` if there is none.
    ///
    /// # Errors
    /// The table is in an inline table.
    pub fn cut(&self, path: &[&str]) -> Result<Option<String>, EditError> {
        let Some((key, item)) = self.find(path) else { return Ok(None) };
        if let Some((_, outer @ Item::Value(_))) =
            self.find(path.get(..path.len().saturating_sub(1)).unwrap_or_default())
        {
            let at = outer.span().map_or(0, |span| span.start);
            return Err(EditError::inline_table(self.text, at, "the entry stands in an inline table"));
        }
        let mut spans = vec![];
        pieces(key, item, &mut spans);
        spans.sort_by_key(|span| span.start);
        let mut splices = Splices::of(self.text);
        let mut done = 0;
        for span in spans {
            let mut start = splice::line_start(self.text, span.start).max(done);
            let end = splice::next_line(self.text, span.end).max(done);
            // The blank lines before it are removed too.
            while start > done && part(self.text, splice::line_start(self.text, start - 1)..start).trim().is_empty() {
                start = splice::line_start(self.text, start - 1).max(done);
            }
            if end > start {
                splices = splices.remove(start..end);
            }
            done = end;
        }
        Ok(Some(splices.finish()))
    }

    /// The key and item at a path.
    fn find(&self, path: &[&str]) -> Option<(&Key, &Item)> {
        let (last, parents) = path.split_last()?;
        let mut table: &dyn TableLike = self.document.as_table();
        for key in parents {
            table = table.get(key)?.as_table_like()?;
        }
        table.get_key_value(last)
    }
}

/// Adds the positions of an item: those of a table and its subtables, or of a key and value.
fn pieces(key: &Key, item: &Item, spans: &mut Vec<Range<usize>>) {
    match item {
        Item::Table(table) => {
            spans.extend(table.span().filter(|_| !table.is_dotted()));
            let within = table.span().filter(|_| !table.is_dotted());
            for (name, item) in table.iter() {
                // Keys under the table's own header are in its span.
                let Some((key, _)) = table.get_key_value(name) else { continue };
                let inside = key.span().zip(within.clone()).is_some_and(|(key, table)| table.contains(&key.start));
                if !inside || matches!(item, Item::Table(_) | Item::ArrayOfTables(_)) {
                    pieces(key, item, spans);
                }
            }
        }
        Item::ArrayOfTables(tables) => tables.iter().for_each(|table| pieces(key, &Item::Table(table.clone()), spans)),
        _ => spans.extend(key.span().zip(item.span()).map(|(key, value)| key.start..value.end)),
    }
}

/// Formats a text, or a list of texts, as TOML.
fn written(value: &Value) -> String {
    let plain = |text: &str| toml_edit::Value::from(text).to_string();
    match value {
        Value::Array(items) => {
            let items = items.iter().filter_map(Value::as_str).map(plain);
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        other => plain(other.as_str().unwrap_or_default()),
    }
}

/// Converts an item to JSON. Numbers and dates become null: entries are compared without them.
fn value(item: &Item) -> Value {
    if let Some(text) = item.as_str() {
        return text.into();
    }
    if let Some(is) = item.as_bool() {
        return is.into();
    }
    if let Some(items) = item.as_array() {
        return items.iter().map(|item| item.as_str().map_or(Value::Null, Value::from)).collect();
    }
    match item.as_table_like() {
        Some(table) => {
            Value::Object(table.iter().map(|(key, item)| (key.to_owned(), value(item))).collect::<Map<_, _>>())
        }
        None => Value::Null,
    }
}
