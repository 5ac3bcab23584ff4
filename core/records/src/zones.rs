//! The zones of sport settings, as tables.
use intervals_client::{
    SportZone, Text, UpperBound,
    units::{Bpm, Percent, Speed, Watts},
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::sport_settings::Row;

// Percent of FTP, and what that is with this FTP.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PowerZone {
    /// Whose, where they differ.
    sport: Option<String>,
    zone: usize,
    name: Option<Text>,
    min_pct: Option<Percent>,
    /// Absent: open.
    max_pct: Option<Percent>,
    min_w: Option<Watts>,
    max_w: Option<Watts>,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HrZone {
    /// Whose, where they differ.
    sport: Option<String>,
    zone: usize,
    name: Option<Text>,
    min_bpm: Option<Bpm>,
    /// Absent: open.
    max_bpm: Option<Bpm>,
}

// Percent of threshold speed, and what pace that is.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PaceZone {
    /// Whose, where they differ.
    sport: Option<String>,
    zone: usize,
    name: Option<Text>,
    min_pct: Option<Percent>,
    /// Absent: open.
    max_pct: Option<Percent>,
    slow_mps: Option<Speed>,
    fast_mps: Option<Speed>,
}

// Tables of zones, each ascending.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Zones {
    power_zones: Vec<PowerZone>,
    hr_zones: Vec<HrZone>,
    pace_zones: Vec<PaceZone>,
}

// One record, whole.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Full {
    #[serde(flatten)]
    row: Row,
    #[serde(flatten)]
    zones: Zones,
}

impl From<Row> for Full {
    fn from(row: Row) -> Self {
        Self { zones: Zones::of(std::slice::from_ref(&row)), row }
    }
}

impl Zones {
    /// The zones of all records; zones that several share stand once.
    pub fn of(records: &[Row]) -> Self {
        Self {
            power_zones: shared(records, power_zones, |zone| &mut zone.sport),
            hr_zones: shared(records, hr_zones, |zone| &mut zone.sport),
            pace_zones: shared(records, pace_zones, |zone| &mut zone.sport),
        }
    }
}

/// Says which bounds are absent since Intervals.icu does not say them: without it such a zone would read as an open one.
pub fn unknown_bounds(records: &[Row]) -> Option<String> {
    let unknown = |record: &Row| -> Vec<String> {
        let sport = record.first_type();
        let kinds = [
            ("power", zones(&record.power_zones, &record.power_zone_names)),
            ("heart rate", zones(&record.hr_zones, &record.hr_zone_names)),
            ("pace", zones(&record.pace_zones, &record.pace_zone_names)),
        ];
        let zones = kinds.into_iter().flat_map(|(kind, zones)| {
            let unknown = zones.into_iter().filter(|zone| zone.to == UpperBound::Unknown);
            unknown.map(|zone| format!("{sport} {kind} Z{}", zone.number)).collect::<Vec<_>>()
        });
        zones.collect()
    };
    let unknown: Vec<_> = records.iter().flat_map(unknown).collect();
    (!unknown.is_empty()).then(|| format!("Intervals.icu does not say where these zones end: {}", unknown.join(", ")))
}

fn shared<T: Clone + PartialEq>(
    records: &[Row],
    zones: fn(&Row) -> Vec<T>,
    sport: fn(&mut T) -> &mut Option<String>,
) -> Vec<T> {
    let mut groups: Vec<(Vec<&str>, Vec<T>)> = vec![];
    for record in records {
        let (zones, first) = (zones(record), record.first_type());
        match groups.iter_mut().find(|(_, known)| *known == zones) {
            Some((sports, _)) => sports.push(first),
            None => groups.push((vec![first], zones)),
        }
    }
    let differ = groups.len() > 1;
    let named = |(sports, mut zones): (Vec<&str>, Vec<T>)| {
        if differ {
            zones.iter_mut().for_each(|zone| *sport(zone) = Some(sports.join(", ")));
        }
        zones
    };
    groups.into_iter().flat_map(named).collect()
}

fn power_zones(s: &Row) -> Vec<PowerZone> {
    let ftp = s.ftp_w.map(|ftp| ftp.0);
    // A zone's lowest watt is the one above the zone below, which ends at whole watts.
    let watts = |percent: f64| ftp.map(|ftp| (percent * ftp / 100.0 + 1e-9).floor());
    let row = |zone: &SportZone<'_>| PowerZone {
        sport: None,
        zone: zone.number,
        name: name(zone),
        min_pct: next(zone).map(Percent),
        max_pct: zone.to.value().map(Percent),
        min_w: zone.from.and_then(watts).map(|below| Watts(if zone.number == 1 { 0.0 } else { below + 1.0 })),
        max_w: zone.to.value().and_then(watts).map(Watts),
    };
    zones(&s.power_zones, &s.power_zone_names).iter().map(row).collect()
}

fn hr_zones(s: &Row) -> Vec<HrZone> {
    let row = |zone: &SportZone<'_>| HrZone {
        sport: None,
        zone: zone.number,
        name: name(zone),
        min_bpm: next(zone).map(Bpm),
        max_bpm: zone.to.value().map(Bpm),
    };
    zones(&s.hr_zones, &s.hr_zone_names).iter().map(row).collect()
}

fn pace_zones(s: &Row) -> Vec<PaceZone> {
    let speed = |percent: f64| s.threshold_pace.map(|speed| s.as_pace(speed.0 * percent / 100.0));
    let row = |zone: &SportZone<'_>| PaceZone {
        sport: None,
        zone: zone.number,
        name: name(zone),
        min_pct: zone.from.map(Percent),
        max_pct: zone.to.value().map(Percent),
        slow_mps: zone.from.filter(|from| *from > 0.0).and_then(speed),
        fast_mps: zone.to.value().and_then(speed),
    };
    zones(&s.pace_zones, &s.pace_zone_names).iter().map(row).collect()
}

fn zones<'a, T: Copy + Into<f64>>(bounds: &[Option<T>], names: &'a [Option<String>]) -> Vec<SportZone<'a>> {
    SportZone::all(bounds.iter().map(|bound| bound.map(Into::into)), names)
}

fn name(zone: &SportZone<'_>) -> Option<Text> {
    zone.name.map(Text::from)
}

/// Where a zone of whole numbers starts: one above the bound below.
fn next(zone: &SportZone<'_>) -> Option<f64> {
    zone.from.map(|from| if zone.number == 1 { from } else { from + 1.0 })
}
