//! Fields of time in zones: power, heart rate and pace.
use serde_json::{Value, json};

use crate::{
    activity::Activity,
    intensity::{self, Step},
    object::{Object, put},
    person::{PACE_ZONES, POWER_ZONES, Person},
    random::round,
    season::Sport,
};

impl Activity {
    pub(super) fn describe_zones(&self, person: &Person, steps: &[Step], all: &mut Object) {
        let order = match self.sport {
            sport if sport.has_power() => "POWER_HR_PACE",
            Sport::Swim => "PACE_HR_POWER",
            _ => "HR_PACE_POWER",
        };
        put(all, json!({ "icu_hr_zones": person.hr_zones(), "tiz_order": order }));
        if !self.is_recorded() {
            return;
        }
        let beats = person.hr_zones().map(f64::from);
        let heart = intensity::zone_times(steps, &beats, |level| person.heart_rate(level));
        let mut polarization = polarization(&heart);
        put(all, json!({ "icu_hr_zone_times": heart }));
        if self.power.is_some() {
            let power = intensity::zone_times(steps, &POWER_ZONES.map(f64::from), |level| level * 100.0);
            polarization = self::polarization(&power);
            put(
                all,
                json!({
                    "icu_power_zones": POWER_ZONES, "icu_zone_times": named(&power, steps),
                    "icu_sweet_spot_min": SWEET_SPOT.0, "icu_sweet_spot_max": SWEET_SPOT.1,
                    "icu_power_spike_threshold": 30,
                }),
            );
        } else if self.distance.is_some() {
            let pace = intensity::zone_times(steps, &PACE_ZONES, |level| level * 100.0);
            let gap = self.sport.is_run().then(|| pace.clone());
            put(
                all,
                json!({
                    "pace_zones": PACE_ZONES, "pace_zone_times": pace, "gap_zone_times": gap,
                    "use_gap_zone_times": self.sport.is_run(),
                }),
            );
        }
        put(all, json!({ "polarization_index": polarization }));
    }
}

/// Sweet spot, percent of threshold power.
const SWEET_SPOT: (u32, u32) = (84, 97);

/// Seconds in the seven zones and in sweet spot, which overlaps two of them.
fn named(times: &[u32], steps: &[Step]) -> Vec<Value> {
    let sweet = |step: &&Step| (f64::from(SWEET_SPOT.0)..=f64::from(SWEET_SPOT.1)).contains(&(step.level * 100.0));
    let sweet_spot: u32 = steps.iter().filter(sweet).map(|step| step.secs).sum();
    let zones = times.iter().enumerate().map(|(place, secs)| json!({ "id": format!("Z{}", place + 1), "secs": secs }));
    zones.chain([json!({ "id": "SS", "secs": sweet_spot })]).collect()
}

/// Polarization index: log10 of easy / middle x hard x 100. It needs time in all three
/// (Treff et al., doi:10.3389/fphys.2019.00707).
fn polarization(times: &[u32]) -> Option<f64> {
    let total = f64::from(times.iter().sum::<u32>());
    let share = |skip: usize, take: usize| f64::from(times.iter().skip(skip).take(take).sum::<u32>()) / total;
    let (easy, middle, hard) = (share(0, 2), share(2, 2), share(4, 3));
    (easy > 0.0 && middle > 0.0 && hard > 0.0).then(|| round((easy / middle * hard * 100.0).log10(), 4))
}
