//! HTTP routes of the API, a file for each area.
mod activities;
mod activity;
mod analysis;
mod athlete;
mod curves;
mod custom_items;
mod downloads;
mod events;
mod gear;
mod gps_routes;
mod library;
mod manual;
mod messages;
mod search;
mod sport_settings;
mod streams;
mod weather;
mod wellness;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{StatusCode, Uri},
    middleware::{from_fn, from_fn_with_state},
};

use crate::{
    failure::framework_error,
    http::{MAX_BODY, Shared, authenticate, record},
};

/// The router of the whole service.
pub fn app(service: &Shared) -> Router {
    let areas = [
        activities::routes(),
        activity::routes(),
        analysis::routes(),
        athlete::routes(),
        curves::routes(),
        custom_items::routes(),
        downloads::routes(),
        events::routes(),
        gear::routes(),
        gps_routes::routes(),
        library::routes(),
        manual::routes(),
        messages::routes(),
        search::routes(),
        sport_settings::routes(),
        streams::routes(),
        weather::routes(),
        wellness::routes(),
    ];
    let api = areas.into_iter().fold(Router::new(), Router::merge).route_layer(from_fn(authenticate));
    Router::new()
        .nest("/api/v1", api)
        .fallback(async |uri: Uri| framework_error(StatusCode::NOT_FOUND, &uri))
        .method_not_allowed_fallback(async |uri: Uri| framework_error(StatusCode::METHOD_NOT_ALLOWED, &uri))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(Arc::clone(service), record))
        .with_state(Arc::clone(service))
}
