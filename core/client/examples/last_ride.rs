//! The newest activity of the demo athlete, with this crate alone.
#![allow(clippy::print_stdout, reason = "it is what the example is for")]
use intervals_client::{Credential, Options, Service};

#[derive(serde::Deserialize)]
struct Ride {
    start_date_local: String,
    name: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let demo = intervals_demo::Demo::start().await?;
    let client = Service::new(Options::at(&demo.url))?.account(Credential::ApiKey(intervals_demo::KEY.into()), None);
    let athlete = client.athlete(client.own_id());
    for ride in athlete.activities().list::<Ride>("2026-01-01".parse()?, None, 1).await? {
        println!("{} {}", ride.start_date_local, ride.name.unwrap_or_default());
    }
    Ok(())
}
