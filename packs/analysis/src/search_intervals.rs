//! `icu_search_intervals`
use intervals_core::{
    Athlete, Error, List, Notes, Result,
    client::{IntervalSearch, STRAVA_REMEDY},
    list::{Limit, Offset, wanted},
    records::activity::IntervalMatch,
    tool,
};
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Seconds of one interval.
    #[schemars(example = 300)]
    min_duration: Option<u32>,
    /// Seconds.
    #[schemars(example = 600)]
    max_duration: Option<u32>,
    /// Percent of threshold.
    #[schemars(example = 90)]
    min_intensity: Option<u32>,
    /// Percent.
    #[schemars(example = 110)]
    max_intensity: Option<u32>,
    /// What intensity is of: POWER, HR, PACE or AUTO.
    #[schemars(example = &"POWER")]
    interval_type: Option<String>,
    /// Fewest matching repetitions.
    #[schemars(example = 3)]
    min_reps: Option<u32>,
    /// Most.
    #[schemars(example = 10)]
    max_reps: Option<u32>,
    /// Most activities.
    #[serde(default)]
    #[schemars(example = 30)]
    limit: Limit<30>,
    #[serde(default)]
    offset: Offset,
}

/// FIND activities by length, intensity and number of their intervals, newest first.
#[tool(read, title = "Search intervals")]
async fn icu_search_intervals(athlete: Athlete, notes: Notes, args: Args) -> Result<List<IntervalMatch>> {
    let limit = args.limit.rows(&notes);
    let range = |what: &str, min: Option<u32>, max: Option<u32>, most: u32| {
        let (low, high) = (min.unwrap_or(0), max.unwrap_or(most));
        if low > high {
            let problem = format!("min_{what} {low} is above max_{what} {high}");
            return Err(Error::new(problem, "Swap them, or leave one out."));
        }
        if high > most {
            return Err(Error::new(format!("max_{what} is {high}"), format!("Give up to {most}, or leave it out.")));
        }
        Ok((low, high))
    };
    let (min_secs, max_secs) = range("duration", args.min_duration, args.max_duration, 86_400)?;
    let (min_intensity, max_intensity) = range("intensity", args.min_intensity, args.max_intensity, 999)?;
    range("reps", args.min_reps, args.max_reps, 1000)?;
    let search = IntervalSearch {
        min_secs,
        max_secs,
        min_intensity,
        max_intensity,
        kind: intensity_measure(args.interval_type.as_deref(), &notes)?,
        min_reps: args.min_reps,
        max_reps: args.max_reps,
        limit: wanted(limit, args.offset),
    };
    let page = athlete.activities().interval_search::<IntervalMatch>(&search).await?;
    if page.iter().any(IntervalMatch::is_withheld) {
        notes.add(STRAVA_REMEDY);
    }
    Ok(List::fetched(page.records, page.received, limit, args.offset))
}

