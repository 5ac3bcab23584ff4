//! Days of wellness: what was measured and felt, with fitness and fatigue.
use intervals_core::{
    client::{SportInfo, Text, Wellness, WellnessDay},
    units::{Bpm, Count, Joules, Kilograms, Number, Percent, Points, Seconds, Watts},
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    custom::Custom,
    dates::Span,
    hit::{Hit, calendar_page, clock},
    id::Id,
    words::words,
};

/// A day; nothing when the service's id of it is none.
pub fn hit(w: &Wellness) -> Option<Hit> {
    let day: Date = w.id.parse().ok()?;
    let figures = figures(w);
    let figures = if figures.is_empty() { String::new() } else { format!(": {}", figures.join(", ")) };
    let mut about: Vec<String> = entered(w).into_iter().flat_map(words).collect();
    about.extend(w.custom.keys().flat_map(|key| words(key)));
    if !about.is_empty() || w.comments.is_some() {
        about.push("wellness".into());
    }
    if w.ctl.is_some() {
        about.extend(["fitness", "form", "ctl", "atl", "tsb"].map(Into::into));
    }
    let own = w.custom.values().filter_map(|value| value.as_str());
    Some(Hit {
        title: format!("{day} wellness{figures}"),
        url: calendar_page(Some(day)),
        id: Id::Wellness(day),
        days: Some(Span::day(day)),
        name: String::new(),
        tags: vec![],
        about,
        text: w.comments.as_deref().into_iter().chain(own).collect::<Vec<_>>().join(" "),
        is_frame: false,
        planned_as: None,
    })
}

/// The first two of what tells most, else fitness and fatigue.
fn figures(w: &WellnessDay) -> Vec<String> {
    let measured = [
        w.hrv.map(|hrv| format!("HRV {} ms", hrv.0.round())),
        w.resting_hr.filter(|_| w.temp_resting_hr != Some(true)).map(|hr| format!("resting HR {}", hr.0.round())),
        w.sleep_secs.map(|sleep| format!("sleep {}", clock(sleep.0))),
        w.readiness.map(|readiness| format!("readiness {}", readiness.0.round())),
        w.ctl.map(|ctl| format!("fitness {}", ctl.0.round())),
        w.atl.map(|atl| format!("fatigue {}", atl.0.round())),
    ];
    measured.into_iter().flatten().take(2).collect()
}

/// Words for what has a value.
fn entered(w: &WellnessDay) -> Vec<&'static str> {
    let has = [
        (w.sleep_secs.is_some() || w.sleep_score.is_some() || w.sleep_quality.is_some(), "sleep slept"),
        (w.hrv.is_some() || w.hrv_sdnn.is_some(), "hrv heart rate variability"),
        (w.resting_hr.is_some() && w.temp_resting_hr != Some(true), "resting heart rate hr pulse"),
        (w.weight.is_some() && w.temp_weight != Some(true), "weight"),
        (w.body_fat.is_some(), "body fat"),
        (w.soreness.is_some(), "soreness sore"),
        (w.fatigue.is_some(), "fatigue tired"),
        (w.stress.is_some(), "stress"),
        (w.mood.is_some(), "mood"),
        (w.motivation.is_some(), "motivation"),
        (w.injury.is_some(), "injury"),
        (w.hydration.is_some() || w.hydration_volume.is_some(), "hydration"),
        (w.readiness.is_some(), "readiness recovery"),
        (w.systolic.is_some() || w.diastolic.is_some(), "blood pressure"),
        (w.sp_o2.is_some(), "spo2 oxygen"),
        (w.respiration.is_some(), "respiration breathing"),
        (w.blood_glucose.is_some(), "blood glucose"),
        (w.lactate.is_some(), "lactate"),
        (w.vo2max.is_some(), "vo2max"),
        (w.steps.is_some(), "steps"),
        (w.kcal_consumed.is_some() || w.carbohydrates.is_some(), "nutrition calories food eaten"),
        (w.menstrual_phase.is_some(), "menstrual period cycle"),
        (w.comments.is_some(), "comments"),
    ];
    has.into_iter().filter(|(has, _)| *has).map(|(_, word)| word).collect()
}

