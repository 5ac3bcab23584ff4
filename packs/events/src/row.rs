//! An event as one line of a list.
use intervals_core::{
    Athlete,
    answer::ByOthers,
    client::{AthleteProfile, Event},
    text::truncate,
    units::{Intensity, Metres, Points, Seconds},
    workout::workout_prose,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{forms, outline::outline};

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
    name: Option<String>,
    duration_s: Option<Seconds>,
    distance_m: Option<Metres>,
    load: Option<Points>,
    /// Percent of threshold.
    intensity_pct: Option<Intensity>,
    load_target: Option<Points>,
    time_target_s: Option<Seconds>,
    distance_target_m: Option<Metres>,
    training_availability: Option<String>,
    tags: Vec<String>,
    /// Steps in short.
    structure: Option<String>,
    structure_by_others: Option<ByOthers>,
    text: Option<String>,
    text_by_others: Option<ByOthers>,
    hide_from_athlete: Option<bool>,
    athlete_cannot_edit: Option<bool>,
}

/// How long a name and a text may be in a list.
const LONGEST: usize = 200;

impl Row {
    /// Without its text.
    pub fn of(e: &Event) -> Self {
        Self {
            date: date(e),
            until: until(e),
            id: e.id,
            category: e.category.clone(),
            sport: e.sport.clone(),
            name: e.name.as_deref().map(|name| truncate(name, LONGEST)),
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
            ..Self::default()
        }
    }

    /// With its steps in short, and the start of what its text says beside them.
    pub fn with_text(e: &Event, reader: &Reader) -> Self {
        let steps = e.doc().and_then(|doc| outline(doc, reader.pace_units(e)));
        let prose = |text: &str| if steps.is_some() { workout_prose(text) } else { text.to_owned() };
        let text = e.description.as_deref().map(|text| truncate(&prose(text), LONGEST)).filter(|text| !text.is_empty());
        let (text, text_by_others) = reader.sorted(e, text);
        // Targets are nobody's words.
        let (structure, structure_by_others) = match steps {
            Some(steps) if steps.has_words => reader.sorted(e, Some(steps.line)),
            steps => (steps.map(|steps| steps.line), None),
        };
        Self { structure, structure_by_others, text, text_by_others, ..Self::of(e) }
    }
}

/// Whoever reads the answer: the key's owner, with the settings of the athlete whose calendar it is.
#[derive(Default)]
pub struct Reader {
    own_id: Option<String>,
    profile: Option<std::sync::Arc<AthleteProfile>>,
}

impl Reader {
    /// Both records are cached; without them the answer is plainer.
    pub async fn of(athlete: &Athlete) -> Self {
        let own_id = athlete.client().own().await.ok().map(|own| own.id.clone());
        Self { own_id, profile: athlete.profile().await.ok() }
    }

    /// How the event's sport is paced.
    pub fn pace_units(&self, e: &Event) -> Option<&str> {
        let sport = e.sport.as_ref()?;
        let settings = self.profile.as_ref()?.sport_settings.iter().find(|s| s.types.contains(sport))?;
        settings.pace_units.as_deref()
    }

    /// The text as the reader's own, or as somebody else's.
    pub fn sorted(&self, e: &Event, text: Option<String>) -> (Option<String>, Option<ByOthers>) {
        let own = self.own_id.as_ref().or(e.athlete_id.as_ref());
        let by_other = |writer: &Option<String>| writer.as_ref().is_some_and(|writer| Some(writer) != own);
        match by_other(&e.created_by_id) || by_other(&e.plan_athlete_id) {
            true => (None, text.map(ByOthers)),
            false => (text, None),
        }
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
