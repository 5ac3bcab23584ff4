//! The scripted last fortnight, with the activities that tests and demonstrations name.
use jiff::{ToSpan, civil::Date};

use super::{Origin, Planned, Session, Sport};
use crate::{COACHED_RIDE, INTERVALS_RIDE, LONG_RIDE, MANUAL, RIDE, RUN, STRAVA, STRENGTH, SWIM, person::Person};

/// A scripted activity: days back, hour and minute, sport, purpose, seconds, id and name.
type Scripted = (i32, (i8, i8), Sport, Session, u32, Option<&'static str>, Option<&'static str>);

const FORTNIGHT: [Scripted; 13] = [
    (1, (7, 12), Sport::Ride, Session::Endurance, 5527, Some(RIDE), Some("Coast loop to the lighthouse")),
    (2, (6, 20), Sport::Run, Session::Endurance, 3148, Some(RUN), Some("Morning run")),
    (3, (6, 5), Sport::Swim, Session::Threshold, 2710, Some(SWIM), Some("CSS 10 x 100")),
    (4, (6, 31), Sport::Ride, Session::Threshold, 4500, Some(INTERVALS_RIDE), Some("Threshold 4 x 8 min")),
    (5, (12, 10), Sport::WeightTraining, Session::Strength, 2880, Some(STRENGTH), Some("Gym: squats and core")),
    (6, (6, 25), Sport::Run, Session::Recovery, 2123, None, Some("Easy run with strides")),
    (8, (7, 45), Sport::Ride, Session::Endurance, 7200, Some(LONG_RIDE), Some("Two hours steady")),
    (9, (18, 30), Sport::VirtualRide, Session::Tempo, 4081, None, Some("Zwift | Tempo\nGroup ride")),
    (10, (6, 15), Sport::Run, Session::Endurance, 3305, None, Some("Ōtautahi 早朝ラン")),
    (11, (6, 22), Sport::Ride, Session::Vo2, 3704, None, Some("VO2max 5 x 3 min")),
    (12, (9, 0), Sport::Ride, Session::Endurance, 5400, Some(STRAVA), None),
    (13, (6, 10), Sport::Swim, Session::Endurance, 2520, None, Some("Endurance swim")),
    (20, (13, 0), Sport::Hike, Session::Recovery, 5400, Some(MANUAL), Some("Hike with the family")),
];

const COACHED_WEEK: [Scripted; 4] = [
    (2, (7, 5), Sport::Ride, Session::Endurance, 5108, Some(COACHED_RIDE), Some("Canyon out and back")),
    (4, (6, 40), Sport::Run, Session::Endurance, 2410, None, Some("Creek path")),
    (6, (18, 10), Sport::VirtualRide, Session::Tempo, 4260, None, None),
    (9, (8, 0), Sport::Ride, Session::Endurance, 6480, None, None),
];

/// The scripted activities of an athlete.
pub fn script(person: &Person, today: Date) -> Vec<Planned> {
    let script: &[Scripted] = if person.coach.is_none() { &FORTNIGHT } else { &COACHED_WEEK };
    script.iter().map(|scripted| planned(*scripted, today)).collect()
}

fn planned((back, (hour, minute), sport, session, secs, id, name): Scripted, today: Date) -> Planned {
    let origin = match (id, sport) {
        (Some(STRAVA), _) => Origin::Strava,
        (Some(MANUAL), _) => Origin::Manual,
        (_, Sport::VirtualRide) => Origin::Zwift,
        _ => Origin::Garmin,
    };
    let start = today.saturating_sub(back.days()).at(hour, minute, 17, 0);
    Planned { start, sport, session, secs, id, name, origin, commute: false }
}
