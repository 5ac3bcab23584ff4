//! Arguments that the three curve tools share, and the curves that they fetch.
use std::{borrow::Cow, marker::PhantomData, sync::Arc};

use intervals_core::{
    Athlete, Day, Error, Notes, Result,
    client::{AthleteProfile, SportSettings, sports},
    records::curve::Curve,
};
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::periods::Words;

/// A kind of curve.
pub trait Kind {
    /// Default sport.
    const SPORT: &'static str = "Ride";
    /// Description of `time_period`.
    const PERIODS: &'static str = "year, all, 42d, s0 (season); comma compares.";
    /// Whether the service has curves after fatigue.
    const FATIGUE: bool = false;
    /// Model that the service fits to a curve.
    type Model: DeserializeOwned + Default;

    /// Fetches one curve for each of the `periods`.
    fn fetch(
        &self,
        athlete: &Athlete,
        sport: &str,
        periods: &[String],
    ) -> impl Future<Output = Result<Vec<Curve<Self::Model>>>> + Send;
}

/// Arguments that select curves.
pub struct Asked<K> {
    args: Args,
    kind: PhantomData<K>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default)]
struct Args {
    #[schemars(example = &"Ride")]
    sport_type: Option<String>,
    /// Days up to today; default 90.
    #[schemars(example = 90)]
    days_back: Option<i64>,
    #[schemars(example = &"42d,s0")]
    time_period: Option<String>,
    /// YYYY-MM-DD.
    #[schemars(example = &"2026-01-01")]
    oldest: Option<Day>,
    /// Default today.
    #[schemars(example = &"2026-02-28")]
    newest: Option<Day>,
}

impl<'de, K> Deserialize<'de> for Asked<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { args: Args::deserialize(deserializer)?, kind: PhantomData })
    }
}

impl<K: Kind> JsonSchema for Asked<K> {
    fn schema_name() -> Cow<'static, str> {
        "Asked".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Args::json_schema(generator);
        let mut set = |place: &str, value: (String, Value)| {
            if let Some(properties) = schema.get_mut("properties").and_then(|all| all.as_object_mut()) {
                let property = properties.get_mut(place).and_then(|property| property.as_object_mut());
                property.into_iter().for_each(|property| property.extend([value.clone()]));
            }
        };
        set("sport_type", ("description".into(), json!(format!("Default {}.", K::SPORT))));
        set("sport_type", ("examples".into(), json!([K::SPORT])));
        set("time_period", ("description".into(), json!(K::PERIODS)));
        schema
    }
}

impl<K: Kind> Asked<K> {
    /// Returns the type as the service writes it. An unknown type fails here, because the service's error suggests none.
    pub fn sport(&self) -> Result<&'static str> {
        let sport = self.args.sport_type.as_deref().unwrap_or(K::SPORT);
        let advice = || format!("Use {}.", sports::instead_of(sport));
        sports::known(sport).ok_or_else(|| Error::new(format!("there is no type {sport}"), advice()))
    }

    /// Fetches the curves, and the settings that zones and units need. When these cannot be read, a note says so and the
    /// curves come without zones.
    pub async fn find(&self, kind: K, athlete: &Athlete, today: Date, notes: &Notes) -> Result<Found<K::Model>> {
        let Args { days_back, time_period, oldest, newest, .. } = &self.args;
        let words =
            Words { days_back: *days_back, time_period: time_period.as_deref(), oldest: *oldest, newest: *newest };
        let (sport, periods) = (self.sport()?, words.periods(today, K::FATIGUE)?);
        let mut curves = kind.fetch(athlete, sport, &periods).await?;
        set_ids(&mut curves, &periods, notes);
        let profile = athlete.profile().await.inspect_err(|e| notes.add(format!("no zones: {e}"))).ok();
        Ok(Found { sport, curves, profile })
    }
}

/// The fetched curves.
pub struct Found<M> {
    pub sport: &'static str,
    /// The `id` of each is the name of its columns.
    pub curves: Vec<Curve<M>>,
    pub profile: Option<Arc<AthleteProfile>>,
}

impl<M> Found<M> {
    /// Returns the settings of the sport.
    pub fn settings(&self) -> Option<&SportSettings> {
        self.profile.as_ref()?.sport_settings.iter().find(|settings| settings.covers(self.sport))
    }
}

/// Sets the id of each curve to the service's id, or to the requested period where the ids do not tell the curves apart.
fn set_ids<M>(curves: &mut [Curve<M>], periods: &[String], notes: &Notes) {
    let ids: Vec<String> =
        curves.iter().map(|c| c.id.clone().or_else(|| c.label.clone()).unwrap_or_default()).collect();
    let is_repeated = |n: usize, id: &String| ids.iter().take(n).any(|other| other == id);
    let are_distinct = ids.iter().enumerate().all(|(n, id)| periods.contains(id) && !is_repeated(n, id));
    let names = if !are_distinct && ids.len() == periods.len() {
        periods
    } else {
        for missing in periods.iter().filter(|period| !ids.contains(period)) {
            notes.add(format!("there is no curve of {missing}"));
        }
        &ids
    };
    for (curve, name) in curves.iter_mut().zip(names) {
        curve.id = Some(name.clone());
    }
}
