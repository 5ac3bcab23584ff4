//! Curves: best power, heart rate and pace of a period, or of several side by side.
#[cfg(test)]
mod authors;
mod bests;
mod hr;
mod pace;
mod periods;
mod power;
mod prompts;

use std::sync::Arc;

use intervals_core::{
    Athlete, Error, Notes, Result, ToolPack,
    client::{AthleteProfile, SportSettings, sports},
    prompt::Prompt,
};

struct Curves;

impl ToolPack for Curves {
    fn prompts(&self) -> Vec<Prompt> {
        vec![prompts::PERFORMANCE_ANALYSIS]
    }
}

intervals_core::pack! { "curves", "Curves: best power, heart rate and pace by duration or distance.", default: true, Curves }

/// The type as the service writes it: a curve of an unknown one is refused there without a word of help.
fn sport(wanted: &str) -> Result<&'static str> {
    let unknown = || Error::new(format!("there is no type {wanted}"), format!("Use {}.", sports::instead_of(wanted)));
    sports::known(wanted).ok_or_else(unknown)
}

/// The athlete's record, for zones and units; what it lacks is said, since the curves are worth having all the same.
async fn record(athlete: &Athlete, notes: &Notes) -> Option<Arc<AthleteProfile>> {
    athlete.profile().await.inspect_err(|e| notes.add(format!("no zones: {e}"))).ok()
}

/// The settings that hold for a type.
fn settings<'a>(profile: Option<&'a AthleteProfile>, sport: &str) -> Option<&'a SportSettings> {
    profile?.sport_settings.iter().find(|settings| settings.covers(sport))
}
