//! The service's types of gear, as people write them.
use intervals_core::{Error, Result, client::GEAR_TYPES, likeness};

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
        let advice = format!("Use {}.", alike(&plain).join(" or "));
        Error::new(format!("\"{wanted}\" is no type of gear"), advice)
    })
}

/// Lower case, letters only, singular.
fn plain(name: &str) -> String {
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    letters.strip_suffix('s').map(Into::into).unwrap_or(letters)
}

/// The three types that are spelled most like it; one that holds the other comes first.
fn alike(wanted: &str) -> Vec<&'static str> {
    let holds = |known: &str| wanted.len() > 2 && (known.contains(wanted) || wanted.contains(known));
    let rank = |known: &str| if holds(known) { 1.0 } else { likeness(wanted, known) };
    let mut known: Vec<_> = GEAR_TYPES.iter().map(|known| (rank(&plain(known)), *known)).collect();
    known.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    known.into_iter().take(3).map(|(_, known)| known).collect()
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
}
