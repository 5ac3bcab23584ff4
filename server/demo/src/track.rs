//! Samples of an activity for every second, consistent with its averages and totals.
use std::f64::consts::TAU;

use crate::{
    activity::Activity,
    intensity::{self, Step},
    person::Person,
    random::{Random, round},
};

/// One sample per second. None without a sensor.
#[derive(Debug, Default)]
pub struct Track {
    /// Number of samples.
    pub secs: usize,
    /// Power in watts. The mean is the average power.
    pub watts: Option<Vec<f64>>,
    /// Heart rate in bpm, with the mean and maximum of the activity.
    pub heartrate: Option<Vec<f64>>,
    /// Cadence per minute. 0 while coasting, which does not count in the average.
    pub cadence: Option<Vec<f64>>,
    /// Speed in m/s, with the mean and maximum of the activity.
    pub velocity: Option<Vec<f64>>,
    /// Distance so far in metres. It ends at the distance of the activity.
    pub distance: Option<Vec<f64>>,
    /// Altitude in metres. The climbs add up to the elevation gain.
    pub altitude: Option<Vec<f64>>,
    /// Gradient in percent.
    pub grade: Option<Vec<f64>>,
    /// Temperature in °C.
    pub temp: Option<Vec<f64>>,
    /// Latitude and longitude. None without a GPS fix.
    pub places: Option<Vec<Option<(f64, f64)>>>,
    /// Percent of power from the right leg. None while coasting.
    pub balance: Option<Vec<Option<f64>>>,
}

impl Track {
    /// Generates the samples of an activity. Empty without a recording.
    pub fn of(activity: &Activity, person: &Person) -> Self {
        let steps = activity.steps();
        if steps.is_empty() {
            return Self::default();
        }
        let levels = levels(&steps);
        let mut random = Random::new(activity.seed, 41);
        let watts = activity.power.map(|power| watts(&levels, f64::from(power.average), &mut random));
        let heartrate = activity.heart.map(|heart| {
            let targets = levels.iter().map(|level| person.heart_rate(*level));
            with_mean_and_max(
                follow(targets, person.heart_rate(0.0) - 5.0),
                f64::from(heart.average),
                f64::from(heart.max),
                0,
            )
        });
        let cadence = activity.cadence().map(|mean| cadence(&levels, mean, activity.power.is_some(), &mut random));
        let hills = activity.climb.map(|_| activity.hills());
        let velocity = activity.speed().zip(activity.top_speed()).map(|(mean, max)| {
            let shape = speeds(&levels, intensity::mean(&steps, |level| level), hills, activity, &mut random);
            always_forward(&shape, mean, max)
        });
        let distance = activity.distance.zip(velocity.as_ref()).map(|(metres, speeds)| covered(speeds, metres));
        let altitude = hills.map(|hills| altitudes(levels.len(), hills, activity.altitudes()));
        let grade = altitude.as_ref().zip(distance.as_ref()).map(|(altitude, distance)| grades(altitude, distance));
        let outside = activity.has_places();
        let temp = outside.then(|| temperatures(levels.len(), activity.temperature(person.place.0 < 0.0) + 1.8));
        let places = distance.as_ref().filter(|_| outside).map(|distance| loop_around(person.place, distance));
        let balance = activity.balance().zip(watts.as_ref()).map(|(mean, watts)| {
            let side = |watts: &f64| (*watts > 0.0).then(|| round(mean + 0.6 * random.bell(), 1));
            watts.iter().map(side).collect()
        });
        Self {
            secs: levels.len(),
            watts,
            heartrate,
            cadence,
            velocity,
            distance,
            altitude,
            grade,
            temp,
            places,
            balance,
        }
    }
}

