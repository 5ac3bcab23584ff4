//! Sport settings: thresholds and zones, one record for several activity types.
mod apply;
mod create;
mod delete;
mod get;
mod pace;
mod update;
mod values;

use intervals_core::{Athlete, Error, Result, client::sports, records::sport_settings::Row};

struct SportSettings;

impl intervals_core::ToolPack for SportSettings {}

intervals_core::pack! { "sport-settings", "Sport settings: FTP, threshold heart rate and pace, zones.", default: true, SportSettings }

/// Finds the record with this number or activity type. Also returns its number for use in a path.
async fn find(athlete: &Athlete, wanted: &str) -> Result<(Row, String)> {
    let all: Vec<Row> = athlete.sport_settings().list().await?;
    let wanted = wanted.trim();
    let chosen = all.iter().find(|record| number(record) == wanted || record.covers(wanted));
    match chosen.filter(|record| record.sport_id.is_some()) {
        Some(record) => Ok((record.clone(), number(record))),
        None => {
            let known: Vec<_> = all.iter().map(|r| format!("{} ({})", number(r), r.types.join(", "))).collect();
            let advice = match (known.is_empty(), sports::known(wanted)) {
                (true, _) => "Create them with icu_create_sport_settings.".into(),
                (false, Some(sport)) => format!("Create them for {sport}, or use {}.", known.join("; ")),
                (false, None) => format!("Use {}.", known.join("; ")),
            };
            Err(Error::new(format!("there are no sport settings {wanted}"), advice))
        }
    }
}

/// Returns the record's number as text.
fn number(record: &Row) -> String {
    record.sport_id.map(|id| format!("{:.0}", id.0)).unwrap_or_default()
}
