//! The prompt of this pack.
use intervals_core::prompt::{Prompt, PromptArgument};

const ACTIVITY: PromptArgument = PromptArgument::new("activity_id", "Such as i12345.");

pub const ACTIVITY_DEEP_DIVE: Prompt =
    Prompt::new("activity_deep_dive", "Activity deep dive", "One activity in depth: pacing, intervals, best efforts.")
        .with_arguments(&[ACTIVITY])
        .with_needs(&["icu_get_activity_intervals"])
        .with_render(|call| {
            let id = call.get("activity_id");
            let steps = [
                (format!("icu_get_activity_details(activity_id={id})"), "the whole in numbers"),
                (
                    format!("icu_get_activity_intervals(activity_id={id})"),
                    "each repetition: power, heart rate, zone, load",
                ),
                (format!("icu_compare_with_plan(activity_id={id})"), "what was planned, if it was"),
                (format!("icu_get_best_efforts(activity_id={id})"), "the best minutes in it"),
                (
                    format!("icu_get_activity_streams(activity_id={id}, max_points=100)"),
                    "the course of power, heart rate and speed",
                ),
            ];
            call.plan(
        &format!("Look into activity {id} in depth."),
        &steps,
        "Then tell me how it was paced, how the intervals held up, what heart rate against power or pace says about \
         durability, and what to do differently next time. Quote the numbers you rest on.",
    )
        });
