//! An event as one line of a list.
use intervals_core::{
    Athlete,
    client::{AthleteProfile, Creator, Event, Text},
    units::{Intensity, Metres, Points, Seconds},
    workout::workout_prose,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    forms,
    outline::{Outline, outline},
};

// One line of a list. Absent is what is not set.
#[derive(Default, Serialize, JsonSchema)]
pub struct Row {
    /// Local day, with a time where one is meant.
    date: Option<String>,
    /// Last day of what lasts longer.
    until: Option<String>,
    id: i64,
    category: Option<String>,
    sport: Option<String>,
    name: Option<Text>,
    duration_s: Option<Seconds>,
    distance_m: Option<Metres>,
    load: Option<Points>,
    /// Percent of threshold.
    intensity_pct: Option<Intensity>,
    load_target: Option<Points>,
    time_target_s: Option<Seconds>,
    distance_target_m: Option<Metres>,
    training_availability: Option<String>,
    tags: Vec<Text>,
    /// Steps in short.
    #[schemars(with = "Option<Text>")]
    structure: Option<Outline>,
    text: Option<Text>,
    hide_from_athlete: Option<bool>,
    athlete_cannot_edit: Option<bool>,
    author: Creator,
}

impl Row {
    /// Without its text.
    pub fn of(e: &Event) -> Self {
        Self {
            date: date(e),
            until: until(e),
            id: e.id,
            category: e.category.clone(),
            sport: e.sport.clone(),
            name: e.name.clone(),
            duration_s: e.moving_time,
            distance_m: e.distance,
            load: e.icu_training_load,
            intensity_pct: e.icu_intensity,
            load_target: e.load_target,
            time_target_s: e.time_target,
            distance_target_m: e.distance_target,
            training_availability: e.training_availability.clone().filter(|word| word != "NORMAL"),
            tags: e.tags.clone(),
            hide_from_athlete: said(e.hide_from_athlete),
            athlete_cannot_edit: said(e.athlete_cannot_edit),
            author: e.author(),
            ..Self::default()
        }
    }

    /// With its steps in short, and the start of what its text says beside them.
    pub fn with_text(e: &Event, reader: &Reader) -> Self {
        let structure = e.doc().and_then(|doc| outline(doc, reader.pace_units(e)));
        let text = match (&e.description, &structure) {
            (Some(text), Some(_)) => Some(workout_prose(text).into()),
            (text, _) => text.clone(),
        };
        Self { text: text.and_then(Text::non_empty), structure, ..Self::of(e) }
    }
}

/// Knows how an event is read: by the settings of the athlete whose calendar it is on.
#[derive(Default)]
pub struct Reader(Option<std::sync::Arc<AthleteProfile>>);

impl Reader {
    /// The athlete's record is cached; without it the answer is plainer.
    pub async fn of(athlete: &Athlete) -> Self {
        Self(athlete.profile().await.ok())
    }

    /// How the event's sport is paced.
    pub fn pace_units(&self, e: &Event) -> Option<&str> {
        let sport = e.sport.as_ref()?;
        let settings = self.0.as_ref()?.sport_settings.iter().find(|s| s.types.contains(sport))?;
        settings.pace_units.as_deref()
    }
}

/// The day, with the time when it is not midnight; what the service wrote where that is no day.
pub fn date(e: &Event) -> Option<String> {
    match e.start() {
        Some(start) => Some(forms::said(start)),
        None => e.start_date_local.clone(),
    }
}

/// The last day of an event of several.
pub fn until(e: &Event) -> Option<String> {
    e.last_day().filter(|last| Some(*last) != e.day()).map(|last| last.to_string())
}

/// A flag, when it is set.
pub fn said(flag: Option<bool>) -> Option<bool> {
    flag.filter(|flag| *flag)
}
