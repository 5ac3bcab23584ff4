//! Sport settings as they are answered: thresholds in a row, zones in tables.
use intervals_core::{
    client::{SportSettings, SportZone, Text, UpperBound},
    units::{Bpm, Count, Joules, MetresPerSecond, Percent, Seconds, Speed, SpeedReading, Watts},
};
use schemars::JsonSchema;
use serde::Serialize;

// Thresholds of a group of sports. Zero is unset upstream, and absent here.
#[derive(Serialize, JsonSchema)]
pub struct Row {
    sport_id: Option<Count>,
    /// All that the record covers.
    pub types: Vec<String>,
    ftp_w: Option<Watts>,
    indoor_ftp_w: Option<Watts>,
    w_prime_j: Option<Joules>,
    p_max_w: Option<Watts>,
    /// Of FTP.
    sweet_spot_min_pct: Option<Percent>,
    sweet_spot_max_pct: Option<Percent>,
    lthr_bpm: Option<Bpm>,
    max_hr_bpm: Option<Bpm>,
    /// m/s, whatever the sport.
    threshold_pace_mps: Option<Speed>,
    pace_units: Option<String>,
    load_order: Option<String>,
    workout_order: Option<String>,
    hr_load_type: Option<String>,
    pace_load_type: Option<String>,
    gap_model: Option<String>,
    hrrc_min_pct: Option<Percent>,
    warmup_s: Option<Seconds>,
    cooldown_s: Option<Seconds>,
}

// Percent of FTP, and what that is with this FTP.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
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

#[derive(Clone, PartialEq, Serialize, JsonSchema)]
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
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
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
#[derive(Serialize, JsonSchema)]
pub struct Zones {
    power_zones: Vec<PowerZone>,
    hr_zones: Vec<HrZone>,
    pace_zones: Vec<PaceZone>,
}

// One record, whole.
#[derive(Serialize, JsonSchema)]
pub struct Record {
    #[serde(flatten)]
    row: Row,
    #[serde(flatten)]
    zones: Zones,
}

impl Row {
    pub fn of(s: &SportSettings) -> Self {
        Self {
            sport_id: s.id,
            types: s.types.clone(),
            ftp_w: s.ftp.filter(|v| v.0 > 0.0),
            indoor_ftp_w: s.indoor_ftp.filter(|v| v.0 > 0.0),
            w_prime_j: s.w_prime.filter(|v| v.0 > 0.0),
            p_max_w: s.p_max.filter(|v| v.0 > 0.0),
            sweet_spot_min_pct: s.sweet_spot_min.filter(|v| v.0 > 0.0),
            sweet_spot_max_pct: s.sweet_spot_max.filter(|v| v.0 > 0.0),
            lthr_bpm: s.lthr.filter(|v| v.0 > 0.0),
            max_hr_bpm: s.max_hr.filter(|v| v.0 > 0.0),
            threshold_pace_mps: threshold(s).map(|speed| pace(s, speed)),
            pace_units: s.pace_units.clone(),
            load_order: s.load_order.clone(),
            workout_order: s.workout_order.clone(),
            hr_load_type: s.hr_load_type.clone(),
            pace_load_type: s.pace_load_type.clone(),
            gap_model: s.gap_model.clone().filter(|model| model != "NONE"),
            hrrc_min_pct: s.hrrc_min_percent,
            warmup_s: s.warmup_time.filter(|v| v.0 > 0.0),
            cooldown_s: s.cooldown_time.filter(|v| v.0 > 0.0),
        }
    }
}

impl Record {
    pub fn of(s: &SportSettings) -> Self {
        Self { row: Row::of(s), zones: Zones::of(std::slice::from_ref(s)) }
    }
}

impl Zones {
    /// The zones of all records; zones that several share stand once.
    pub fn of(records: &[SportSettings]) -> Self {
        Self {
            power_zones: shared(records, power_zones, |zone| &mut zone.sport),
            hr_zones: shared(records, hr_zones, |zone| &mut zone.sport),
            pace_zones: shared(records, pace_zones, |zone| &mut zone.sport),
        }
    }
}

/// Says which bounds are absent since Intervals.icu does not say them: without it such a zone would read as an open one.
pub fn unknown_bounds(records: &[SportSettings]) -> Option<String> {
    let unknown = |record: &SportSettings| -> Vec<String> {
        let sport = record.types.first().map_or("?", String::as_str).to_owned();
        let kinds = [
            ("power", record.zones_of_power()),
            ("heart rate", record.zones_of_hr()),
            ("pace", record.zones_of_pace()),
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
    records: &[SportSettings],
    zones: fn(&SportSettings) -> Vec<T>,
    sport: fn(&mut T) -> &mut Option<String>,
) -> Vec<T> {
    let mut groups: Vec<(Vec<&str>, Vec<T>)> = vec![];
    for record in records {
        let (zones, first) = (zones(record), record.types.first().map_or("?", String::as_str));
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

fn power_zones(s: &SportSettings) -> Vec<PowerZone> {
    let ftp = s.ftp.map(|ftp| ftp.0).filter(|ftp| *ftp > 0.0);
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
    s.zones_of_power().iter().map(row).collect()
}

fn hr_zones(s: &SportSettings) -> Vec<HrZone> {
    let row = |zone: &SportZone<'_>| HrZone {
        sport: None,
        zone: zone.number,
        name: name(zone),
        min_bpm: next(zone).map(Bpm),
        max_bpm: zone.to.value().map(Bpm),
    };
    s.zones_of_hr().iter().map(row).collect()
}

fn pace_zones(s: &SportSettings) -> Vec<PaceZone> {
    let speed = |percent: f64| threshold(s).map(|speed| pace(s, speed * percent / 100.0));
    let row = |zone: &SportZone<'_>| PaceZone {
        sport: None,
        zone: zone.number,
        name: name(zone),
        min_pct: zone.from.map(Percent),
        max_pct: zone.to.value().map(Percent),
        slow_mps: zone.from.filter(|from| *from > 0.0).and_then(speed),
        fast_mps: zone.to.value().and_then(speed),
    };
    s.zones_of_pace().iter().map(row).collect()
}

fn threshold(s: &SportSettings) -> Option<f64> {
    s.threshold_pace.map(|pace| pace.0).filter(|pace| *pace > 0.0)
}

fn pace(s: &SportSettings, speed: f64) -> Speed {
    Speed::read_as(SpeedReading::in_unit(s.pace_units.as_deref()), MetresPerSecond(speed))
}

fn name(zone: &SportZone<'_>) -> Option<Text> {
    zone.name.map(Text::from)
}

/// Where a zone of whole numbers starts: one above the bound below.
fn next(zone: &SportZone<'_>) -> Option<f64> {
    zone.from.map(|from| if zone.number == 1 { from } else { from + 1.0 })
}
