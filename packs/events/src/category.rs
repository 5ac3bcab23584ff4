//! The kinds of events, as callers write them.
use intervals_core::{Error, Result, client::CATEGORIES, nearest};

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
    let advice = match said.or_else(|| nearest(&wanted, CATEGORIES.iter().copied())) {
        Some(near) => format!("Did you mean {near}? Categories: {}.", CATEGORIES.join(", ")),
        None => format!("Use one of {}.", CATEGORIES.join(", ")),
    };
    Error::new(format!("there is no category {}", intervals_core::text::truncate(word, 40)), advice)
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
    fn a_word_that_is_no_misspelling_is_told_no_neighbour() {
        let long = "WORKOUT".repeat(10);
        for word in ["xyz", "a", long.as_str()] {
            assert!(one(word).unwrap_err().advice.starts_with("Use one of WORKOUT, "), "{word}");
        }
    }
}
