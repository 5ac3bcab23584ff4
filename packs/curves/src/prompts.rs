//! The prompt of this pack.
use icu_core::{Prompt, PromptArgument};

const METRIC: PromptArgument = PromptArgument {
    name: "metric",
    description: "power, hr or pace.",
    default: Some("power"),
    choices: &["power", "hr", "pace"],
};

pub const PERFORMANCE_ANALYSIS: Prompt = Prompt {
    name: "performance_analysis",
    title: "Performance analysis",
    description: "Best efforts of the last weeks against the season and the year.",
    arguments: &[METRIC],
    needs: &["icu_get_power_curves", "icu_get_hr_curves", "icu_get_pace_curves"],
    render: |call| {
        let metric = call.get("metric");
        let (metric, tool, sport) = match metric.to_lowercase().as_str() {
            "hr" | "heart rate" | "heartrate" | "heart_rate" => ("heart rate", "icu_get_hr_curves", "Ride"),
            "pace" => ("pace", "icu_get_pace_curves", "Run"),
            _ => ("power", "icu_get_power_curves", "Ride"),
        };
        let detail = if tool == "icu_get_power_curves" { ", detail=true" } else { "" };
        let steps = [
            (
                format!("{tool}(sport_type={sport}, time_period=\"42d,s0,1y\"{detail})"),
                "the last six weeks beside the season and the year",
            ),
            ("icu_get_sport_settings()".into(), "the thresholds in use: do the curves still support them?"),
            ("icu_get_fitness_summary()".into(), "the fitness behind it"),
        ];
        call.plan(
            &format!("Analyze my {metric} performance (take another sport_type if I mainly do another sport)."),
            &steps,
            "Then name strengths and weak durations, what changed against the season and the year, which activities set the \
             bests, and whether a threshold should be tested anew.",
        )
    },
};
