//! Edits of JSON with comments and trailing commas: set or remove one value, and keep the rest byte for byte.
//!
//! The parser only gives positions; the text itself is spliced. Printing a syntax tree could lose comments, blanks and line
//! breaks of the user's file.
use jsonc_parser::{
    CollectOptions, CommentCollectionStrategy, ParseOptions,
    ast::{self, Object, ObjectProp},
    common::Ranged,
    parse_to_ast,
    tokens::{Token, TokenAndRange},
};
use serde_json::Value;

use crate::{
    edit_error::EditError,
    splice::{self, Splices, part},
    surrogates,
};

/// The dialect that the clients' parsers accept.
const DIALECT: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// A parsed text, with positions.
pub struct Json<'a> {
    text: &'a str,
    /// `None` if the text is empty or has only comments.
    root: Option<Object<'a>>,
    tokens: Vec<TokenAndRange<'a>>,
}

impl<'a> Json<'a> {
    /// Parses a text and calls `act` with the result.
    ///
    /// # Errors
    /// The text is not valid, or not an object.
    pub fn read<T>(text: &str, act: impl FnOnce(&Json) -> T) -> Result<T, EditError> {
        Ok(act(&Json::parse(text, &surrogates::replaced(text))?))
    }

    /// Parses `pairs`, which is `text` with lone surrogates replaced by escapes of the same length.
    fn parse(text: &'a str, pairs: &'a str) -> Result<Self, EditError> {
        let collect = CollectOptions { comments: CommentCollectionStrategy::AsTokens, tokens: true };
        let parsed = parse_to_ast(pairs, &collect, &DIALECT)
            .map_err(|error| EditError::invalid(text, error.range().start, error.kind().to_string()))?;
        let root = match parsed.value {
            None => None,
            Some(ast::Value::Object(root)) => Some(root),
            Some(other) => return Err(EditError::not_a_table(text, other.start(), "the file")),
        };
        Ok(Self { text, root, tokens: parsed.tokens.unwrap_or_default() })
    }

    /// The value at a path, and its position.
    pub fn get(&self, path: &[&str]) -> Option<(Value, usize)> {
        let (last, parents) = path.split_last()?;
        let mut object = self.root.as_ref()?;
        for key in parents {
            object = prop(object, key)?.value.as_object()?;
        }
        let value = &prop(object, last)?.value;
        Some((value.clone().into(), value.start()))
    }

    /// Sets the value at a path. Missing objects are added.
    ///
    /// # Errors
    /// A value on the path is not an object.
    pub fn set(&self, path: &[&str], value: &Value) -> Result<String, EditError> {
        let wrapped = |path: &[&str]| {
            path.iter()
                .rev()
                .fold(value.clone(), |inner, key| Value::Object([((*key).to_owned(), inner)].into_iter().collect()))
        };
        let Some(mut object) = self.root.as_ref() else {
            let newline = splice::newline(self.text);
            let apart = if self.text.is_empty() || self.text.ends_with('\n') { "" } else { newline };
            return Ok(format!("{}{apart}{}{newline}", self.text, self.style().block(&wrapped(path), "")));
        };
        let mut rest = path;
        while let Some((key, inner)) = rest.split_first() {
            let Some(prop) = prop(object, key) else { return Ok(self.insert(object, key, &wrapped(inner))) };
            if inner.is_empty() {
                let range = prop.value.range();
                return Ok(Splices::of(self.text).replace(range.start..range.end, self.style().line(value)).finish());
            }
            object = match &prop.value {
                ast::Value::Object(object) => object,
                other => return Err(EditError::not_a_table(self.text, other.start(), key)),
            };
            rest = inner;
        }
        Ok(self.text.to_owned())
    }

    /// Removes the property at a path; `None` if there is none.
    pub fn cut(&self, path: &[&str]) -> Option<String> {
        let (last, parents) = path.split_last()?;
        let mut object = self.root.as_ref()?;
        for key in parents {
            object = prop(object, key)?.value.as_object()?;
        }
        let prop = prop(object, last)?;
        let first = self.tokens.partition_point(|token| token.start() < prop.start());
        let before = first.checked_sub(1).and_then(|n| self.tokens.get(n))?;
        let following = self.next_token(prop.end());
        let comma = following.filter(|token| token.token == Token::Comma);
        let only = object.properties.len() == 1;
        if only && before.token == Token::OpenBrace {
            let between = part(self.text, prop.end()..comma.map_or(prop.end(), Ranged::start));
            let rest = part(self.text, comma.map_or(prop.end(), Ranged::end)..object.end() - 1);
            if between.trim().is_empty() && rest.trim().is_empty() {
                return Some(Splices::of(self.text).remove(object.start() + 1..object.end() - 1).finish());
            }
        }
        let mut splices = Splices::of(self.text);
        let end = comma.filter(|comma| part(self.text, prop.end()..comma.start()).trim().is_empty());
        let end = end.map_or(prop.end(), Ranged::end);
        // A line comment before the property would comment out what follows it.
        let closed = !matches!(before.token, Token::CommentLine(_))
            || part(self.text, end..self.text.len()).trim_start_matches([' ', '\t', '\r']).starts_with('\n');
        splices = splices.remove(if closed { before.end() } else { prop.start() }..end);
        match comma {
            Some(comma) if comma.end() > end => splices = splices.remove(comma.start()..comma.end()),
            Some(_) => {}
            // It was the last property: the comma before it is removed too.
            None => {
                let comma = self.tokens.get(..first)?.iter().rev().find(|token| !is_comment(token));
                if let Some(comma) = comma.filter(|token| token.token == Token::Comma) {
                    splices = splices.remove(comma.start()..comma.end());
                }
            }
        }
        Some(splices.finish())
    }

