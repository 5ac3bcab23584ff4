//! The client alone: the newest rides of the demo athlete, or of an account whose key stands in INTERVALS_ICU_API_KEY.
use std::{env, error::Error};

use intervals_client::{Credential, Options, Service};
use serde::Deserialize;

#[derive(Deserialize)]
struct Activity {
    start_date_local: String,
    name: Option<String>,
    /// Metres; absent where nothing was measured.
    distance: Option<f64>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let demo = intervals_demo::Demo::start().await?;
    let (url, key) = match env::var("INTERVALS_ICU_API_KEY") {
        Ok(key) => ("https://intervals.icu", key),
        Err(_) => (demo.url.as_str(), intervals_demo::KEY.to_owned()),
    };
    // One connection pool and one rate limit for all accounts of a service.
    let service = Service::new(Options::at(url))?;
    let client = service.account(Credential::ApiKey(key.into()), None);

    // Segments of a path are encoded one by one. A record that cannot be read is left out and reported, not an error.
    let query = [("oldest", "2026-06-20"), ("newest", "2026-07-05")];
    let activities: Vec<Activity> = client.list(&["athlete", client.own_id(), "activities"], &query).await?;
    let mut out = String::new();
    for activity in activities.iter().take(3) {
        let km = activity.distance.map_or_else(|| "-".to_owned(), |metres| format!("{:.1} km", metres / 1000.0));
        out += &format!("{} {} {km}\n", activity.start_date_local, activity.name.as_deref().unwrap_or("-"));
    }
    std::io::Write::write_all(&mut std::io::stdout(), out.as_bytes())?;
    Ok(())
}
