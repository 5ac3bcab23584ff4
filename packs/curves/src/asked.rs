//! What all three tools are asked, and what they find: a sport, and curves side by side.
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
    /// The sport unless one is given.
    const SPORT: &'static str = "Ride";
    /// The words for periods.
    const PERIODS: &'static str = "year, all, 42d, s0 (season); comma compares.";
    /// Whether there are curves of a tired athlete.
    const FATIGUE: bool = false;
    /// What the service calls the model that it fits to one.
    type Model: DeserializeOwned + Default;

    /// One curve for each of the `periods`.
    fn fetch(
        &self,
        athlete: &Athlete,
        sport: &str,
        periods: &[String],
    ) -> impl Future<Output = Result<Vec<Curve<Self::Model>>>> + Send;
}

/// The arguments that say which curves are wanted.
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
        let mut say = |place: &str, value: (String, Value)| {
            if let Some(properties) = schema.get_mut("properties").and_then(|all| all.as_object_mut()) {
                let property = properties.get_mut(place).and_then(|property| property.as_object_mut());
                property.into_iter().for_each(|property| property.extend([value.clone()]));
            }
        };
        say("sport_type", ("description".into(), json!(format!("Default {}.", K::SPORT))));
        say("sport_type", ("examples".into(), json!([K::SPORT])));
        say("time_period", ("description".into(), json!(K::PERIODS)));
        schema
    }
}

impl<K: Kind> Asked<K> {
    /// The type as the service writes it: a curve of an unknown one is refused there without a word of help.
    pub fn sport(&self) -> Result<&'static str> {
        let wanted = self.args.sport_type.as_deref().unwrap_or(K::SPORT);
        let advice = || format!("Use {}.", sports::instead_of(wanted));
        sports::known(wanted).ok_or_else(|| Error::new(format!("there is no type {wanted}"), advice()))
    }

    /// The curves, with what zones and units rest on; what the athlete's record lacks is said, since the curves are worth having all
    /// the same.
    pub async fn find(&self, kind: K, athlete: &Athlete, today: Date, notes: &Notes) -> Result<Found<K::Model>> {
        let Args { days_back, time_period, oldest, newest, .. } = &self.args;
        let words =
            Words { days_back: *days_back, time_period: time_period.as_deref(), oldest: *oldest, newest: *newest };
        let (sport, periods) = (self.sport()?, words.periods(today, K::FATIGUE)?);
        let mut curves = kind.fetch(athlete, sport, &periods).await?;
        name(&mut curves, &periods, notes);
        let profile = athlete.profile().await.inspect_err(|e| notes.add(format!("no zones: {e}"))).ok();
        Ok(Found { sport, curves, profile })
    }
}

/// What was found.
pub struct Found<M> {
    pub sport: &'static str,
    /// Each with the name that its columns have as its id.
    pub curves: Vec<Curve<M>>,
    pub profile: Option<Arc<AthleteProfile>>,
}

impl<M> Found<M> {
    /// The settings that hold for the sport.
    pub fn settings(&self) -> Option<&SportSettings> {
        self.profile.as_ref()?.sport_settings.iter().find(|settings| settings.covers(self.sport))
    }
}

/// Names curves that came for `asked`: their own ids, or, where these do not tell them apart, the words asked for.
fn name<M>(curves: &mut [Curve<M>], asked: &[String], notes: &Notes) {
    let own: Vec<String> =
        curves.iter().map(|c| c.id.clone().or_else(|| c.label.clone()).unwrap_or_default()).collect();
    let again = |n: usize, id: &String| own.iter().take(n).any(|other| other == id);
    let differ = own.iter().enumerate().all(|(n, id)| asked.contains(id) && !again(n, id));
    let names = if !differ && own.len() == asked.len() {
        asked
    } else {
        for missing in asked.iter().filter(|period| !own.contains(period)) {
            notes.add(format!("there is no curve of {missing}"));
        }
        &own
    };
    for (curve, name) in curves.iter_mut().zip(names) {
        curve.id = Some(name.clone());
    }
}
