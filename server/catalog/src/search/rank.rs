//! BM25F ranking: a term scores by its rarity among tools and by the fields that contain it.
//!
//! Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), §3.6 and 3.7: the counts of
//! a word in the fields are weighted and added up before they saturate.
use std::collections::{BTreeMap, HashMap};

use super::text::{SearchWord, words};

/// A field of a tool's text.
#[derive(Clone, Copy)]
pub enum Field {
    Name,
    Title,
    Description,
    Argument,
    ArgumentDoc,
    Pack,
    About,
}

/// BM25F parameters of a field: weight of a term, and length normalization (0 none, 1 full).
const fn weight(field: Field) -> (f64, f64) {
    match field {
        Field::Name => (3.0, 0.6),
        Field::Title => (2.0, 0.5),
        Field::Description => (2.0, 0.4),
        Field::Argument => (0.5, 0.4),
        Field::ArgumentDoc => (0.4, 0.4),
        Field::Pack => (0.6, 0.0),
        Field::About => (0.3, 0.0),
    }
}

/// Saturation parameter (k1): how soon further occurrences of a term stop to matter.
const SATURATION: f64 = 1.5;

/// Factor of the terms of a clause beside the best one.
const SECOND_BEST: f64 = 0.3;

/// Terms that one word of a question stands for, with weights. The best match counts in full, the others by [`SECOND_BEST`].
pub type Clause = Vec<(String, f64)>;

/// The scores of each term for each tool.
pub struct Ranking {
    tools: usize,
    /// Indices of tools and scores, by term.
    postings: BTreeMap<String, Vec<(usize, f64)>>,
}

impl Ranking {
    /// A ranking of tools, each given by its fields.
    pub fn of(tools: impl Iterator<Item = Vec<(Field, String)>>) -> Self {
        let parsed = |(field, text): (Field, String)| {
            (field, words(&text).into_iter().filter(SearchWord::counts).map(|word| word.stem).collect::<Vec<_>>())
        };
        let tools: Vec<Vec<(Field, Vec<String>)>> = tools.map(|one| one.into_iter().map(parsed).collect()).collect();
        let mut lengths: BTreeMap<usize, f64> = BTreeMap::new();
        for (field, terms) in tools.iter().flatten() {
            *lengths.entry(*field as usize).or_default() += terms.len() as f64 / tools.len() as f64;
        }
        let mut counts: HashMap<String, BTreeMap<usize, f64>> = HashMap::new();
        for (tool, fields) in tools.iter().enumerate() {
            for (field, terms) in fields {
                let (weight, length_factor) = weight(*field);
                let average = lengths.get(&(*field as usize)).copied().unwrap_or(1.0).max(1.0);
                let weighted_count = weight / (1.0 - length_factor + length_factor * terms.len() as f64 / average);
                for term in terms {
                    *counts.entry(term.clone()).or_default().entry(tool).or_default() += weighted_count;
                }
            }
        }
        let all = tools.len() as f64;
        let scored = |(term, tools): (String, BTreeMap<usize, f64>)| {
            let matching = tools.len() as f64;
            let rarity = (1.0 + (all - matching + 0.5) / (matching + 0.5)).ln();
            let scores = tools.into_iter().map(|(tool, count)| (tool, rarity * count / (SATURATION + count)));
            (term, scores.collect())
        };
        Self { tools: tools.len(), postings: counts.into_iter().map(scored).collect() }
    }

    /// All terms of the tools.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        self.postings.keys().map(String::as_str)
    }

    /// Scores of the tools in the order of [`Ranking::of`]: the sum over the clauses. A term counts only once for a tool.
    pub fn scores(&self, clauses: &[Clause]) -> Vec<f64> {
        let mut term_scores: BTreeMap<(usize, &str), f64> = BTreeMap::new();
        for clause in clauses {
            let mut matches: BTreeMap<usize, Vec<(&str, f64)>> = BTreeMap::new();
            for (term, weight) in clause {
                for (tool, score) in self.postings.get(term).into_iter().flatten() {
                    matches.entry(*tool).or_default().push((term, weight * score));
                }
            }
            for (tool, terms) in matches {
                let best = terms.iter().map(|(_, score)| *score).fold(0.0, f64::max);
                for (term, score) in terms {
                    let best_score = term_scores.entry((tool, term)).or_default();
                    *best_score = best_score.max(if score < best { score * SECOND_BEST } else { score });
                }
            }
        }
        let mut scores = vec![0.0; self.tools];
        for ((tool, _), term_score) in term_scores {
            if let Some(score) = scores.get_mut(tool) {
                *score += term_score;
            }
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranking() -> Ranking {
        let tool = |name: &str, description: &str| {
            vec![(Field::Name, name.to_owned()), (Field::Description, description.to_owned())]
        };
        let tools = [
            tool("delete_gear", "Delete gear."),
            tool("update_gear", "Change gear, or delete notes."),
            tool("list", "Tags."),
        ];
        Ranking::of(tools.into_iter())
    }

    fn clause(terms: &[(&str, f64)]) -> Clause {
        terms.iter().map(|(term, weight)| ((*term).to_owned(), *weight)).collect()
    }

    #[test]
    fn a_name_scores_more_than_a_description_and_a_rare_term_more_than_a_common_one() {
        let deleted = ranking().scores(&[clause(&[("delet", 1.0)])]);
        assert!(deleted[0] > deleted[1] && deleted[1] > 0.0 && deleted[2] == 0.0, "{deleted:?}");
        let (common, rare) =
            (ranking().scores(&[clause(&[("gear", 1.0)])]), ranking().scores(&[clause(&[("tag", 1.0)])]));
        assert!(rare[2] > common[1], "{rare:?} {common:?}");
    }

    #[test]
    fn the_best_term_of_a_clause_counts_the_rest_a_little_and_none_twice() {
        let score = |clauses: &[Clause]| ranking().scores(clauses)[1];
        let (gear, delete) = (score(&[clause(&[("gear", 1.0)])]), score(&[clause(&[("delet", 1.0)])]));
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(gear > delete);
        assert!(close(score(&[clause(&[("gear", 1.0), ("delet", 1.0)])]), gear + SECOND_BEST * delete));
        assert!(close(score(&[clause(&[("gear", 1.0)]), clause(&[("delet", 1.0)])]), gear + delete));
        assert!(close(score(&[clause(&[("gear", 1.0)]), clause(&[("gear", 0.5)])]), gear));
    }

    #[test]
    fn an_empty_ranking_has_no_scores() {
        assert!(Ranking::of(std::iter::empty()).scores(&[clause(&[("gear", 1.0)])]).is_empty());
    }
}
