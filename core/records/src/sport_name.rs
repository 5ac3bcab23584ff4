//! An activity type as it stands in an argument.
use intervals_client::sports;

use crate::{Vocabulary, Word};

/// The activity types that the service knows.
#[derive(Debug)]
pub struct Sports;

/// A type that the service knows, such as `Ride`, in any case.
pub type SportName = Word<Sports>;

impl Vocabulary for Sports {
    const WORDS: &'static [&'static str] = sports::TYPES;

    fn unknown(given: &str) -> String {
        format!("there is no type {given}. Use {}", sports::instead_of(given))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn a_type_is_known_in_any_case_and_a_wrong_one_has_a_neighbour() {
        assert_eq!(from_value::<SportName>(json!(" gravelride")).unwrap().0, "GravelRide");
        let error = from_value::<SportName>(json!("Jog")).unwrap_err().to_string();
        assert_eq!(error, "there is no type Jog. Use Run");
    }
}
