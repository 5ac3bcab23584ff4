//! An in-memory Intervals.icu over HTTP: an athlete with believable data, the same at every start.
mod account;
mod activity;
mod activity_json;
mod activity_types;
mod calendar;
pub mod crowded;
mod curves;
mod custom_items;
mod dates;
mod demo;
mod failure;
mod files;
mod fitness;
mod gear;
mod gps_routes;
mod http;
mod ids;
mod intensity;
mod library;
pub mod marked;
mod messages;
mod object;
mod options;
mod person;
mod random;
mod routes;
mod season;
mod start;
mod streams;
mod track;
mod weather;
mod wellness;
mod workout_text;

pub use demo::Demo;
pub use http::Recorded;
pub use ids::*;
pub use options::Options;

#[cfg(test)]
mod tests;
