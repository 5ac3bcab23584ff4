//! Gear: bikes, shoes and their parts, with reminders of what is due.
use intervals_client::{
    Records, Text, Unread, lenient,
    units::{Count, Metres, Seconds},
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Day, NonEmpty, Required, Vocabulary, Word,
    read::{day, only_true, some_text},
    reminder,
    spelling::likeness,
    values::letters,
};

/// What may be written. The service has no place for brand, model and primary, which the old server took.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// New name.
    #[schemars(example = &"Road bike", extend("new" = {"description": "Name.", "examples": ["Wet weather bike"]}))]
    pub name: Option<NonEmpty>,
    /// Bike, Shoes, Chain, …
    #[serde(rename(serialize = "type"), alias = "type")]
    #[schemars(example = &"Bike")]
    pub gear_type: Option<Word<GearTypes>>,
    // The service stores the day since when it is out of use.
    /// false retires it today, true brings it back.
    #[serde(skip_serializing)]
    #[schemars(example = true, extend("new" = {"description": "false: already retired."}))]
    pub active: Option<bool>,
    /// Replaces its notes.
    #[schemars(example = &"New saddle", extend("new" = {"description": "Brand, size, …", "examples": ["Steel frame, 58 cm"]}))]
    pub notes: Option<String>,
    #[schemars(extend("hidden" = true,
        "new" = {"hidden": null, "description": "Day, YYYY-MM-DD.", "examples": ["2026-06-01"]}))]
    pub purchased: Option<Day>,
    #[serde(skip_serializing)]
    #[schemars(extend("hidden" = true))]
    pub brand: Option<Value>,
    #[serde(skip_serializing)]
    #[schemars(extend("hidden" = true))]
    pub model: Option<Value>,
    #[serde(skip_serializing)]
    #[schemars(extend("hidden" = true))]
    pub primary: Option<Value>,
}

impl Required for Fields {
    fn required(&self) -> Vec<(&'static str, bool)> {
        vec![("name", self.name.is_some()), ("gear_type", self.gear_type.is_some())]
    }
}

// A bike, a pair of shoes, a part. Absent is what the service does not say.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
pub struct Row {
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    pub name: Option<Text>,
    // None for gear that was made without one.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    #[serde(rename(deserialize = "distance"))]
    pub distance_m: Option<Metres>,
    #[serde(rename(deserialize = "time"))]
    pub time_s: Option<Seconds>,
    pub activities: Option<Count>,
    #[serde(default, deserialize_with = "day")]
    pub purchased: Option<String>,
    /// Out of use since.
    #[serde(default, deserialize_with = "day")]
    pub retired: Option<String>,
    /// A part of other gear.
    #[serde(default, deserialize_with = "only_true")]
    pub component: Option<bool>,
    /// Ids of its parts.
    #[serde(default, deserialize_with = "lenient::words")]
    pub component_ids: Vec<String>,
    #[serde(default, rename(deserialize = "notes"), deserialize_with = "some_text")]
    pub gear_notes: Option<Text>,
    #[serde(default)]
    pub reminders: Records<reminder::Row>,
}

impl Row {
    /// The same with the moments of its reminders as the days that `day` finds.
    pub fn on_days(mut self, day: impl Fn(&str) -> Option<Date>) -> Self {
        let reminders = std::mem::take(&mut self.reminders.good);
        self.reminders.good = reminders.into_iter().map(|reminder| reminder.on_days(&day)).collect();
        self
    }
}

impl Unread for Row {
    fn unread(&self) -> Option<String> {
        self.reminders.unread(&format!("reminders of {}", self.id))
    }
}

/// The types of gear.
#[derive(Debug)]
pub struct GearTypes;

impl Vocabulary for GearTypes {
    // `Axel` is the service's spelling.
    const WORDS: &'static [&'static str] = &[
        "Bike",
        "Shoes",
        "Wetsuit",
        "RowingMachine",
        "Skis",
        "Snowboard",
        "Boat",
        "Board",
        "Equipment",
        "Accessories",
        "Apparel",
        "Computer",
        "Light",
        "Battery",
        "Brake",
        "BrakePads",
        "Rotor",
        "Drivetrain",
        "BottomBracket",
        "Cassette",
        "Chain",
        "Chainrings",
        "Crankset",
        "Derailleur",
        "Pedals",
        "Lever",
        "Cable",
        "Frame",
        "Fork",
        "Handlebar",
        "Headset",
        "Saddle",
        "Seatpost",
        "Shock",
        "Stem",
        "Axel",
        "Hub",
        "Trainer",
        "Tube",
        "Tyre",
        "Wheel",
        "Wheelset",
        "PowerMeter",
        "Cleats",
        "CyclingShoes",
        "Paddle",
    ];

    fn find(given: &str) -> Option<&'static str> {
        let given = singular(given);
        let known = Self::WORDS.iter().copied().find(|known| singular(known) == given);
        known.or_else(|| ALIASES.iter().find(|(alias, _)| *alias == given).map(|(_, known)| *known))
    }

    /// The three types that are spelled most like it; one that holds the other comes first.
    fn unknown(word: &str) -> String {
        let given = singular(word);
        let holds = |known: &str| given.len() > 2 && (known.contains(&given) || given.contains(known));
        let rank = |known: &str| if holds(known) { 1.0 } else { likeness(&given, known) };
        let mut known: Vec<_> = Self::WORDS.iter().map(|known| (rank(&singular(known)), *known)).collect();
        known.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let near: Vec<_> = known.into_iter().take(3).map(|(_, known)| known).collect();
        format!("\"{word}\" is not known; use {}", near.join(" or "))
    }
}

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

/// The letters of a type without the s of a plural.
fn singular(name: &str) -> String {
    let letters = letters(name);
    letters.strip_suffix('s').map(Into::into).unwrap_or(letters)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{from_value, json};

    use super::*;

    fn read(given: &str) -> Result<&'static str, String> {
        from_value::<Word<GearTypes>>(json!(given)).map(|word| word.0).map_err(|error| error.to_string())
    }

    #[test]
    fn there_are_46_types_and_each_is_itself() {
        assert_eq!(GearTypes::WORDS.len(), 46);
        for known in GearTypes::WORDS {
            assert_eq!(read(known), Ok(*known));
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
    fn a_type_is_known_as_people_write_it(#[case] wanted: &str, #[case] known: &'static str) {
        assert_eq!(read(wanted), Ok(known));
    }

    #[rstest]
    #[case("Cassete", "Cassette or ")]
    #[case("Shoelaces", "Shoes or ")]
    #[case("", "")]
    fn another_one_is_refused_with_the_nearest(#[case] wanted: &str, #[case] nearest: &str) {
        let error = read(wanted).unwrap_err();
        assert!(error.starts_with(&format!("\"{wanted}\" is not known; use {nearest}")), "{error}");
    }
}
