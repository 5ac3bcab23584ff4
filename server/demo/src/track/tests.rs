//! Samples agree with the numbers of their activity.
use super::*;
use crate::{Demo, INTERVALS_RIDE, LONG_RIDE, RIDE, RUN, STRENGTH, SWIM, account::Account, person::PEOPLE};
use rstest::rstest;

fn near(one: f64, other: f64, tolerance: f64) {
    assert!((one - other).abs() <= tolerance, "{one} {other}");
}

fn top(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::MIN, f64::max)
}

/// Normalized power: fourth-power mean of the 30 s rolling mean.
fn normalized(watts: &[f64]) -> f64 {
    let fourth: Vec<f64> = watts.windows(30).map(|window| mean(window).powi(4)).collect();
    mean(&fourth).powf(0.25)
}

#[rstest]
#[case(RIDE)]
#[case(RUN)]
#[case(SWIM)]
#[case(STRENGTH)]
#[case(INTERVALS_RIDE)]
#[case(LONG_RIDE)]
fn samples_agree_with_the_activity(#[case] id: &str) {
    let account = Account::new(&PEOPLE[0], Demo::TODAY, 1);
    agree(&account, account.activities.iter().find(|activity| activity.id == id).unwrap());
}

#[rstest]
#[case(&PEOPLE[0])]
#[case(&PEOPLE[1])]
fn so_do_those_of_older_activities(#[case] person: &'static Person) {
    let account = Account::new(person, Demo::TODAY, 3);
    let recorded = account.activities.iter().filter(|activity| activity.is_recorded());
    recorded.step_by(37).for_each(|activity| agree(&account, activity));
}

fn agree(account: &Account, activity: &Activity) {
    let track = Track::of(activity, account.person);
    assert_eq!(track.secs, activity.moving_time as usize);
    let heart = activity.heart.unwrap();
    let beats = track.heartrate.unwrap();
    near(mean(&beats), f64::from(heart.average), 0.5);
    near(top(&beats), f64::from(heart.max), 0.0);
    assert!(beats.iter().all(|beats| *beats > 55.0));
    assert_eq!(track.watts.is_some(), activity.power.is_some());
    if let (Some(watts), Some(power)) = (track.watts, activity.power) {
        near(mean(&watts), f64::from(power.average), 0.5);
        near(normalized(&watts), f64::from(power.weighted), 0.03 * f64::from(power.weighted));
    }
    if let (Some(metres), Some(covered), Some(speeds)) = (activity.distance, track.distance, track.velocity) {
        near(*covered.last().unwrap(), metres, 0.01);
        assert!(covered.is_sorted());
        near(mean(&speeds), activity.speed().unwrap(), 0.02);
        near(top(&speeds), activity.top_speed().unwrap(), 0.001);
        assert!(speeds.iter().all(|speed| *speed > 0.2));
    }
    if let (Some(altitude), Some(climb)) = (track.altitude, activity.climb) {
        let gain: f64 = altitude.windows(2).map(|pair| (pair[1] - pair[0]).max(0.0)).sum();
        near(gain, f64::from(climb), 3.0);
        assert!(track.grade.unwrap().iter().all(|grade| grade.abs() < 25.0));
    }
    assert_eq!(track.places.is_some(), activity.sport.is_outdoors());
    if let (Some(cadence), Some(wanted)) = (track.cadence, activity.cadence()) {
        let turning: Vec<f64> = cadence.into_iter().filter(|cadence| *cadence > 0.0).collect();
        near(mean(&turning), wanted, 0.5);
    }
}

#[test]
fn a_course_ends_where_it_started_and_some_fixes_are_missing() {
    let distance: Vec<f64> = (1..=4000).map(|second| f64::from(second) * 8.0).collect();
    let places = loop_around((-36.8, 174.7), &distance);
    let (first, last) = (places[4].unwrap(), places[3999].unwrap());
    near(first.0, last.0, 0.01);
    near(first.1, last.1, 0.01);
    assert!(places[0].is_none() && places.iter().filter(|place| place.is_none()).count() < 20);
}
