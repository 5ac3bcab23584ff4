//! The athlete's own today; the server's clock stands in another place.
use jiff::{
    Timestamp, Zoned,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use crate::{Athlete, Call, Error, FromCall, Result};

/// Now, as the athlete's own clock shows it.
pub struct Today {
    now: Zoned,
    /// Why the zone is a guess.
    doubt: Option<String>,
}

impl Today {
    /// The athlete's calendar day.
    pub fn date(&self) -> Date {
        self.now.date()
    }

    /// The athlete's local time.
    pub fn time(&self) -> DateTime {
        self.now.datetime()
    }

    /// A moment of the service's, as the athlete's clock showed it; nothing when it is no moment.
    pub fn local(&self, moment: &str) -> Option<DateTime> {
        let moment: Timestamp = moment.parse().ok()?;
        Some(moment.to_zoned(self.now.time_zone().clone()).datetime())
    }

    /// The day, for work that must not hit the wrong one: an error when the athlete's zone is not known.
    pub fn certain(&self) -> Result<Date> {
        match &self.doubt {
            None => Ok(self.date()),
            Some(doubt) => Err(Error::new(
                format!("the athlete's today is not known: {doubt}"),
                "Try again in a minute, or set `timezone` in the server's configuration.",
            )),
        }
    }
}

impl FromCall for Today {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let athlete = Athlete::of(call).await?;
        let (zone, doubt) = match &call.settings.timezone {
            Some(zone) => (zone.clone(), None),
            None => zone_of(call, &athlete).await?,
        };
        if let Some(doubt) = &doubt {
            call.remarks.note(format!("days are counted in UTC: {doubt}"));
        }
        Ok(Self { now: call.settings.now().to_zoned(zone), doubt })
    }
}

async fn zone_of(call: &Call, athlete: &str) -> Result<(TimeZone, Option<String>)> {
    let doubt = match call.client.athlete_profile(athlete).await {
        Ok(profile) => match profile.timezone.as_deref().map(TimeZone::get) {
            Some(Ok(zone)) => return Ok((zone, None)),
            Some(Err(_)) => format!("the time zone {} is unknown here", profile.timezone.as_deref().unwrap_or("")),
            None => "the athlete has set no time zone".into(),
        },
        // Without a key, or for an athlete out of reach, nothing else will work either: say that, and only that.
        Err(e) if e.rules_out_the_rest() => return Err(e.into()),
        Err(e) => e.to_string(),
    };
    Ok((TimeZone::UTC, Some(doubt)))
}
