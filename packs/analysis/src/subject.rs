//! The activity that is looked into, fetched beside what is looked for, or changed.
use futures::future::join;
use intervals_core::{
    ClientError, Error, Icu, Notes, Result,
    client::{Activity, STRAVA_REMEDY},
};

/// The activity, and what was asked for beside it: nothing where the service withholds it, whatever the request said.
/// The answer names whose it is.
pub async fn with<T>(
    icu: &Icu,
    notes: &Notes,
    id: &str,
    work: impl Future<Output = Result<T, ClientError>>,
) -> Result<(Activity, Option<T>)> {
    let (activity, found) = join(icu.activity(id), work).await;
    let activity = activity?;
    icu.about(activity.icu_athlete_id.as_deref());
    if activity.is_withheld() {
        notes.add(STRAVA_REMEDY);
        return Ok((activity, None));
    }
    Ok((activity, Some(found?)))
}

/// The activity that is to be changed; one that the service withholds cannot be. The answer names whose it is.
pub async fn to_change(icu: &Icu, id: &str) -> Result<Activity> {
    let activity = icu.activity(id).await?;
    icu.about(activity.icu_athlete_id.as_deref());
    if activity.is_withheld() {
        return Err(Error::new(format!("activity {id} came through Strava"), format!("{STRAVA_REMEDY}.")));
    }
    Ok(activity)
}
