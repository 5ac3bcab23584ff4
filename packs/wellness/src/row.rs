//! A day's record as it is answered.
use intervals_core::{
    Notes,
    client::{CustomFields, SportInfo, Text, Wellness},
    units::{Bpm, Count, Joules, Kilograms, Number, Percent, Points, Seconds, Watts},
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

// A day. Zero is a value; what was not entered is absent.
#[derive(Serialize, JsonSchema)]
pub struct Row {
    date: String,
    sleep_s: Option<Seconds>,
    sleep_score: Option<Number>,
    sleep_quality_1_4: Option<Count>,
    sleeping_hr_bpm: Option<Bpm>,
    /// rMSSD.
    hrv_ms: Option<Number>,
    hrv_sdnn_ms: Option<Number>,
    resting_hr_bpm: Option<Bpm>,
    /// From an earlier day.
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
    /// From an earlier day.
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
    locked: Option<bool>,
    /// The athlete's own fields.
    custom: Option<CustomFields>,
    comments: Option<Text>,
}

#[derive(Clone, PartialEq, Serialize, JsonSchema)]
pub struct Sport {
    sport: String,
    eftp_w: Option<Watts>,
    w_prime_j: Option<Joules>,
    p_max_w: Option<Watts>,
}

impl Row {
    /// Its day.
    pub fn day(&self) -> Option<Date> {
        self.date.parse().ok()
    }

    /// The whole day.
    pub fn of(day: &Wellness, today: Date) -> Self {
        let carried = |flag: Option<bool>| flag == Some(true);
        let (weight_carried, hr_carried) = (carried(day.temp_weight), carried(day.temp_resting_hr));
        Self {
            date: day.id.clone(),
            sleep_s: day.sleep_secs,
            sleep_score: day.sleep_score,
            sleep_quality_1_4: day.sleep_quality,
            sleeping_hr_bpm: day.avg_sleeping_hr,
            hrv_ms: day.hrv,
            hrv_sdnn_ms: day.hrv_sdnn,
            resting_hr_bpm: day.resting_hr.filter(|_| !hr_carried),
            resting_hr_carried_bpm: day.resting_hr.filter(|_| hr_carried),
            baevsky_si: day.baevsky_si,
            fatigue_1_4: day.fatigue,
            soreness_1_4: day.soreness,
            stress_1_4: day.stress,
            mood_1_4: day.mood,
            motivation_1_4: day.motivation,
            injury_1_4: day.injury,
            hydration_1_4: day.hydration,
            hydration_l: day.hydration_volume,
            readiness: day.readiness,
            weight_kg: day.weight.filter(|_| !weight_carried),
            weight_carried_kg: day.weight.filter(|_| weight_carried),
            body_fat_pct: day.body_fat,
            abdomen_cm: day.abdomen,
            vo2max: day.vo2max,
            systolic_mmhg: day.systolic,
            diastolic_mmhg: day.diastolic,
            spo2_pct: day.sp_o2,
            breaths_per_min: day.respiration,
            glucose_mmol_l: day.blood_glucose,
            lactate_mmol_l: day.lactate,
            steps: day.steps,
            floors: day.floors_climbed,
            kcal_eaten: day.kcal_consumed,
            carbs_g: day.carbohydrates,
            protein_g: day.protein,
            fat_g: day.fat_total,
            menstrual_phase: day.menstrual_phase.clone(),
            menstrual_phase_predicted: day.menstrual_phase_predicted.clone(),
            ctl: day.ctl,
            atl: day.atl,
            tsb: day.ctl.zip(day.atl).map(|(ctl, atl)| Points(ctl.0 - atl.0)),
            ramp_rate: day.ramp_rate,
            load: day.ctl_load,
            projected: (day.id > today.to_string()).then_some(true),
            sports: day.sport_info.iter().filter_map(Sport::of).collect(),
            locked: day.locked.filter(|locked| *locked),
            custom: CustomFields::non_empty(day.custom.clone()),
            comments: day.comments.as_deref().map(Text::from).and_then(Text::non_empty),
        }
    }

    /// Days for a list, newest first: estimates per sport stand only where they differ from the row
    /// above. Also gives the first row where they are blank for that.
    pub fn list(days: &[Wellness], today: Date) -> (Vec<Self>, Option<usize>) {
        let mut rows: Vec<_> = days.iter().rev().map(|day| Self::of(day, today)).collect();
        let (mut above, mut blank) = (vec![], None);
        for (n, row) in rows.iter_mut().enumerate() {
            if !row.sports.is_empty() && row.sports == above {
                row.sports.clear();
                blank = blank.or(Some(n));
            } else {
                above.clone_from(&row.sports);
            }
        }
        (rows, blank)
    }

    /// Says how the ratings are read, when there are any.
    pub fn explain<'a>(rows: impl IntoIterator<Item = &'a Self>, notes: &Notes) {
        let rated = |row: &&Row| {
            let ratings = [
                row.sleep_quality_1_4,
                row.fatigue_1_4,
                row.soreness_1_4,
                row.stress_1_4,
                row.mood_1_4,
                row.motivation_1_4,
                row.injury_1_4,
                row.hydration_1_4,
            ];
            ratings.iter().any(Option::is_some)
        };
        if rows.into_iter().any(|row| rated(&row)) {
            notes.add("ratings go from 1 (best) to 4 (worst), mood, motivation and sleep quality too");
        }
    }
}

impl Sport {
    fn of(info: &SportInfo) -> Option<Self> {
        let SportInfo { sport, eftp, w_prime, p_max } = info.clone();
        eftp.or(p_max)?;
        Some(Self { sport: sport?, eftp_w: eftp, w_prime_j: w_prime, p_max_w: p_max })
    }
}
