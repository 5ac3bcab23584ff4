//! An activity's time in zones, with the bounds of each zone.
use intervals_client::units::{Bpm, Percent, Seconds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Full;

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PowerZone {
    zone: String,
    /// Of FTP.
    up_to_pct: Option<Percent>,
    time_s: Option<Seconds>,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HrZone {
    zone: String,
    up_to_bpm: Option<Bpm>,
    time_s: Option<Seconds>,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PaceZone {
    zone: String,
    /// Of threshold speed.
    up_to_pct: Option<Percent>,
    time_s: Option<Seconds>,
    /// By pace adjusted to the gradient.
    gap_time_s: Option<Seconds>,
}

// The time in a zone: `Z1` to `Z7`, or `SS` for the sweet spot.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct ZoneTime {
    id: String,
    secs: Option<Seconds>,
}

impl Full {
    /// The time in power zones. `SS`, the sweet spot, lies across zones and has no bound of its own.
    pub(super) fn power_zones(&self) -> Vec<PowerZone> {
        let number = |zone: &ZoneTime| zone.id.strip_prefix('Z')?.parse::<usize>().ok();
        let bounds = &self.icu_power_zones;
        let zone_row = |zone: &ZoneTime| PowerZone {
            up_to_pct: number(zone).and_then(|n| zone_value(bounds, n)).filter(|bound| bound.0 < OPEN),
            zone: zone.id.clone(),
            time_s: zone.secs,
        };
        self.icu_zone_times.iter().map(zone_row).collect()
    }

    pub(super) fn hr_zones(&self) -> Vec<HrZone> {
        let zone_row = |(n, time): (usize, &Option<Seconds>)| HrZone {
            zone: format!("Z{}", n + 1),
            up_to_bpm: zone_value(&self.icu_hr_zones, n + 1),
            time_s: *time,
        };
        self.icu_hr_zone_times.iter().enumerate().map(zone_row).collect()
    }

    pub(super) fn pace_zones(&self) -> Vec<PaceZone> {
        let zone_row = |n: usize| PaceZone {
            zone: format!("Z{n}"),
            up_to_pct: zone_value(&self.pace_zone_bounds, n).filter(|bound| bound.0 < OPEN),
            time_s: zone_value(&self.pace_zone_times, n),
            gap_time_s: zone_value(&self.gap_zone_times, n),
        };
        (1..=self.pace_zone_times.len().max(self.gap_zone_times.len())).map(zone_row).collect()
    }
}

/// A bound from here on means that the last zone is open.
const OPEN: f64 = 999.0;

/// The value of a zone, counted from 1.
fn zone_value<T: Copy>(values: &[Option<T>], number: usize) -> Option<T> {
    values.get(number.checked_sub(1)?).copied().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_bound_that_is_null_moves_no_other() {
        let activity = json!({"icu_power_zones": [55, null, 999], "icu_hr_zones": [120, null, 180], "pace_zones": [80, null, 999],
            "icu_hr_zone_times": [1, 2, 3], "pace_zone_times": [1, null, 3],
            "icu_zone_times": [{"id": "Z1", "secs": 1}, {"id": "Z3", "secs": 3}, {"id": "SS", "secs": 4}]});
        let full: Full = serde_json::from_value(activity).unwrap();
        let power: Vec<_> = full.power_zones.iter().map(|zone| zone.up_to_pct).collect();
        assert_eq!(power, [Some(Percent(55.0)), None, None]);
        let hr: Vec<_> = full.hr_zones.iter().map(|zone| zone.up_to_bpm).collect();
        assert_eq!(hr, [Some(Bpm(120.0)), None, Some(Bpm(180.0))]);
        let pace: Vec<_> = full.pace_zones.iter().map(|zone| (zone.up_to_pct, zone.time_s)).collect();
        assert_eq!(pace, [(Some(Percent(80.0)), Some(Seconds(1.0))), (None, None), (None, Some(Seconds(3.0)))]);
    }
}
