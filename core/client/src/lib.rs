//! A client for Intervals.icu: typed requests, one connection pool and one rate limit per service, numbers with units.
//!
//! [`Service::account`] returns the client of one account, an [`Intervals`]; [`Intervals::athlete`] and [`Intervals::activity`]
//! have the requests. It does not depend on tools or MCP.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod activities;
mod activity;
mod analysis;
mod athlete;
mod call_memory;
mod credential;
mod curves;
mod custom_fields;
mod custom_items;
pub mod decode;
mod effect;
mod error;
mod events;
mod exchange;
mod fields;
mod gear;
mod intervals;
pub mod lenient;
mod library;
mod messages;
mod needs;
pub mod operations;
mod pace;
mod page;
mod profile;
mod profiles;
mod recorder;
#[cfg(any(test, feature = "testing"))]
mod request_log;
mod service;
mod sport;
mod sport_settings;
pub mod sports;
pub mod text;
mod trace;
mod traffic;
pub mod units;
mod wellness;
mod workout_doc;

pub use activities::{Activities, Around, STRAVA_REMEDY};
pub use activity::{Activity, UpdatedStreams};
pub use analysis::*;
pub use athlete::Athlete;
pub use call_memory::WriteCounts;
pub use credential::{Credential, OWNER};
pub use curves::*;
pub use custom_fields::{CustomFields, RAW_JSON, RawJson};
pub use custom_items::CustomItems;
pub use decode::{Extended, Records, Unread};
pub use effect::Effect;
pub use error::ClientError;
pub(crate) use error::Result;
pub use events::*;
pub use exchange::{Body, Greeting, Reply};
pub use fields::fields_of;
pub use gear::Garage;
pub use intervals::{ALL, Intervals};
pub use library::Library;
pub use page::Page;
pub use profile::{AthleteProfile, KnownAthlete};
pub use recorder::{Outcome, Recorder, Write};
#[cfg(any(test, feature = "testing"))]
pub use request_log::{RecordedRequest, RequestLog};
#[doc(hidden)]
pub use service::install_tls;
pub use service::{Options, Service, http_client, is_local};
pub use sport::{SportSettings, SportZone, UpperBound};
pub use sport_settings::SportRecords;
pub use text::{Creator, Owner, SignedText, Text};
pub use trace::TraceContext;
pub use traffic::{Lost, Traffic};
pub use wellness::{OfDay, WellnessDays};
pub use workout_doc::{Goal, PlannedDoc, WorkoutDoc, WorkoutStep};

/// A JSON object: a record, arguments, a schema.
pub type JsonMap = serde_json::Map<String, serde_json::Value>;
