//! An event: what stands on the calendar, such as a planned workout, a race, a note or a weekly target.
use intervals_client::{
    Creator, OnCalendar, PlannedDoc, Text, WorkoutDoc, decode, lenient,
    sports::Sport,
    units::{Count, Intensity, Joules, Metres, Percent, Points, Seconds, Watts},
};
use jiff::civil::{Date, DateTime, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    Category, DayOrMinute, Decimal, LocalTime, Required, SportName, Tags, Vocabulary, Whole, Word, ZeroClears,
    completed,
    outline::{Outline, outline},
    read::{chosen, is_set, list, only_true, positive, some_text},
    structure::{self, Step},
};

/// What may be written. Names that say all have no words of their own, which would cost at every listing.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// Day, or 2026-07-10T06:30.
    #[serde(rename(serialize = "start_date_local"), alias = "start_date_local", alias = "date")]
    #[schemars(example = &"2026-07-12")]
    pub start_date: Option<LocalTime>,
    #[schemars(example = &"Threshold 4 x 8 min")]
    pub name: Option<String>,
    /// WORKOUT, RACE_A/B/C, NOTE, HOLIDAY, SICK, INJURED, TARGET, …
    #[schemars(extend("hidden" = true, "new" = {"hidden": null}), example = &"WORKOUT")]
    pub category: Option<Category>,
    /// Own id, to replace.
    #[schemars(extend("hidden" = true, "new" = {"hidden": null}), example = &"plan-1")]
    pub external_id: Option<String>,
    /// Text.
    #[schemars(
        extend("new" = {"description": "A workout's steps: see resource intervals-icu://workout-syntax."}),
        example = &"- 10m 60%\n\n4x\n- 8m 95%\n- 4m 50%\n\n- 10m 50%"
    )]
    pub description: Option<String>,
    /// Such as Ride.
    #[serde(rename(serialize = "type"), alias = "type", alias = "sport")]
    #[schemars(example = &"Ride")]
    pub event_type: Option<SportName>,
    #[serde(rename(serialize = "moving_time"), alias = "moving_time")]
    #[schemars(example = 4080)]
    pub duration_seconds: Option<ZeroClears<Whole<0, WEEK>>>,
    #[serde(rename(serialize = "distance"), alias = "distance")]
    #[schemars(example = 30_000.0)]
    pub distance_meters: Option<ZeroClears<Decimal<0, FAR>>>,
    #[serde(rename(serialize = "icu_training_load"), alias = "icu_training_load")]
    #[schemars(example = 70)]
    pub training_load: Option<ZeroClears<Whole<0, 3000>>>,
    /// Last day.
    // The service knows only an exclusive end.
    #[serde(skip_serializing)]
    #[schemars(example = &"2026-07-12")]
    pub end_date: Option<LocalTime>,
    /// Of a TARGET; time s, distance m.
    #[schemars(example = 400)]
    pub load_target: Option<ZeroClears<Whole<0, 10_000>>>,
    #[schemars(example = 36_000)]
    pub time_target: Option<ZeroClears<Whole<0, WEEK>>>,
    #[schemars(example = 200_000.0)]
    pub distance_target: Option<ZeroClears<Decimal<0, FAR>>>,
    /// NORMAL, LIMITED, UNAVAILABLE.
    #[schemars(example = &"NORMAL")]
    pub training_availability: Option<Word<Availability>>,
    #[schemars(example = ["key"])]
    pub tags: Option<Tags>,
    #[schemars(example = &"green")]
    pub color: Option<String>,
    #[schemars(example = false)]
    pub show_as_note: Option<bool>,
    #[schemars(example = false)]
    pub not_on_fitness_chart: Option<bool>,
    #[schemars(example = false)]
    pub show_on_ctl_line: Option<bool>,
    #[schemars(example = false)]
    pub hide_from_athlete: Option<bool>,
    #[schemars(example = false)]
    pub athlete_cannot_edit: Option<bool>,
    /// The service's own, exclusive.
    #[schemars(extend("hidden" = true), example = &"2026-07-13T00:00:00")]
    pub end_date_local: Option<LocalTime>,
    #[schemars(extend("hidden" = true), example = false)]
    pub indoor: Option<bool>,
    #[schemars(extend("hidden" = true), example = false)]
    pub for_week: Option<bool>,
    #[schemars(extend("hidden" = true), example = &"POWER")]
    pub target: Option<Word<Targets>>,
    #[schemars(extend("hidden" = true), example = &"NONE")]
    pub sub_type: Option<Word<SubTypes>>,
    #[schemars(extend("hidden" = true), example = 60)]
    pub carbs_per_hour: Option<ZeroClears<Whole<0, 300>>>,
    #[schemars(extend("hidden" = true), example = 3600)]
    pub max_training_time: Option<ZeroClears<Whole<0, WEEK>>>,
    #[schemars(extend("hidden" = true), example = ["Run"])]
    pub can_train_sports: Option<Vec<SportName>>,
    #[schemars(extend("hidden" = true), example = 250)]
    pub icu_ftp: Option<ZeroClears<Whole<0, 1000>>>,
    #[schemars(extend("hidden" = true), example = 40.0)]
    pub icu_ctl: Option<ZeroClears<Decimal<0, 500>>>,
    #[schemars(extend("hidden" = true), example = 38.0)]
    pub icu_atl: Option<ZeroClears<Decimal<0, 500>>>,
    #[schemars(extend("hidden" = true), example = 42)]
    pub ctl_days: Option<ZeroClears<Whole<0, 365>>>,
    #[schemars(extend("hidden" = true), example = 7)]
    pub atl_days: Option<ZeroClears<Whole<0, 365>>>,
    #[schemars(extend("hidden" = true), example = &"steps.zwo")]
    pub filename: Option<String>,
    #[schemars(extend("hidden" = true), example = &"<workout_file/>")]
    pub file_contents: Option<String>,
    #[schemars(extend("hidden" = true), example = &"PHdvcmtvdXRfZmlsZS8+")]
    pub file_contents_base64: Option<String>,
}

