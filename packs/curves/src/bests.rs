//! Builds the table of bests: a row for each duration or distance, with a column for each curve.
use std::borrow::Cow;

use intervals_core::{
    Error, Notes, Result,
    client::{SportZone, Text, sports},
    records::{
        Minute,
        curve::{Curve, Id},
    },
    units::{Bpm, Count, Kilograms, Metres, Number, Seconds, Span, Speed, Watts},
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

/// Maximum rows that a call can request.
const MOST: usize = 60;

/// One best of a curve.
#[derive(Debug, Clone)]
pub struct Point {
    /// Seconds or metres.
    pub at: f64,
    /// W, bpm or seconds.
    pub value: f64,
    pub per_kg: Option<Number>,
    /// Activity of the best W/kg, which may not be that of the best W.
    pub per_kg_activity: Option<String>,
    pub activity: Option<String>,
}

/// The points of a curve, and the name of its columns.
pub struct Named {
    pub name: String,
    pub points: Vec<Point>,
}

// A curve, and the days it covers.
#[derive(Serialize, JsonSchema)]
pub struct Covered {
    pub curve: String,
    pub from: Option<String>,
    pub to: Option<String>,
    /// After so much work.
    pub after_kj: Option<Count>,
    /// Estimated by Intervals.icu.
    pub eftp_w: Option<Watts>,
    /// What W/kg rest on.
    pub weight_kg: Option<Kilograms>,
    /// ml/kg/min, from the best five minutes.
    pub vo2max_5m: Option<Number>,
}

impl Covered {
    pub fn of<M>(curve: &Curve<M>) -> Self {
        let day = |date: &Option<Minute>| date.as_ref()?.day().map(|day| day.to_string());
        Self {
            curve: curve.id.clone().unwrap_or_default(),
            from: day(&curve.start_date_local),
            to: day(&curve.end_date_local),
            after_kj: curve.after_kj,
            eftp_w: None,
            weight_kg: None,
            vo2max_5m: None,
        }
    }
}

impl Named {
    /// Sorts the points by place, and leaves out those without a value or with zero.
    pub fn of<M>(curve: &Curve<M>) -> Self {
        let id = |ids: &[Option<Id>], n: usize| ids.get(n).and_then(|id| id.as_ref()).map(|id| id.0.clone());
        let point = |(n, (at, value)): (usize, (&Option<Number>, &Option<Number>))| {
            let point = Point {
                at: (*at)?.0,
                value: (*value)?.0,
                per_kg: curve.watts_per_kg.get(n).copied().flatten().filter(|ratio| ratio.0 > 0.0),
                per_kg_activity: id(&curve.wkg_activity_id, n),
                activity: id(&curve.activity_id, n),
            };
            Some(point).filter(|point| point.at > 0.0 && point.value > 0.0)
        };
        let mut points: Vec<_> = curve.at.iter().zip(&curve.values).enumerate().filter_map(point).collect();
        points.sort_by(|a, b| a.at.total_cmp(&b.at));
        Self { name: curve.id.clone().unwrap_or_default(), points }
    }
}

/// The durations or distances to show.
pub struct Places {
    at: Vec<f64>,
    /// Whether the caller listed them.
    is_listed: bool,
    unit: &'static str,
    /// Factor by which a stored place may be longer than the requested one that it stands for.
    longer: f64,
}

impl Places {
    /// Durations in seconds; default ten from 1 s to 1 h.
    pub fn durations(requested: Option<&[Seconds]>) -> Result<Self> {
        const USUAL: &[f64] = &[1.0, 5.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 3600.0];
        let requested = requested.map(|list| list.iter().map(|secs| secs.0).collect());
        Self { at: USUAL.to_vec(), is_listed: false, unit: "s", longer: 1.05 }.with("durations", requested)
    }

    /// Distances in metres; default those raced in the sport. The factor is small, because the time over a much longer
    /// distance would mislead.
    pub fn distances(requested: Option<&[Metres]>, sport: &str) -> Result<Self> {
        const RUN: &[f64] = &[
            400.0, 800.0, 1000.0, 1609.344, 3000.0, 5000.0, 10_000.0, 15_000.0, 21_097.5, 30_000.0, 42_195.0, 50_000.0,
        ];
        const SWIM: &[f64] = &[25.0, 50.0, 100.0, 200.0, 400.0, 800.0, 1000.0, 1500.0, 1900.0, 3000.0, 3800.0, 5000.0];
        let usual = match sport {
            _ if sports::swims(sport) => SWIM,
            _ if sports::rows(sport) => sports::ROWED,
            _ => RUN,
        };
        let requested = requested.map(|list| list.iter().map(|metres| metres.0).collect());
        Self { at: usual.to_vec(), is_listed: false, unit: "m", longer: 1.005 }.with("distances", requested)
    }

    fn with(self, name: &str, requested: Option<Vec<f64>>) -> Result<Self> {
        let Some(mut at) = requested.filter(|list| !list.is_empty()) else { return Ok(self) };
        if let Some(wrong) = at.iter().find(|at| !(1.0..=1e6).contains(*at)) {
            return Err(Error::new(format!("{name} has {wrong}"), format!("Give {} from 1 up.", self.unit)));
        }
        at.sort_by(f64::total_cmp);
        at.dedup();
        if at.len() > MOST {
            return Err(Error::new(format!("{name} has {} entries", at.len()), format!("Give up to {MOST}.")));
        }
        Ok(Self { at, is_listed: true, ..self })
    }

    /// Returns the stored best at a place, or at the next longer one that is close enough. Nothing is interpolated.
    fn pick<'p>(&self, points: &'p [Point], wanted: f64) -> Option<&'p Point> {
        // Distances are not stored to the millimetre.
        let least = if self.unit == "m" { wanted * 0.999 } else { wanted };
        points.iter().find(|point| point.at >= least).filter(|point| point.at <= wanted * self.longer)
    }

    /// Returns a row for each place that at least one curve has.
    fn rows<'c>(&self, curves: &'c [Named], notes: &Notes) -> Vec<Picked<'c>> {
        let (mut rows, mut missing, mut near) = (vec![], vec![], vec![]);
        for wanted in &self.at {
            let picked: Vec<_> = curves.iter().map(|curve| self.pick(&curve.points, *wanted)).collect();
            if picked.iter().all(Option::is_none) {
                missing.push(wanted.to_string());
                continue;
            }
            let other = picked.iter().flatten().find(|point| (point.at / wanted - 1.0).abs() > 0.002);
            near.extend(other.map(|point| format!("{} for {wanted}", point.at)));
            rows.push(Picked { at: *wanted, picked });
        }
        if rows.is_empty() && !self.is_listed {
            rows = stored_rows(curves);
        }
        if curves.iter().all(|curve| curve.points.is_empty()) {
            notes.add("nothing was recorded in these periods");
        } else if self.is_listed && !missing.is_empty() {
            notes.add(format!("there is no best at {} {}", missing.join(", "), self.unit));
        }
        if !near.is_empty() {
            notes.add(format!(
                "where a best is not stored, the next longer one stands ({} {})",
                near.join(", "),
                self.unit
            ));
        }
        rows
    }
}

