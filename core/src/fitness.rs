//! The words for form and ramp rate. Fitness (CTL), fatigue (ATL) and ramp rate are the service's own numbers; it gives no form.
//!
//! Model: E. W. Banister, "Modeling Elite Athletic Performance", 1991; CTL and ATL are exponentially weighted averages of the
//! daily load over 42 and 7 days, form (TSB) is their difference on the same day. The bands are those of the Python server that
//! this one replaces.
use schemars::JsonSchema;
use serde::Serialize;

use crate::units::{Percent, Points};

/// Form, and what it means.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Form {
    /// Fitness less fatigue.
    pub tsb: Points,
    /// The same in percent of fitness.
    pub tsb_pct: Option<Percent>,
    /// The band.
    pub form: &'static str,
    /// What the band means for training.
    pub meaning: &'static str,
}

impl Form {
    /// Form of a day's fitness and fatigue; nothing when one of them is missing.
    pub fn of(ctl: Option<Points>, atl: Option<Points>) -> Option<Self> {
        let (ctl, atl) = (ctl?.0, atl?.0);
        let tsb = ctl - atl;
        let (form, meaning) = match tsb {
            20.0.. => ("very fresh", "Rested; fitness fades if this lasts. Race, or train again."),
            5.0.. => ("fresh", "Recovered: ready to race or to train hard."),
            -10.0.. => ("neutral", "Load and recovery balance."),
            -30.0.. => ("fatigued", "Productive load; keep easy days between hard ones."),
            _ => ("very fatigued", "High load: recover before the next hard session."),
        };
        let tsb_pct = (ctl > 0.0).then(|| Percent(100.0 * tsb / ctl));
        Some(Self { tsb: Points(tsb), tsb_pct, form, meaning })
    }
}

/// What a week's change of fitness means.
pub fn ramp(rate: Points) -> &'static str {
    match rate.0 {
        8.0.. => "rising very fast: high risk of injury and illness",
        5.0.. => "rising fast: watch recovery",
        0.0.. => "holding or rising",
        -5.0.. => "falling slowly",
        _ => "falling fast",
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(80.0, 50.0, "very fresh")]
    #[case(80.0, 70.0, "fresh")]
    #[case(80.0, 80.0, "neutral")]
    #[case(80.0, 100.0, "fatigued")]
    #[case(80.0, 120.0, "very fatigued")]
    fn form_is_fitness_less_fatigue(#[case] ctl: f64, #[case] atl: f64, #[case] form: &str) {
        let found = Form::of(Some(Points(ctl)), Some(Points(atl))).unwrap();
        assert_eq!((found.form, found.tsb), (form, Points(ctl - atl)));
    }

    #[test]
    fn without_fitness_there_is_no_form() {
        assert_eq!(Form::of(None, Some(Points(5.0))), None);
        assert_eq!(Form::of(Some(Points(0.0)), Some(Points(5.0))).unwrap().tsb_pct, None);
    }
}