/// Seconds.
const WEEK: i64 = 604_800;
/// Metres.
const FAR: i64 = 5_000_000;

impl Required for Fields {
    fn required(&self) -> Vec<(&'static str, bool)> {
        let (start, name, category) = (self.start_date.is_some(), self.name.is_some(), self.category.is_some());
        vec![("start_date", start), ("name", name), ("category", category)]
    }
}

macro_rules! vocabularies {
    ($($(#[$doc:meta])* $name:ident: $($word:literal)*;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl Vocabulary for $name {
            const WORDS: &'static [&'static str] = &[$($word),*];
        }
    )*};
}

vocabularies! {
    /// How much may be trained.
    Availability: "NORMAL" "LIMITED" "UNAVAILABLE";
    /// What the targets of a workout are about.
    Targets: "AUTO" "POWER" "HR" "PACE";
    /// What a workout is beside its type.
    SubTypes: "NONE" "COMMUTE" "WARMUP" "COOLDOWN" "RACE";
}

// One line of a list. Absent is what is not set.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, remote = "Self")]
#[schemars(!default)]
pub struct Row {
    /// Local day, with a time where one is meant.
    #[serde(rename(deserialize = "start_date_local"))]
    pub date: Option<DayOrMinute>,
    /// Last day of what lasts longer.
    #[serde(skip_deserializing)]
    pub until: Option<String>,
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    pub category: Option<String>,
    #[serde(rename(deserialize = "type"))]
    pub sport: Option<Sport>,
    pub name: Option<Text>,
    #[serde(rename(deserialize = "moving_time"), deserialize_with = "positive")]
    pub duration_s: Option<Seconds>,
    #[serde(rename(deserialize = "distance"), deserialize_with = "positive")]
    pub distance_m: Option<Metres>,
    #[serde(rename(deserialize = "icu_training_load"), deserialize_with = "positive")]
    pub load: Option<Points>,
    /// Percent of threshold.
    #[serde(rename(deserialize = "icu_intensity"), deserialize_with = "positive")]
    pub intensity_pct: Option<Intensity>,
    #[serde(deserialize_with = "positive")]
    pub load_target: Option<Points>,
    #[serde(rename(deserialize = "time_target"), deserialize_with = "positive")]
    pub time_target_s: Option<Seconds>,
    #[serde(rename(deserialize = "distance_target"), deserialize_with = "positive")]
    pub distance_target_m: Option<Metres>,
    #[serde(deserialize_with = "chosen")]
    pub training_availability: Option<String>,
    #[serde(deserialize_with = "list")]
    pub tags: Vec<Text>,
    /// Steps in short.
    #[serde(skip_deserializing)]
    #[schemars(with = "Option<Text>")]
    pub structure: Option<Outline>,
    #[serde(skip_deserializing)]
    pub text: Option<Text>,
    #[serde(deserialize_with = "only_true")]
    pub hide_from_athlete: Option<bool>,
    #[serde(deserialize_with = "only_true")]
    pub athlete_cannot_edit: Option<bool>,
    #[serde(skip_deserializing)]
    pub author: Creator,
    #[serde(skip_serializing)]
    pub description: Option<Text>,
    #[serde(skip_serializing)]
    pub external_id: Option<String>,
    #[serde(skip_serializing, deserialize_with = "positive")]
    pub plan_folder_id: Option<Count>,
    #[serde(skip_serializing)]
    pub plan_applied: Option<String>,
    #[serde(skip_serializing, deserialize_with = "decode::part")]
    #[schemars(skip)]
    workout_doc: Option<PlannedDoc>,
    #[serde(rename(deserialize = "end_date_local"), skip_serializing)]
    end: Option<DayOrMinute>,
    #[serde(skip_serializing)]
    athlete_id: Option<String>,
    #[serde(skip_serializing)]
    created_by_id: Option<String>,
    #[serde(skip_serializing)]
    plan_athlete_id: Option<String>,
}

