//! An athlete's account: the profile, activities, wellness, fitness, calendar, library and gear.
mod athlete;
mod sport_settings;

use std::collections::BTreeMap;

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use serde_json::Value;

use crate::{
    activity::Activity,
    calendar::Calendar,
    custom_items::CustomItems,
    dates::days_between,
    fitness::Fitness,
    gear::Garage,
    gps_routes::GpsRoutes,
    library::Library,
    messages::Messages,
    object::Object,
    person::Person,
    random::{Random, round},
    season::{self, Origin, Planned},
    weather,
};

/// The account of one athlete.
#[derive(Debug)]
pub struct Account {
    /// The athlete.
    pub person: &'static Person,
    /// Today's date, local to the athlete.
    pub today: Date,
    /// Whether there are any records; false for an empty account.
    pub trained: bool,
    /// The athlete resource, without sport settings.
    pub profile: Object,
    /// Sport settings.
    pub sports: Vec<Value>,
    /// Activities by local start, oldest first.
    pub activities: Vec<Activity>,
    /// Fitness (CTL) and fatigue (ATL) of each day, computed from the activities.
    pub fitness: Fitness,
    /// Wellness fields that were written, by day. They override measured ones; null clears a field.
    pub wellness: BTreeMap<Date, Object>,
    /// Planned workouts, races and notes.
    pub calendar: Calendar,
    /// Folders, plans and workouts.
    pub library: Library,
    /// Bikes, shoes and parts.
    pub gear: Garage,
    /// Custom fields, charts and zones.
    pub custom_items: CustomItems,
    /// Messages on activities.
    pub messages: Messages,
    /// GPS routes that the athlete repeats.
    pub gps_routes: GpsRoutes,
    /// Places of the weather forecast, or null.
    pub forecasts: Value,
    zone: TimeZone,
    last_id: u32,
}

impl Account {
    /// Creates an account with this many years of training.
    pub fn new(person: &'static Person, today: Date, years: u32) -> Self {
        let planned = season::season(person, today, years);
        let ids = ids(person, &planned);
        let activity = |(planned, id): (&Planned, String)| {
            Activity::trained(person, planned, id, days_between(planned.start.date(), today))
        };
        let mut account = Self {
            person,
            today,
            trained: years > 0,
            profile: Object::new(),
            sports: sport_settings::sports(person, years > 0),
            activities: planned.iter().zip(ids).map(activity).collect(),
            fitness: Fitness::default(),
            wellness: BTreeMap::new(),
            calendar: Calendar::new(person, today, years > 0),
            library: Library::new(person, today, years > 0),
            gear: Garage::new(person, today, years > 0),
            custom_items: CustomItems::new(person, today, years > 0),
            messages: Messages::new(person, today, years > 0),
            gps_routes: GpsRoutes::new(person, years > 0),
            forecasts: weather::forecasts(years > 0, person.coach.is_some()),
            zone: TimeZone::get(person.zone).unwrap_or(TimeZone::UTC),
            last_id: if person.coach.is_none() { 20_000 } else { 30_000 },
        };
        account.refresh();
        account.calendar.plan_the_past(person, today, &mut account.activities);
        account.profile = athlete::profile(&account);
        account
    }

    /// Sorts the activities and computes the fitness again. Call it after changing an activity.
    pub fn refresh(&mut self) {
        self.activities.sort_by(|a, b| (a.start, &a.id).cmp(&(b.start, &b.id)));
        let loads: Vec<_> =
            self.activities.iter().map(|activity| (activity.date(), activity.training_load())).collect();
        self.fitness = Fitness::of(&loads, self.today);
    }

