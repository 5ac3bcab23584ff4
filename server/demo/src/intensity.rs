//! Intensity over time: steps of even effort, as a fraction of threshold.
use crate::{
    random::Random,
    season::{Session, Sport},
};

/// A step of even effort.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Duration in seconds.
    pub secs: u32,
    /// Power or speed as a fraction of threshold; 0 is coasting.
    pub level: f64,
    /// Purpose of the step.
    pub part: Part,
}

/// Purpose of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Work of a repetition.
    Work,
    /// Recovery of a repetition, warm-up and cool-down.
    Rest,
    /// Not structured.
    Free,
}

/// A warm-up, equal repetitions, and a cool-down.
struct Repeats {
    warm_up: u32,
    count: u32,
    work: (u32, f64),
    rest: (u32, f64),
}

/// Generates the steps of a workout, exactly `secs` long in total.
pub fn steps(sport: Sport, session: Session, secs: u32, seed: u64) -> Vec<Step> {
    match repeats(sport, session) {
        Some(repeats) => structured(&repeats, secs),
        None => free(sport, session, secs, &mut Random::new(seed, 1)),
    }
}

fn repeats(sport: Sport, session: Session) -> Option<Repeats> {
    let set = |warm_up, count, work, rest| Some(Repeats { warm_up, count, work, rest });
    match (session, sport) {
        (Session::Threshold, Sport::Swim) => set(600, 10, (95, 1.0), (25, 0.7)),
        (Session::Threshold, _) if sport.is_run() => set(900, 5, (300, 1.01), (90, 0.66)),
        (Session::Threshold, _) => set(900, 4, (480, 1.0), (180, 0.52)),
        (Session::Vo2, _) => set(900, 5, (180, 1.16), (180, 0.48)),
        (Session::Tempo, _) if sport.is_run() => set(720, 2, (900, 0.93), (180, 0.72)),
        (Session::Tempo, _) => set(720, 2, (1200, 0.88), (300, 0.55)),
        _ => None,
    }
}

fn structured(set: &Repeats, secs: u32) -> Vec<Step> {
    let easy = set.rest.1 + 0.1;
    let mut steps = vec![Step { secs: set.warm_up.min(secs), level: easy, part: Part::Rest }];
    let mut left = secs.saturating_sub(set.warm_up);
    for _ in 0..set.count {
        for ((secs, level), part) in [(set.work, Part::Work), (set.rest, Part::Rest)] {
            let secs = secs.min(left);
            steps.push(Step { secs, level, part });
            left -= secs;
        }
    }
    steps.push(Step { secs: left, level: easy - 0.04, part: Part::Rest });
    steps.retain(|step| step.secs > 0);
    steps
}

fn free(sport: Sport, session: Session, secs: u32, random: &mut Random) -> Vec<Step> {
    let (mean, spread) = match (session, sport) {
        (Session::Recovery, _) if sport.is_run() => (0.74, 0.04),
        (Session::Recovery, _) => (0.52, 0.08),
        (Session::Race, _) if sport.is_run() => (0.96, 0.04),
        (Session::Race, _) => (0.9, 0.22),
        (Session::Strength, _) => (0.5, 0.2),
        (_, Sport::Swim) => (0.88, 0.05),
        _ if sport.is_run() => (0.8, 0.06),
        _ => (0.7, 0.16),
    };
    let coasts = sport.has_power() && sport.is_outdoors();
    let mut steps = Vec::new();
    let mut left = secs;
    while left > 0 {
        let coast = coasts && random.chance(0.13);
        let (long, level) = match coast {
            true => (random.whole(30, 75), 0.0),
            false => (random.whole(60, 300), (mean + spread * random.bell()).max(0.3)),
        };
        let secs = long.min(left);
        steps.push(Step { secs, level, part: Part::Free });
        left -= secs;
    }
    steps
}

/// The steps between two seconds.
pub fn cut(steps: &[Step], from: u32, to: u32) -> Vec<Step> {
    let mut start = 0;
    let mut parts = Vec::new();
    for step in steps {
        let end = start + step.secs;
        let secs = end.min(to).saturating_sub(start.max(from));
        if secs > 0 {
            parts.push(Step { secs, ..*step });
        }
        start = end;
    }
    parts
}

