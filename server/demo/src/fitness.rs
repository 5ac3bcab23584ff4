//! Fitness (CTL) and fatigue (ATL): exponentially weighted averages of the daily training load.
use jiff::{ToSpan, civil::Date};

use crate::dates::days_between;

/// Time constant of fitness in days.
pub const CTL_DAYS: f64 = 42.0;
/// Time constant of fatigue in days.
pub const ATL_DAYS: f64 = 7.0;
/// Length of the projection in days.
pub const AHEAD: i32 = 7;

/// Fitness at the end of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Day {
    /// Training load of the day.
    pub load: u32,
    /// Fitness (CTL).
    pub ctl: f64,
    /// Fatigue (ATL).
    pub atl: f64,
}

/// Fitness of every day, from the first training to a week ahead.
#[derive(Debug, Default)]
pub struct Fitness {
    first: Option<Date>,
    days: Vec<Day>,
}

impl Fitness {
    /// Computes fitness from loads in any order: x' = x + (load - x)(1 - e^(-1/tau)), starting at 0.
    pub fn of(loads: &[(Date, u32)], today: Date) -> Self {
        let earliest = today.saturating_sub(40.years());
        let Some(first) = loads.iter().map(|(date, _)| (*date).max(earliest)).min() else { return Self::default() };
        let count = days_between(first, today) + AHEAD + 1;
        let mut days = vec![Day::default(); usize::try_from(count).unwrap_or_default()];
        for (date, load) in loads {
            if let Some(day) = place(first, *date).and_then(|place| days.get_mut(place)) {
                day.load += load;
            }
        }
        let (up, down) = (1.0 - (-1.0 / CTL_DAYS).exp(), 1.0 - (-1.0 / ATL_DAYS).exp());
        let (mut ctl, mut atl) = (0.0, 0.0);
        for day in &mut days {
            ctl += (f64::from(day.load) - ctl) * up;
            atl += (f64::from(day.load) - atl) * down;
            (day.ctl, day.atl) = (ctl, atl);
        }
        Self { first: Some(first), days }
    }

    /// Fitness on a day. None before the first training and after the projection.
    pub fn on(&self, date: Date) -> Option<Day> {
        place(self.first?, date).and_then(|place| self.days.get(place)).copied()
    }

    /// Ramp rate: growth of fitness in the seven days up to this one.
    pub fn ramp(&self, date: Date) -> Option<f64> {
        let before = self.on(date.saturating_sub(7.days())).unwrap_or_default();
        Some(self.on(date)?.ctl - before.ctl)
    }

    /// First day with a load.
    pub fn first(&self) -> Option<Date> {
        self.first
    }
}

fn place(first: Date, date: Date) -> Option<usize> {
    usize::try_from(days_between(first, date)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn one_load_decays_and_loads_of_a_day_add_up() {
        let today = date(2026, 1, 10);
        let fitness = Fitness::of(&[(date(2026, 1, 1), 60), (date(2026, 1, 1), 40)], today);
        let first = fitness.on(date(2026, 1, 1)).unwrap();
        assert_eq!(first.load, 100);
        assert!((first.atl - 100.0 * (1.0 - (-1.0f64 / 7.0).exp())).abs() < 1e-9);
        let next = fitness.on(date(2026, 1, 2)).unwrap();
        assert!((next.ctl - first.ctl * (-1.0f64 / 42.0).exp()).abs() < 1e-9);
        assert!(fitness.on(date(2026, 1, 17)).is_some());
        assert!(fitness.on(date(2026, 1, 18)).is_none());
        assert!(fitness.on(date(2025, 12, 31)).is_none());
    }

    #[test]
    fn nothing_trained_is_nothing_known() {
        assert_eq!(Fitness::of(&[], date(2026, 1, 1)).on(date(2026, 1, 1)), None);
    }
}
