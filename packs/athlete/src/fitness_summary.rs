//! `icu_get_fitness_summary`
use intervals_core::{
    Athlete, Notes, Result, Today,
    records::{
        fitness::{self, Form},
        wellness::{Fitness, Sport},
    },
    tool,
    units::Points,
};
use jiff::ToSpan;
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
struct Summary {
    date: String,
    /// Fitness.
    ctl: Option<Points>,
    /// Fatigue.
    atl: Option<Points>,
    #[serde(flatten)]
    form: Option<Form>,
    /// CTL today less CTL a week ago.
    ramp_rate: Option<Points>,
    ramp_meaning: Option<&'static str>,
    load_today: Option<Points>,
    /// Of the seven days up to today.
    load_7_days: Option<Points>,
    /// Of the 28 days up to today.
    load_28_days: Option<Points>,
    sports: Vec<Sport>,
}

/// TODAY's fitness (CTL), fatigue (ATL), form (TSB), ramp rate and what they mean; load of the last days.
#[tool(read, tier = core, title = "Fitness summary")]
async fn icu_get_fitness_summary(athlete: Athlete, today: Today, notes: Notes) -> Result<Summary> {
    let today = today.date();
    let wellness = athlete.wellness();
    let (days, profile) = futures::join!(wellness.range(today.saturating_sub(27.days()), today), athlete.profile());
    let days: Vec<Fitness> = days?;
    let percent = profile.is_ok_and(|profile| profile.icu_form_as_percent == Some(true));
    let load = |n: usize| {
        let from = today.saturating_sub((n as i64 - 1).days()).to_string();
        let loads: Vec<_> = days.iter().filter(|day| day.date >= from).filter_map(|day| day.ctl_load).collect();
        (!loads.is_empty()).then(|| Points(loads.iter().map(|load| load.0).sum()))
    };
    // Early in the day there may be no row yet: the last one is used, and a note says which day it is.
    let last = days.iter().rev().find(|day| day.ctl.is_some());
    let Some(day) = last else {
        notes.add("Intervals.icu has no fitness numbers of the last 28 days: record or import activities first");
        return Ok(Summary::empty(today.to_string()));
    };
    if day.date != today.to_string() {
        notes.add(format!("there is no record of today ({today}) yet; these numbers are of {}", day.date));
    }
    let latest = days.iter().rev().find(|day| !day.sports.is_empty());
    let sports = latest.map(|day| day.sports.clone()).unwrap_or_default();
    Ok(Summary {
        date: day.date.clone(),
        ctl: day.ctl,
        atl: day.atl,
        form: Form::of(day.ctl, day.atl, percent),
        ramp_rate: day.ramp_rate,
        ramp_meaning: day.ramp_rate.map(fitness::ramp),
        load_today: days.iter().find(|day| day.date == today.to_string()).and_then(|day| day.ctl_load),
        load_7_days: load(7),
        load_28_days: load(28),
        sports,
    })
}

impl Summary {
    fn empty(date: String) -> Self {
        Self {
            date,
            ctl: None,
            atl: None,
            form: None,
            ramp_rate: None,
            ramp_meaning: None,
            load_today: None,
            load_7_days: None,
            load_28_days: None,
            sports: vec![],
        }
    }
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::Options, demo_with};
    use serde_json::json;

    #[tokio::test]
    async fn form_is_computed_and_says_what_it_means() {
        let answer = demo().await.structured("icu_get_fitness_summary", json!({})).await;
        let number = |key: &str| answer[key].as_f64().unwrap();
        assert_eq!(answer["date"], "2026-07-05");
        assert!((number("tsb") - (number("ctl") - number("atl"))).abs() < 0.11);
        assert!(number("load_28_days") > number("load_7_days"));
        for key in ["form", "meaning", "ramp_meaning"] {
            assert!(answer[key].is_string(), "{key}");
        }
        assert!(answer["sports"][0]["eftp_w"].is_number());
    }

    #[tokio::test]
    async fn an_empty_account_says_so() {
        let demo = demo_with(Options { years: 0, ..Options::default() }).await;
        let answer = demo.answer("icu_get_fitness_summary", json!({})).await;
        assert!(answer.structured["notes"].to_string().contains("no fitness numbers"), "{}", answer.text);
    }
}
