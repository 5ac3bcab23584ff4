//! Settings of a group of sports: thresholds and zones.
use serde::Deserialize;

use crate::{
    lenient,
    units::{Bpm, Count, Joules, MetresPerSecond, Percent, Watts},
};

/// From here on a bound is no bound: the last zone is open.
const OPEN: f64 = 999.0;

/// Thresholds and zones of a group of sports.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct SportSettings {
    /// The record's number.
    pub id: Option<Count>,
    /// The activity types they hold for.
    #[serde(default, deserialize_with = "lenient::list")]
    pub types: Vec<String>,
    /// Functional threshold power.
    pub ftp: Option<Watts>,
    /// The same, indoors.
    pub indoor_ftp: Option<Watts>,
    /// Work above critical power.
    pub w_prime: Option<Joules>,
    /// Peak power.
    pub p_max: Option<Watts>,
    /// Threshold heart rate.
    pub lthr: Option<Bpm>,
    /// Maximum heart rate; the service overwrites it with the last bound of `hr_zones`.
    pub max_hr: Option<Bpm>,
    /// Threshold speed in m/s, whatever the sport.
    pub threshold_pace: Option<MetresPerSecond>,
    /// How the athlete reads a pace: `MINS_KM`, `SECS_100M`, …
    pub pace_units: Option<String>,
    /// Upper bounds in percent of FTP; 999 is open.
    #[serde(default, deserialize_with = "lenient::places")]
    pub power_zones: Vec<Option<Percent>>,
    /// Their names; there may be fewer.
    #[serde(default, deserialize_with = "lenient::places")]
    pub power_zone_names: Vec<Option<String>>,
    /// Upper bounds in bpm.
    #[serde(default, deserialize_with = "lenient::places")]
    pub hr_zones: Vec<Option<Bpm>>,
    /// Their names; there may be fewer.
    #[serde(default, deserialize_with = "lenient::places")]
    pub hr_zone_names: Vec<Option<String>>,
    /// Upper bounds in percent of threshold speed; 999 is open.
    #[serde(default, deserialize_with = "lenient::places")]
    pub pace_zones: Vec<Option<Percent>>,
    /// Their names; there may be fewer.
    #[serde(default, deserialize_with = "lenient::places")]
    pub pace_zone_names: Vec<Option<String>>,
}

/// One zone: above `from`, up to and with `to`.
#[derive(Debug, Clone, PartialEq)]
pub struct SportZone<'a> {
    /// From 1.
    pub number: usize,
    /// Its name, where it has one.
    pub name: Option<&'a str>,
    /// The bound below, 0 for the first; nothing where the service does not say it.
    pub from: Option<f64>,
    /// The bound above.
    pub to: UpperBound,
}

/// Where a zone ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum UpperBound {
    /// At this value, which belongs to the zone.
    At(f64),
    /// Nowhere: it is the last one.
    Open,
    /// The service does not say it.
    Unknown,
}

impl SportSettings {
    /// Whether they hold for this activity type.
    pub fn covers(&self, sport: &str) -> bool {
        self.types.iter().any(|own| own.eq_ignore_ascii_case(sport.trim()))
    }

    /// Zones of power, in percent of FTP.
    pub fn zones_of_power(&self) -> Vec<SportZone<'_>> {
        SportZone::all(self.power_zones.iter().map(|bound| bound.map(|bound| bound.0)), &self.power_zone_names)
    }

    /// Zones of heart rate, in bpm.
    pub fn zones_of_hr(&self) -> Vec<SportZone<'_>> {
        SportZone::all(self.hr_zones.iter().map(|bound| bound.map(|bound| bound.0)), &self.hr_zone_names)
    }

    /// Zones of pace, in percent of threshold speed.
    pub fn zones_of_pace(&self) -> Vec<SportZone<'_>> {
        SportZone::all(self.pace_zones.iter().map(|bound| bound.map(|bound| bound.0)), &self.pace_zone_names)
    }
}

impl<'a> SportZone<'a> {
    /// The zones of these upper bounds, 999 for none, and of these names, of which there may be fewer.
    pub fn all(bounds: impl Iterator<Item = Option<f64>>, names: &'a [Option<String>]) -> Vec<Self> {
        let (mut from, bounds) = (Some(0.0), bounds.collect::<Vec<_>>());
        if bounds.iter().all(Option::is_none) {
            return vec![];
        }
        // Names beyond the bounds tell of a bound that is missing: whose they are, nobody knows.
        let names = if names.len() > bounds.len() { &[] } else { names };
        let zone = |(n, bound): (usize, Option<f64>)| {
            let name = names.get(n).and_then(|name| name.as_deref()).map(str::trim).filter(|name| !name.is_empty());
            let to = match bound {
                None => UpperBound::Unknown,
                Some(bound) if bound < OPEN => UpperBound::At(bound),
                Some(_) => UpperBound::Open,
            };
            Self { number: n + 1, name, from: std::mem::replace(&mut from, bound), to }
        };
        bounds.into_iter().enumerate().map(zone).collect()
    }

