//! A reminder of gear: something that is due after a distance, a time, activities or days.
use intervals_client::{
    Text, lenient,
    units::{Count, Metres, Percent, Seconds},
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use crate::{Bounded, BoundedDecimal, NonEmpty, Required, completed, read::positive};

/// What may be written. A limit of 0 is none. What is beyond the limits' ranges is metres or seconds by mistake.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// What is due.
    #[serde(rename(serialize = "name"))]
    #[schemars(example = &"Wax the chain")]
    pub text: Option<NonEmpty>,
    /// Due after so many km.
    #[serde(rename(serialize = "distance"), serialize_with = "metres")]
    #[schemars(example = 350.0)]
    pub distance_alert: Option<BoundedDecimal<0, 100_000>>,
    /// Or hours of use.
    #[serde(rename(serialize = "time"), serialize_with = "seconds")]
    #[schemars(example = 20.0)]
    pub time_alert: Option<BoundedDecimal<0, 10_000>>,
    /// Or activities.
    #[schemars(example = 30)]
    pub activities: Option<Bounded<0, 10_000>>,
    /// Or days.
    #[schemars(example = 90)]
    pub days: Option<Bounded<0, 3650>>,
    /// Done: count from 0.
    #[serde(skip_serializing)]
    #[schemars(example = true)]
    pub reset: Option<bool>,
    /// Quiet for so many days.
    #[serde(skip_serializing)]
    #[schemars(example = 7)]
    pub snooze_days: Option<Bounded<0, 3650>>,
}

impl Required for Fields {
    fn required(&self) -> Vec<(&'static str, bool)> {
        vec![("text", self.text.is_some())]
    }

    fn not_new(&self) -> Vec<(&'static str, bool)> {
        vec![("reset", self.reset.is_some()), ("snooze_days", self.snooze_days.is_some())]
    }
}

impl Fields {
    /// Whether one of the limits is used.
    pub fn has_limit(&self) -> bool {
        let decimals = [self.distance_alert.map(|km| km.0), self.time_alert.map(|hours| hours.0)];
        let counts = [self.activities.map(|count| count.0), self.days.map(|days| days.0)];
        decimals.iter().flatten().any(|limit| *limit > 0.0) || counts.iter().flatten().any(|limit| *limit > 0)
    }
}

// What is due, and how far it is on its way. A limit that is not used is absent.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(remote = "Self")]
pub struct Row {
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    #[serde(rename(deserialize = "name"))]
    pub text: Option<Text>,
    /// Of the limit that is closest.
    #[serde(rename(deserialize = "percent_used"))]
    pub used_pct: Option<Percent>,
    #[serde(skip_deserializing)]
    pub due: Option<bool>,
    #[serde(default, rename(deserialize = "distance"), deserialize_with = "positive")]
    pub distance_limit_m: Option<Metres>,
    #[serde(rename(deserialize = "distance_used"))]
    pub distance_used_m: Option<Metres>,
    #[serde(default, rename(deserialize = "time"), deserialize_with = "positive")]
    pub time_limit_s: Option<Seconds>,
    #[serde(rename(deserialize = "time_used"))]
    pub time_used_s: Option<Seconds>,
    #[serde(default, rename(deserialize = "activities"), deserialize_with = "positive")]
    pub activities_limit: Option<Count>,
    pub activities_used: Option<Count>,
    #[serde(default, rename(deserialize = "days"), deserialize_with = "positive")]
    pub days_limit: Option<Count>,
    pub days_used: Option<Count>,
    // The service writes a moment; what is shown is its day ([`Row::on_days`]).
    /// Counted since.
    pub last_reset: Option<String>,
    pub snoozed_until: Option<String>,
}

completed!(Row);

impl Row {
    fn completed(self) -> Self {
        let used = self.used();
        Self {
            used_pct: used,
            due: used.filter(|used| used.0 >= 100.0).map(|_| true),
            distance_used_m: self.distance_limit_m.and(self.distance_used_m),
            time_used_s: self.time_limit_s.and(self.time_used_s),
            activities_used: self.activities_limit.and(self.activities_used),
            days_used: self.days_limit.and(self.days_used),
            ..self
        }
    }

    /// How much of its closest limit is used. Whether the service's own figure is a share or a percentage is not documented: it is
    /// taken as whichever agrees with limits and use.
    fn used(&self) -> Option<Percent> {
        let pairs = [
            (self.distance_used_m.map(|v| v.0), self.distance_limit_m.map(|v| v.0)),
            (self.time_used_s.map(|v| v.0), self.time_limit_s.map(|v| v.0)),
            (self.activities_used.map(|v| v.0), self.activities_limit.map(|v| v.0)),
            (self.days_used.map(|v| v.0), self.days_limit.map(|v| v.0)),
        ];
        let shares = pairs.iter().filter_map(|(used, limit)| Some((*used)? / (*limit)? * 100.0));
        let counted = shares.reduce(f64::max);
        let stated = self.used_pct.map(|percent| percent.0);
        let percent = match (stated, counted) {
            (Some(stated), Some(counted)) if (stated * 100.0 - counted).abs() < (stated - counted).abs() => {
                stated * 100.0
            }
            (stated, counted) => stated.or(counted)?,
        };
        Some(Percent(percent))
    }

    /// The same with its moments as the days that `day` finds; one that is no moment stays as it is, and "" says nothing.
    pub fn on_days(self, day: impl Fn(&str) -> Option<Date>) -> Self {
        let of = |moment: Option<String>| {
            let moment = moment.filter(|moment| !moment.is_empty())?;
            Some(day(&moment).map_or(moment, |day| day.to_string()))
        };
        Self { last_reset: of(self.last_reset), snoozed_until: of(self.snoozed_until), ..self }
    }

    /// Whether it is ever due.
    pub fn has_limit(&self) -> bool {
        self.distance_limit_m.is_some()
            || self.time_limit_s.is_some()
            || self.activities_limit.is_some()
            || self.days_limit.is_some()
    }
}

fn metres<S: Serializer>(km: &Option<BoundedDecimal<0, 100_000>>, serializer: S) -> Result<S::Ok, S::Error> {
    km.map(|km| (km.0 * 1000.0).round()).serialize(serializer)
}

fn seconds<S: Serializer>(hours: &Option<BoundedDecimal<0, 10_000>>, serializer: S) -> Result<S::Ok, S::Error> {
    hours.map(|hours| (hours.0 * 3600.0).round()).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case::percent(Some(45.0), Some(180.0), 400.0, Some(45.0))]
    #[case::share(Some(0.45), Some(180.0), 400.0, Some(45.0))]
    #[case::share_over_one(Some(1.13), Some(452.0), 400.0, Some(113.0))]
    #[case::hardly_begun(Some(0.5), Some(2.0), 400.0, Some(0.5))]
    #[case::counted(None, Some(200.0), 400.0, Some(50.0))]
    #[case::stated(Some(45.0), None, 400.0, Some(45.0))]
    #[case::no_limit(None, Some(200.0), 0.0, None)]
    fn what_is_used_is_a_percentage(
        #[case] stated: Option<f64>,
        #[case] used_m: Option<f64>,
        #[case] limit: f64,
        #[case] percent: Option<f64>,
    ) {
        let reminder = json!({"id": 1, "percent_used": stated, "distance_used": used_m, "distance": limit});
        let reminder: Row = serde_json::from_value(reminder).unwrap();
        assert_eq!(reminder.used_pct.map(|used| used.0.round()), percent.map(f64::round));
    }
}
