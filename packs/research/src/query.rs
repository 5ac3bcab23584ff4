//! What is searched for: words, tags and days.
mod idle;

use intervals_core::{Error, Result};
use jiff::{ToSpan, civil::Date};

use crate::{
    dates::{self, Context, EARLIEST, Span},
    words::words,
};
use idle::{AHEAD_OF, BEHIND, is_idle, without_measures};

/// How far back and ahead is searched when no day is named, and how many days at most.
const BACK: i64 = 365;
const AHEAD: i64 = 90;
const LONGEST: i64 = 731;

/// How long a query may be, and how many words and tags are looked for: each is compared with all there is.
const CHARACTERS: usize = 500;
const WORDS: usize = 24;

/// A query, understood.
#[derive(Debug, Default, PartialEq)]
pub struct Query {
    /// Words to find, as they are compared.
    pub words: Vec<String>,
    /// Tags to find, without their `#`.
    pub tags: Vec<String>,
    /// What stands beside the dates, in one piece: names may hold idle words.
    pub phrase: String,
    /// The same with what was taken for a weekday, `next` or `last`, which may be part of a name: "Tuesday worlds".
    pub name: Option<String>,
    /// What is no word to find, and yet lets one thing stand before another: `race_a`.
    pub hints: Vec<String>,
    /// Days to find; none is any.
    pub spans: Vec<Span>,
}

enum Piece<'a> {
    Word(&'a str),
    Days(Vec<Span>),
}

impl Query {
    /// Fails on more than can be compared with everything.
    pub fn read(text: &str, today: Date) -> Result<Self> {
        const ADVICE: &str = "Search for fewer words, such as a name, a type, a #tag, a date.";
        let length = text.chars().count();
        if length > CHARACTERS {
            return Err(Error::new(format!("the query has {length} characters, {CHARACTERS} at most"), ADVICE));
        }
        let query = Self::of(&text.to_lowercase(), today);
        match query.words.len() + query.tags.len() {
            0..=WORDS => Ok(query),
            count => Err(Error::new(format!("the query has {count} words to look for, {WORDS} at most"), ADVICE)),
        }
    }

    fn of(text: &str, today: Date) -> Self {
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
        let sided = |word: &&str| AHEAD_OF.contains(word) || BEHIND.contains(word);
        let spans = sided_with(spans, &plain, today);
        let aside = plain.iter().any(sided) || tokens.iter().any(|token| dates::weekday(token).is_some());
        plain.retain(|word| !sided(word));
        let plain = without_measures(&plain);
        let mut found = Self { spans, phrase: phrase(&plain), ..Self::default() };
        for word in &plain {
            match word.strip_prefix('#') {
                Some(tag) => add(&mut found.tags, tag.to_owned()),
                None if is_idle(word) => {}
                None => words(word).for_each(|word| add(&mut found.words, word)),
            }
        }
        let all: Vec<_> = plain.iter().flat_map(|word| words(word)).collect();
        found.hints = all.windows(2).filter_map(race).collect();
        found.name = (aside && !found.words.is_empty()).then(|| phrase(&tokens));
        found
    }

    /// Whether only days are asked for.
    pub fn is_of_days(&self) -> bool {
        self.words.is_empty() && self.tags.is_empty()
    }

    /// Whether something of these days is meant; what has no day is not when days are named.
    pub fn meets(&self, days: Option<Span>) -> bool {
        self.spans.is_empty() || days.is_some_and(|days| self.spans.iter().any(|span| span.meets(days)))
    }

    /// The days that are looked at: all from the first to the last, or two far apart by themselves, each up to its end.
    pub fn ranges(&self, today: Date) -> Vec<Span> {
        let bounded =
            |Span { first, last }: Span, days: i64| Span { first: first.max(last.saturating_sub(days.days())), last };
        let usual = || Span { first: today.saturating_sub(BACK.days()), last: today.saturating_add(AHEAD.days()) };
        let named = self.spans.iter().copied().reduce(Span::with).unwrap_or_else(usual);
        let whole = bounded(named, LONGEST);
        match self.spans.as_slice() {
            [one, other] if whole != named => vec![bounded(*one, LONGEST / 2), bounded(*other, LONGEST / 2)],
            _ => vec![whole],
        }
    }

    /// Whether days are named that are not looked at.
    pub fn is_cut(&self, today: Date) -> bool {
        let ranges = self.ranges(today);
        !self.spans.iter().all(|span| ranges.iter().any(|range| range.with(*span) == *range))
    }
}

/// The days, bounded by today where what comes or what was is asked for. What is planned may also be past.
fn sided_with(spans: Vec<Span>, plain: &[&str], today: Date) -> Vec<Span> {
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

/// `a race`, `race b`: the category of that.
fn race(pair: &[String]) -> Option<String> {
    let letter = match pair {
        [letter, race] | [race, letter] if race == "race" => letter,
        _ => return None,
    };
    matches!(letter.as_str(), "a" | "b" | "c").then(|| format!("race_{letter}"))
}

/// What is written, without the idle words around it and without tags.
fn phrase(said: &[&str]) -> String {
    let said: Vec<_> = said.iter().copied().filter(|word| !word.starts_with('#')).collect();
    let start = said.iter().take_while(|word| is_idle(word)).count();
    let end = said.iter().rev().take_while(|word| is_idle(word)).count();
    said.get(start..said.len().saturating_sub(end)).unwrap_or_default().join(" ")
}

fn add(list: &mut Vec<String>, word: String) {
    if !word.is_empty() && !list.contains(&word) {
        list.push(word);
    }
}

/// The words with what holds a date together still in them; a mark that stands alone is a word, as names hold it.
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

/// Without the marks around it and the s of `yesterday's`; a tag keeps its own mark, and marks alone stay.
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
