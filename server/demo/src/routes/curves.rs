//! Power, heart rate and pace curves of an athlete.
use axum::{Json, Router, routing::get};

use crate::{
    activity_types::is_type,
    curves::Kind,
    failure::Failure,
    http::{Answer, Query, Shared, Target},
};

/// `/athlete/{id}/power-curves`, `hr-curves` and `pace-curves`.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/athlete/{id}/power-curves", get(power))
        .route("/athlete/{id}/hr-curves", get(heart))
        .route("/athlete/{id}/pace-curves", get(pace))
}

async fn power(athlete: Target, query: Query) -> Answer {
    curves(&athlete, &query, Kind::Power)
}

async fn heart(athlete: Target, query: Query) -> Answer {
    curves(&athlete, &query, Kind::Heart)
}

async fn pace(athlete: Target, query: Query) -> Answer {
    curves(&athlete, &query, Kind::Pace(query.flag("gap", false)?))
}

fn curves(athlete: &Target, query: &Query, kind: Kind) -> Answer {
    let sport = query.required("type")?;
    if !is_type(sport) {
        return Err(Failure::rejected(format!("Failed to convert 'type' with value: '{sport}'")));
    }
    let periods = query.list("curves").unwrap_or_else(|| vec!["1y".to_owned()]);
    athlete.with(|account| account.curves(kind, sport, &periods).map(Json))
}
