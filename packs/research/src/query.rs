//! Parses a query into words, tags and days.
mod idle;

use intervals_core::{Error, Result};
use jiff::{ToSpan, civil::Date};

use crate::{
    dates::{self, Context, EARLIEST, Span},
    words::words,
};
use idle::{AHEAD_OF, BEHIND, is_idle, without_measures};

/// Days that are searched back and ahead when a query names none, and the maximum of a range.
const BACK: i64 = 365;
const AHEAD: i64 = 90;
const LONGEST: i64 = 731;

/// Maximum characters of a query, and maximum words and tags: each is compared with every hit.
const CHARACTERS: usize = 500;
const WORDS: usize = 24;

/// A parsed query.
#[derive(Debug, Default, PartialEq)]
pub struct Query {
    /// Words to find, in lower case and singular.
    pub words: Vec<String>,
    /// Tags to find, without their `#`.
    pub tags: Vec<String>,
    /// The text beside the dates, in one piece, because names may contain idle words.
    pub phrase: String,
    /// The phrase with the words taken for a weekday, `next` or `last`, which may be part of a name: "Tuesday worlds".
    pub name: Option<String>,
    /// Words that are not looked for but affect the order: `race_a`.
    pub hints: Vec<String>,
    /// Days to find; empty for any.
    pub spans: Vec<Span>,
}

enum Piece<'a> {
    Word(&'a str),
    Days(Vec<Span>),
}

impl Query {
    /// Parses a query; fails on one that is too long to compare with every hit.
    pub fn read(text: &str, today: Date) -> Result<Self> {
        const ADVICE: &str = "Search for fewer words, such as a name, a type, a #tag, a date.";
        let length = text.chars().count();
        if length > CHARACTERS {
            return Err(Error::new(format!("the query has {length} characters, {CHARACTERS} at most"), ADVICE));
        }
        let query = Self::parse(&text.to_lowercase(), today);
        match query.words.len() + query.tags.len() {
            0..=WORDS => Ok(query),
            count => Err(Error::new(format!("the query has {count} words to look for, {WORDS} at most"), ADVICE)),
        }
    }

