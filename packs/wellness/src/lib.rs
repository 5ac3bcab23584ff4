//! Wellness: sleep, heart rate variability, weight, how the athlete feels.
mod config;
mod day;
mod fields;
mod prompts;
mod range;
mod row;
mod update;

use intervals_core::{
    BoxFuture, Call, Result, ToolPack, completion,
    config::{ConfigError, ConfigTable},
    content::Template,
    prompt::Prompt,
};

struct Wellness;

impl ToolPack for Wellness {
    fn configure(&mut self, section: &mut ConfigTable) -> Result<(), ConfigError> {
        section.read::<config::Config>().map(drop)
    }

    fn prompts(&self) -> Vec<Prompt> {
        vec![prompts::RECOVERY_CHECK]
    }

    fn templates(&self) -> Vec<Template> {
        vec![
            Template::new("intervals-icu://wellness/{date}", "Wellness day", "One day's wellness; date as YYYY-MM-DD.")
                .with_media_type("text/plain")
                .with_tool("icu_get_wellness_for_date"),
        ]
    }

    fn complete(&self, argument: &str, call: Call) -> Option<BoxFuture<'static, Result<Vec<String>>>> {
        (argument == "date").then(|| Box::pin(completion::days_back(call)) as _)
    }
}

intervals_core::pack! { "wellness", "Wellness: sleep, HRV, resting heart rate, weight, mood and own fields, by day.", default: true, Wellness }
