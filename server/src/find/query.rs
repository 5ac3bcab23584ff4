//! A question as it is asked becomes clauses: its words, what they stand for, and what a slip of the finger meant.
use std::collections::{BTreeMap, BTreeSet};

use super::{
    rank::Clause,
    synonyms::{ASKS, DOES, HINTS, MEANS},
    text::{Word, stem, stops, words},
};

/// More words than that are read in no question.
const LONGEST: usize = 60;
/// Words of the longest saying.
const SAYING: usize = 4;
/// How far the second word of a saying such as `take … off` may be from the first.
const APART: usize = 6;
/// What counts a word that is meant by another, where the very word counts 1.
const MEANT: f64 = 0.8;
/// What counts what is to be done.
const DONE: f64 = 1.0;
/// What counts a word that is hinted at.
const HINTED: f64 = 0.35;
/// What is left of a tool that changes something when nothing is to be done, or only reads when something is.
const UNLIKELY: f64 = 0.6;

/// A question, understood.
pub struct Query {
    /// What to look for.
    pub clauses: Vec<Clause>,
    wishes: bool,
    called: BTreeSet<String>,
}

impl Query {
    /// Whether the tool's very name stands in the question.
    pub fn calls(&self, name: &str) -> bool {
        self.called.contains(name)
    }

    /// What is left of the score of a tool that reads only, or of one that does not.
    pub fn suits(&self, reads: bool) -> f64 {
        if reads == self.wishes { UNLIKELY } else { 1.0 }
    }
}

/// The words that are understood.
pub struct Language {
    /// By their words as they are compared.
    sayings: BTreeMap<String, Saying>,
    terms: BTreeSet<String>,
    /// Any of them may be what a word that is none of them was to be.
    known: BTreeSet<String>,
    asks: BTreeSet<String>,
}

#[derive(Default)]
struct Saying {
    meant: Clause,
    hints: bool,
    does: bool,
}

impl Language {
    /// Of a catalogue with these terms.
    pub fn of<'a>(terms: impl Iterator<Item = &'a str>) -> Self {
        let terms: BTreeSet<String> = terms.map(str::to_owned).collect();
        let mut sayings: BTreeMap<String, Saying> = BTreeMap::new();
        for (table, weight, does) in [(MEANS, MEANT, false), (HINTS, HINTED, false), (DOES, DONE, true)] {
            for (said, meant) in table {
                let meant: Clause = words(meant).into_iter().map(|word| (word.stem, weight)).collect();
                for said in said.split(',') {
                    let saying = sayings.entry(compared(said)).or_default();
                    saying.meant.extend(meant.iter().cloned());
                    saying.does |= does;
                    saying.hints |= weight < MEANT;
                }
            }
        }
        let asks: BTreeSet<String> = ASKS.split_whitespace().map(stem).collect();
        let said = sayings.keys().flat_map(|saying| saying.split(' ')).map(str::to_owned);
        let known = terms.iter().cloned().chain(said).chain(stops().map(stem)).chain(asks.iter().cloned()).collect();
        Self { sayings, terms, known, asks }
    }

    /// What a person means. Of the sayings that begin at a word the longest is understood, and its words count no more by themselves.
    pub fn read(&self, question: &str) -> Query {
        let mut said = words(question);
        said.truncate(LONGEST);
        for word in &mut said {
            if let Some(known) = self.corrected(word) {
                word.stem = known;
            }
        }
        let (mut clauses, mut does, mut rest): (BTreeMap<String, Clause>, _, _) =
            (BTreeMap::new(), false, said.as_slice());
        let mut asks = said.first().is_some_and(|first| self.asks.contains(&first.stem));
        while let Some((word, behind)) = rest.split_first() {
            let (length, key, saying) = self.begun(rest).unwrap_or((1, word.stem.clone(), None));
            let mut clause: Clause = saying.map(|saying| saying.meant.clone()).unwrap_or_default();
            if length == 1 && word.counts() && self.terms.contains(&word.stem) {
                let hints = saying.is_some_and(|saying| saying.hints);
                clause.push((word.stem.clone(), if hints { HINTED } else { 1.0 }));
            }
            let apart = behind.iter().take(APART).map(|later| format!("{} … {}", word.stem, later.stem));
            let apart: Vec<_> = apart.filter_map(|key| Some((self.sayings.get(&key)?, key))).collect();
            let done = saying.is_some_and(|saying| saying.does) || apart.iter().any(|(saying, _)| saying.does);
            // `get` asks, `get rid of` does not.
            asks &= !(done && rest.len() == said.len());
            does |= done;
            clauses.insert(key, clause);
            clauses.extend(apart.into_iter().map(|(saying, key)| (key, saying.meant.clone())));
            rest = rest.get(length..).unwrap_or(behind);
        }
        let name = |c: char| !c.is_alphanumeric() && c != '_';
        let called = question.split(name).map(str::to_lowercase).collect();
        Query { clauses: clauses.into_values().collect(), wishes: does && !asks, called }
    }

    /// The longest saying at the beginning of these words: how many words it takes, and what it is known by.
    fn begun(&self, said: &[Word]) -> Option<(usize, String, Option<&Saying>)> {
        (1..=SAYING).rev().find_map(|length| {
            let words: Vec<&str> = said.get(..length)?.iter().map(|word| word.stem.as_str()).collect();
            let key = words.join(" ");
            Some((length, self.sayings.get(&key).map(Some)?)).map(|(length, saying)| (length, key, saying))
        })
    }

    /// The known word that is one slip away from a word of five letters and more that nothing here knows. Nobody misses the first
    /// letter, save by typing the second before it.
    fn corrected(&self, word: &Word) -> Option<String> {
        if word.raw.chars().count() < 5 || word.stem.contains('#') || !word.counts() || self.known.contains(&word.stem)
        {
            return None;
        }
        let start =
            |known: &str| known.chars().next().is_some_and(|first| word.stem.chars().take(2).any(|c| c == first));
        let near = |known: &&String| known.len() > 2 && start(known) && strsim::osa_distance(&word.stem, known) == 1;
        self.known.iter().find(near).cloned()
    }
}

/// A saying with its words as they are compared.
fn compared(saying: &str) -> String {
    let part =
        |part: &str| words(&part.replace('#', "1")).into_iter().map(|word| word.stem).collect::<Vec<_>>().join(" ");
    saying.split('…').map(part).collect::<Vec<_>>().join(" … ")
}