    /// The zone in which a value lies; above a closed last zone it is the last. Nothing where a bound that is not known decides.
    ///
    /// A value may be off by what arithmetic in floats leaves: 110 W of an FTP of 200 is 55.000000000000007 %.
    pub fn of(value: f64, zones: &[Self]) -> Option<&Self> {
        let reaches = |zone: &Self| match zone.to {
            UpperBound::At(bound) => value <= bound + bound.abs() * 1e-9,
            UpperBound::Open => true,
            UpperBound::Unknown => false,
        };
        let n = zones.iter().position(reaches).or(zones.len().checked_sub(1))?;
        let below = n.checked_sub(1).and_then(|n| zones.get(n));
        zones.get(n).filter(|_| below.is_none_or(|zone| zone.to != UpperBound::Unknown))
    }

    /// `Z4 Threshold`, `Z4` without a name, and the name alone where it says a number itself: `Zone 5a`.
    pub fn label(&self) -> String {
        let numbered = |name: &str| name.to_lowercase().starts_with('z') && name.contains(|c: char| c.is_ascii_digit());
        match self.name {
            None => format!("Z{}", self.number),
            Some(name) if numbered(name) => name.to_owned(),
            Some(name) => format!("Z{} {name}", self.number),
        }
    }
}

impl UpperBound {
    /// The value, where there is one.
    pub fn value(self) -> Option<f64> {
        if let Self::At(value) = self { Some(value) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn settings() -> SportSettings {
        let record = json!({"id": 7, "types": ["Ride"], "power_zones": [55, 75, "90", 999],
            "power_zone_names": ["Easy", null, "Zone 3"],
            "hr_zones": [120, 180], "hr_zone_names": null, "pace_zones": null});
        serde_json::from_value(record).unwrap()
    }

    #[rstest]
    #[case(0.0, "Z1 Easy")]
    #[case(55.0, "Z1 Easy")]
    #[case(55.1, "Z2")]
    #[case(90.0, "Zone 3")]
    #[case(400.0, "Z4")]
    fn a_bound_belongs_to_the_zone_below_it(#[case] percent: f64, #[case] label: &str) {
        let settings = settings();
        assert_eq!(SportZone::of(percent, &settings.zones_of_power()).map(SportZone::label).as_deref(), Some(label));
    }

    #[test]
    fn a_zone_without_bound_is_open_and_null_lists_have_no_zones() {
        let settings = settings();
        assert_eq!(settings.zones_of_power().last().unwrap().to, UpperBound::Open);
        assert_eq!(SportZone::of(200.0, &settings.zones_of_hr()).map(|zone| zone.number), Some(2));
        assert_eq!(SportZone::of(100.0, &settings.zones_of_pace()), None);
    }

    #[test]
    fn a_share_at_a_bound_is_in_the_zone_below_whatever_floats_make_of_it() {
        let settings = settings();
        let zones = settings.zones_of_power();
        let number = |watts: f64, ftp: f64| SportZone::of(watts / ftp * 100.0, &zones).map(|zone| zone.number);
        for ftp in 100..=450 {
            for (n, percent) in [55, 75, 90].into_iter().enumerate().filter(|(_, percent)| ftp * percent % 100 == 0) {
                let (watts, ftp) = (f64::from(ftp * percent / 100), f64::from(ftp));
                assert_eq!(number(watts, ftp), Some(n + 1), "{watts} W of {ftp} W");
                assert_eq!(number(watts + 0.001, ftp), Some(n + 2), "over {watts} W of {ftp} W");
            }
        }
    }

    #[rstest]
    #[case(50.0, Some("Z1 Easy"))]
    #[case(80.0, None)]
    #[case(90.0, None)]
    #[case(95.0, Some("Z4 Hard"))]
    #[case(500.0, Some("Z5"))]
    fn a_bound_that_is_null_keeps_its_place_and_decides_nothing(#[case] percent: f64, #[case] label: Option<&str>) {
        let record = json!({"power_zones": [55, null, 90, 120, null],
            "power_zone_names": ["Easy", "Steady", "Tempo", "Hard"]});
        let settings: SportSettings = serde_json::from_value(record).unwrap();
        let zones = settings.zones_of_power();
        assert_eq!(SportZone::of(percent, &zones).map(SportZone::label).as_deref(), label);
        let tempo = &zones[2];
        assert_eq!((tempo.name, tempo.from, tempo.to), (Some("Tempo"), None, UpperBound::At(90.0)));
    }

    #[test]
    fn bounds_that_are_all_null_make_no_zones() {
        let settings: SportSettings = serde_json::from_value(json!({"power_zones": [null, null]})).unwrap();
        assert!(settings.zones_of_power().is_empty());
    }

    #[test]
    fn a_record_of_nulls_is_read() {
        let nulls = crate::operations::Operations::embedded().unwrap().nulls("SportSettings", json!({}));
        let settings: SportSettings = serde_json::from_value(nulls).unwrap();
        assert!(settings.types.is_empty() && !settings.covers("Ride"));
    }
}
