//! An in-memory Intervals.icu over HTTP: one believable athlete, the same every time.
mod account;
mod activity;
mod athlete;
mod calendar;
pub mod crowded;
mod curves;
mod custom_items;
mod files;
mod fitness;
mod gear;
mod http;
mod library;
pub mod marked;
mod messages;
mod person;
mod profile;
mod random;
mod routes;
mod season;
mod streams;
mod track;
mod ways;
mod wellness;
mod workout_text;

use std::{fmt, io};

use jiff::civil::Date;
use tokio::{net::TcpListener, sync::oneshot};

pub use http::Recorded;
use http::{Service, Shared};

/// The athlete that owns [`KEY`].
pub const ATHLETE: &str = "i7001";
/// A second athlete, coached by the first; owns [`COACHED_KEY`] and follows nobody.
pub const COACHED: &str = "i7002";
/// The personal API key of [`ATHLETE`].
pub const KEY: &str = "demo";
/// The personal API key of [`COACHED`].
pub const COACHED_KEY: &str = "demo-coached";
/// The time zone of [`ATHLETE`].
pub const ZONE: &str = "Pacific/Auckland";
/// The newest ride, with every field a ride has.
pub const RIDE: &str = "i9001";
/// The newest run, with every field a run has.
pub const RUN: &str = "i9002";
/// The newest swim, with every field a pool swim has.
pub const SWIM: &str = "i9003";
/// The newest strength session, with every field it has.
pub const STRENGTH: &str = "i9004";
/// The newest ride of structured threshold intervals.
pub const INTERVALS_RIDE: &str = "i9005";
/// The newest ride of exactly two hours, 7200 samples.
pub const LONG_RIDE: &str = "i9006";
/// An activity from Strava, of which only a stub is told; within the last 30 days.
pub const STRAVA: &str = "15987654321";
/// An activity written by hand, without a file; within the last 60 days.
pub const MANUAL: &str = "i9007";
/// The newest ride of [`COACHED`].
pub const COACHED_RIDE: &str = "i8001";
/// The road bike, with parts.
pub const BIKE: &str = "b5001";
/// Running shoes.
pub const SHOES: &str = "g5004";
/// The chain of [`BIKE`].
pub const CHAIN: &str = "c5101";
/// A bike out of use.
pub const RETIRED_BIKE: &str = "b4990";
/// A reminder of [`CHAIN`] that is overdue.
pub const DUE_REMINDER: i64 = 6002;
/// A reminder of [`CHAIN`] that keeps quiet for ten days.
pub const SNOOZED_REMINDER: i64 = 6003;
/// The custom item of the wellness field `Caffeine`.
pub const WELLNESS_FIELD: i64 = 4101;
/// The custom item of the activity field `Fueling`.
pub const FUELING_FIELD: i64 = 4103;
/// A chart with a large content, taken over from another athlete.
pub const FITNESS_CHART: i64 = 4104;
/// The first message on [`RIDE`], by the coach; the athlete's own is the next, then a deleted one.
pub const MESSAGE: i64 = 900_001;
/// A route of [`RIDE`] and [`LONG_RIDE`].
pub const ROUTE: i64 = 7701;
/// A route of [`RUN`].
pub const RUN_ROUTE: i64 = 7702;
/// A route of [`COACHED_RIDE`].
pub const COACHED_ROUTE: i64 = 7801;

/// A folder of [`ATHLETE`] with structured rides.
pub const FOLDER: u32 = 61_001;
/// The training plan that [`ATHLETE`] follows: eight weeks, begun two weeks ago.
pub const PLAN: u32 = 61_010;
/// A folder without workouts.
pub const EMPTY_FOLDER: u32 = 61_009;
/// The first workout of [`FOLDER`].
pub const WORKOUT: u32 = 62_001;
/// A planned ride of structured threshold intervals, two days from today.
pub const EVENT: u32 = 41_001;
/// A run planned for today and not done yet.
pub const TODAY_EVENT: u32 = 41_002;
/// The planned workout that became [`INTERVALS_RIDE`].
pub const PAST_EVENT: u32 = 41_003;
/// The race that everything leads to, within four weeks.
pub const RACE: u32 = 41_004;
/// A note with a time of day, tomorrow.
pub const NOTE: u32 = 41_005;
/// Seven days off, from the Monday in four weeks.
pub const HOLIDAY: u32 = 41_006;
/// The target of this week, on its Monday.
pub const TARGET: u32 = 41_007;
/// A note by somebody else, in three days.
pub const CLUB_NOTE: u32 = 41_008;
/// A planned ride of [`COACHED`].
pub const COACHED_EVENT: u32 = 42_001;

/// What the demo starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The date of the athletes; everything is placed relative to it.
    pub today: Date,
    /// Years of training before today, at most 30; 0 is an account with nothing in it.
    pub years: u32,
    /// Fills the account of [`ATHLETE`] with the numbers of records in [`crowded`]; it is never an empty account then.
    pub crowded: bool,
    /// Puts a word and invisible characters into every text that people write, see [`marked`].
    pub marked: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { today: Demo::TODAY, years: 3, crowded: false, marked: false }
    }
}

/// A running demo; it ends when it is dropped or its runtime ends.
pub struct Demo {
    /// Where it listens, such as `http://127.0.0.1:40123`, without `/api/v1`.
    pub url: String,
    service: Shared,
    _stop: oneshot::Sender<()>,
}

impl Demo {
    /// The date of [`Demo::start`].
    pub const TODAY: Date = Date::constant(2026, 7, 5);

    /// Start with three years of data up to [`Demo::TODAY`].
    ///
    /// # Errors
    /// No loopback port can be opened.
    pub async fn start() -> io::Result<Self> {
        Self::start_with(Options::default()).await
    }

    /// Start with other data.
    ///
    /// # Errors
    /// No loopback port can be opened.
    pub async fn start_with(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let service = Service::new(options);
        let app = routes::app(&service);
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener, app).with_graceful_shutdown(async move { _ = stopped.await });
        tokio::spawn(async move { server.await });
        Ok(Self { url, service, _stop: stop })
    }

    /// What was asked, oldest first; the last ten thousand are kept.
    pub fn requests(&self) -> Vec<Recorded> {
        self.service.log().all()
    }

    /// Requests that are not reads, as `METHOD /path`. Those that only make a file of what they are sent are reads.
    pub fn writes(&self) -> Vec<String> {
        let requests = self.requests();
        let computes = |request: &Recorded| {
            request.method == "POST"
                && request.path.rsplit('/').next().is_some_and(|end| end.starts_with("download-workout"))
        };
        let writes = requests.iter().filter(|request| !matches!(request.method.as_str(), "GET" | "HEAD"));
        let writes = writes.filter(|request| !computes(request));
        writes.map(|request| format!("{} {}", request.method, request.path)).collect()
    }
}

impl fmt::Debug for Demo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Demo").field("url", &self.url).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