// The whole of one.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, remote = "Self")]
#[schemars(!default)]
pub struct Full {
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    #[serde(rename(deserialize = "start_date_local"))]
    pub date: Option<DayOrMinute>,
    #[serde(skip_deserializing)]
    pub until: Option<String>,
    pub category: Option<String>,
    #[serde(rename(deserialize = "type"))]
    pub sport: Option<Sport>,
    #[serde(deserialize_with = "chosen")]
    pub sub_type: Option<String>,
    pub name: Option<Text>,
    #[serde(deserialize_with = "only_true")]
    pub for_week: Option<bool>,
    #[serde(deserialize_with = "only_true")]
    pub indoor: Option<bool>,
    #[serde(rename(deserialize = "moving_time"), deserialize_with = "positive")]
    pub duration_s: Option<Seconds>,
    #[serde(rename(deserialize = "distance"), deserialize_with = "positive")]
    pub distance_m: Option<Metres>,
    #[serde(rename(deserialize = "icu_training_load"), deserialize_with = "positive")]
    pub load: Option<Points>,
    /// Percent of threshold.
    #[serde(rename(deserialize = "icu_intensity"), deserialize_with = "positive")]
    pub intensity_pct: Option<Intensity>,
    #[serde(rename(deserialize = "joules"), deserialize_with = "positive")]
    pub work_j: Option<Joules>,
    #[serde(rename(deserialize = "joules_above_ftp"), deserialize_with = "positive")]
    pub work_above_ftp_j: Option<Joules>,
    /// POWER, HR or PACE.
    #[serde(deserialize_with = "chosen")]
    pub target: Option<String>,
    #[serde(deserialize_with = "positive")]
    pub load_target: Option<Points>,
    #[serde(rename(deserialize = "time_target"), deserialize_with = "positive")]
    pub time_target_s: Option<Seconds>,
    #[serde(rename(deserialize = "distance_target"), deserialize_with = "positive")]
    pub distance_target_m: Option<Metres>,
    #[serde(rename(deserialize = "carbs_per_hour"), deserialize_with = "positive")]
    pub carbs_per_hour_g: Option<Count>,
    #[serde(deserialize_with = "list")]
    pub tags: Vec<Text>,
    pub training_availability: Option<String>,
    #[serde(rename(deserialize = "max_training_time"), deserialize_with = "positive")]
    pub max_training_time_s: Option<Seconds>,
    #[serde(deserialize_with = "list")]
    pub can_train_sports: Vec<String>,
    /// Fitness after it, if all goes to plan.
    #[serde(rename(deserialize = "icu_ctl"), deserialize_with = "positive")]
    pub ctl: Option<Points>,
    /// Fatigue after it.
    #[serde(rename(deserialize = "icu_atl"), deserialize_with = "positive")]
    pub atl: Option<Points>,
    #[serde(rename(deserialize = "icu_ftp"), deserialize_with = "positive")]
    pub ftp_w: Option<Watts>,
    #[serde(deserialize_with = "positive")]
    pub ctl_days: Option<Count>,
    #[serde(deserialize_with = "positive")]
    pub atl_days: Option<Count>,
    pub color: Option<String>,
    #[serde(deserialize_with = "only_true")]
    pub show_as_note: Option<bool>,
    #[serde(deserialize_with = "only_true")]
    pub not_on_fitness_chart: Option<bool>,
    #[serde(deserialize_with = "only_true")]
    pub show_on_ctl_line: Option<bool>,
    #[serde(deserialize_with = "only_true")]
    pub hide_from_athlete: Option<bool>,
    #[serde(deserialize_with = "only_true")]
    pub athlete_cannot_edit: Option<bool>,
    #[serde(deserialize_with = "only_true")]
    pub structure_read_only: Option<bool>,
    pub external_id: Option<String>,
    #[serde(deserialize_with = "positive")]
    pub plan_folder_id: Option<Count>,
    #[serde(deserialize_with = "positive")]
    pub plan_workout_id: Option<Count>,
    pub plan_applied: Option<String>,
    /// Absent when it is not known or ahead.
    #[serde(skip_deserializing)]
    pub done: Option<bool>,
    /// The activity that came of it.
    #[serde(skip_deserializing)]
    pub activity_id: Option<String>,
    #[serde(skip_deserializing)]
    pub compliance_pct: Option<Percent>,
    #[serde(deserialize_with = "push_errors")]
    pub push_errors: Vec<Text>,
    #[serde(deserialize_with = "some_text")]
    pub description: Option<Text>,
    /// The structure that was read from the description.
    #[serde(skip_deserializing)]
    pub steps: Vec<Step>,
    #[serde(skip_deserializing)]
    pub author: Creator,
    #[serde(skip_serializing, deserialize_with = "decode::part")]
    #[schemars(skip)]
    workout_doc: Option<PlannedDoc>,
    #[serde(rename(deserialize = "end_date_local"), skip_serializing)]
    end: Option<DayOrMinute>,
    #[serde(skip_serializing)]
    athlete_id: Option<String>,
    #[serde(skip_serializing)]
    created_by_id: Option<String>,
    #[serde(skip_serializing)]
    plan_athlete_id: Option<String>,
}

