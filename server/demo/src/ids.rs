//! Ids of the records that tests and demonstrations name, API keys, and the time zone.
/// The athlete that owns [`KEY`].
pub const ATHLETE: &str = "i7001";
/// A second athlete, coached by the first. Owns [`COACHED_KEY`] and sees no other athlete.
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
/// An activity from Strava, which the API gives as a stub; within the last 30 days.
pub const STRAVA: &str = "15987654321";
/// A manual activity, without a file; within the last 60 days.
pub const MANUAL: &str = "i9007";
/// The newest ride of [`COACHED`].
pub const COACHED_RIDE: &str = "i8001";
/// The road bike, with components.
pub const BIKE: &str = "b5001";
/// Running shoes.
pub const SHOES: &str = "g5004";
/// The chain of [`BIKE`].
pub const CHAIN: &str = "c5101";
/// A retired bike.
pub const RETIRED_BIKE: &str = "b4990";
/// A reminder of [`CHAIN`] that is overdue.
pub const DUE_REMINDER: i64 = 6002;
/// A reminder of [`CHAIN`] that is snoozed for ten days.
pub const SNOOZED_REMINDER: i64 = 6003;
/// The custom item of the wellness field `Caffeine`.
pub const WELLNESS_FIELD: i64 = 4101;
/// The custom item of the activity field `Fueling`.
pub const FUELING_FIELD: i64 = 4103;
/// A chart with large content, copied from another athlete.
pub const FITNESS_CHART: i64 = 4104;
/// The first message on [`RIDE`], by the coach. Then come one by the athlete and a deleted one.
pub const MESSAGE: i64 = 900_001;
/// A route of [`RIDE`] and [`LONG_RIDE`].
pub const ROUTE: i64 = 7701;
/// A route of [`RUN`].
pub const RUN_ROUTE: i64 = 7702;
/// A route of [`COACHED_RIDE`].
pub const COACHED_ROUTE: i64 = 7801;

/// A folder of [`ATHLETE`] with structured rides.
pub const FOLDER: u32 = 61_001;
/// The training plan that [`ATHLETE`] follows: eight weeks, started two weeks ago.
pub const PLAN: u32 = 61_010;
/// A folder without workouts.
pub const EMPTY_FOLDER: u32 = 61_009;
/// The first workout of [`FOLDER`].
pub const WORKOUT: u32 = 62_001;
/// A planned ride of structured threshold intervals, two days from today.
pub const EVENT: u32 = 41_001;
/// A run planned for today, not done yet.
pub const TODAY_EVENT: u32 = 41_002;
/// The planned workout that is paired with [`INTERVALS_RIDE`].
pub const PAST_EVENT: u32 = 41_003;
/// The A race, within four weeks.
pub const RACE: u32 = 41_004;
/// A note with a time of day, tomorrow.
pub const NOTE: u32 = 41_005;
/// Seven days off, from the Monday in four weeks.
pub const HOLIDAY: u32 = 41_006;
/// The weekly target of this week, on its Monday.
pub const TARGET: u32 = 41_007;
/// A note by another person, in three days.
pub const CLUB_NOTE: u32 = 41_008;
/// A planned ride of [`COACHED`].
pub const COACHED_EVENT: u32 = 42_001;
