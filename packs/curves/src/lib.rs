//! Curves: best power, heart rate and pace of one or several periods.
mod asked;
mod bests;
mod hr;
mod pace;
mod periods;
mod power;
mod prompts;

use intervals_core::{ToolPack, prompt::Prompt};

struct Curves;

impl ToolPack for Curves {
    fn prompts(&self) -> Vec<Prompt> {
        vec![prompts::PERFORMANCE_ANALYSIS]
    }
}

intervals_core::pack! { "curves", "Curves: best power, heart rate and pace by duration or distance.", default: true, Curves }