/// Time-weighted mean of a property of the steps.
pub fn mean(steps: &[Step], of: impl Fn(f64) -> f64) -> f64 {
    let secs: u32 = steps.iter().map(|step| step.secs).sum();
    steps.iter().map(|step| f64::from(step.secs) * of(step.level)).sum::<f64>() / f64::from(secs.max(1))
}

/// Weighted average level: the fourth-power mean of half-minute means, after Coggan's normalized power
/// (Allen and Coggan, "Training and Racing with a Power Meter").
pub fn weighted(steps: &[Step]) -> f64 {
    const BIN: u32 = 30;
    let (mut sum, mut bins, mut filled, mut work) = (0.0, 0.0, 0, 0.0);
    for step in steps {
        let mut left = step.secs;
        while left > 0 {
            let take = left.min(BIN - filled);
            work += step.level * f64::from(take);
            filled += take;
            left -= take;
            if filled == BIN {
                sum += (work / f64::from(BIN)).powi(4);
                bins += 1.0;
                (filled, work) = (0, 0.0);
            }
        }
    }
    if bins == 0.0 { mean(steps, |level| level) } else { (sum / bins).powf(0.25) }
}

/// Work above threshold and maximum depletion of W', both in seconds at threshold power, after Skiba's W' balance
/// (doi:10.1249/MSS.0b013e3182a8ad9d, with a fixed recovery time of 400 s).
pub fn above_threshold(steps: &[Step]) -> (f64, f64) {
    let (mut above, mut drawn, mut deepest) = (0.0, 0f64, 0f64);
    for step in steps {
        let secs = f64::from(step.secs);
        if step.level > 1.0 {
            above += (step.level - 1.0) * secs;
            drawn += (step.level - 1.0) * secs;
        } else {
            drawn *= (-secs / 400.0).exp();
        }
        deepest = deepest.max(drawn);
    }
    (above, deepest)
}

/// Seconds in each zone. `bounds` are upper bounds in the unit of `of`, which converts a level.
pub fn zone_times(steps: &[Step], bounds: &[f64], of: impl Fn(f64) -> f64) -> Vec<u32> {
    let mut times = vec![0; bounds.len()];
    for step in steps {
        let value = of(step.level);
        let zone = bounds.iter().position(|bound| value <= *bound).unwrap_or(bounds.len().saturating_sub(1));
        if let Some(time) = times.get_mut(zone) {
            *time += step.secs;
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn step(secs: u32, level: f64) -> Step {
        Step { secs, level, part: Part::Free }
    }

    #[rstest]
    #[case(Sport::Ride, Session::Endurance, 5400)]
    #[case(Sport::Ride, Session::Threshold, 4500)]
    #[case(Sport::Ride, Session::Threshold, 700)]
    #[case(Sport::Run, Session::Tempo, 3001)]
    #[case(Sport::Swim, Session::Threshold, 2700)]
    fn steps_fill_the_workout_exactly(#[case] sport: Sport, #[case] session: Session, #[case] secs: u32) {
        let steps = steps(sport, session, secs, 5);
        assert_eq!(steps.iter().map(|step| step.secs).sum::<u32>(), secs);
        assert!(steps.iter().all(|step| step.secs > 0));
    }

    #[test]
    fn even_effort_is_worth_its_mean_and_uneven_effort_more() {
        assert!((weighted(&[step(600, 0.7)]) - 0.7).abs() < 1e-9);
        let uneven = [step(300, 0.4), step(300, 1.0)];
        assert!(weighted(&uneven) > mean(&uneven, |level| level));
    }

    #[test]
    fn cutting_keeps_what_lies_between() {
        assert_eq!(cut(&[step(10, 0.5), step(10, 0.9)], 5, 12), [step(5, 0.5), step(2, 0.9)]);
    }

    #[test]
    fn zones_add_up() {
        let times =
            zone_times(&[step(10, 0.5), step(20, 0.8), step(5, 9.0)], &[55.0, 90.0, 120.0], |level| level * 100.0);
        assert_eq!(times, [10, 20, 5]);
    }

    #[test]
    fn only_work_over_threshold_draws_on_the_reserve() {
        assert_eq!(above_threshold(&[step(600, 0.9)]), (0.0, 0.0));
        let (above, deepest) = above_threshold(&[step(100, 1.2), step(400, 0.5), step(100, 1.2)]);
        assert!((above - 40.0).abs() < 1e-9 && deepest < above);
    }
}
