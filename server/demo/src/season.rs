//! Generates the training of several years: ordinary weeks, and a scripted last fortnight.
mod latest;
mod weekly;

use jiff::civil::{Date, DateTime};

use crate::{dates::days_between, person::Person};

/// Activity types that the demo generates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sport {
    #[default]
    Ride,
    VirtualRide,
    GravelRide,
    Run,
    TrailRun,
    Swim,
    WeightTraining,
    Hike,
}

impl Sport {
    /// Activity type in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ride => "Ride",
            Self::VirtualRide => "VirtualRide",
            Self::GravelRide => "GravelRide",
            Self::Run => "Run",
            Self::TrailRun => "TrailRun",
            Self::Swim => "Swim",
            Self::WeightTraining => "WeightTraining",
            Self::Hike => "Hike",
        }
    }

    /// Whether it is a ride, with a power meter.
    pub fn has_power(self) -> bool {
        matches!(self, Self::Ride | Self::VirtualRide | Self::GravelRide)
    }

    /// Whether it is a run, with a pace.
    pub fn is_run(self) -> bool {
        matches!(self, Self::Run | Self::TrailRun)
    }

    /// Whether it is outdoors, with GPS and weather.
    pub fn is_outdoors(self) -> bool {
        !matches!(self, Self::VirtualRide | Self::Swim | Self::WeightTraining)
    }
}

/// Purpose of a workout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Session {
    Recovery,
    #[default]
    Endurance,
    Tempo,
    Threshold,
    Vo2,
    Race,
    Strength,
}

/// Source of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Garmin,
    Upload,
    Zwift,
    Strava,
    Manual,
}

/// An activity to generate.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Local start.
    pub start: DateTime,
    /// Activity type.
    pub sport: Sport,
    /// Purpose.
    pub session: Session,
    /// Moving time in seconds.
    pub secs: u32,
    /// Fixed id; else it is assigned by order.
    pub id: Option<&'static str>,
    /// Fixed name; else it is chosen for the workout.
    pub name: Option<&'static str>,
    /// Source.
    pub origin: Origin,
    /// Whether it is a commute.
    pub commute: bool,
}

/// Training phase of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Base,
    Build,
    Peak,
    Race,
    Recovery,
    Ill,
    Holiday,
}

/// Training phase of a date. Weeks count back from `today`, so the last race is always five weeks ago.
pub fn phase(today: Date, date: Date) -> Phase {
    match weeks_back(today, date).rem_euclid(52) {
        5 | 31 => Phase::Race,
        18 => Phase::Ill,
        44 => Phase::Holiday,
        week if week % 4 == 0 => Phase::Recovery,
        6 | 7 | 33 => Phase::Peak,
        19..=30 | 45..=51 => Phase::Base,
        _ => Phase::Build,
    }
}

fn weeks_back(today: Date, date: Date) -> i32 {
    let monday = i32::from(today.weekday().to_monday_zero_offset());
    (days_between(date, today) - monday + 6).div_euclid(7)
}

/// All training of an athlete, oldest first.
pub fn season(person: &Person, today: Date, years: u32) -> Vec<Planned> {
    let days = i32::try_from(years.min(30)).unwrap_or_default() * 365;
    let mut planned = match person.coach {
        None => weekly::all(person, today, days),
        Some(_) => weekly::light(person, today, days.min(182)),
    };
    if years > 0 {
        planned.extend(latest::script(person, today));
    }
    planned.sort_by_key(|planned| planned.start);
    planned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Demo, person::PEOPLE};
    use jiff::ToSpan;
    use rstest::rstest;

    #[rstest]
    #[case::monday(6)]
    #[case::sunday(5)]
    fn a_week_starts_on_monday(#[case] day: i8) {
        let today = jiff::civil::date(2026, 7, day);
        assert_eq!(weeks_back(today, today), 0);
        assert_eq!(weeks_back(today, jiff::civil::date(2026, 6, 28)), if day == 6 { 2 } else { 1 });
    }

    #[test]
    fn a_year_has_two_races_an_illness_and_a_holiday() {
        let weeks = |phase_of_week| {
            let week = |week: i64| phase(Demo::TODAY, Demo::TODAY.saturating_sub((week * 7).days()));
            (0..52).filter(|number| week(*number) == phase_of_week).count()
        };
        assert_eq!([Phase::Race, Phase::Ill, Phase::Holiday].map(weeks), [2, 1, 1]);
        assert!(weeks(Phase::Recovery) >= 10);
    }

    #[test]
    fn five_or_six_activities_fill_a_normal_week() {
        let planned = season(&PEOPLE[0], Demo::TODAY, 3);
        let a_week = planned.len() as f64 / (3.0 * 365.0 / 7.0);
        assert!((4.8..6.2).contains(&a_week), "{a_week}");
        assert!(planned.is_sorted_by_key(|planned| planned.start));
    }

    #[test]
    fn nobody_trains_twice_at_once() {
        for person in &PEOPLE {
            for pair in season(person, Demo::TODAY, 3).windows(2) {
                let end = pair[0].start.saturating_add(i64::from(pair[0].secs).seconds());
                assert!(end <= pair[1].start, "{pair:?}");
            }
        }
    }

    #[test]
    fn no_years_are_no_training() {
        assert!(PEOPLE.iter().all(|person| season(person, Demo::TODAY, 0).is_empty()));
    }
}
