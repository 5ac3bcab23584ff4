//! The athlete's own today; the server's clock stands in another place.
use jiff::{
    Timestamp, Zoned,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use super::athlete_of;
use crate::{Call, Error, FromCall, Result};

/// Now, as the athlete's own clock shows it.
pub struct Today {
    now: Zoned,
    /// Why the zone is a guess.
    doubt: Option<String>,
    /// Whether it is the own athlete's.
    own: bool,
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
                match self.own {
                    true => "Try again in a minute, or set `timezone` in the server's configuration.",
                    false => "Try again in a minute, or have the athlete set a time zone on Intervals.icu.",
                },
            )),
        }
    }
}

impl FromCall for Today {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let athlete = athlete_of(call).await?;
        let operators = call.settings.timezone.as_ref();
        let own = athlete == call.client.own_id() || (operators.is_some() && is_own(call, &athlete).await);
        // The operator's zone is the own athlete's; where others live it does not say.
        let (zone, doubt) = match operators {
            Some(zone) if own => (zone.clone(), None),
            _ => zone_of(call, &athlete).await?,
        };
        if let Some(doubt) = &doubt {
            let name = zone.iana_name().unwrap_or("the server's zone");
            call.extras.note(format!("days are counted in {name}: {doubt}"));
        }
        Ok(Self { now: call.settings.now().to_zoned(zone), doubt, own })
    }
}

/// The own athlete may also be named by the full id.
async fn is_own(call: &Call, athlete: &str) -> bool {
    call.client.own().await.is_ok_and(|own| own.id == athlete)
}

/// The zone of the athlete's record, else a guess and why it is one.
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
    Ok((call.settings.timezone.clone().unwrap_or(TimeZone::UTC), Some(doubt)))
}
