//! The activity that is commented on: the answer names whose it is, which its comments do not say.
use futures::future::join;
use intervals_core::{ClientError, Icu, Notes, Result};

/// What was asked for, with the activity fetched beside it.
pub async fn with<T>(
    icu: &Icu,
    notes: &Notes,
    activity: &str,
    work: impl Future<Output = Result<T, ClientError>>,
) -> Result<T> {
    let (activity, done) = join(icu.activity(activity), work).await;
    let done = done?;
    match activity {
        Ok(activity) => icu.about(activity.icu_athlete_id.as_deref()),
        Err(e) => notes.add(format!("whose activity it is could not be read: {e}")),
    }
    Ok(done)
}
