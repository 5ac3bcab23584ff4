//! Athletes: profile, fitness, and the athletes that a coach can reach.
mod fitness_chart;
mod fitness_summary;
mod list;
mod profile;
mod prompts;
mod update_notes;

use intervals_core::{BoxFuture, Call, FromCall, Icu, Result, ToolPack, content::Resource, prompt::Prompt};

struct Athletes;

impl ToolPack for Athletes {
    fn prompts(&self) -> Vec<Prompt> {
        vec![prompts::VERIFY_SETUP, prompts::VERIFY_MULTI_ATHLETE]
    }

    fn resources(&self) -> Vec<Resource> {
        vec![
            Resource::new(
                "intervals-icu://athlete/profile",
                "Athlete profile",
                "Who the athlete is: zone, units, weight, thresholds.",
                "text/plain",
            )
            .with_tool("icu_get_athlete_profile"),
        ]
    }

    fn complete(&self, argument: &str, call: Call) -> Option<BoxFuture<'static, Result<Vec<String>>>> {
        (argument == "athlete_id").then(|| Box::pin(athlete_ids(call)) as _)
    }
}

/// Returns the ids of the athletes that the key can reach.
async fn athlete_ids(mut call: Call) -> Result<Vec<String>> {
    let icu = Icu::from_call(&mut call).await?;
    Ok(icu.athletes().await?.into_iter().map(|athlete| athlete.id).collect())
}

intervals_core::pack! { "athlete", "Athlete: profile, thresholds, fitness (CTL), fatigue (ATL), form (TSB); coached athletes.", default: true, Athletes }
