//! Completion values that several packs offer.
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;

use crate::{Athlete, Call, FromCall, Result, Today, client::lenient};

/// Ids of the activities of the last six weeks, newest first.
pub async fn activity_ids(mut call: Call) -> Result<Vec<String>> {
    let athlete = Athlete::from_call(&mut call).await?;
    let today = Today::from_call(&mut call).await?.date();
    let oldest = today.saturating_sub(42.days());
    #[derive(Deserialize)]
    struct Named {
        #[serde(deserialize_with = "lenient::id")]
        id: String,
    }
    let activities = athlete.activities().list::<Named>(oldest, None, 100).await?;
    Ok(activities.into_iter().map(|activity| activity.id).collect())
}

/// Today and the 59 days before it, newest first.
pub async fn days_back(mut call: Call) -> Result<Vec<String>> {
    let today = Today::from_call(&mut call).await?.date();
    Ok((0..60).map(|back| today.saturating_sub(back.days()).to_string()).collect())
}

/// Mondays: this week's, the 8 coming ones, then the 8 past ones.
pub async fn mondays(mut call: Call) -> Result<Vec<String>> {
    let today = Today::from_call(&mut call).await?.date();
    let this = today.saturating_sub(i32::from(today.weekday().to_monday_zero_offset()).days());
    let week = |n: i32| -> Date { this.saturating_add((7 * n).days()) };
    Ok((0..=8).map(week).chain((1..=8).map(|back| week(-back))).map(|day| day.to_string()).collect())
}

/// The `values` that begin with `typed`, ignoring case; at most 100.
pub fn matching(values: impl IntoIterator<Item = String>, typed: &str) -> Vec<String> {
    let typed = typed.to_lowercase();
    values.into_iter().filter(|value| value.to_lowercase().starts_with(&typed)).take(100).collect()
}
