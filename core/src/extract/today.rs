//! The current day and time in the athlete's time zone.
use jiff::{
    Timestamp, Zoned,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use super::athlete_of;
use crate::{Call, Error, FromCall, Result};

/// The current day and time in the athlete's time zone.
pub struct Today {
    now: Zoned,
    /// The reason if the zone is a guess.
    doubt: Option<String>,
    /// Whether the athlete is the key's owner.
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

    /// Converts a timestamp of the service to the athlete's local time. Returns `None` when `moment` is no timestamp.
    pub fn local(&self, moment: &str) -> Option<DateTime> {
        let moment: Timestamp = moment.parse().ok()?;
        Some(moment.to_zoned(self.now.time_zone().clone()).datetime())
    }

    /// The athlete's calendar day, for work that must not use a wrong one. Fails when the time zone is a guess.
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
        let operator_zone = call.settings.timezone.as_ref();
        let own = athlete == call.client.own_id() || (operator_zone.is_some() && is_own(call, &athlete).await);
        // The operator's zone is that of the key's owner, not of other athletes.
        let (zone, doubt) = match operator_zone {
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

/// Whether `athlete` is the full id of the key's owner.
async fn is_own(call: &Call, athlete: &str) -> bool {
    call.client.own().await.is_ok_and(|own| own.id == athlete)
}

/// The time zone of the athlete's profile, or a guess and the reason.
async fn zone_of(call: &Call, athlete: &str) -> Result<(TimeZone, Option<String>)> {
    let doubt = match call.client.athlete_profile(athlete).await {
        Ok(profile) => match profile.timezone.as_deref().map(TimeZone::get) {
            Some(Ok(zone)) => return Ok((zone, None)),
            Some(Err(_)) => format!("the time zone {} is unknown here", profile.timezone.as_deref().unwrap_or("")),
            None => "the athlete has set no time zone".into(),
        },
        // Without a key, or for an athlete out of reach, nothing else will work either: return that error alone.
        Err(e) if e.rules_out_the_rest() => return Err(e.into()),
        Err(e) => e.to_string(),
    };
    Ok((call.settings.timezone.clone().unwrap_or(TimeZone::UTC), Some(doubt)))
}
