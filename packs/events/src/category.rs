//! The kinds of events, as callers write them.
use intervals_core::{Error, Result, client::CATEGORIES};

/// What people say for a category that has another name.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("RACE", "RACE_A"),
    ("GOAL", "TARGET"),
    ("TRAINING", "WORKOUT"),
    ("REST", "NOTE"),
    ("VACATION", "HOLIDAY"),
    ("ILL", "SICK"),
    ("ILLNESS", "SICK"),
    ("COMPETITION", "RACE_A"),
];

/// The category that is written: `RACE` is an A race and `GOAL` a target, as the old server had it.
pub fn one(word: &str) -> Result<&'static str> {
    let plain = plain(word);
    let alias = OTHER_WORDS.iter().take(2).find(|(other, _)| *other == plain).map_or(plain.as_str(), |(_, name)| name);
    known(alias).ok_or_else(|| unknown(word))
}

/// The categories to look for: `RACE` is all three kinds of races.
pub fn several(words: &[String]) -> Result<Vec<&'static str>> {
    let mut found = vec![];
    for word in words {
        match plain(word).as_str() {
            "ALL" => {}
            "RACE" | "RACES" => found.extend(["RACE_A", "RACE_B", "RACE_C"]),
            other => {
                found.push(known(other).or_else(|| known(other.strip_suffix('S')?)).map_or_else(|| one(word), Ok)?)
            }
        }
    }
    found.dedup();
    Ok(found)
}

fn plain(word: &str) -> String {
    word.trim().to_uppercase().replace([' ', '-'], "_")
}

fn known(word: &str) -> Option<&'static str> {
    CATEGORIES.iter().copied().find(|known| *known == word)
}

fn unknown(word: &str) -> Error {
    let wanted = plain(word);
    let said = OTHER_WORDS.iter().find(|(other, _)| *other == wanted).map(|(_, name)| *name);
    let near = || {
        CATEGORIES
            .iter()
            .copied()
            .min_by_key(|known| distance(&wanted, known))
            .filter(|near| distance(&wanted, near) <= 3)
    };
    let advice = match said.or_else(near) {
        Some(near) => format!("Did you mean {near}? Categories: {}.", CATEGORIES.join(", ")),
        None => format!("Use one of {}.", CATEGORIES.join(", ")),
    };
    Error::new(format!("there is no category {}", intervals_core::text::truncate(word, 40)), advice)
}

/// How many letters must change (V. I. Levenshtein, 1966).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (n, a) in one.chars().enumerate() {
        let mut diagonal = n;
        let mut left = n + 1;
        for (b, above) in other.chars().zip(row.iter_mut().skip(1)) {
            let here = (diagonal + usize::from(a != b)).min(left + 1).min(*above + 1);
            diagonal = std::mem::replace(above, here);
            left = here;
        }
        if let Some(first) = row.first_mut() {
            *first = n + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("workout", "WORKOUT")]
    #[case("Race_a", "RACE_A")]
    #[case("race", "RACE_A")]
    #[case("goal", "TARGET")]
    #[case("set eftp", "SET_EFTP")]
    fn a_category_is_known_in_any_case(#[case] word: &str, #[case] category: &str) {
        assert_eq!(one(word).unwrap(), category);
    }

    #[rstest]
    #[case("WORKOTU", "Did you mean WORKOUT?")]
    #[case("injury", "Did you mean INJURED?")]
    #[case("vacation", "Did you mean HOLIDAY?")]
    #[case("something else", "Use one of WORKOUT, ")]
    fn an_unknown_one_is_told_its_neighbour(#[case] word: &str, #[case] advice: &str) {
        let error = one(word).unwrap_err();
        assert!(error.advice.starts_with(advice), "{error}");
    }

    #[test]
    fn races_are_looked_for_together() {
        let words = ["race", "Notes"].map(String::from);
        assert_eq!(several(&words).unwrap(), ["RACE_A", "RACE_B", "RACE_C", "NOTE"]);
        assert!(several(&["x".into()]).is_err());
    }

    #[test]
    fn the_distance_counts_letters() {
        assert_eq!((distance("KITTEN", "SITTING"), distance("", "ABC"), distance("A", "A")), (3, 3, 0));
    }
}
