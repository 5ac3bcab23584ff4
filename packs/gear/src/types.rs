//! The service's types of gear, as people write them.
use intervals_core::{Error, Result, client::GEAR_TYPES};

/// What people say for a type that the service spells or calls otherwise.
const ALIASES: &[(&str, &str)] = &[
    ("axle", "Axel"),
    ("bicycle", "Bike"),
    ("brakedisc", "Rotor"),
    ("footwear", "Shoes"),
    ("powermeterpedal", "PowerMeter"),
    ("runningshoe", "Shoes"),
    ("tire", "Tyre"),
    ("turbotrainer", "Trainer"),
];

/// The type as the service writes it, whatever its case, its number and the gaps in it.
pub fn checked(wanted: &str) -> Result<&'static str> {
    let plain = plain(wanted);
    let known = GEAR_TYPES.iter().copied().find(|known| self::plain(known) == plain);
    let alias = || ALIASES.iter().find(|(alias, _)| *alias == plain).map(|(_, known)| *known);
    known.or_else(alias).ok_or_else(|| {
        let advice = format!("Use {}.", nearest(&plain).join(" or "));
        Error::new(format!("\"{wanted}\" is no type of gear"), advice)
    })
}

/// Lower case, letters only, singular.
fn plain(name: &str) -> String {
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    letters.strip_suffix('s').map(Into::into).unwrap_or(letters)
}

/// The three types that are closest in spelling; one that holds the other is close.
fn nearest(wanted: &str) -> Vec<&'static str> {
    let mut known: Vec<_> = GEAR_TYPES.iter().copied().map(|known| (away(wanted, &plain(known)), known)).collect();
    known.sort_by_key(|(away, _)| *away);
    known.into_iter().take(3).map(|(_, known)| known).collect()
}

fn away(one: &str, other: &str) -> usize {
    if one.len() > 2 && (other.contains(one) || one.contains(other)) { 0 } else { edits(one, other) }
}

/// Levenshtein's distance, row by row.
fn edits(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (n, a) in one.chars().enumerate() {
        let (mut diagonal, mut left) = (n, n + 1);
        let mut next = vec![left];
        for (b, above) in other.chars().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(a != b)).min(left + 1).min(above + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn there_are_46_types_and_each_is_itself() {
        assert_eq!(GEAR_TYPES.len(), 46);
        for known in GEAR_TYPES {
            assert_eq!(checked(known).unwrap(), *known);
        }
    }

    #[rstest]
    #[case("bike", "Bike")]
    #[case("SHOE", "Shoes")]
    #[case("rowing machine", "RowingMachine")]
    #[case("brake_pads", "BrakePads")]
    #[case("brakes", "Brake")]
    #[case("axle", "Axel")]
    #[case("Tires", "Tyre")]
    fn a_type_is_known_as_people_write_it(#[case] wanted: &str, #[case] known: &str) {
        assert_eq!(checked(wanted).unwrap(), known);
    }

    #[rstest]
    #[case("Cassete", "Cassette or ")]
    #[case("Shoelaces", "Shoes or ")]
    #[case("", "")]
    fn another_one_is_refused_with_the_nearest(#[case] wanted: &str, #[case] nearest: &str) {
        let error = checked(wanted).unwrap_err().to_string();
        assert!(error.starts_with(&format!("\"{wanted}\" is no type of gear. Use {nearest}")), "{error}");
    }

    #[test]
    fn edits_are_counted() {
        assert_eq!((edits("kitten", "sitting"), edits("", "abc"), edits("same", "same")), (3, 3, 0));
    }
}
