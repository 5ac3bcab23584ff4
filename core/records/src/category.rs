//! The kinds of events, as callers write them.
use std::{borrow::Cow, str::FromStr};

use intervals_client::{lenient, text::truncate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use serde_json::Value;

use crate::nearest;

/// The service knows no others and minds the case.
const CATEGORIES: &[&str] = &[
    "WORKOUT",
    "RACE_A",
    "RACE_B",
    "RACE_C",
    "NOTE",
    "PLAN",
    "HOLIDAY",
    "SICK",
    "INJURED",
    "SET_EFTP",
    "FITNESS_DAYS",
    "SEASON_START",
    "TARGET",
    "SET_FITNESS",
];

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

/// The category of an event that is written, in any case: `RACE` is an A race and `GOAL` a target, as the old server had it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Category(pub &'static str);

impl Category {
    /// Whether it is one of the races.
    pub fn is_race(self) -> bool {
        self.0.starts_with("RACE")
    }
}

impl FromStr for Category {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let plain = plain(word);
        let old = OTHER_WORDS.iter().take(2).find(|(other, _)| *other == plain);
        known(old.map_or(&plain, |(_, name)| name)).map(Self).ok_or_else(|| unknown(word))
    }
}

impl<'de> Deserialize<'de> for Category {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl JsonSchema for Category {
    fn schema_name() -> Cow<'static, str> {
        "Category".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string"})
    }
}

/// The categories to look for, in any form that [`lenient::parts`] knows: `RACE` is all three kinds of races.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Categories {
    /// Their names; `ALL` is none of them.
    pub names: Vec<&'static str>,
    /// Whether `ALL` is among the words.
    #[serde(skip)]
    pub all: bool,
}

impl<'de> Deserialize<'de> for Categories {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut found = Self::default();
        for word in lenient::parts(Value::deserialize(deserializer)?).map_err(D::Error::custom)? {
            let word = word.as_str().map_or_else(|| word.to_string(), str::to_owned);
            match plain(&word).as_str() {
                "" => {}
                "ALL" => found.all = true,
                "RACE" | "RACES" => found.names.extend(["RACE_A", "RACE_B", "RACE_C"]),
                other => match known(other).or_else(|| known(other.strip_suffix('S')?)) {
                    Some(name) => found.names.push(name),
                    None => found.names.push(word.parse::<Category>().map_err(D::Error::custom)?.0),
                },
            }
        }
        found.names.dedup();
        Ok(found)
    }
}

impl JsonSchema for Categories {
    fn schema_name() -> Cow<'static, str> {
        "Categories".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string"})
    }
}

fn plain(word: &str) -> String {
    word.trim().to_uppercase().replace([' ', '-'], "_")
}

fn known(word: &str) -> Option<&'static str> {
    CATEGORIES.iter().copied().find(|known| *known == word)
}

fn unknown(word: &str) -> String {
    let wanted = plain(word);
    let meant = OTHER_WORDS.iter().find(|(other, _)| *other == wanted).map(|(_, name)| *name);
    let all = CATEGORIES.join(", ");
    let advice = match meant.or_else(|| nearest(&wanted, CATEGORIES.iter().copied())) {
        Some(near) => format!("Did you mean {near}? Categories: {all}"),
        None => format!("Use one of {all}"),
    };
    format!("there is no category {}. {advice}", truncate(word, 40))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{from_value, json};

    use super::*;

    #[rstest]
    #[case("workout", "WORKOUT")]
    #[case("Race_a", "RACE_A")]
    #[case("race", "RACE_A")]
    #[case("goal", "TARGET")]
    #[case("set eftp", "SET_EFTP")]
    fn a_category_is_known_in_any_case(#[case] word: &str, #[case] category: &str) {
        assert_eq!(from_value::<Category>(json!(word)).unwrap().0, category);
    }

    #[rstest]
    #[case("WORKOTU", "there is no category WORKOTU. Did you mean WORKOUT? Categories: WORKOUT, ")]
    #[case("injury", "there is no category injury. Did you mean INJURED?")]
    #[case("vacation", "there is no category vacation. Did you mean HOLIDAY?")]
    #[case("something else", "there is no category something else. Use one of WORKOUT, ")]
    fn the_error_of_an_unknown_one_names_its_neighbour(#[case] word: &str, #[case] start: &str) {
        let error = from_value::<Category>(json!(word)).unwrap_err().to_string();
        assert!(error.starts_with(start), "{error}");
    }

    #[rstest]
    #[case(json!(["race", "Notes"]), &["RACE_A", "RACE_B", "RACE_C", "NOTE"], false)]
    #[case(json!("ALL, goal"), &["TARGET"], true)]
    #[case(json!(""), &[], false)]
    fn races_are_looked_for_together(#[case] words: Value, #[case] names: &[&'static str], #[case] all: bool) {
        assert_eq!(from_value::<Categories>(words).unwrap(), Categories { names: names.to_vec(), all });
    }

    #[test]
    fn a_word_that_is_no_misspelling_has_no_neighbour() {
        assert!(from_value::<Categories>(json!(["x"])).is_err());
        let long = "WORKOUT".repeat(10);
        for word in ["xyz", "a", long.as_str()] {
            let error = word.parse::<Category>().unwrap_err();
            assert!(error.contains(". Use one of WORKOUT, "), "{error}");
        }
    }
}
