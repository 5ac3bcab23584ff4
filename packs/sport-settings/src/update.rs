//! `icu_update_sport_settings`
use intervals_core::{
    Athlete, Error, JsonMap, Notes, Result,
    client::sports,
    records::{
        given,
        sport_settings::{Fields, Row},
        zones::{Full, unknown_bounds},
    },
    tool,
};
use serde_json::json;

use crate::{
    find,
    pace::{Kind, load_type},
    values::{Paces, check_names},
};

/// CHANGE thresholds and zones of one sport, for future activities; the rest stays.
#[tool(write, idempotent, title = "Update sport settings")]
async fn icu_update_sport_settings(athlete: Athlete, notes: Notes, args: Fields) -> Result<Full> {
    let (before, id) = find(&athlete, &args.sport_id).await?;
    let mut fields = given(&args);
    let paces = Paces { pace: args.pace_threshold.as_deref(), swim: args.swim_threshold.as_deref() };
    if paces.any() {
        let sport = Kind::sport_of(&before.types);
        // Without a unit the athlete would see no pace. A unit that is set stays.
        let units = match before.pace_units.as_deref() {
            None | Some("NONE") => Some(sports::pace_units(sport, athlete.profile().await?.units().distance)),
            Some(_) => None,
        };
        let shown_in = units.or(before.pace_units.as_deref());
        fields.insert("threshold_pace".into(), paces.threshold(&before.types, shown_in, &notes)?.into());
        let load = load_type(sport).filter(|_| before.pace_load_type.is_none());
        let unset = [("pace_units", units), ("pace_load_type", load)];
        fields.extend(unset.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))));
    }
    check_heart_rate(&args, &before)?;
    check_power(&args, &before)?;
    stretch_zones(&args, &before, &notes, &mut fields)?;
    if fields.is_empty() {
        return Err(Error::new("there is nothing to change", "Give at least one value beside sport_id."));
    }
    // Zones are recalculated for a new threshold only, so that the athlete's own zones stay.
    let recalculate = args.fthr.is_some() && args.hr_zones.is_none();
    let after: Row = athlete.sport_settings().update(&id, args.recalc_hr_zones.unwrap_or(recalculate), fields).await?;
    notes.add("this counts for future activities; past ones keep their numbers");
    if let (Some(wanted), Some(max)) = (args.max_hr, after.max_hr_bpm)
        && wanted.0 as f64 != max.0
    {
        notes.add(format!("max_hr is {}: Intervals.icu takes the last bound of hr_zones; send max_hr alone", max.0));
    }
    unknown_bounds(std::slice::from_ref(&after)).into_iter().for_each(|unknown| notes.add(unknown));
    Ok(after.into())
}

/// Checks that zones, names, maximum and threshold of heart rate fit each other.
fn check_heart_rate(args: &Fields, before: &Row) -> Result<()> {
    let given = args.hr_zones.as_ref().map(|bounds| bounds.0.as_slice());
    let kept = (before.hr_zones.len(), before.hr_zone_names.len());
    check_names(("hr_zones", "hr_zone_names"), args.hr_zone_names.as_deref(), given.map(<[i64]>::len), kept)?;
    let (last, max) = (given.and_then(|bounds| bounds.last().copied()), args.max_hr.map(|max| max.0));
    if let (Some(last), Some(max)) = (last, max)
        && last != max
    {
        return Err(Error::new(
            format!("hr_zones end at {last} and max_hr is {max}"),
            "Intervals.icu takes the last bound for max_hr: send the same number twice, or one of them.",
        ));
    }
    let highest = last.or(max).map(|max| max as f64).or(before.max_hr_bpm.map(|max| max.0));
    if let (Some(fthr), Some(highest)) = (args.fthr, highest)
        && fthr.0 as f64 >= highest
    {
        let problem = format!("fthr {} is not below the maximum of {highest} bpm", fthr.0);
        return Err(Error::new(problem, "Correct it, or give max_hr as well."));
    }
    Ok(())
}

/// Checks that zones, names and sweet spot of power fit each other.
fn check_power(args: &Fields, before: &Row) -> Result<()> {
    let given = args.power_zones_percent_ftp.as_ref().map(|bounds| bounds.0.len());
    let kept = (before.power_zones.len(), before.power_zone_names.len());
    check_names(("power_zones_percent_ftp", "power_zone_names"), args.power_zone_names.as_deref(), given, kept)?;
    let (min, max) = (args.sweet_spot_min.map(|min| min.0 as f64), args.sweet_spot_max.map(|max| max.0 as f64));
    let low = min.or(before.sweet_spot_min_pct.map(|min| min.0));
    let high = max.or(before.sweet_spot_max_pct.map(|max| max.0));
    match (low, high) {
        (Some(low), Some(high)) if min.or(max).is_some() && low >= high => Err(Error::new(
            format!("sweet spot from {low} to {high} % is empty"),
            "Give sweet_spot_min and sweet_spot_max, the lesser first.",
        )),
        _ => Ok(()),
    }
}

/// Moves the end of the last heart rate zone to a new maximum, because the service takes the maximum from the last bound.
fn stretch_zones(args: &Fields, before: &Row, notes: &Notes, fields: &mut JsonMap) -> Result<()> {
    let alone = args.hr_zones.is_none() && args.fthr.is_none() && !before.hr_zones.is_empty();
    if let Some(max) = args.max_hr.filter(|_| alone) {
        fields.insert("hr_zones".into(), json!(stretched_zones(before, max.0)?));
        notes.add("the last heart rate zone now ends at max_hr");
    }
    Ok(())
}

/// Returns the current zones with another end.
fn stretched_zones(before: &Row, max: i64) -> Result<Vec<i64>> {
    let below = before.hr_zones.split_last().map_or(&[][..], |(_, below)| below);
    let bounds: Option<Vec<i64>> = below.iter().map(|bound| bound.map(|bound| bound.0 as i64)).collect();
    let unknown = || Error::new("the heart rate zones have a bound that is not known", "Give hr_zones as well.");
    let mut bounds = bounds.ok_or_else(unknown)?;
    if let Some(last) = bounds.last().filter(|last| **last >= max) {
        return Err(Error::new(
            format!("max_hr {max} is not above {last}, where the last zone starts"),
            "Give hr_zones as well.",
        ));
    }
    bounds.push(max);
    Ok(bounds)
}

#[cfg(test)]
mod tests;
