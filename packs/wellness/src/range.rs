//! `icu_get_wellness_data`
use intervals_core::{
    Athlete, Day, Error, List, Notes, Result, Today,
    client::OfDay,
    config::FromConfig,
    list::{Limit, Offset},
    records::wellness::Row,
    tool,
    units::{Bpm, Kilograms, Number},
};
use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{config::Config, fields, row};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Args {
    /// Days before newest.
    #[schemars(example = 7)]
    days_back: i64,
    /// Last day, YYYY-MM-DD; default today.
    #[schemars(example = &"2026-07-05")]
    newest: Option<Day>,
    /// Only these columns, such as hrv, weight, mood.
    #[schemars(example = ["hrv", "weight", "mood"])]
    fields: Vec<String>,
    /// Most rows, up to 500; trends cover all days.
    #[schemars(example = 30)]
    limit: Limit<30>,
}

impl Default for Args {
    fn default() -> Self {
        Self { days_back: 7, newest: None, fields: vec![], limit: Limit::default() }
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
    /// Of two values or more.
    change: Option<T>,
}

/// RANGE of wellness days, newest first, with trends.
#[tool(read, tier = core, title = "Wellness")]
async fn icu_get_wellness_data(
    athlete: Athlete,
    today: Today,
    notes: Notes,
    config: FromConfig<Config>,
    args: Args,
) -> Result<Range> {
    let days_back = args.days_back;
    if !(0..=3650).contains(&days_back) {
        return Err(Error::new(format!("days_back is {days_back}"), "Ask for 0 to 3650 days."));
    }
    let limit = args.limit.rows(&notes);
    let newest = args.newest.map_or(today.date(), |day| day.0);
    let oldest = newest.saturating_sub(days_back.days());
    let names = if args.fields.is_empty() { &config.fields } else { &args.fields };
    let mut columns = fields::upstream(names)?;
    let custom = if columns.contains(&fields::CUSTOM) { fields::custom_codes(&athlete).await? } else { vec![] };
    columns.retain(|column| *column != fields::CUSTOM);
    columns.extend(custom.iter().map(String::as_str));
    let days = athlete.wellness().fields(oldest, newest, &columns).await?;
    let (rows, first_blank) = row::list(days, today.date());
    let trends = (rows.len() > 1).then(|| Trends::of(&rows));
    if first_blank.is_some_and(|first| first < limit) {
        notes.add("sports is left blank where the row above has the same");
    }
    row::note_rating_scale(&rows, &notes);
    let total = rows.len();
    let list = List::by_day(rows, total, limit, Offset::default(), "newest", |row: &Row| row.day().parse().ok());
    let next_newest = list.next.as_ref().and_then(|next| next.0.get("newest")?.as_str()?.parse::<Date>().ok());
    let list = match next_newest {
        Some(newest) => list.with_next("days_back", newest.since(oldest).map_or(0, |span| span.get_days())),
        None => list,
    };
    Ok(Range { list: List { total: Some(total), ..list }, trends })
}

impl Trends {
    /// Computes the trends of `rows`, which come newest first.
    fn of(rows: &[Row]) -> Self {
        let days = || rows.iter().rev();
        let quality: Vec<_> = days().filter_map(|day| day.sleep_quality_1_4).map(|q| q.0).collect();
        Self {
            hrv_ms: trend(days().filter_map(|day| day.hrv_ms.map(|v| v.0))),
            resting_hr_bpm: trend(days().filter_map(|day| day.resting_hr_bpm.map(|v| v.0))),
            weight_kg: trend(days().filter_map(|day| day.weight_kg.map(|v| v.0))),
            sleep_quality_avg_1_4: average(&quality).map(Number),
        }
    }
}

fn trend<T: From<f64>>(values: impl Iterator<Item = f64>) -> Option<Trend<T>> {
    let values: Vec<_> = values.collect();
    let (first, last) = (*values.first()?, *values.last()?);
    let change = (values.len() > 1).then(|| (last - first).into());
    Some(Trend { current: last.into(), average: average(&values)?.into(), change })
}

fn average(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use intervals_core::{
        JsonMap, ToolPack,
        config::ConfigTable,
        testing::{ToolRunner, demo, demo::Options, demo_with, upstream_any},
    };
    use serde_json::{Value, json};

    #[tokio::test]
    async fn days_come_newest_first_with_their_trends() {
        let answer = demo().await.structured("icu_get_wellness_data", json!({"days_back": 30})).await;
        let dates: Vec<_> =
            answer["items"].as_array().unwrap().iter().map(|row| row["date"].as_str().unwrap()).collect();
        assert!(dates.len() > 20 && dates.is_sorted_by(|a, b| a > b) && dates[0] == "2026-07-05", "{dates:?}");
        for key in ["hrv_ms", "resting_hr_bpm", "weight_kg"] {
            assert!(answer["trends"][key]["change"].is_number(), "{key}");
        }
    }

    #[tokio::test]
    async fn trends_go_from_the_oldest_to_the_newest_whatever_order_the_service_has() {
        let days = json!([{"id": "2026-07-05", "hrv": 50, "weight": 70}, {"id": "2026-07-01", "hrv": 60},
            {"id": "2026-07-03", "hrv": 70, "weight": 99, "tempWeight": true}]);
        let bench = upstream_any(days).await.imperial().zone("UTC");
        let answer = bench.structured("icu_get_wellness_data", json!({"limit": 2})).await;
        assert_eq!(answer["trends"]["hrv_ms"], json!({"current": 50, "average": 60, "change": -10}));
        assert_eq!(answer["trends"]["weight_kg"], json!({"current": 70, "average": 70}));
        assert_eq!((&answer["items"][0]["date"], &answer["total"]), (&json!("2026-07-05"), &json!(3)));
        assert_eq!(answer["next"], json!({"newest": "2026-07-01", "days_back": 3}));
    }

    #[tokio::test]
    async fn a_field_that_is_none_is_refused_with_the_nearest() {
        let mut bench = ToolRunner::at("http://127.0.0.1:1").imperial();
        bench.settings.timezone = Some(jiff::tz::TimeZone::UTC);
        let arguments = json!({"fields": ["wieght"]});
        bench.refuses("icu_get_wellness_data", arguments, "wieght is no field of wellness. Use weight, ").await;
    }

    #[tokio::test]
    async fn only_the_wanted_fields_are_asked_for() {
        let demo = demo().await;
        let arguments = json!({"fields": "hrv, resting_hr, Caffeine", "days_back": 60});
        let answer = demo.answer("icu_get_wellness_data", arguments).await;
        assert!(!answer.text.contains("sleep") && answer.text.contains("hrv_ms") && answer.text.contains("Caffeine"));
        let sent = demo.requests().into_iter().find(|r| r.path.ends_with("/wellness")).unwrap();
        assert!(
            sent.query.contains(&("fields".into(), "hrv,restingHR,Caffeine,id,tempWeight,tempRestingHR".into())),
            "{sent}"
        );
    }

    #[tokio::test]
    async fn the_operators_columns_are_the_default_and_stand_in_the_schema() {
        let configured = |fields: Value| {
            let mut section = ConfigTable::new(JsonMap::from_iter([("fields".to_owned(), fields)]));
            crate::Wellness.configure(&mut section).and_then(|()| section.finish())
        };
        let mut demo = demo().await;
        demo.settings.configuration = configured(json!("hrv, sleep")).unwrap();
        demo.answers("icu_get_wellness_data", json!({}), &["date|sleep|hrv"]).await;
        demo.answers("icu_get_wellness_data", json!({"fields": ["weight"]}), &["date|weight"]).await;
        let schema = intervals_core::testing::find("icu_get_wellness_data").unwrap().input_schema(&demo.settings);
        assert_eq!(schema["properties"]["fields"]["default"], json!(["hrv", "sleep"]));
        let wrong = configured(json!(["wieght"])).err().unwrap();
        assert_eq!((wrong.key.as_str(), wrong.error.problem.as_str()), ("fields", "wieght is no field of wellness"));
    }

    #[tokio::test]
    async fn ten_years_are_bounded() {
        let demo = demo_with(Options { years: 10, ..Options::default() }).await;
        let answer = demo.structured("icu_get_wellness_data", json!({"days_back": 3650, "limit": 9999})).await;
        assert_eq!(answer["items"].as_array().unwrap().len(), intervals_core::list::CAP);
        let total = answer["total"].as_u64().unwrap();
        assert!(total > 3000 && answer["next"].is_object(), "{}", answer["next"]);
        let pages = demo.pages("icu_get_wellness_data", json!({"days_back": 3650, "limit": 500})).await;
        let rows: Vec<_> = pages.iter().flat_map(|page| page["items"].as_array().unwrap()).collect();
        assert!(rows.is_sorted_by(|a, b| a["date"].as_str() > b["date"].as_str()));
        assert_eq!(rows.len() as u64, total);
    }

    #[tokio::test]
    async fn an_empty_account_has_no_days() {
        let demo = demo_with(Options { years: 0, ..Options::default() }).await;
        let answer = demo.structured("icu_get_wellness_data", json!({})).await;
        assert_eq!((answer["total"].as_u64(), answer.get("trends")), (Some(0), None));
    }

    #[tokio::test]
    async fn estimates_are_blank_only_below_a_row_that_shows_the_same() {
        let day = |day: u8, eftp: u16| json!({"id": format!("2026-07-{day:02}"), "sportInfo": [{"type": "Ride", "eftp": eftp}]});
        let days = json!([day(1, 250), day(2, 250), day(3, 250), day(4, 255), day(5, 255)]);
        let service = upstream_any(days).await.imperial().zone("UTC");
        let note = json!(["sports is left blank where the row above has the same"]);
        for limit in 1..=5 {
            let answer = service.structured("icu_get_wellness_data", json!({"limit": limit})).await;
            let shown: Vec<_> =
                answer["items"].as_array().unwrap().iter().map(|row| row["sports"][0]["eftp_w"].as_u64()).collect();
            assert_eq!(shown, [Some(255), None, Some(250), None, None][..limit]);
            assert_eq!(answer.get("notes"), (limit > 1).then_some(&note));
        }
    }
}