    /// Converts a local time of the athlete to UTC.
    pub fn utc(&self, local: DateTime) -> Timestamp {
        self.zone.to_ambiguous_timestamp(local).compatible().unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Weight on a day in kg, and whether it is carried forward from an earlier day.
    pub fn weight(&self, date: Date) -> (Option<f64>, bool) {
        let mut day = date.min(self.today);
        for back in 0..21 {
            match self.wellness.get(&day).and_then(|written| written.get("weight")) {
                Some(Value::Null) => {}
                Some(written) => return (written.as_f64(), back > 0 || day < date),
                None if self.trained && self.is_weighed(day) => {
                    return (Some(self.measured_weight(day)), back > 0 || day < date);
                }
                None => {}
            }
            day = day.saturating_sub(1.day());
        }
        (None, false)
    }

    fn is_weighed(&self, day: Date) -> bool {
        let back = days_between(day, self.today);
        back == 0 || back % 7 == 4 || Random::new(self.person.seed ^ back as u64, 21).chance(0.35)
    }

    fn measured_weight(&self, day: Date) -> f64 {
        let back = days_between(day, self.today);
        let season = (f64::from(back) / 365.0 * std::f64::consts::TAU).sin() * 1.2;
        round(self.person.weight + season + 0.25 * Random::new(self.person.seed ^ back as u64, 22).bell(), 1)
    }

    /// Next free id for an activity that a caller creates.
    pub fn new_id(&mut self) -> String {
        self.last_id += 1;
        format!("i{}", self.last_id)
    }
}

/// Ids of the activities of a season: a fixed id, bare digits for Strava, else a number by age.
fn ids(person: &Person, planned: &[Planned]) -> Vec<String> {
    let count = planned.len();
    let id = |(place, planned): (usize, &Planned)| match planned {
        Planned { id: Some(id), .. } => (*id).to_owned(),
        Planned { origin: Origin::Strava, .. } => {
            let back =
                u64::try_from(days_between(planned.start.date(), Date::constant(2100, 1, 1))).unwrap_or_default();
            (15_900_000_000 - back * 101_103).to_string()
        }
        _ if person.coach.is_some() => format!("i{}", 8001 + count - place),
        _ => format!("i{}", 10_001 + place),
    };
    planned.iter().enumerate().map(id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        COACHED_RIDE, Demo, INTERVALS_RIDE, LONG_RIDE, MANUAL, RIDE, RUN, STRAVA, STRENGTH, SWIM, person::PEOPLE,
    };
    use rstest::rstest;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique_over_both_athletes_and_ten_years() {
        let accounts = PEOPLE.iter().map(|person| Account::new(person, Demo::TODAY, 10));
        let ids: Vec<String> = accounts.flat_map(|account| account.activities).map(|activity| activity.id).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }

    #[rstest]
    #[case::leap_day("2024-02-29")]
    #[case::new_year("2026-01-01")]
    #[case::monday("2026-10-05")]
    #[case::sunday("2027-04-04")]
    fn named_activities_exist_on_any_day(#[case] today: Date) {
        for years in [1, 3] {
            let [own, coached] = [0, 1].map(|place| Account::new(&PEOPLE[place], today, years));
            let newest = |kind: &str| {
                let kind = |activity: &&Activity| activity.is_recorded() && activity.sport.name() == kind;
                own.activities.iter().rev().find(kind).map(|activity| activity.id.clone())
            };
            let kinds = ["Ride", "Run", "Swim", "WeightTraining"].map(newest);
            assert_eq!(kinds, [RIDE, RUN, SWIM, STRENGTH].map(|id| Some(id.to_owned())));
            let others = [INTERVALS_RIDE, LONG_RIDE, STRAVA, MANUAL].map(|id| (&own, id));
            for (account, id) in others.into_iter().chain([(&coached, COACHED_RIDE)]) {
                assert!(account.activities.iter().any(|activity| activity.id == id), "{id}");
            }
            assert!(own.activities.iter().all(|activity| activity.date() < today));
        }
    }

    #[test]
    fn local_times_follow_daylight_saving() {
        let account = Account::new(&PEOPLE[0], Demo::TODAY, 0);
        let utc = |text: &str| account.utc(text.parse().unwrap()).to_string();
        assert_eq!(utc("2026-07-04T07:00:00"), "2026-07-03T19:00:00Z");
        assert_eq!(utc("2026-01-04T07:00:00"), "2026-01-03T18:00:00Z");
    }

    #[test]
    fn fitness_follows_the_formula_over_all_days_and_loads_add_up() {
        let account = Account::new(&PEOPLE[0], Demo::TODAY, 3);
        let mut sums = BTreeMap::new();
        for activity in &account.activities {
            *sums.entry(activity.date()).or_insert(0u32) += activity.training_load();
        }
        let (mut ctl, mut atl) = (0.0f64, 0.0f64);
        let mut date = account.fitness.first().unwrap();
        while date <= account.today {
            let day = account.fitness.on(date).unwrap();
            let load = f64::from(sums.get(&date).copied().unwrap_or_default());
            ctl += (load - ctl) * (1.0 - (-1.0f64 / 42.0).exp());
            atl += (load - atl) * (1.0 - (-1.0f64 / 7.0).exp());
            assert_eq!(f64::from(day.load), load, "{date}");
            assert!((day.ctl - ctl).abs() < 1e-9 && (day.atl - atl).abs() < 1e-9, "{date}");
            date = date.tomorrow().unwrap();
        }
        assert!((45.0..90.0).contains(&ctl), "{ctl}");
    }

    #[test]
    fn weight_stays_believable_and_is_carried_forward() {
        let account = Account::new(&PEOPLE[0], Demo::TODAY, 3);
        let days = (0..1000).map(|back| account.weight(Demo::TODAY.saturating_sub(back.days())));
        let (mut carried, mut own) = (0, 0);
        for (weight, is_carried) in days {
            assert!((67.5..73.0).contains(&weight.unwrap()));
            if is_carried { carried += 1 } else { own += 1 }
        }
        assert!(carried > 300 && own > 300);
    }
}
