//! Fields of identity: ids, name, type, times, source, tags and notes.
use serde_json::json;

use crate::{
    account::Account,
    activity::Activity,
    object::{Object, put},
    random::Random,
    season::{Origin, Session, Sport},
};

impl Activity {
    pub(super) fn identify(&self, account: &Account, all: &mut Object) {
        let race = self.session == Session::Race;
        let sub_type = match (race, self.commute) {
            (true, _) => "RACE",
            (_, true) => "COMMUTE",
            _ => "NONE",
        };
        let start = account.utc(self.start);
        put(
            all,
            json!({
                "id": self.id, "icu_athlete_id": account.person.id, "name": self.name, "type": self.sport.name(),
                "start_date_local": self.start.to_string(), "start_date": start.to_string(),
                "timezone": account.person.zone, "source": self.source(), "race": race, "commute": self.commute,
                "sub_type": sub_type, "moving_time": self.moving_time, "elapsed_time": self.elapsed_time,
                "trainer": self.sport == Sport::VirtualRide, "tags": self.tags(), "icu_rpe": self.rpe,
                "icu_achievements": self.achievements(), "created": offset(start, self.elapsed_time + 94),
                "icu_sync_date": offset(start, self.elapsed_time + 95),
                "analyzed": offset(start, self.elapsed_time + 101),
                "stream_types": self.stream_types(), "icu_ignore_time": false, "icu_ignore_power": false,
                "icu_ignore_hr": false, "ignore_velocity": false, "ignore_pace": false, "lock_intervals": false,
                "icu_intervals_edited": false, "has_segments": false, "use_elevation_correction": false,
            }),
        );
        if self.is_recorded() {
            self.remember(all);
        }
    }

    /// Fields that the athlete enters after a recorded workout, such as feel and description.
    fn remember(&self, all: &mut Object) {
        let mut random = Random::new(self.seed, 4);
        let feel = (self.complete || random.chance(0.7)).then(|| random.whole(1, 4));
        let exertion = (self.sport.has_power() && (self.complete || random.chance(0.5)))
            .then(|| self.rpe.map(|rpe| f64::from(rpe) + 0.5));
        let compliance = self.is_structured().then(|| f64::from(random.whole(880, 1000)) / 10.0);
        let paired = self.is_structured().then(|| random.whole(3_000_000, 3_999_999));
        let description = match self.session {
            Session::Race => Some("Target race of the block. Even pacing, nothing left at the line."),
            Session::Threshold | Session::Vo2 => Some("Last repetition was hard, held the target."),
            _ if random.chance(0.12) => Some("Felt good; light wind & dry roads.\nCoffee at the turn."),
            _ => None,
        };
        let ingested = (self.moving_time > 5000 && self.sport.has_power()).then_some(self.moving_time / 80);
        put(
            all,
            json!({
                "feel": feel, "perceived_exertion": exertion.flatten(), "compliance": compliance,
                "paired_event_id": paired, "description": description, "carbs_ingested": ingested,
                "Fueling": ingested.map(|grams| grams * 3600 / self.moving_time.max(1)),
            }),
        );
    }

    fn source(&self) -> &'static str {
        match self.origin {
            Origin::Garmin => "GARMIN_CONNECT",
            Origin::Upload => "UPLOAD",
            Origin::Zwift => "ZWIFT",
            Origin::Strava => "STRAVA",
            Origin::Manual => "MANUAL",
        }
    }

    fn achievements(&self) -> serde_json::Value {
        match (self.session, self.power) {
            (Session::Race, Some(power)) => {
                let watts = power.weighted + 12;
                let message = format!("Best 20m power in 90 days {watts}w");
                json!([{ "id": "ps0_1200", "type": "BEST_POWER", "message": message, "watts": watts, "secs": 1200 }])
            }
            _ => json!([]),
        }
    }
}

/// Timestamp in the format of `created` and `analyzed`, seconds after the start.
fn offset(start: jiff::Timestamp, seconds: u32) -> String {
    let moment = jiff::Timestamp::from_second(start.as_second() + i64::from(seconds)).unwrap_or(start);
    moment.strftime("%Y-%m-%dT%H:%M:%S.000+00:00").to_string()
}
