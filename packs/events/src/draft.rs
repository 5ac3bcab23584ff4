//! An event as a caller describes it, and as it is sent.
use intervals_core::{
    Error, JsonMap, LocalTime, Result,
    arguments::Words,
    client::{Event, sports},
    records::Tags,
    units::Number,
};
use jiff::civil::DateTime;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    category,
    forms::{self, is_midnight, midnight_after, said, stamp},
};

/// Every field that can be written, under the tools' names and the service's.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    #[serde(alias = "start_date_local", alias = "date")]
    pub start_date: Option<LocalTime>,
    /// The last day.
    pub end_date: Option<LocalTime>,
    /// The service's own end, which is exclusive.
    pub end_date_local: Option<LocalTime>,
    pub name: Option<String>,
    pub category: Option<String>,
    pub description: Option<String>,
    #[serde(alias = "type", alias = "sport")]
    pub event_type: Option<String>,
    #[serde(alias = "moving_time")]
    pub duration_seconds: Option<Number>,
    #[serde(alias = "distance")]
    pub distance_meters: Option<Number>,
    #[serde(alias = "icu_training_load")]
    pub training_load: Option<Number>,
    pub load_target: Option<Number>,
    pub time_target: Option<Number>,
    pub distance_target: Option<Number>,
    pub training_availability: Option<String>,
    pub tags: Option<Tags>,
    pub color: Option<String>,
    pub show_as_note: Option<bool>,
    pub not_on_fitness_chart: Option<bool>,
    pub show_on_ctl_line: Option<bool>,
    pub hide_from_athlete: Option<bool>,
    pub athlete_cannot_edit: Option<bool>,
    pub external_id: Option<String>,
    pub indoor: Option<bool>,
    pub for_week: Option<bool>,
    pub target: Option<String>,
    pub sub_type: Option<String>,
    pub carbs_per_hour: Option<Number>,
    pub max_training_time: Option<Number>,
    pub can_train_sports: Option<Words>,
    pub icu_ftp: Option<Number>,
    pub icu_ctl: Option<Number>,
    pub icu_atl: Option<Number>,
    pub ctl_days: Option<Number>,
    pub atl_days: Option<Number>,
    pub filename: Option<String>,
    pub file_contents: Option<String>,
    pub file_contents_base64: Option<String>,
}

const WEEK: f64 = 604_800.0;
const FAR: f64 = 5_000_000.0;

impl Draft {
    /// A new event as it is sent.
    pub fn create(&self) -> Result<JsonMap> {
        let missing = |what: &str, advice: &str| Error::new(format!("{what} is missing"), advice);
        let Some(start) = self.start_date else {
            return Err(missing("start_date", "Give the day as YYYY-MM-DD."));
        };
        let category = self.category.as_deref().unwrap_or_default();
        if category.trim().is_empty() {
            return Err(missing("category", "Such as WORKOUT, RACE_A or NOTE."));
        }
        let category = category::one(category)?;
        if self.name.as_deref().unwrap_or_default().trim().is_empty() {
            return Err(missing("name", "Every event needs one."));
        }
        if category.starts_with("RACE") && self.event_type.is_none() {
            return Err(missing(&format!("event_type of a {category}"), "Give its sport, such as Ride, Run or Swim."));
        }
        let mut fields = self.fields()?;
        self.check_end(start.start())?;
        // A blank one is none: it would make an update of what is new.
        fields.retain(|name, value| name != "external_id" || value.as_str().is_some_and(|id| !id.trim().is_empty()));
        fields.insert("category".into(), category.into());
        fields.insert("start_date_local".into(), stamp(start.start()).into());
        if let Some((.., end)) = self.given_end() {
            fields.insert("end_date_local".into(), stamp(end).into());
        }
        Ok(fields)
    }

    /// The end that is given: its argument, as it was written, and as it is stored.
    fn given_end(&self) -> Option<(&'static str, LocalTime, DateTime)> {
        let last = self.end_date.map(|end| ("end_date", end, forms::end(end)));
        last.or(self.end_date_local.map(|end| ("end_date_local", end, end.start())))
    }

    /// What is given as the end must lie behind the start.
    pub fn check_end(&self, start: DateTime) -> Result<()> {
        let Some((name, given, _)) = self.given_end().filter(|(.., end)| *end <= start) else { return Ok(()) };
        let end = given.start();
        let how = if end < start { "before" } else { "not after" };
        let (what, start_said) = (if self.start_date.is_some() { "start_date" } else { "the start," }, said(start));
        let swappable = end < start && self.start_date.is_some_and(|written| written.start() == start);
        let advice = if swappable { "Swap the two." } else { "Give a later end, or an earlier start_date." };
        Err(Error::new(format!("{name} {} is {how} {what} {start_said}", said(end)), advice))
    }

    /// Whether it says when.
    pub fn moves(&self) -> bool {
        self.start_date.is_some() || self.given_end().is_some()
    }