/// Returns the service's word for the measure of intensity.
fn intensity_measure(word: Option<&str>, notes: &Notes) -> Result<Option<&'static str>> {
    let Some(word) = word.map(str::trim).filter(|word| !word.is_empty()) else { return Ok(None) };
    Ok(Some(match word.to_lowercase().replace([' ', '-'], "_").as_str() {
        "auto" | "any" | "all" => "AUTO",
        "power" | "watts" => "POWER",
        "hr" | "heartrate" | "heart_rate" => "HR",
        "pace" | "speed" | "gap" => "PACE",
        // The service searches work intervals anyway.
        "work" | "interval" | "intervals" => {
            notes.add(format!("interval_type {word} is left out: it says what intensity is measured by"));
            return Ok(None);
        }
        _ => {
            let problem = format!("interval_type {word} is not known");
            return Err(Error::new(problem, "Say POWER, HR, PACE or AUTO, or leave it out."));
        }
    }))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{COACHED, INTERVALS_RIDE, Options},
        demo_with, reply, upstream_when,
        wiremock::matchers::path_regex,
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    const TOOL: &str = "icu_search_intervals";

    async fn sent_query(arguments: Value) -> Vec<(String, String)> {
        let demo = demo().await;
        demo.answer(TOOL, arguments).await;
        demo.requests().into_iter().find(|r| r.path.ends_with("interval-search")).unwrap().query
    }

    #[tokio::test]
    async fn all_four_bounds_are_always_sent() {
        let query = sent_query(json!({})).await;
        let expected =
            [("minSecs", "0"), ("maxSecs", "86400"), ("minIntensity", "0"), ("maxIntensity", "999"), ("limit", "31")];
        assert_eq!(query, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[tokio::test]
    async fn a_session_is_found_by_its_repetitions() {
        let arguments = json!({
            "min_duration": 470, "max_duration": 490, "min_intensity": 95, "max_intensity": 105, "min_reps": 4,
            "interval_type": "power", "limit": 2
        });
        let answer = demo().await.answer(TOOL, arguments).await;
        let items = answer.structured["items"].as_array().unwrap();
        assert_eq!((items.len(), &items[0]["id"]), (2, &json!(INTERVALS_RIDE)));
        assert_eq!(answer.structured["next"], json!({"offset": 2}));
        assert!(items[0]["intervals"][0].as_str().unwrap().starts_with("4x 8m"));
        // The service returns whole activities; the answer has a row of each.
        assert!(answer.text.len() < 500, "{}", answer.text);
    }

    #[tokio::test]
    async fn a_record_that_cannot_be_read_hides_no_later_one() {
        let answer =
            upstream_when(path_regex("interval-search"), reply(json!([{"id": "i3"}, "no record", {"id": "i1"}])))
                .await
                .imperial()
                .structured(TOOL, json!({"limit": 2}))
                .await;
        assert_eq!((answer["items"].as_array().unwrap().len(), answer["next"].is_object()), (2, true), "{answer}");
    }

    #[rstest]
    #[case("watts", Some("POWER"))]
    #[case("Heart Rate", Some("HR"))]
    #[case("auto", Some("AUTO"))]
    #[case("WORK", None)]
    #[tokio::test]
    async fn the_type_is_what_intensity_is_measured_by(#[case] word: &str, #[case] kind: Option<&str>) {
        let query = sent_query(json!({"interval_type": word})).await;
        let found = query.iter().find(|(name, _)| name == "type").map(|(_, value)| value.as_str());
        assert_eq!(found, kind);
    }

    #[rstest]
    #[case(json!({"interval_type": "Ride"}), "interval_type Ride is not known")]
    #[case(json!({"min_duration": 9, "max_duration": 5}), "min_duration 9 is above max_duration 5")]
    #[case(json!({"min_intensity": 1000}), "min_intensity 1000 is above max_intensity 999")]
    #[case(json!({"min_reps": 3, "max_reps": 2}), "min_reps 3 is above max_reps 2")]
    #[case(json!({"max_duration": 4_000_000_000_u32}), "max_duration is 4000000000")]
    #[case(json!({"max_intensity": 3_000_000_000_u32}), "max_intensity is 3000000000")]
    #[case(json!({"max_reps": 3_000_000_000_u32}), "max_reps is 3000000000")]
    #[case(json!({"min_reps": 3_000_000_000_u32}), "min_reps 3000000000 is above max_reps 1000")]
    #[case(json!({"limit": 0}), "invalid arguments for icu_search_intervals: limit: 0 is no limit")]
    #[case(json!({"min_intensity": 0.9}), "invalid arguments for icu_search_intervals: min_intensity")]
    #[tokio::test]
    async fn what_cannot_be_right_is_not_sent(#[case] arguments: Value, #[case] problem: &str) {
        let demo = demo().await;
        demo.refuses(TOOL, arguments, problem).await;
        assert!(demo.requests().iter().all(|r| !r.path.ends_with("interval-search")));
    }

    #[tokio::test]
    async fn the_coached_athlete_and_an_empty_account_can_be_searched() {
        let answer = demo().await.structured(TOOL, json!({"athlete_id": COACHED, "limit": 1})).await;
        assert!(answer["athlete"].as_str().unwrap().contains(COACHED));
        let empty = demo_with(Options { years: 0, ..Options::default() }).await;
        assert_eq!(empty.text(TOOL, json!({})).await, "(0)\n");
    }
}
