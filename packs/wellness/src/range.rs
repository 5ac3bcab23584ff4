//! `icu_get_wellness_data`
use icu_core::{
    Athlete, CAP, Day, Error, List, Notes, Result, Today,
    client::Wellness,
    tool,
    units::{Bpm, Kilograms, Number},
};
use jiff::ToSpan;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::row::Row;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Args {
    /// Days up to newest.
    #[schemars(example = 7)]
    days_back: i64,
    /// Last day, YYYY-MM-DD; default today.
    #[schemars(example = &"2026-07-05")]
    newest: Option<Day>,
    /// Only these, in the service's names: hrv, restingHR, weight, …
    #[schemars(example = ["hrv", "weight", "mood"])]
    fields: Vec<String>,
}

impl Default for Args {
    fn default() -> Self {
        Self { days_back: 7, newest: None, fields: vec![] }
    }
}

#[derive(Serialize, JsonSchema)]
struct Range {
    #[serde(flatten)]
    list: List<Row>,
    trends: Option<Trends>,
}

/// Newest value less oldest; averages over the days that have one.
#[derive(Serialize, JsonSchema)]
struct Trends {
    hrv_ms: Option<Trend<Number>>,
    resting_hr_bpm: Option<Trend<Bpm>>,
    weight_kg: Option<Trend<Kilograms>>,
    sleep_quality_avg_1_4: Option<Number>,
}

#[derive(Serialize, JsonSchema)]
struct Trend<T> {
    current: T,
    average: T,
    change: T,
}

/// RANGE of wellness days, newest first, with trends.
#[tool(read, title = "Wellness")]
async fn icu_get_wellness_data(athlete: Athlete, today: Today, notes: Notes, args: Args) -> Result<Range> {
    let days_back = args.days_back;
    if !(0..=3650).contains(&days_back) {
        return Err(Error::new(format!("days_back is {days_back}"), "Ask for 0 to 3650 days."));
    }
    let newest = args.newest.map_or(today.date(), |day| day.0);
    let oldest = newest.saturating_sub(days_back.days());
    let mut fields: Vec<_> = args.fields.iter().map(String::as_str).filter(|field| !field.is_empty()).collect();
    if !fields.is_empty() {
        // Without its day a row says nothing, and without the marks a carried value looks measured.
        fields.extend(["id", "tempWeight", "tempRestingHR"]);
    }
    let days = athlete.wellness().range(oldest, newest, &fields).await?;
    let trends = (days.len() > 1).then(|| Trends::of(&days));
    let rows = Row::list(&days);
    Row::explain(&rows, &notes);
    let list = List::first(rows, CAP, |_| format!("newest={}", newest.saturating_sub((CAP as i64).days())));
    Ok(Range { list, trends })
}

impl Trends {
    /// `days` ascending.
    fn of(days: &[Wellness]) -> Self {
        let measured = |carried: Option<bool>| carried != Some(true);
        let quality: Vec<_> = days.iter().filter_map(|day| day.sleep_quality).map(|q| q.0).collect();
        Self {
            hrv_ms: trend(days.iter().filter_map(|day| day.hrv.map(|v| v.0))),
            resting_hr_bpm: trend(
                days.iter().filter(|day| measured(day.temp_resting_hr)).filter_map(|day| day.resting_hr.map(|v| v.0)),
            ),
            weight_kg: trend(
                days.iter().filter(|day| measured(day.temp_weight)).filter_map(|day| day.weight.map(|v| v.0)),
            ),
            sleep_quality_avg_1_4: average(&quality).map(Number),
        }
    }
}

fn trend<T: From<f64>>(values: impl Iterator<Item = f64>) -> Option<Trend<T>> {
    let values: Vec<_> = values.collect();
    let (first, last) = (*values.first()?, *values.last()?);
    Some(Trend { current: last.into(), average: average(&values)?.into(), change: (last - first).into() })
}

fn average(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use icu_core::testing::Bench;
    use icu_demo::{Demo, Options};
    use serde_json::json;

    #[tokio::test]
    async fn days_come_newest_first_with_their_trends() {
        let demo = Demo::start().await.unwrap();
        let answer =
            Bench::at(&demo.url).run("icu_get_wellness_data", json!({"days_back": 30})).await.unwrap().structured;
        let dates: Vec<_> =
            answer["items"].as_array().unwrap().iter().map(|row| row["date"].as_str().unwrap()).collect();
        assert!(dates.len() > 20 && dates.is_sorted_by(|a, b| a > b) && dates[0] == "2026-07-05", "{dates:?}");
        for key in ["hrv_ms", "resting_hr_bpm", "weight_kg"] {
            assert!(answer["trends"][key]["change"].is_number(), "{key}");
        }
    }

    #[tokio::test]
    async fn only_the_wanted_fields_are_asked_for() {
        let demo = Demo::start().await.unwrap();
        let arguments = json!({"fields": ["hrv", "Caffeine"], "days_back": 60});
        let answer = Bench::at(&demo.url).run("icu_get_wellness_data", arguments).await.unwrap();
        assert!(!answer.text.contains("sleep") && answer.text.contains("hrv_ms") && answer.text.contains("Caffeine"));
        let sent = demo.requests().into_iter().find(|r| r.path.ends_with("/wellness")).unwrap();
        assert!(sent.query.contains(&("fields".into(), "hrv,Caffeine,id,tempWeight,tempRestingHR".into())), "{sent}");
    }

    #[tokio::test]
    async fn ten_years_are_bounded() {
        let demo = Demo::start_with(Options { today: Demo::TODAY, years: 10 }).await.unwrap();
        let answer =
            Bench::at(&demo.url).run("icu_get_wellness_data", json!({"days_back": 3650})).await.unwrap().structured;
        assert_eq!(answer["items"].as_array().unwrap().len(), icu_core::CAP);
        assert!(answer["total"].as_u64().unwrap() > 3000 && answer["next"].as_str().unwrap().starts_with("newest="));
    }

    #[tokio::test]
    async fn an_empty_account_has_no_days() {
        let demo = Demo::start_with(Options { today: Demo::TODAY, years: 0 }).await.unwrap();
        let answer = Bench::at(&demo.url).run("icu_get_wellness_data", json!({})).await.unwrap();
        assert!(answer.structured.get("trends").is_none() || answer.structured["total"].as_u64().unwrap() > 0);
    }
}
