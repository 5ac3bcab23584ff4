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
        let unsaid = stops().chain(ASKS.split_whitespace()).filter(|word| may_slip(word)).map(stem);
        let known = terms.iter().cloned().chain(said).chain(unsaid).collect();
        Self { sayings, terms, known, asks }
    }

    /// What a person means. Of the sayings that begin at a word the longest is understood, and its words count no more
    /// by themselves.
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
            let begun = self.begun(rest);
            let length = begun.as_ref().map_or(1, |(length, _)| *length);
            let saying = begun.map(|(_, saying)| saying);
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
            clauses.insert(joined(rest.get(..length).unwrap_or_default()), clause);
            clauses.extend(apart.into_iter().map(|(saying, key)| (key, saying.meant.clone())));
            rest = rest.get(length..).unwrap_or(behind);
        }
        let name = |c: char| !c.is_alphanumeric() && c != '_';
        let called = question.split(name).map(str::to_lowercase).collect();
        Query { clauses: clauses.into_values().collect(), wishes: does && !asks, called }
    }

    /// The longest saying at the beginning of these words, and how many of them it takes.
    fn begun(&self, said: &[Word]) -> Option<(usize, &Saying)> {
        let saying = |length| Some((length, self.sayings.get(&joined(said.get(..length)?))?));
        (1..=SAYING).rev().find_map(saying)
    }

    /// The known word that is one slip away from a word of five letters and more that nothing here knows. Nobody misses
    /// the first letter, save by typing the second before it.
    fn corrected(&self, word: &Word) -> Option<String> {
        if !may_slip(&word.raw) || word.stem.contains('#') || !word.counts() || self.known.contains(&word.stem) {
            return None;
        }
        let start =
            |known: &str| known.chars().next().is_some_and(|first| word.stem.chars().take(2).any(|c| c == first));
        let near = |known: &&String| known.len() > 2 && start(known) && strsim::osa_distance(&word.stem, known) == 1;
        self.known.iter().find(near).cloned()
    }
}

/// Whether the word is long enough to tell a slip from another word.
fn may_slip(word: &str) -> bool {
    word.chars().count() >= 5
}

/// A saying with its words as they are compared.
fn compared(saying: &str) -> String {
    saying.split('…').map(|part| joined(&words(&part.replace('#', "1")))).collect::<Vec<_>>().join(" … ")
}

fn joined(said: &[Word]) -> String {
    said.iter().map(|word| word.stem.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn language() -> Language {
        Language::of(["delet", "gear", "event", "histogram", "interval", "calendar"].into_iter())
    }

    /// The terms that a question stands for, the weightiest of each clause.
    fn terms(question: &str) -> Vec<String> {
        let best = |clause: Clause| clause.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(term, _)| term);
        language().read(question).clauses.into_iter().filter_map(best).collect()
    }

    #[rstest]
    #[case("the interval", "interval")]
    #[case("intervlas", "interval")] // two letters change places
    #[case("hystograms", "histogram")]
    #[case("ehistogram", "histogram")]
    #[case("gaer", "")] // too short to guess
    #[case("banana", "")]
    fn words_are_known_by_themselves_or_with_one_slip(#[case] question: &str, #[case] known: &str) {
        assert_eq!(terms(question).join(" "), known);
    }

    #[rstest]
    #[case("take it off")]
    #[case("take that ugly old thing off")]
    #[case("please get rid of it")]
    fn a_saying_is_understood_also_apart(#[case] question: &str) {
        assert_eq!(terms(question), ["delet"]);
    }

    #[test]
    fn words_further_apart_are_no_saying() {
        assert_eq!(terms("take it or not as it is but of you and then off"), [""; 0]);
    }

    #[rstest]
    #[case("delete the gear", true)]
    #[case("get rid of the gear", true)]
    #[case("please take the gear off", true)]
    #[case("which gear did I delete?", false)]
    #[case("get the gear", false)]
    #[case("gear", false)]
    fn a_wish_differs_from_a_question(#[case] said: &str, #[case] wish: bool) {
        let query = language().read(said);
        assert_eq!((query.suits(true) < 1.0, query.suits(false) < 1.0), (wish, !wish));
    }

    #[test]
    fn every_saying_has_words_and_a_meaning() {
        for (said, meant) in MEANS.iter().chain(HINTS).chain(DOES) {
            let sayings: Vec<_> = said.split(',').map(compared).collect();
            assert!(sayings.iter().all(|saying| !saying.is_empty() && saying.split(' ').count() <= SAYING), "{said}");
            assert!(words(meant).iter().any(Word::counts), "{said}");
        }
    }
}
