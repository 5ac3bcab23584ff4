//! What is searched for: words, tags and days.
use jiff::{ToSpan, civil::Date};

use crate::{
    dates::{self, Span},
    words::words,
};

/// How far back and ahead is searched when no day is named, and how many days at most.
const BACK: i64 = 365;
const AHEAD: i64 = 90;
const LONGEST: i64 = 731;

/// Words that name nothing.
const IDLE: &[&str] = &[
    "a", "about", "after", "all", "an", "and", "any", "are", "at", "before", "between", "by", "did", "do", "during",
    "find", "for", "from", "get", "give", "have", "how", "i", "in", "is", "list", "me", "my", "of", "on", "or", "show",
    "since", "that", "the", "there", "through", "till", "to", "until", "was", "were", "what", "when", "which", "with",
];

/// A query, understood.
#[derive(Debug, PartialEq)]
pub struct Query {
    /// Words to find, as they are compared.
    pub words: Vec<String>,
    /// Tags to find, without their `#`.
    pub tags: Vec<String>,
    /// What stands beside the dates, in one piece: names may hold idle words.
    pub phrase: String,
    /// Days to find; none is any.
    pub spans: Vec<Span>,
}

enum Piece<'a> {
    Word(&'a str),
    Days(Vec<Span>),
}

impl Query {
    pub fn read(text: &str, today: Date) -> Self {
        use Piece::{Days, Word};
        // What stands between two days is often no word.
        let text = text.to_lowercase().replace("..", " to ").replace(" - ", " to ").replace(['–', '—'], " to ");
        let tokens: Vec<_> =
            text.split([' ', '\t', '\n', '/', ',', ';']).map(trimmed).filter(|t| !t.is_empty()).collect();
        let pieces = pieces(&tokens, today);
        let (mut plain, mut spans, mut rest) = (vec![], vec![], pieces.as_slice());
        loop {
            rest = match rest {
                [] => break,
                [Days(first), Word("to" | "until" | "till" | "through"), Days(last), rest @ ..] => {
                    spans.extend(first.first().zip(last.first()).map(|(first, last)| first.with(*last)));
                    rest
                }
                [Word("between"), Days(first), Word("and"), Days(last), rest @ ..] => {
                    spans.extend(first.first().zip(last.first()).map(|(first, last)| first.with(*last)));
                    rest
                }
                [Word("since" | "after"), Days(days), rest @ ..] => {
                    let open = |span: &Span| Span { last: today.saturating_add(AHEAD.days()).max(span.last), ..*span };
                    spans.extend(days.last().map(open));
                    rest
                }
                [Word("before" | "until" | "till"), Days(days), rest @ ..] => {
                    let open = |span: &Span| Span { first: span.first.saturating_sub(BACK.days()), ..*span };
                    spans.extend(days.last().map(open));
                    rest
                }
                [Days(days), rest @ ..] => {
                    spans.extend(days);
                    rest
                }
                [Word(word), rest @ ..] => {
                    plain.push(*word);
                    rest
                }
            };
        }
        Self::of(&plain, spans)
    }

    fn of(plain: &[&str], spans: Vec<Span>) -> Self {
        let idle = |word: &&&str| IDLE.contains(*word);
        let tags = plain.iter().filter_map(|word| word.strip_prefix('#')).map(str::to_owned).collect();
        let said: Vec<_> = plain.iter().filter(|word| !word.starts_with('#')).collect();
        let start = said.iter().take_while(|word| idle(word)).count();
        let end = said.iter().rev().take_while(|word| idle(word)).count();
        let phrase: Vec<_> =
            said.iter().skip(start).take(said.len().saturating_sub(start + end)).map(|w| **w).collect();
        let mut found: Vec<String> = vec![];
        for word in said.iter().filter(|word| !idle(word)).flat_map(|word| words(word)) {
            if !found.contains(&word) {
                found.push(word);
            }
        }
        Self { words: found, tags, phrase: phrase.join(" "), spans }
    }

    /// Whether only days are asked for.
    pub fn is_of_days(&self) -> bool {
        self.words.is_empty() && self.tags.is_empty()
    }

    /// Whether something of these days is meant; what has no day is not when days are named.
    pub fn meets(&self, days: Option<Span>) -> bool {
        self.spans.is_empty() || days.is_some_and(|days| self.spans.iter().any(|span| span.meets(days)))
    }

    /// From the first day to the last that is looked at.
    pub fn range(&self, today: Date) -> Span {
        let usual = || Span { first: today.saturating_sub(BACK.days()), last: today.saturating_add(AHEAD.days()) };
        let named = self.spans.iter().copied().reduce(Span::with);
        let Span { first, last } = named.unwrap_or_else(usual);
        Span { first: first.max(last.saturating_sub(LONGEST.days())), last }
    }
}

/// Without the marks around it and the s of `yesterday's`; a tag keeps its own mark.
fn trimmed(token: &str) -> &str {
    let tag = token.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '#');
    let word = tag.trim_end_matches(|c: char| !c.is_alphanumeric());
    word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word)
}

fn pieces<'a>(mut tokens: &[&'a str], today: Date) -> Vec<Piece<'a>> {
    let mut pieces = vec![];
    while let [first, others @ ..] = tokens {
        let (piece, rest) = match dates::read(tokens, today) {
            Some((spans, used)) => (Piece::Days(spans), tokens.get(used..).unwrap_or_default()),
            None => (Piece::Word(first), others),
        };
        pieces.push(piece);
        tokens = rest;
    }
    pieces
}

#[cfg(test)]
mod tests;