// What a coach allows the athlete.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, remote = "Self")]
#[schemars(!default)]
pub struct Access {
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    #[serde(rename(deserialize = "start_date_local"))]
    pub date: Option<DayOrMinute>,
    pub category: Option<String>,
    pub name: Option<Text>,
    #[serde(deserialize_with = "is_set")]
    pub hide_from_athlete: bool,
    #[serde(deserialize_with = "is_set")]
    pub athlete_cannot_edit: bool,
    #[serde(skip_deserializing)]
    pub author: Creator,
    #[serde(skip_serializing)]
    athlete_id: Option<String>,
    #[serde(skip_serializing)]
    created_by_id: Option<String>,
    #[serde(skip_serializing)]
    plan_athlete_id: Option<String>,
}

completed!(Row, Full, Access);

macro_rules! on_calendar {
    ($($record:ident),*) => {$(
        impl OnCalendar for $record {
            fn place(&self) -> (Option<&str>, i64) {
                (self.date.as_ref().map(DayOrMinute::as_str), self.id)
            }
        }

        impl $record {
            /// Whether it is of this category.
            pub fn is(&self, category: &str) -> bool {
                self.category.as_deref() == Some(category)
            }

            /// Who wrote its texts: who put it there, else whose calendar it is on. What comes from a plan of somebody else has two
            /// authors, of whom no reader is both.
            fn author(&self) -> Creator {
                match (&self.created_by_id, &self.plan_athlete_id) {
                    (Some(by), Some(plan)) => Creator(Some(by.clone())).and(Creator(Some(plan.clone()))),
                    (by, plan) => Creator(by.as_ref().or(plan.as_ref()).or(self.athlete_id.as_ref()).cloned()),
                }
            }
        }
    )*};
}

