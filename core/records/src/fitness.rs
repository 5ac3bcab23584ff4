//! Form, and words for form and ramp rate. Fitness (CTL), fatigue (ATL) and ramp rate are the service's numbers; it sends no form.
//!
//! Model: E. W. Banister, "Modeling Elite Athletic Performance", 1991; CTL and ATL are exponentially weighted averages of the
//! daily load over 42 and 7 days, form (TSB) is their difference on the same day. The bands are those of the Python server that
//! this one replaces.
use schemars::JsonSchema;
use serde::Serialize;

use intervals_client::units::{Percent, Points};

/// Form, and what it means.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Form {
    /// Fitness less fatigue.
    pub tsb: Points,
    /// The same in percent of fitness.
    #[serde(rename = "tsb_of_ctl_pct")]
    pub form_pct: Option<Percent>,
    /// The band.
    pub form: &'static str,
    /// What the band means for training.
    pub meaning: &'static str,
}

impl Form {
    /// The form of a day's fitness and fatigue. Returns `None` when one of them is missing. With `percent`, the bands apply to
    /// form in percent of fitness, as some athletes show it (`icu_form_as_percent`).
    pub fn of(ctl: Option<Points>, atl: Option<Points>, percent: bool) -> Option<Self> {
        let (ctl, atl) = (ctl?.0, atl?.0);
        let tsb = ctl - atl;
        let share = (ctl > 0.0).then(|| 100.0 * tsb / ctl);
        let (form, meaning) = match share.filter(|_| percent).unwrap_or(tsb) {
            20.0.. => ("very fresh", "Rested; fitness fades if this lasts. Race, or train again."),
            5.0.. => ("fresh", "Recovered: ready to race or to train hard."),
            -10.0.. => ("neutral", "Load and recovery balance."),
            -30.0.. => ("fatigued", "Productive load; keep easy days between hard ones."),
            _ => ("very fatigued", "High load: recover before the next hard session."),
        };
        Some(Self { tsb: Points(tsb), form_pct: share.map(Percent), form, meaning })
    }
}

/// The meaning of a week's change of fitness, in words.
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
    #[case(80.0, 59.9, "very fresh")]
    #[case(80.0, 60.1, "fresh")]
    #[case(80.0, 74.9, "fresh")]
    #[case(80.0, 75.1, "neutral")]
    #[case(80.0, 89.9, "neutral")]
    #[case(80.0, 90.1, "fatigued")]
    #[case(80.0, 109.9, "fatigued")]
    #[case(80.0, 110.1, "very fatigued")]
    fn form_is_fitness_less_fatigue(#[case] ctl: f64, #[case] atl: f64, #[case] form: &str) {
        let result = Form::of(Some(Points(ctl)), Some(Points(atl)), false).unwrap();
        assert_eq!((result.form, result.tsb), (form, Points(ctl - atl)));
    }

    #[test]
    fn without_fitness_there_is_no_form() {
        assert_eq!(Form::of(None, Some(Points(5.0)), true), None);
        assert_eq!(Form::of(Some(Points(0.0)), Some(Points(5.0)), true).unwrap().form_pct, None);
    }

    #[test]
    fn form_in_percent_has_its_bands_in_percent() {
        let form_of = |percent| Form::of(Some(Points(20.0)), Some(Points(35.0)), percent).unwrap();
        assert_eq!((form_of(false).form, form_of(true).form), ("fatigued", "very fatigued"));
        assert_eq!(form_of(true).form_pct, Some(Percent(-75.0)));
    }

    #[rstest]
    #[case(8.0, "rising very fast")]
    #[case(7.9, "rising fast")]
    #[case(4.9, "holding or rising")]
    #[case(-0.1, "falling slowly")]
    #[case(-5.1, "falling fast")]
    fn a_ramp_rate_has_a_meaning(#[case] rate: f64, #[case] meaning: &str) {
        assert!(ramp(Points(rate)).starts_with(meaning));
    }
}