fn levels(steps: &[Step]) -> Vec<f64> {
    steps.iter().flat_map(|step| std::iter::repeat_n(step.level, step.secs as usize)).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Scales values around their mean, so that they get this mean and maximum.
fn with_mean_and_max(mut values: Vec<f64>, wanted: f64, max: f64, decimals: i32) -> Vec<f64> {
    let middle = mean(&values);
    let top = values.iter().copied().fold(f64::MIN, f64::max);
    let stretch = if top > middle { (max - wanted) / (top - middle) } else { 1.0 };
    for value in &mut values {
        *value = round((wanted + (*value - middle) * stretch).max(0.0), decimals);
    }
    values
}

/// Scales values exponentially, so that they get this mean and maximum and stay above 0.
fn always_forward(shape: &[f64], wanted: f64, max: f64) -> Vec<f64> {
    let grown = |growth: f64| shape.iter().map(move |value| (growth * value).exp());
    let ratio =
        |growth: f64| grown(growth).fold(0.0, f64::max) / (grown(growth).sum::<f64>() / shape.len().max(1) as f64);
    let (mut low, mut high) = (0.0, 20.0);
    for _ in 0..24 {
        let middle = f64::midpoint(low, high);
        if ratio(middle) < max / wanted { low = middle } else { high = middle }
    }
    let scale = max / grown(high).fold(0.0, f64::max).max(1e-9);
    grown(high).map(|value| round(value * scale, 3)).collect()
}

/// Follows targets with a lag, as heart rate follows power.
fn follow(targets: impl Iterator<Item = f64>, from: f64) -> Vec<f64> {
    let mut value = from;
    let step = |target: f64| {
        value += (target - value) / 35.0;
        value
    };
    targets.map(step).collect()
}

fn watts(levels: &[f64], wanted: f64, random: &mut Random) -> Vec<f64> {
    let mut drift = 0.0;
    let noisy = |level: &f64| {
        drift = 0.8 * drift + 0.04 * random.bell();
        (level * (1.0 + drift)).max(0.0)
    };
    let shape: Vec<f64> = levels.iter().map(noisy).collect();
    let scale = wanted / mean(&shape).max(1e-9);
    shape.iter().map(|level| (level * scale).round()).collect()
}

fn cadence(levels: &[f64], wanted: f64, coasts: bool, random: &mut Random) -> Vec<f64> {
    let turn = |level: &f64| if coasts && *level == 0.0 { 0.0 } else { (wanted + 2.0 * random.bell()).round() };
    levels.iter().map(turn).collect()
}

fn speeds(levels: &[f64], usual: f64, hills: Option<f64>, activity: &Activity, random: &mut Random) -> Vec<f64> {
    let steepness = if activity.sport.has_power() { 1.0 } else { 0.3 };
    let (count, mut noise) = (levels.len().max(1) as f64, 0.0);
    let speed = |(second, level): (usize, &f64)| {
        noise = 0.95 * noise + 0.01 * random.bell();
        let slope = hills.map_or(0.0, |hills| (second as f64 / count * hills * TAU).sin());
        let effort = if activity.sport.has_power() { 0.2 } else { 0.9 };
        effort * (level - usual) - 0.4 * steepness * slope + noise
    };
    levels.iter().enumerate().map(speed).collect()
}

fn covered(speeds: &[f64], metres: f64) -> Vec<f64> {
    let scale = metres / speeds.iter().sum::<f64>().max(1e-9);
    let mut so_far = 0.0;
    let add = |speed: &f64| {
        so_far += speed * scale;
        round(so_far, 2)
    };
    speeds.iter().map(add).collect()
}

fn altitudes(count: usize, hills: f64, (low, high): (f64, f64)) -> Vec<f64> {
    let last = count.saturating_sub(1).max(1) as f64;
    let at = |second: usize| low + (high - low) * 0.5 * (1.0 - (second as f64 / last * hills * TAU).cos());
    (0..count).map(|second| round(at(second), 1)).collect()
}

fn grades(altitude: &[f64], distance: &[f64]) -> Vec<f64> {
    const HALF: usize = 5;
    let last = altitude.len().saturating_sub(1);
    let change = |values: &[f64], second: usize| {
        let (from, to) = (values.get(second.saturating_sub(HALF)), values.get((second + HALF).min(last)));
        to.zip(from).map_or(0.0, |(to, from)| to - from)
    };
    let grade = |second| 100.0 * change(altitude, second) / change(distance, second).max(1.0);
    (0..altitude.len()).map(|second| round(grade(second), 1)).collect()
}

fn temperatures(count: usize, mean: f64) -> Vec<f64> {
    let at = |second: usize| mean + 1.5 * (second as f64 / count.max(1) as f64 * TAU).sin();
    (0..count).map(|second| at(second).round()).collect()
}

/// Positions on a loop from and to a place. Some samples, and the first seconds, have no fix.
fn loop_around((lat, lng): (f64, f64), distance: &[f64]) -> Vec<Option<(f64, f64)>> {
    const METRES_A_DEGREE: f64 = 111_320.0;
    let total = distance.last().copied().unwrap_or_default().max(1.0);
    let radius = total / TAU * 0.93;
    let at = |metres: f64| {
        let turn = metres / total * TAU;
        let away = radius * (1.0 + 0.12 * (3.0 * turn).sin() + 0.08 * (1.0 - (5.0 * turn).cos()));
        (away * turn.sin() / METRES_A_DEGREE, (away * turn.cos() - radius) / METRES_A_DEGREE / lat.to_radians().cos())
    };
    let place = |(second, metres): (usize, &f64)| {
        let (north, east) = at(*metres);
        (second >= 4 && second % 1777 > 3).then(|| (round(lat + north, 6), round(lng + east, 6)))
    };
    distance.iter().enumerate().map(place).collect()
}

#[cfg(test)]
mod tests;