    /// The fields as they are sent, without category, start and end. A number of 0, or -1, clears what was there.
    pub fn fields(&self) -> Result<JsonMap> {
        let mut fields = JsonMap::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                fields.insert(name.into(), value);
            }
        };
        let text = |text: &Option<String>| text.as_deref().map(Value::from);
        let flag = |flag: Option<bool>| flag.map(Value::from);
        put("name", text(&self.name));
        put("description", text(&self.description));
        put("type", self.event_type.as_deref().map(sport).transpose()?.map(Value::from));
        put("moving_time", whole("duration_seconds", self.duration_seconds, WEEK)?);
        put("distance", number("distance_meters", self.distance_meters, FAR)?);
        put("icu_training_load", whole("training_load", self.training_load, 3000.0)?);
        put("load_target", whole("load_target", self.load_target, 10_000.0)?);
        put("time_target", whole("time_target", self.time_target, WEEK)?);
        put("distance_target", number("distance_target", self.distance_target, FAR)?);
        put("carbs_per_hour", whole("carbs_per_hour", self.carbs_per_hour, 300.0)?);
        put("max_training_time", whole("max_training_time", self.max_training_time, WEEK)?);
        put("icu_ftp", whole("icu_ftp", self.icu_ftp, 1000.0)?);
        put("icu_ctl", number("icu_ctl", self.icu_ctl, 500.0)?);
        put("icu_atl", number("icu_atl", self.icu_atl, 500.0)?);
        put("ctl_days", whole("ctl_days", self.ctl_days, 365.0)?);
        put("atl_days", whole("atl_days", self.atl_days, 365.0)?);
        let availability = ["NORMAL", "LIMITED", "UNAVAILABLE"];
        put("training_availability", word("training_availability", &self.training_availability, &availability)?);
        put("target", word("target", &self.target, &["AUTO", "POWER", "HR", "PACE"])?);
        put("sub_type", word("sub_type", &self.sub_type, &["NONE", "COMMUTE", "WARMUP", "COOLDOWN", "RACE"])?);
        put("tags", self.tags.as_ref().map(|tags| json!(tags)));
        let can_train =
            self.can_train_sports.as_ref().map(|all| all.0.iter().map(|one| sport(one)).collect::<Result<Vec<_>>>());
        put("can_train_sports", can_train.transpose()?.map(|sports| json!(sports)));
        for (name, set) in [
            ("show_as_note", self.show_as_note),
            ("not_on_fitness_chart", self.not_on_fitness_chart),
            ("show_on_ctl_line", self.show_on_ctl_line),
            ("hide_from_athlete", self.hide_from_athlete),
            ("athlete_cannot_edit", self.athlete_cannot_edit),
            ("indoor", self.indoor),
            ("for_week", self.for_week),
        ] {
            put(name, flag(set));
        }
        for (name, said) in [
            ("color", &self.color),
            ("external_id", &self.external_id),
            ("filename", &self.filename),
            ("file_contents", &self.file_contents),
            ("file_contents_base64", &self.file_contents_base64),
        ] {
            put(name, text(said));
        }
        Ok(fields)
    }

    /// The end that is sent of an event that starts at `start` now: the one that is given, else as far behind as it was.
    pub fn moved_end(&self, old: &Event, start: Option<DateTime>) -> Option<DateTime> {
        if let Some((.., end)) = self.given_end() {
            return Some(end);
        }
        let (start, old_start) = (start?, old.start()?);
        let old_end: DateTime = old.end_date_local.as_deref()?.parse().ok()?;
        if old_end <= old_start {
            return None;
        }
        if is_midnight(old_end) {
            // Whole days stay whole days, also when the first one gets a time of day.
            let last = old.last_day()?;
            return Some(midnight_after(start.date().saturating_add(old_start.date().until(last).ok()?)));
        }
        start.checked_add(old_start.until(old_end).ok()?).ok()
    }
}

/// A type as the service writes it.
pub fn sport(word: &str) -> Result<&'static str> {
    let advice = || format!("Use {}.", sports::instead_of(word));
    sports::known(word)
        .ok_or_else(|| Error::new(format!("there is no type {}", intervals_core::text::truncate(word, 40)), advice()))
}

/// A number from 0 to `most`; -1 is 0, which is how the service stores what is not set.
fn number(name: &str, value: Option<Number>, most: f64) -> Result<Option<Value>> {
    match value.map(|value| value.0) {
        None => Ok(None),
        Some(-1.0) => Ok(Some(json!(0))),
        Some(value) if (0.0..=most).contains(&value) => Ok(Some(json!(value))),
        Some(value) => {
            Err(Error::new(format!("{name} is {value}"), format!("It goes from 0, which is none, to {most}.")))
        }
    }
}

fn whole(name: &str, value: Option<Number>, most: f64) -> Result<Option<Value>> {
    let value = number(name, value, most)?;
    Ok(value.map(|value| json!(value.as_f64().unwrap_or_default().round() as i64)))
}

fn word(name: &str, value: &Option<String>, known: &[&str]) -> Result<Option<Value>> {
    let Some(value) = value else { return Ok(None) };
    let found = known.iter().find(|known| known.eq_ignore_ascii_case(value.trim()));
    let wrong = || {
        Error::new(
            format!("{name} is \"{}\"", intervals_core::text::truncate(value, 40)),
            format!("It is one of {}.", known.join(", ")),
        )
    };
    found.map(|found| Some(json!(found))).ok_or_else(wrong)
}