    /// Adds a property at the end of an object, in the style of the file.
    fn insert(&self, object: &Object, key: &str, value: &Value) -> String {
        let style = self.style();
        let newline = style.newline;
        let Some((first, last)) = object.properties.first().zip(object.properties.last()) else {
            if self.is_one_line() {
                return Splices::of(self.text).insert(object.start() + 1, style.pair(key, &style.line(value))).finish();
            }
            let outer = splice::indent(self.text, object.start());
            let inner = format!("{outer}{}", style.unit);
            let at = self.after_comments(object.start() + 1);
            let closing = match part(self.text, at..object.end()).contains('\n') {
                true => String::new(),
                false => format!("{newline}{outer}"),
            };
            let pair = style.pair(key, &style.block(value, &inner));
            return Splices::of(self.text).insert(at, format!("{newline}{inner}{pair}{closing}")).finish();
        };
        let trailing = self.next_token(last.end()).filter(|token| token.token == Token::Comma);
        if !part(self.text, object.start()..first.start()).contains('\n') {
            let pair = style.pair(key, &style.line(value));
            let blank = style.blank();
            return match trailing {
                Some(comma) => Splices::of(self.text).insert(comma.end(), format!("{blank}{pair},")),
                None => Splices::of(self.text).insert(last.end(), format!(",{blank}{pair}")),
            }
            .finish();
        }
        let inner = splice::indent(self.text, last.start());
        let pair = style.pair(key, &style.block(value, inner));
        let (splices, comma) = match trailing {
            Some(_) => (Splices::of(self.text), ","),
            None => (Splices::of(self.text).insert(last.end(), ","), ""),
        };
        // A comment at the end of the last line belongs to the property there.
        let at = self.after_comments(trailing.map_or(last.end(), Ranged::end));
        splices.insert(at, format!("{newline}{inner}{pair}{comma}")).finish()
    }

    /// The first token from a position on that is not a comment.
    fn next_token(&self, at: usize) -> Option<&TokenAndRange<'a>> {
        let from = self.tokens.partition_point(|token| token.start() < at);
        self.tokens.get(from..)?.iter().find(|token| !is_comment(token))
    }

    /// End of the comments that follow a position on its line.
    fn after_comments(&self, mut at: usize) -> usize {
        let from = self.tokens.partition_point(|token| token.start() < at);
        for token in self.tokens.get(from..).unwrap_or_default() {
            if !is_comment(token) || part(self.text, at..token.start()).contains('\n') {
                break;
            }
            at = token.end();
        }
        at
    }

    /// Whether the whole file is written on one line.
    fn is_one_line(&self) -> bool {
        let root = self.root.as_ref().filter(|root| !root.properties.is_empty());
        root.is_some_and(|root| !root.text(self.text).contains('\n'))
    }

    /// The style of the file, as its first property has it.
    fn style(&self) -> Style<'a> {
        let first = self.root.as_ref().and_then(|root| root.properties.first());
        let unit = first.map(|prop| splice::indent(self.text, prop.start())).filter(|unit| !unit.is_empty());
        let colon = first.map(|prop| part(self.text, prop.name.end()..prop.value.start()));
        Style { newline: splice::newline(self.text), unit: unit.unwrap_or("  "), dense: colon == Some(":") }
    }
}

/// The last property with a name: of duplicate names it is the one that counts.
fn prop<'o, 'a>(object: &'o Object<'a>, key: &str) -> Option<&'o ObjectProp<'a>> {
    object.properties.iter().rev().find(|prop| prop.name.as_str() == key)
}

fn is_comment(token: &TokenAndRange) -> bool {
    matches!(token.token, Token::CommentLine(_) | Token::CommentBlock(_))
}

/// The style of a file.
struct Style<'a> {
    newline: &'static str,
    /// One level of indentation.
    unit: &'a str,
    /// Whether there are no blanks after colons and commas.
    dense: bool,
}

impl Style<'_> {
    /// The blank after a colon or comma.
    fn blank(&self) -> &'static str {
        if self.dense { "" } else { " " }
    }

    /// A property.
    fn pair(&self, key: &str, value: &str) -> String {
        format!("{}:{}{value}", Value::from(key), self.blank())
    }

    /// A value on one line.
    fn line(&self, value: &Value) -> String {
        let apart = format!(",{}", self.blank());
        match value {
            Value::Array(items) => {
                format!("[{}]", items.iter().map(|item| self.line(item)).collect::<Vec<_>>().join(&apart))
            }
            Value::Object(members) => {
                let members = members.iter().map(|(key, value)| self.pair(key, &self.line(value)));
                format!("{{{}}}", members.collect::<Vec<_>>().join(&apart))
            }
            plain => plain.to_string(),
        }
    }

    /// A value whose objects have a line per member. `indent` is the indentation of the line on which it begins.
    fn block(&self, value: &Value, indent: &str) -> String {
        let Value::Object(members) = value else { return self.line(value) };
        let (newline, inner) = (self.newline, format!("{indent}{}", self.unit));
        let members =
            members.iter().map(|(key, value)| format!("{inner}{}", self.pair(key, &self.block(value, &inner))));
        format!("{{{newline}{}{newline}{indent}}}", members.collect::<Vec<_>>().join(&format!(",{newline}")))
    }
}
