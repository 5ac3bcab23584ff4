//! Days of wellness as hits.
use intervals_core::records::wellness::Row;
use jiff::civil::Date;

use crate::{
    dates::Span,
    hit::{Hit, calendar_page, clock},
    id::Id,
    words::words,
};

/// Converts a day to a hit; returns `None` when its date cannot be read.
pub fn hit(w: &Row) -> Option<Hit> {
    let day: Date = w.date.parse().ok()?;
    let figures = figures(w);
    let figures = if figures.is_empty() { String::new() } else { format!(": {}", figures.join(", ")) };
    let mut about: Vec<String> = entered(w).into_iter().flat_map(words).collect();
    about.extend(w.custom.iter().flat_map(|custom| custom.0.keys()).flat_map(|key| words(key)));
    if !about.is_empty() || w.comments.is_some() {
        about.push("wellness".into());
    }
    if w.ctl.is_some() {
        about.extend(["fitness", "form", "ctl", "atl", "tsb"].map(Into::into));
    }
    let custom = w.custom.iter().flat_map(|custom| custom.0.values()).filter_map(|value| value.as_str());
    Some(Hit {
        title: format!("{day} wellness{figures}"),
        url: calendar_page(Some(day)),
        id: Id::Wellness(day),
        days: Some(Span::day(day)),
        name: String::new(),
        tags: vec![],
        about,
        text: w.comments.as_deref().into_iter().chain(custom).collect::<Vec<_>>().join(" "),
        is_frame: false,
        planned_as: None,
    })
}

/// Returns the first two figures that the day has, fitness and fatigue last.
fn figures(w: &Row) -> Vec<String> {
    let measured = [
        w.hrv_ms.map(|hrv| format!("HRV {} ms", hrv.0.round())),
        w.resting_hr_bpm.map(|hr| format!("resting HR {}", hr.0.round())),
        w.sleep_s.map(|sleep| format!("sleep {}", clock(sleep.0))),
        w.readiness.map(|readiness| format!("readiness {}", readiness.0.round())),
        w.ctl.map(|ctl| format!("fitness {}", ctl.0.round())),
        w.atl.map(|atl| format!("fatigue {}", atl.0.round())),
    ];
    measured.into_iter().flatten().take(2).collect()
}

/// Returns words for the fields that have a value.
fn entered(w: &Row) -> Vec<&'static str> {
    let has = [
        (w.sleep_s.is_some() || w.sleep_score.is_some() || w.sleep_quality_1_4.is_some(), "sleep slept"),
        (w.hrv_ms.is_some() || w.hrv_sdnn_ms.is_some(), "hrv heart rate variability"),
        (w.resting_hr_bpm.is_some(), "resting heart rate hr pulse"),
        (w.weight_kg.is_some(), "weight"),
        (w.body_fat_pct.is_some(), "body fat"),
        (w.soreness_1_4.is_some(), "soreness sore"),
        (w.fatigue_1_4.is_some(), "fatigue tired"),
        (w.stress_1_4.is_some(), "stress"),
        (w.mood_1_4.is_some(), "mood"),
        (w.motivation_1_4.is_some(), "motivation"),
        (w.injury_1_4.is_some(), "injury"),
        (w.hydration_1_4.is_some() || w.hydration_l.is_some(), "hydration"),
        (w.readiness.is_some(), "readiness recovery"),
        (w.systolic_mmhg.is_some() || w.diastolic_mmhg.is_some(), "blood pressure"),
        (w.spo2_pct.is_some(), "spo2 oxygen"),
        (w.breaths_per_min.is_some(), "respiration breathing"),
        (w.glucose_mmol_l.is_some(), "blood glucose"),
        (w.lactate_mmol_l.is_some(), "lactate"),
        (w.vo2max.is_some(), "vo2max"),
        (w.steps.is_some(), "steps"),
        (w.kcal_eaten.is_some() || w.carbs_g.is_some(), "nutrition calories food eaten"),
        (w.menstrual_phase.is_some(), "menstrual period cycle"),
        (w.comments.is_some(), "comments"),
    ];
    has.into_iter().filter(|(has, _)| *has).map(|(_, word)| word).collect()
}
