//! `icu_get_fitness_chart`
use intervals_core::{Athlete, Error, Notes, Result, Today, records::wellness::Fitness, series, tool, units::Points};
use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Days before today.
    #[schemars(example = 42)]
    days_back: i64,
    /// Days after today, projected from planned load.
    #[schemars(example = 7)]
    days_ahead: i64,
    /// Most days shown; the shape is kept.
    #[serde(default = "two_hundred")]
    #[schemars(example = 200)]
    max_points: usize,
}

fn two_hundred() -> usize {
    200
}

#[derive(Serialize, JsonSchema)]
struct Chart {
    /// When the series is made short.
    today: Option<Point>,
    series: Vec<Point>,
}

#[derive(Clone, Serialize, JsonSchema)]
struct Point {
    date: String,
    ctl: Option<Points>,
    atl: Option<Points>,
    tsb: Option<Points>,
    ramp_rate: Option<Points>,
    /// Into fitness.
    ctl_load: Option<Points>,
    /// Into fatigue, where it differs.
    atl_load: Option<Points>,
    /// After today.
    projected: Option<bool>,
}

/// SERIES of daily fitness (CTL), fatigue (ATL) and form (TSB), past and projected.
#[tool(read, title = "Fitness chart")]
async fn icu_get_fitness_chart(athlete: Athlete, today: Today, notes: Notes, args: Args) -> Result<Chart> {
    let Args { days_back, days_ahead, max_points } = args;
    let span = days_back.saturating_add(days_ahead);
    if !(-3650..=3650).contains(&days_back) || !(0..=3650).contains(&span) {
        let problem = format!("{days_back} days back and {days_ahead} ahead are no range of 0 to 3650 days");
        return Err(Error::new(problem, "Count back from today, and ahead from today; -7 ahead ends a week ago."));
    }
    if max_points < 3 {
        return Err(Error::new(format!("max_points is {max_points}"), "Ask for at least 3."));
    }
    let today = today.date();
    let (oldest, newest) = (today.saturating_sub(days_back.days()), today.saturating_add(days_ahead.days()));
    let days: Vec<Fitness> = athlete.wellness().range(oldest, newest).await?;
    let all: Vec<_> =
        days.iter().filter(|day| day.ctl.is_some() || day.atl.is_some()).map(|day| Point::of(day, today)).collect();
    // The day and not the index, because a day without a record has no point.
    let day_number = |p: &Point| {
        p.date.parse::<Date>().ok().and_then(|date| date.since(oldest).ok()).map_or(0, |span| span.get_days())
    };
    let form: Vec<_> =
        all.iter().map(|p| (f64::from(day_number(p)), p.tsb.or(p.ctl).map_or(0.0, |tsb| tsb.0))).collect();
    let kept = series::downsample(&form, max_points.min(1000));
    let is_shortened = kept.len() < all.len();
    if is_shortened {
        notes.add(format!("{} of {} days, chosen so that the shape of form stays", kept.len(), all.len()));
    }
    if newest > today && all.last().is_none_or(|last| last.projected.is_none()) {
        notes.add("Intervals.icu gave no projection for the days ahead");
    }
    Ok(Chart {
        today: all.iter().find(|point| is_shortened && point.date == today.to_string()).cloned(),
        series: kept.into_iter().filter_map(|n| all.get(n).cloned()).collect(),
    })
}

impl Point {
    fn of(day: &Fitness, today: Date) -> Self {
        let tsb = day.ctl.zip(day.atl).map(|(ctl, atl)| Points(ctl.0 - atl.0));
        Self {
            date: day.date.clone(),
            ctl: day.ctl,
            atl: day.atl,
            tsb,
            ramp_rate: day.ramp_rate,
            ctl_load: day.ctl_load,
            atl_load: day.atl_load.filter(|load| day.ctl_load != Some(*load)),
            projected: (day.date > today.to_string()).then_some(true),
        }
    }
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::demo;
    use rstest::rstest;
    use serde_json::json;

    #[tokio::test]
    async fn days_ahead_are_marked_and_the_ends_are_named() {
        let demo = demo().await;
        let chart = demo.structured("icu_get_fitness_chart", json!({"days_back": 10, "days_ahead": 5})).await;
        let series = chart["series"].as_array().unwrap();
        let (first, last) = (&series[0]["date"], &series[series.len() - 1]["date"]);
        assert_eq!((first, last), (&json!("2026-06-25"), &json!("2026-07-10")));
        let projected = series.iter().filter(|point| point.get("projected").is_some()).count();
        // A day without a record has no point: the demo leaves out 26 June.
        assert_eq!((series.len(), projected), (15, 5));
    }

    #[tokio::test]
    async fn a_long_series_is_made_short_and_says_so() {
        let arguments = json!({"days_back": 365, "days_ahead": 0, "max_points": 50});
        let chart = demo().await.structured("icu_get_fitness_chart", arguments).await;
        assert_eq!(chart["series"].as_array().unwrap().len(), 50);
        assert_eq!(chart["today"]["date"], "2026-07-05");
        let note = chart["notes"][0].as_str().unwrap();
        assert!(note.starts_with("50 of 3") && note.ends_with("so that the shape of form stays"), "{note}");
    }

    #[rstest]
    #[case(json!({"days_back": 5, "days_ahead": -6}))]
    #[case(json!({"days_back": 9_000_000_000_000_000_000_i64, "days_ahead": 0}))]
    #[case(json!({"days_back": 5, "days_ahead": 5, "max_points": 2}))]
    #[tokio::test]
    async fn a_range_that_is_none_is_refused(#[case] arguments: serde_json::Value) {
        let error = demo().await.error("icu_get_fitness_chart", arguments).await;
        assert!(error.problem.contains("no range") || error.problem.contains("max_points"), "{error}");
    }
}
