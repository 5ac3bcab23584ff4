//! Splits texts into words to compare.

/// Returns the words of a text in lower case and singular, split at all but letters and digits.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(|part| singular(&part.to_lowercase()))
}

/// Removes a plural s, so that `intervals` finds `interval` and vice versa.
fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.chars().count() > 2 && !stem.ends_with('s') => stem.into(),
        _ => word.into(),
    }
}

/// Returns the words of an activity type such as `VirtualRide`, with synonyms.
pub fn of_sport(sport: &str) -> Vec<String> {
    const SYNONYMS: &[(&str, &str)] = &[
        ("Ride", "bike biking cycling cycle"),
        ("Run", "running jog"),
        ("Swim", "swimming"),
        ("Weight", "strength gym lifting"),
        ("Walk", "walking"),
        ("Hike", "hiking"),
        ("Row", "rowing"),
        ("Ski", "skiing"),
    ];
    let mut spaced = String::new();
    for letter in sport.chars() {
        if letter.is_uppercase() {
            spaced.push(' ');
        }
        spaced.push(letter);
    }
    let synonyms = SYNONYMS.iter().filter(|(part, _)| sport.contains(part)).map(|(_, synonyms)| *synonyms);
    [sport, &spaced].into_iter().chain(synonyms).flat_map(words).collect()
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
