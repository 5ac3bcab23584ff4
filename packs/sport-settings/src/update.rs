//! `icu_update_sport_settings`
use intervals_core::{
    Athlete, Error, JsonMap, Notes, Result,
    arguments::json_or,
    client::{SportSettings, sports},
    tool,
    units::{Bpm, Percent, Watts},
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use crate::{
    find,
    pace::{Kind, load_type},
    record::{Record, unknown_bounds},
    values::{self, Thresholds, whole},
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Number or type, such as Run.
    #[schemars(example = &"71002")]
    sport_id: String,
    /// W.
    #[serde(default)]
    #[schemars(example = 270)]
    ftp: Option<Watts>,
    /// W.
    #[serde(default)]
    #[schemars(example = 262)]
    indoor_ftp: Option<Watts>,
    /// Threshold bpm.
    #[serde(default, alias = "lthr")]
    #[schemars(example = 166)]
    fthr: Option<Bpm>,
    /// min/km, or 7:30/mi.
    #[serde(default)]
    #[schemars(example = &"4:05/km")]
    pace_threshold: Option<String>,
    /// min/100m, or 1:27/100y.
    #[serde(default)]
    #[schemars(example = &"1:35/100m")]
    swim_threshold: Option<String>,
    /// Fit zones to fthr, unless given; default true.
    #[serde(default)]
    #[schemars(example = true)]
    recalc_hr_zones: Option<bool>,
    /// Upper bounds, bpm; the last is max_hr.
    #[serde(default, deserialize_with = "json_or")]
    #[schemars(example = [134, 148, 155, 165, 170, 176, 188])]
    hr_zones: Option<Vec<Bpm>>,
    /// One per zone.
    #[serde(default, deserialize_with = "json_or")]
    #[schemars(example = ["Easy", "Aerobic", "Tempo", "Sub", "Super", "VO2", "Max"])]
    hr_zone_names: Option<Vec<String>>,
    /// bpm.
    #[serde(default)]
    #[schemars(example = 188)]
    max_hr: Option<Bpm>,
    /// Upper bounds; last 999.
    #[serde(default, alias = "power_zones", deserialize_with = "json_or")]
    #[schemars(example = [55, 75, 90, 105, 120, 150, 999])]
    power_zones_percent_ftp: Option<Vec<Percent>>,
    /// One per zone.
    #[serde(default, deserialize_with = "json_or")]
    #[schemars(example = ["Recovery", "Endurance", "Tempo", "Threshold", "VO2", "Anaerobic", "Sprint"])]
    power_zone_names: Option<Vec<String>>,
    /// % FTP.
    #[serde(default)]
    #[schemars(example = 85)]
    sweet_spot_min: Option<Percent>,
    /// % FTP.
    #[serde(default)]
    #[schemars(example = 96)]
    sweet_spot_max: Option<Percent>,
}

/// CHANGE thresholds and zones of one sport, for future activities; the rest stays.
#[tool(write, idempotent, title = "Update sport settings")]
async fn icu_update_sport_settings(athlete: Athlete, notes: Notes, args: Args) -> Result<Record> {
    let (before, id) = find(&athlete, &args.sport_id).await?;
    let sport = Kind::sport_of(&before);
    let paced = args.pace_threshold.is_some() || args.swim_threshold.is_some();
    // Without a unit the athlete would see no pace; one that is set is theirs to keep.
    let units = match before.pace_units.as_deref() {
        None | Some("NONE") if paced => Some(sports::pace_units(sport, athlete.profile().await?.units().distance)),
        _ => None,
    };
    let mut fields = args.fields(&before, units, &notes)?;
    if fields.contains_key("threshold_pace") {
        let load = load_type(sport).filter(|_| before.pace_load_type.is_none());
        for (field, value) in [("pace_units", units), ("pace_load_type", load)] {
            if let Some(value) = value {
                fields.insert(field.into(), value.into());
            }
        }
    }
    if fields.is_empty() {
        return Err(Error::new("there is nothing to change", "Give at least one value beside sport_id."));
    }
    // Without a new threshold there is nothing to fit, and the athlete's own zones must not be touched.
    let fits = args.fthr.is_some() && args.hr_zones.is_none();
    let after = athlete.sport_settings().update(&id, args.recalc_hr_zones.unwrap_or(fits), fields).await?;
    notes.add("this counts for future activities; past ones keep their numbers");
    if let (Some(wanted), Some(max)) = (args.max_hr, after.max_hr)
        && wanted != max
    {
        notes.add(format!("max_hr is {}: Intervals.icu takes the last bound of hr_zones; send max_hr alone", max.0));
    }
    unknown_bounds(std::slice::from_ref(&after)).into_iter().for_each(|unknown| notes.add(unknown));
    Ok(Record::of(&after))
}

impl Args {
    /// What is sent; `units` are those in which the athlete will read a pace that had none.
    fn fields(&self, before: &SportSettings, units: Option<&str>, notes: &Notes) -> Result<JsonMap> {
        let thresholds = Thresholds {
            ftp: self.ftp,
            indoor_ftp: self.indoor_ftp,
            fthr: self.fthr,
            pace_threshold: self.pace_threshold.as_deref(),
            swim_threshold: self.swim_threshold.as_deref(),
        };
        let read = SportSettings {
            pace_units: units.map(str::to_owned).or_else(|| before.pace_units.clone()),
            ..before.clone()
        };
        let mut fields = thresholds.fields(&read, notes)?;
        self.heart(before, notes, &mut fields)?;
        self.power(before, &mut fields)?;
        Ok(fields)
    }

    fn heart(&self, before: &SportSettings, notes: &Notes, fields: &mut JsonMap) -> Result<()> {
        let given = self.hr_zones.as_deref().map(values::hr_bounds).transpose()?;
        let max = self.max_hr.map(|max| whole("max_hr", max.0, 100.0..=250.0, "bpm")).transpose()?;
        let kept = (before.hr_zones.len(), before.hr_zone_names.len());
        let named = ("hr_zones", "hr_zone_names");
        let names = values::names(named, self.hr_zone_names.as_deref(), given.as_ref().map(Vec::len), kept)?;
        let last = given.as_ref().and_then(|bounds| bounds.last().copied());
        if let (Some(last), Some(max)) = (last, max)
            && last != max
        {
            return Err(Error::new(
                format!("hr_zones end at {last} and max_hr is {max}"),
                "Intervals.icu takes the last bound for max_hr: send the same number twice, or one of them.",
            ));
        }
        let highest = last.or(max).map(|max| max as f64).or(before.max_hr.map(|max| max.0).filter(|max| *max > 0.0));
        if let (Some(fthr), Some(highest)) = (self.fthr, highest)
            && fthr.0 >= highest
        {
            let problem = format!("fthr {} is not below the maximum of {highest} bpm", fthr.0);
            return Err(Error::new(problem, "Correct it, or give max_hr as well."));
        }
        if let Some(max) = max {
            fields.insert("max_hr".into(), max.into());
        }
        if let Some(bounds) = &given {
            fields.insert("hr_zones".into(), json!(bounds));
        } else if let (Some(max), true) = (max, self.fthr.is_none() && !before.hr_zones.is_empty()) {
            // Alone it would be overwritten by the last bound there is.
            fields.insert("hr_zones".into(), json!(stretched(before, max)?));
            notes.add("the last heart rate zone now ends at max_hr");
        }
        if let Some(names) = names {
            fields.insert("hr_zone_names".into(), json!(names));
        }
        Ok(())
    }

    fn power(&self, before: &SportSettings, fields: &mut JsonMap) -> Result<()> {
        let given = self.power_zones_percent_ftp.as_deref().map(values::power_bounds).transpose()?;
        let kept = (before.power_zones.len(), before.power_zone_names.len());
        let named = ("power_zones_percent_ftp", "power_zone_names");
        let names = values::names(named, self.power_zone_names.as_deref(), given.as_ref().map(Vec::len), kept)?;
        if let Some(bounds) = given {
            fields.insert("power_zones".into(), json!(bounds));
        }
        if let Some(names) = names {
            fields.insert("power_zone_names".into(), json!(names));
        }
        let bound =
            |name, value: Option<Percent>| value.map(|v| whole(name, v.0, 50.0..=150.0, "% of FTP")).transpose();
        let (min, max) = (bound("sweet_spot_min", self.sweet_spot_min)?, bound("sweet_spot_max", self.sweet_spot_max)?);
        let set = |value: Option<i64>, before: Option<Percent>| {
            value.map(|v| v as f64).or(before.map(|v| v.0).filter(|v| *v > 0.0))
        };
        let (low, high) = (set(min, before.sweet_spot_min), set(max, before.sweet_spot_max));
        if let (Some(low), Some(high), true) = (low, high, min.or(max).is_some())
            && low >= high
        {
            return Err(Error::new(
                format!("sweet spot from {low} to {high} % is empty"),
                "Give sweet_spot_min and sweet_spot_max, the lesser first.",
            ));
        }
        for (field, value) in [("sweet_spot_min", min), ("sweet_spot_max", max)] {
            if let Some(value) = value {
                fields.insert(field.into(), value.into());
            }
        }
        Ok(())
    }
}

/// The zones there are, with another end.
fn stretched(before: &SportSettings, max: i64) -> Result<Vec<i64>> {
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