/// Returns about `SHOWN` of the stored places, for curves that have none of the default ones.
fn stored_rows(curves: &[Named]) -> Vec<Picked<'_>> {
    const SHOWN: usize = 12;
    let mut at: Vec<f64> = curves.iter().flat_map(|curve| curve.points.iter().map(|point| point.at)).collect();
    at.sort_by(f64::total_cmp);
    at.dedup();
    let every = at.len().div_ceil(SHOWN).max(1);
    let row = |at: f64| Picked {
        at,
        picked: curves.iter().map(|curve| curve.points.iter().find(|point| point.at == at)).collect(),
    };
    at.into_iter().step_by(every).map(row).collect()
}

/// A place, and the best of each curve there.
struct Picked<'c> {
    at: f64,
    picked: Vec<Option<&'c Point>>,
}

/// A value in a row.
pub enum Cell {
    Seconds(Seconds),
    Span(Span),
    Metres(Metres),
    Watts(Watts),
    Bpm(Bpm),
    Pace(Speed),
    Number(Number),
    Id(String),
    Words(Text),
}

/// A row, whose columns depend on the curves.
pub struct Row(Vec<(Cow<'static, str>, Option<Cell>)>);

/// A column of every curve: its key, and the function that fills it.
pub type Column<'a> = (&'static str, &'a dyn Fn(&Point) -> Option<Cell>);

/// Returns the bests of curves as rows; `first` is the column of the place. With several curves the name of the curve is a
/// prefix of the key: `42d_power_w`.
pub fn table<M>(
    curves: &[Curve<M>],
    places: &Places,
    (key, first): (&'static str, &dyn Fn(f64) -> Cell),
    columns: &[Column<'_>],
    notes: &Notes,
) -> Vec<Row> {
    let curves: Vec<_> = curves.iter().map(Named::of).collect();
    let row = |row: Picked<'_>| {
        let mut cells = vec![(key.into(), Some(first(row.at)))];
        for (key, cell) in columns {
            for (curve, point) in curves.iter().zip(&row.picked) {
                let key = if curves.len() == 1 { (*key).into() } else { format!("{}_{key}", curve.name).into() };
                cells.push((key, point.and_then(cell)));
            }
        }
        Row(cells)
    };
    places.rows(&curves, notes).into_iter().map(row).collect()
}

/// Returns the activity of a best.
pub fn activity(point: &Point) -> Option<Cell> {
    point.activity.clone().map(Cell::Id)
}

/// Returns the zone of a value.
pub fn zone(value: Option<f64>, zones: &[SportZone<'_>]) -> Option<Cell> {
    SportZone::of(value?, zones).map(|zone| Cell::Words(zone.label().into()))
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Seconds(v) => v.serialize(serializer),
            Self::Span(v) => v.serialize(serializer),
            Self::Metres(v) => v.serialize(serializer),
            Self::Watts(v) => v.serialize(serializer),
            Self::Bpm(v) => v.serialize(serializer),
            Self::Pace(v) => v.serialize(serializer),
            Self::Number(v) => v.serialize(serializer),
            Self::Id(v) => v.serialize(serializer),
            Self::Words(v) => v.serialize(serializer),
        }
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, cell)| (key, cell)))
    }
}

// Written by hand, because the keys depend on the curves.
impl JsonSchema for Row {
    fn schema_name() -> Cow<'static, str> {
        "Row".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object"})
    }
}