macro_rules! planned {
    ($($record:ident),*) => {$(
        impl $record {
            /// The local start.
            pub fn start(&self) -> Option<DateTime> {
                self.date.as_ref()?.time()
            }

            /// The local day on which it starts.
            pub fn day(&self) -> Option<Date> {
                self.start().map(DateTime::date)
            }

            /// Local time at which it is over: of a whole day, the next midnight.
            pub fn end(&self) -> Option<DateTime> {
                self.end.as_ref()?.time()
            }

            /// The last day that it covers: the stored end is exclusive.
            pub fn last_day(&self) -> Option<Date> {
                let day = self.day()?;
                let last = self.end().and_then(|end| match end.time() == Time::midnight() {
                    true => end.date().yesterday().ok(),
                    false => Some(end.date()),
                });
                Some(last.map_or(day, |last| last.max(day)))
            }

            fn until(&self) -> Option<String> {
                self.last_day().filter(|last| Some(*last) != self.day()).map(|last| last.to_string())
            }

            /// Whether it is one of the races.
            pub fn is_race(&self) -> bool {
                self.category.as_deref().is_some_and(|category| category.starts_with("RACE"))
            }

            /// What the service read out of its text, or why that is not known here.
            pub fn planned_doc(&self) -> Option<&PlannedDoc> {
                self.workout_doc.as_ref()
            }

            /// The steps of a workout.
            pub fn doc(&self) -> Option<&WorkoutDoc> {
                self.workout_doc.as_ref().and_then(|doc| doc.as_ref().ok())
            }

            /// Whether steps are known.
            pub fn has_steps(&self) -> bool {
                self.doc().is_some_and(|doc| !doc.steps.is_empty())
            }

            /// Its steps, with resolved paces as `pace_units` read them.
            pub fn planned_steps(&self, pace_units: Option<&str>) -> Vec<Step> {
                self.doc().map(|doc| structure::steps(doc, pace_units)).unwrap_or_default()
            }
        }
    )*};
}

on_calendar!(Row, Full, Access);
planned!(Row, Full);

impl Row {
    fn completed(self) -> Self {
        Self { until: self.until(), author: self.author(), ..self }
    }

    /// Its steps in short.
    pub fn outline(&self, pace_units: Option<&str>) -> Option<Outline> {
        outline(self.doc()?, pace_units)
    }
}

impl Full {
    fn completed(self) -> Self {
        Self { until: self.until(), author: self.author(), ..self }
    }

    /// Whether somebody else than this athlete wrote its texts; without an id, than the one whose calendar it is on.
    pub fn is_by_others(&self, reader: Option<&str>) -> bool {
        self.author.0.as_deref().is_none_or(|author| reader.or(self.athlete_id.as_deref()) != Some(author))
    }

    /// Whether it is a workout with a text of which the service understood nothing.
    pub fn is_not_understood(&self) -> bool {
        let text = self.description.as_deref().is_some_and(|text| !text.trim().is_empty());
        let nothing = match &self.workout_doc {
            None => true,
            Some(Ok(doc)) => doc.steps.is_empty(),
            Some(Err(_)) => false,
        };
        self.is("WORKOUT") && text && nothing
    }
}

impl Access {
    fn completed(self) -> Self {
        Self { author: self.author(), ..self }
    }
}

/// What went wrong when it was sent to devices' services, such as `GARMIN`.
fn push_errors<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Text>, D::Error> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct PushError {
        service: Option<Text>,
        message: Option<Text>,
        date: Option<Text>,
    }
    let errors: Vec<PushError> = list(deserializer)?;
    let line = |error: &PushError| {
        let parts = [&error.service, &error.message, &error.date];
        let parts: Vec<&str> = parts.into_iter().flatten().map(|part| &**part).collect();
        Text::from(parts.join(": ")).truncated(200)
    };
    Ok(errors.iter().take(10).map(line).collect())
}

#[cfg(test)]
mod tests;
