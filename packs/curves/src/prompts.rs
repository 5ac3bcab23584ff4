//! The prompt of this pack.
use intervals_core::prompt::{Prompt, PromptArgument};

const METRIC: PromptArgument =
    PromptArgument::new("metric", "power, hr or pace.").with_default("power").with_choices(&["power", "hr", "pace"]);

pub const PERFORMANCE_ANALYSIS: Prompt = Prompt::new(
    "performance_analysis",
    "Performance analysis",
    "Best efforts of the last weeks against the season and the year.",
)
.with_arguments(&[METRIC])
.with_needs(&["icu_get_power_curves"])
.with_render(|call| {
    let requested = call.get("metric");
    let known = match requested.to_lowercase().replace([' ', '-'], "_").as_str() {
        "power" | "watts" | "bike" | "ride" | "cycling" => Some(("power", "icu_get_power_curves", "Ride")),
        "hr" | "heartrate" | "heart_rate" => Some(("heart rate", "icu_get_hr_curves", "Ride")),
        "pace" | "speed" | "run" | "running" => Some(("pace", "icu_get_pace_curves", "Run")),
        "swim" | "swimming" => Some(("pace", "icu_get_pace_curves", "Swim")),
        _ => None,
    };
    let (metric, tool, sport) = known.unwrap_or(("power", "icu_get_power_curves", "Ride"));
    let detail = if metric == "power" { ", detail=true" } else { "" };
    let steps = [
        (
            format!("{tool}(sport_type={sport}, time_period=\"42d,s0,1y\"{detail})"),
            "the last six weeks beside the season and the year",
        ),
        ("icu_get_sport_settings()".into(), "the thresholds in use: do the curves still support them?"),
        ("icu_get_fitness_summary()".into(), "the fitness behind it"),
    ];
    let mut opening =
        format!("Analyze my {metric} performance (take another sport_type if I mainly do another sport).");
    if known.is_none() {
        opening += &format!(" I asked for \"{requested}\", but the metrics are power, hr and pace: tell me so.");
    }
    if !call.shows(tool) {
        opening += &format!(" The curves of {metric} are not offered here: tell me so.");
    }
    call.plan(
        &opening,
        &steps,
        "Then name strengths and weak durations, what changed against the season and the year, which activities set the \
         bests, and whether a threshold should be tested anew.",
    )
});

#[cfg(test)]
mod tests {
    use intervals_core::content::Block;
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn text(metric: &str, shown: impl Fn(&str) -> bool) -> String {
        let given = json!({"metric": metric});
        let messages = PERFORMANCE_ANALYSIS.messages(given.as_object().unwrap(), &shown).unwrap();
        match &messages[0].content {
            Block::Text(text) => text.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[rstest]
    #[case("swimming", "icu_get_pace_curves(sport_type=Swim, ")]
    #[case("Heart rate", "icu_get_hr_curves(sport_type=Ride, ")]
    #[case("", "icu_get_power_curves(sport_type=Ride, ")]
    fn a_metric_leads_to_its_curves(#[case] metric: &str, #[case] step: &str) {
        let text = text(metric, |_| true);
        assert!(text.contains(&format!("1. {step}")) && !text.contains("tell me so"), "{text}");
    }

    #[test]
    fn an_unknown_metric_is_not_taken_for_power_in_silence() {
        let text = text("cadence", |_| true);
        assert!(text.contains("\"cadence\", but the metrics are power, hr and pace"), "{text}");
    }

    #[test]
    fn hidden_curves_are_named_in_the_prompt() {
        let text = text("hr", |tool| tool == "icu_get_power_curves");
        assert!(text.contains("The curves of heart rate are not offered here") && !text.contains("icu_"), "{text}");
    }
}