    fn parse(text: &str, today: Date) -> Self {
        use Piece::{Days, Word};
        let tokens = tokens(text, today);
        let pieces = pieces(&tokens, today);
        let (mut plain, mut spans, mut rest) = (vec![], vec![], pieces.as_slice());
        loop {
            rest = match rest {
                [] => break,
                [
                    Days(first),
                    Word("to" | "until" | "till" | "through" | "-" | "–" | "—" | ".."),
                    Days(last),
                    rest @ ..,
                ]
                | [Word("between"), Days(first), Word("and"), Days(last), rest @ ..] => {
                    spans.extend(first.first().zip(last.first()).map(|(first, last)| first.with(*last)));
                    rest
                }
                [Word("since" | "after"), Days(days), rest @ ..] => {
                    let open = |span: &Span| Span { last: today.saturating_add(AHEAD.days()).max(span.last), ..*span };
                    spans.extend(days.last().map(open));
                    rest
                }
                [Word("before" | "until" | "till"), Days(days), rest @ ..] => {
                    spans.extend(days.last().map(|span| Span { first: EARLIEST.min(span.first), ..*span }));
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
        let is_side = |word: &&str| AHEAD_OF.contains(word) || BEHIND.contains(word);
        let spans = bounded_by_today(spans, &plain, today);
        let may_be_name = plain.iter().any(is_side) || tokens.iter().any(|token| dates::weekday(token).is_some());
        plain.retain(|word| !is_side(word));
        let plain = without_measures(&plain);
        let mut query = Self { spans, phrase: phrase(&plain), ..Self::default() };
        for word in &plain {
            match word.strip_prefix('#') {
                Some(tag) => add(&mut query.tags, tag.to_owned()),
                None if is_idle(word) => {}
                None => words(word).for_each(|word| add(&mut query.words, word)),
            }
        }
        let all: Vec<_> = plain.iter().flat_map(|word| words(word)).collect();
        query.hints = all.windows(2).filter_map(race_category).collect();
        query.name = (may_be_name && !query.words.is_empty()).then(|| phrase(&tokens));
        query
    }

    /// Returns whether the query has neither words nor tags.
    pub fn has_only_days(&self) -> bool {
        self.words.is_empty() && self.tags.is_empty()
    }

    /// Returns whether the days match the query. A hit without days does not when the query names some.
    pub fn meets(&self, days: Option<Span>) -> bool {
        self.spans.is_empty() || days.is_some_and(|days| self.spans.iter().any(|span| span.meets(days)))
    }

    /// Returns the days to search: from the first to the last, or two ranges when two spans are far apart. A range that is
    /// too long keeps its last days.
    pub fn ranges(&self, today: Date) -> Vec<Span> {
        let bounded =
            |Span { first, last }: Span, days: i64| Span { first: first.max(last.saturating_sub(days.days())), last };
        let usual = || Span { first: today.saturating_sub(BACK.days()), last: today.saturating_add(AHEAD.days()) };
        let named = self.spans.iter().copied().reduce(Span::with).unwrap_or_else(usual);
        let range = bounded(named, LONGEST);
        match self.spans.as_slice() {
            [one, other] if range != named => vec![bounded(*one, LONGEST / 2), bounded(*other, LONGEST / 2)],
            _ => vec![range],
        }
    }

    /// Returns whether the query names days that [`ranges`](Self::ranges) leaves out.
    pub fn is_cut(&self, today: Date) -> bool {
        let ranges = self.ranges(today);
        !self.spans.iter().all(|span| ranges.iter().any(|range| range.with(*span) == *range))
    }
}

/// Bounds the days by today when the query asks for the future or the past. `planned` days may also be past.
fn bounded_by_today(spans: Vec<Span>, plain: &[&str], today: Date) -> Vec<Span> {
    let says = |sides: &[&str]| plain.iter().any(|word| sides.contains(word));
    let side = match (says(AHEAD_OF), says(BEHIND)) {
        (true, false) => Span { first: today, last: today.saturating_add(BACK.days()) },
        (false, true) => Span { first: EARLIEST, last: today },
        _ => return spans,
    };
    match spans.is_empty() {
        true => vec![side],
        false if plain.contains(&"planned") => spans,
        false => spans.into_iter().map(|span| span.within(side)).collect(),
    }
}

/// Returns the category of `a race` or `race b`.
fn race_category(pair: &[String]) -> Option<String> {
    let letter = match pair {
        [letter, race] | [race, letter] if race == "race" => letter,
        _ => return None,
    };
    matches!(letter.as_str(), "a" | "b" | "c").then(|| format!("race_{letter}"))
}

/// Joins the words without the tags, and without the idle words at both ends.
fn phrase(tokens: &[&str]) -> String {
    let kept: Vec<_> = tokens.iter().copied().filter(|word| !word.starts_with('#')).collect();
    let start = kept.iter().take_while(|word| is_idle(word)).count();
    let end = kept.iter().rev().take_while(|word| is_idle(word)).count();
    kept.get(start..kept.len().saturating_sub(end)).unwrap_or_default().join(" ")
}

fn add(list: &mut Vec<String>, word: String) {
    if !word.is_empty() && !list.contains(&word) {
        list.push(word);
    }
}

/// Splits a text into words and keeps the punctuation of dates. Punctuation that stands alone is a word, because names
/// contain it.
fn tokens(text: &str, today: Date) -> Vec<&str> {
    let mut tokens = vec![];
    for part in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')) {
        let is_date = |text| dates::is_numeric(trimmed(text), today);
        let pair = ["..", "–", "—"].iter().find_map(|mark| {
            let (first, last) = part.split_once(mark)?;
            (is_date(first) && is_date(last)).then_some([first, mark, last])
        });
        match pair {
            Some(pair) => tokens.extend(pair.map(trimmed)),
            None if is_date(part) => tokens.push(trimmed(part)),
            None => tokens.extend(part.split('/').map(trimmed)),
        }
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

/// Removes the punctuation around a word and the s of `yesterday's`. A tag keeps its `#`, and punctuation alone stays.
fn trimmed(token: &str) -> &str {
    let tag = token.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '#');
    let word = tag.trim_end_matches(|c: char| !c.is_alphanumeric());
    if word.is_empty() {
        return token;
    }
    word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word)
}

fn pieces<'a>(mut tokens: &[&'a str], today: Date) -> Vec<Piece<'a>> {
    let ahead = tokens.iter().any(|token| AHEAD_OF.contains(token));
    let (mut pieces, mut before) = (vec![], None);
    while let [first, others @ ..] = tokens {
        let (piece, rest) = match dates::read(tokens, Context { today, before, ahead }) {
            Some((spans, used)) => (Piece::Days(spans), tokens.get(used..).unwrap_or_default()),
            None => (Piece::Word(first), others),
        };
        before = if matches!(*first, "the" | "a") { before } else { Some(first) };
        pieces.push(piece);
        tokens = rest;
    }
    pieces
}

#[cfg(test)]
mod tests;