/// The whole record, under the names that the other tools use. Zero is a value; what was not entered is absent.
#[derive(Serialize)]
pub struct Record {
    date: String,
    sleep_s: Option<Seconds>,
    sleep_score: Option<Number>,
    sleep_quality_1_4: Option<Count>,
    sleeping_hr_bpm: Option<Bpm>,
    hrv_ms: Option<Number>,
    hrv_sdnn_ms: Option<Number>,
    resting_hr_bpm: Option<Bpm>,
    resting_hr_carried_bpm: Option<Bpm>,
    baevsky_si: Option<Number>,
    fatigue_1_4: Option<Count>,
    soreness_1_4: Option<Count>,
    stress_1_4: Option<Count>,
    mood_1_4: Option<Count>,
    motivation_1_4: Option<Count>,
    injury_1_4: Option<Count>,
    hydration_1_4: Option<Count>,
    hydration_l: Option<Number>,
    readiness: Option<Number>,
    weight_kg: Option<Kilograms>,
    weight_carried_kg: Option<Kilograms>,
    body_fat_pct: Option<Percent>,
    abdomen_cm: Option<Number>,
    vo2max: Option<Number>,
    systolic_mmhg: Option<Count>,
    diastolic_mmhg: Option<Count>,
    spo2_pct: Option<Percent>,
    breaths_per_min: Option<Number>,
    glucose_mmol_l: Option<Number>,
    lactate_mmol_l: Option<Number>,
    steps: Option<Count>,
    floors: Option<Count>,
    kcal_eaten: Option<Count>,
    carbs_g: Option<Number>,
    protein_g: Option<Number>,
    fat_g: Option<Number>,
    menstrual_phase: Option<String>,
    menstrual_phase_predicted: Option<String>,
    ctl: Option<Points>,
    atl: Option<Points>,
    tsb: Option<Points>,
    ramp_rate: Option<Points>,
    load: Option<Points>,
    /// After today, from planned load.
    projected: Option<bool>,
    sports: Vec<Sport>,
    custom: Option<Custom>,
    comments: Option<Text>,
    note: Option<&'static str>,
}

#[derive(Serialize)]
struct Sport {
    sport: String,
    eftp_w: Option<Watts>,
    w_prime_j: Option<Joules>,
    p_max_w: Option<Watts>,
}

impl Record {
    pub fn of(Wellness { known: w, custom }: Wellness, today: Date) -> Self {
        let (weight_carried, hr_carried) = (w.temp_weight == Some(true), w.temp_resting_hr == Some(true));
        let ratings = [w.sleep_quality, w.fatigue, w.soreness, w.stress, w.mood, w.motivation, w.injury, w.hydration];
        let rated = ratings.iter().any(Option::is_some);
        Self {
            note: rated.then_some("ratings go from 1 (best) to 4 (worst), mood, motivation and sleep quality too"),
            projected: (w.id > today.to_string()).then_some(true),
            date: w.id,
            sleep_s: w.sleep_secs,
            sleep_score: w.sleep_score,
            sleep_quality_1_4: w.sleep_quality,
            sleeping_hr_bpm: w.avg_sleeping_hr,
            hrv_ms: w.hrv,
            hrv_sdnn_ms: w.hrv_sdnn,
            resting_hr_bpm: w.resting_hr.filter(|_| !hr_carried),
            resting_hr_carried_bpm: w.resting_hr.filter(|_| hr_carried),
            baevsky_si: w.baevsky_si,
            fatigue_1_4: w.fatigue,
            soreness_1_4: w.soreness,
            stress_1_4: w.stress,
            mood_1_4: w.mood,
            motivation_1_4: w.motivation,
            injury_1_4: w.injury,
            hydration_1_4: w.hydration,
            hydration_l: w.hydration_volume,
            readiness: w.readiness,
            weight_kg: w.weight.filter(|_| !weight_carried),
            weight_carried_kg: w.weight.filter(|_| weight_carried),
            body_fat_pct: w.body_fat,
            abdomen_cm: w.abdomen,
            vo2max: w.vo2max,
            systolic_mmhg: w.systolic,
            diastolic_mmhg: w.diastolic,
            spo2_pct: w.sp_o2,
            breaths_per_min: w.respiration,
            glucose_mmol_l: w.blood_glucose,
            lactate_mmol_l: w.lactate,
            steps: w.steps,
            floors: w.floors_climbed,
            kcal_eaten: w.kcal_consumed,
            carbs_g: w.carbohydrates,
            protein_g: w.protein,
            fat_g: w.fat_total,
            menstrual_phase: w.menstrual_phase,
            menstrual_phase_predicted: w.menstrual_phase_predicted,
            ctl: w.ctl,
            atl: w.atl,
            tsb: w.ctl.zip(w.atl).map(|(ctl, atl)| Points(ctl.0 - atl.0)),
            ramp_rate: w.ramp_rate,
            load: w.ctl_load,
            sports: w.sport_info.into_iter().filter_map(Sport::of).collect(),
            custom: Custom::of(custom),
            comments: w.comments.map(Text::from).and_then(Text::non_empty),
        }
    }
}

impl Sport {
    fn of(SportInfo { sport, eftp, w_prime, p_max }: SportInfo) -> Option<Self> {
        eftp.or(p_max)?;
        Some(Self { sport: sport?, eftp_w: eftp, w_prime_j: w_prime, p_max_w: p_max })
    }
}
