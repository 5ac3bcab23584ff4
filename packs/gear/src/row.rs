//! Gear and reminders as they are answered.
use intervals_core::{
    Today,
    client::{Gear, GearReminder, Text},
    units::{Count, Metres, Percent, Seconds},
};
use schemars::JsonSchema;
use serde::Serialize;

// A bike, a pair of shoes, a part. Absent is what the service does not say.
#[derive(Serialize, JsonSchema)]
pub struct Row {
    id: String,
    name: Option<Text>,
    #[serde(rename = "type")]
    kind: Option<String>,
    distance_m: Option<Metres>,
    time_s: Option<Seconds>,
    activities: Option<Count>,
    purchased: Option<String>,
    /// Out of use since.
    retired: Option<String>,
    /// A part of other gear.
    component: Option<bool>,
    /// Ids of its parts.
    component_ids: Vec<String>,
    gear_notes: Option<Text>,
    reminders: Vec<Reminder>,
}

// What is due, and how far it is on its way. A limit that is not used is absent.
#[derive(Serialize, JsonSchema)]
pub struct Reminder {
    pub id: i64,
    text: Option<Text>,
    /// Of the limit that is closest.
    used_pct: Option<Percent>,
    due: Option<bool>,
    distance_limit_m: Option<Metres>,
    distance_used_m: Option<Metres>,
    time_limit_s: Option<Seconds>,
    time_used_s: Option<Seconds>,
    activities_limit: Option<Count>,
    activities_used: Option<Count>,
    days_limit: Option<Count>,
    days_used: Option<Count>,
    /// Counted since.
    last_reset: Option<String>,
    snoozed_until: Option<String>,
}

impl Row {
    /// All of it.
    pub fn of(gear: Gear, today: &Today) -> Self {
        Self {
            id: gear.id,
            name: gear.name,
            kind: gear.kind,
            distance_m: gear.distance,
            time_s: gear.time,
            activities: gear.activities,
            purchased: day(gear.purchased),
            retired: day(gear.retired),
            component: gear.component.filter(|component| *component),
            component_ids: gear.component_ids,
            gear_notes: gear.notes.and_then(Text::non_empty),
            reminders: gear.reminders.good.iter().map(|reminder| Reminder::of(reminder, today)).collect(),
        }
    }
}

impl Reminder {
    pub fn of(reminder: &GearReminder, today: &Today) -> Self {
        let r = reminder;
        let (distance, time) = (r.distance.filter(|limit| limit.0 > 0.0), r.time.filter(|limit| limit.0 > 0.0));
        let counted = |limit: Option<Count>| limit.filter(|limit| limit.0 > 0.0);
        let (activities, days) = (counted(r.activities), counted(r.days));
        let local = |moment: &Option<String>| {
            let moment = moment.as_deref().filter(|moment| !moment.is_empty())?;
            Some(today.local(moment).map_or_else(|| moment.into(), |time| time.date().to_string()))
        };
        let used = used(r);
        Self {
            id: r.id,
            text: r.name.clone(),
            used_pct: used,
            due: used.filter(|used| used.0 >= 100.0).map(|_| true),
            distance_limit_m: distance,
            distance_used_m: distance.and(r.distance_used),
            time_limit_s: time,
            time_used_s: time.and(r.time_used),
            activities_limit: activities,
            activities_used: activities.and(r.activities_used),
            days_limit: days,
            days_used: days.and(r.days_used),
            last_reset: local(&r.last_reset),
            snoozed_until: local(&r.snoozed_until),
        }
    }

    /// Whether it is never due.
    pub fn has_no_limit(&self) -> bool {
        self.distance_limit_m.is_none()
            && self.time_limit_s.is_none()
            && self.activities_limit.is_none()
            && self.days_limit.is_none()
    }
}

/// How much of its closest limit a reminder has used. Whether the service's own figure is a share or a percentage is not
/// documented: it is taken as whichever agrees with limits and use.
fn used(r: &GearReminder) -> Option<Percent> {
    let pairs = [
        (r.distance_used.map(|v| v.0), r.distance.map(|v| v.0)),
        (r.time_used.map(|v| v.0), r.time.map(|v| v.0)),
        (r.activities_used.map(|v| v.0), r.activities.map(|v| v.0)),
        (r.days_used.map(|v| v.0), r.days.map(|v| v.0)),
    ];
    let shares = pairs.iter().filter_map(|(used, limit)| Some((*used)? / limit.filter(|limit| *limit > 0.0)? * 100.0));
    let counted = shares.reduce(f64::max);
    let told = r.percent_used.map(|told| told.0);
    let percent = match (told, counted) {
        (Some(told), Some(counted)) if (told * 100.0 - counted).abs() < (told - counted).abs() => told * 100.0,
        (told, counted) => told.or(counted)?,
    };
    Some(Percent(percent))
}

/// A local day; the service may say a time behind it, or "" for none.
fn day(text: Option<String>) -> Option<String> {
    let text = text.filter(|text| !text.trim().is_empty())?;
    Some(text.get(..10).filter(|_| text.contains('T')).unwrap_or(&text).into())
}

#[cfg(test)]
mod tests {
    use intervals_core::units::Metres;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::percent(Some(45.0), Some(180.0), 400.0, Some(45.0))]
    #[case::share(Some(0.45), Some(180.0), 400.0, Some(45.0))]
    #[case::share_over_one(Some(1.13), Some(452.0), 400.0, Some(113.0))]
    #[case::hardly_begun(Some(0.5), Some(2.0), 400.0, Some(0.5))]
    #[case::counted(None, Some(200.0), 400.0, Some(50.0))]
    #[case::told(Some(45.0), None, 400.0, Some(45.0))]
    #[case::no_limit(None, Some(200.0), 0.0, None)]
    fn what_is_used_is_a_percentage(
        #[case] told: Option<f64>,
        #[case] used_m: Option<f64>,
        #[case] limit: f64,
        #[case] percent: Option<f64>,
    ) {
        let reminder = GearReminder {
            percent_used: told.map(Percent),
            distance_used: used_m.map(Metres),
            distance: Some(Metres(limit)),
            ..GearReminder::default()
        };
        assert_eq!(used(&reminder).map(|used| used.0.round()), percent.map(f64::round));
    }
}
