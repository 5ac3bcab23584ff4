//! Words of a text, as they are compared.

/// The words in lower case, without plurals: what is neither a letter nor a digit parts them.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(|part| singular(&part.to_lowercase()))
}

/// `intervals` finds `interval`, and the other way round.
fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.chars().count() > 2 && !stem.ends_with('s') => stem.into(),
        _ => word.into(),
    }
}

/// The words of an activity type, `VirtualRide` say, with those that people use instead.
pub fn of_sport(sport: &str) -> Vec<String> {
    const SAID: &[(&str, &str)] = &[
        ("Ride", "bike biking cycling cycle"),
        ("Run", "running jog"),
        ("Swim", "swimming"),
        ("Weight", "strength gym lifting"),
        ("Walk", "walking"),
        ("Hike", "hiking"),
        ("Row", "rowing"),
        ("Ski", "skiing"),
    ];
    let mut apart = String::new();
    for letter in sport.chars() {
        if letter.is_uppercase() {
            apart.push(' ');
        }
        apart.push(letter);
    }
    let said = SAID.iter().filter(|(part, _)| sport.contains(part)).map(|(_, said)| *said);
    [sport, &apart].into_iter().chain(said).flat_map(words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_marks_and_plurals() {
        assert_eq!(words("4x8min Hills, Zürich's pass").collect::<Vec<_>>(), ["4x8min", "hill", "zürich", "s", "pass"]);
    }

    #[test]
    fn a_type_is_known_by_what_people_call_it() {
        let ride = of_sport("VirtualRide");
        assert!(["virtualride", "virtual", "ride", "cycling"].iter().all(|word| ride.iter().any(|own| own == word)));
    }
}
