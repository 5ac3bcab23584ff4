//! Ordinary weeks: workouts by weekday and training phase.
use jiff::{ToSpan, civil::Date, civil::Weekday};

use super::{Origin, Phase, Planned, Session, Sport, phase};
use crate::{person::Person, random::Random};

/// Number of last days, which `latest` scripts.
const SCRIPTED: i32 = 14;
/// Start time on weekday mornings.
const MORNING: (i8, i8) = (6, 5);

/// Weeks of five or six days of training.
pub fn all(person: &Person, today: Date, days: i32) -> Vec<Planned> {
    let mut random = Random::new(person.seed, 11);
    let mut planned = Vec::new();
    for back in (SCRIPTED..days).rev() {
        let date = today.saturating_sub(back.days());
        let phase = phase(today, date);
        if phase != Phase::Race && random.chance(0.09) {
            continue;
        }
        for (sport, session, minutes) in day(date.weekday(), phase, &mut random) {
            let volume = volume(phase) * random.between(0.93, 1.08);
            let secs = if session == Session::Endurance || session == Session::Recovery {
                (f64::from(minutes) * 60.0 * volume) as u32 + random.whole(0, 59)
            } else {
                minutes * 60 + random.whole(0, 180)
            };
            let mut next = one(date, sport, session, secs, &mut random);
            let after =
                planned.last().map(|last: &Planned| last.start.saturating_add((i64::from(last.secs) + 900).seconds()));
            next.start = after.map_or(next.start, |after| after.max(next.start));
            planned.push(next);
        }
    }
    planned.extend((SCRIPTED..days).filter(|back| back % 60 == 12).map(|back| hidden(today, back)));
    planned
}

/// Duration of easy workouts relative to an average week.
fn volume(phase: Phase) -> f64 {
    match phase {
        Phase::Build => 1.12,
        Phase::Peak => 0.9,
        Phase::Recovery => 0.65,
        _ => 0.97,
    }
}

/// A ride from Strava, which the API gives as a stub.
fn hidden(today: Date, back: i32) -> Planned {
    let start = today.saturating_sub(back.days()).at(16, 40, 3, 0);
    let (sport, session) = (Sport::Ride, Session::Endurance);
    Planned { start, sport, session, secs: 3600, id: None, name: None, origin: Origin::Strava, commute: false }
}

/// Weeks of three days of training, for the coached athlete.
pub fn light(person: &Person, today: Date, days: i32) -> Vec<Planned> {
    let mut random = Random::new(person.seed, 11);
    let mut planned = Vec::new();
    for back in (SCRIPTED..days).rev() {
        let date = today.saturating_sub(back.days());
        let (sport, session, minutes) = match date.weekday() {
            Weekday::Tuesday => (Sport::VirtualRide, Session::Tempo, 70),
            Weekday::Thursday => (Sport::Run, Session::Endurance, 42),
            Weekday::Saturday => (Sport::Ride, Session::Endurance, 110),
            _ => continue,
        };
        planned.push(one(date, sport, session, minutes * 60 + random.whole(0, 300), &mut random));
    }
    planned
}

fn one(date: Date, sport: Sport, session: Session, secs: u32, random: &mut Random) -> Planned {
    let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let (hour, minute) = if sport == Sport::VirtualRide { (18, 20) } else { MORNING };
    let minute = minute + i8::try_from(random.whole(0, 35)).unwrap_or_default();
    let second = i8::try_from(random.whole(0, 59)).unwrap_or_default();
    let origin = match sport {
        Sport::VirtualRide => Origin::Zwift,
        Sport::GravelRide => Origin::Upload,
        _ => Origin::Garmin,
    };
    let start = date.at(hour + i8::from(weekend) * 2, minute, second, 0);
    let commute = session == Session::Recovery && secs < 1900 && sport == Sport::Ride;
    Planned { start, sport, session, secs, id: None, name: None, origin, commute }
}

fn day(weekday: Weekday, phase: Phase, random: &mut Random) -> Vec<(Sport, Session, u32)> {
    use Session::{Endurance, Race, Recovery, Strength, Tempo, Threshold, Vo2};
    use Sport::{GravelRide, Ride, Run, Swim, TrailRun, VirtualRide, WeightTraining};
    match (phase, weekday) {
        (Phase::Ill | Phase::Holiday, _) | (Phase::Recovery, Weekday::Sunday) => vec![],
        (Phase::Race, Weekday::Saturday) if random.chance(0.5) => vec![(Run, Race, 90)],
        (Phase::Race, Weekday::Saturday) => vec![(Ride, Race, 172)],
        (Phase::Race, Weekday::Tuesday | Weekday::Thursday) => vec![(Ride, Recovery, 45)],
        (Phase::Race, Weekday::Friday) => vec![(Run, Recovery, 20)],
        (Phase::Race, _) => vec![],
        (Phase::Base, Weekday::Monday) => vec![(WeightTraining, Strength, 48)],
        (_, Weekday::Monday) => vec![],
        (Phase::Recovery, Weekday::Tuesday) => vec![(Ride, Recovery, 50)],
        (Phase::Base, Weekday::Tuesday) => vec![(VirtualRide, Tempo, 72)],
        (Phase::Peak, Weekday::Tuesday) => vec![(Ride, Vo2, 62)],
        (_, Weekday::Tuesday) => vec![(Ride, Threshold, 76)],
        (Phase::Build | Phase::Peak, Weekday::Wednesday) if random.chance(0.4) => vec![(Run, Threshold, 52)],
        (_, Weekday::Wednesday) => vec![(Run, Endurance, 50)],
        (Phase::Build, Weekday::Thursday) if random.chance(0.35) => {
            vec![(Swim, Threshold, 42), (VirtualRide, Endurance, 55)]
        }
        (Phase::Build, Weekday::Thursday) if random.chance(0.4) => vec![(VirtualRide, Vo2, 60)],
        (Phase::Recovery, Weekday::Thursday) => vec![(VirtualRide, Endurance, 60)],
        (_, Weekday::Thursday) => vec![(VirtualRide, Tempo, 68)],
        (_, Weekday::Friday) if random.chance(0.2) => vec![(Ride, Recovery, 28)],
        (Phase::Build, Weekday::Friday) if random.chance(0.45) => vec![(WeightTraining, Strength, 45)],
        (_, Weekday::Friday) => vec![(Swim, Endurance, 44)],
        (_, Weekday::Saturday) if random.chance(0.15) => vec![(GravelRide, Endurance, 150)],
        (Phase::Base, Weekday::Saturday) => vec![(Ride, Endurance, 195)],
        (_, Weekday::Saturday) => vec![(Ride, Endurance, 168)],
        (Phase::Base, Weekday::Sunday) if random.chance(0.25) => vec![(TrailRun, Endurance, 88)],
        (Phase::Peak, Weekday::Sunday) => vec![(Ride, Endurance, 40), (Run, Tempo, 55)],
        (_, Weekday::Sunday) => vec![(Run, Endurance, 80)],
    }
}
