//! Inside one activity: intervals, streams, best efforts, histograms.
mod best_efforts;
mod clock;
mod delete_intervals;
mod edit_intervals;
mod histogram;
mod hr_histogram;
mod interval_stats;
mod intervals;
mod pace_histogram;
mod power_histogram;
mod prompts;
mod reading;
mod search_intervals;
mod streams;

use intervals_core::{BoxFuture, Call, Result, ToolPack, completion, content::Template, prompt::Prompt};

struct Analysis;

impl ToolPack for Analysis {
    fn prompts(&self) -> Vec<Prompt> {
        vec![prompts::ACTIVITY_DEEP_DIVE]
    }

    fn templates(&self) -> Vec<Template> {
        vec![
            Template::new(
                "intervals-icu://activity/{activity_id}/streams/{streams}",
                "Activity streams",
                "The course of an activity; streams by name, separated by commas.",
            )
            .with_media_type("text/plain")
            .with_tool("icu_get_activity_streams"),
        ]
    }

    fn complete(&self, argument: &str, call: Call) -> Option<BoxFuture<'static, Result<Vec<String>>>> {
        match argument {
            "activity_id" => Some(Box::pin(completion::activity_ids(call))),
            "streams" => Some(Box::pin(async { Ok(STREAMS.map(String::from).into()) })),
            _ => None,
        }
    }
}

/// Completions of `streams`: the streams that most activities have, and a common combination.
const STREAMS: [&str; 10] = [
    "watts,heartrate,cadence",
    "watts",
    "heartrate",
    "cadence",
    "velocity_smooth",
    "altitude",
    "distance",
    "latlng",
    "temp",
    "left_right_balance",
];

intervals_core::pack! { "analysis", "Inside one activity: intervals, streams, best efforts, histograms.", default: true, Analysis }
