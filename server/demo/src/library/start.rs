//! The library of a new account.
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use serde_json::{Value, json};

use super::{Library, Workout, blank, write};
use crate::{EMPTY_FOLDER, FOLDER, PLAN, WORKOUT, object::Object};

/// A workout as name, type, text and tags.
type Plain = (&'static str, &'static str, &'static str, &'static [&'static str]);

const BIKE: [Plain; 6] = [
    (
        "Sweet spot 3x12",
        "Ride",
        "Hold it steady, stay seated.\n\nWarmup\n- 10m ramp 50-75%\n\nMain set 3x\n- 12m 88-94% 85-95rpm\n- 4m 55%\n\nCooldown\n- 8m 50%",
        &["sweetspot"],
    ),
    ("Over-unders", "Ride", "- 15m 60%\n\n4x\n- 2m 105%\n- 2m 90%\n- 2m 105%\n- 4m 50%\n\n- 10m 50%", &["threshold"]),
    ("VO2 max 5x3", "VirtualRide", "- 15m ramp 50-80%\n\n5x\n- 3m 118%\n- 3m 50%\n\n- 10m 50%", &["vo2"]),
    ("Endurance 2 h", "Ride", "- 2h 65-72% Drink every 15 minutes", &[]),
    ("Sprints", "Ride", "- 20m Z2\n\n8x\n- 10s maxeffort\n- 2m50s freeride\n\n- 15m Z1", &[]),
    ("Coffee ride", "Ride", "Easy, social, a stop halfway.", &[]),
];

const RUN: [Plain; 3] = [
    (
        "1 km repeats",
        "Run",
        "Warmup\n- 2km 80% Pace\n\n5x\n- 1km 100-103% Pace\n- 2m intensity=rest\n\nCooldown\n- 1km 75% Pace",
        &["track"],
    ),
    ("Easy hour", "Run", "- 60m 70-78% LTHR", &[]),
    ("Strides", "Run", "- 30m Z2 HR\n\n6x\n- 20s 120% Pace\n- 60s 65% Pace", &[]),
];

const POOL: [Plain; 3] = [
    ("CSS 10x100", "Swim", "- 400mtr Z1 Pace\n\n10x\n- 100mtr 100% Pace 15s rest\n\n- 200mtr Z1 Pace", &["css"]),
    ("Drills", "Swim", "Catch-up, fists, single arm; no clock.", &[]),
    ("Core at the pool", "WeightTraining", "3 rounds: plank, side plank, dead bug.", &["strength"]),
];

const COACHED: [Plain; 2] = [
    ("First intervals", "Ride", "- 10m 55%\n\n4x\n- 2m 100%\n- 2m 55%\n\n- 10m 50%", &[]),
    ("Walk and run", "Run", "6x\n- 4m Z2 HR\n- 1m Z1 HR", &[]),
];

impl Library {
    /// Adds copies of a workout to its folder, under these names.
    pub fn copy(&mut self, id: u32, names: impl Iterator<Item = String>) {
        let Ok(original) = self.workout(id).cloned() else { return };
        for name in names {
            self.last_id += 1;
            let mut copy = original.clone();
            copy.place(self.last_id, original.folder());
            copy.fields.insert("name".to_owned(), json!(name));
            self.workouts.push(copy);
        }
    }
}

/// Adds folders and a plan of eight weeks that started two weeks ago; for the coached athlete, a few workouts.
pub fn fill(library: &mut Library, today: Date) {
    if library.person.coach.is_some() {
        folder(library, 63_001, "From my coach", None);
        add_all(library, 63_001, 64_001, &COACHED);
        return;
    }
    folder(library, FOLDER, "Bike", Some("Structured rides, indoors and out."));
    add_all(library, FOLDER, WORKOUT, &BIKE);
    folder(library, FOLDER + 1, "Running", None);
    add_all(library, FOLDER + 1, 62_021, &RUN);
    folder(library, FOLDER + 2, "Pool & gym", None);
    add_all(library, FOLDER + 2, 62_041, &POOL);
    folder(library, EMPTY_FOLDER, "Ideas", None);
    folder(
        library,
        PLAN,
        "Half distance build",
        Some("Eight weeks, every fourth one easy. Swim, bike, run, and strength."),
    );
    let monday =
        today.saturating_sub(14.days()).saturating_sub(i64::from(today.weekday().since(Weekday::Monday)).days());
    let start = json!({"type": "PLAN", "start_date_local": format!("{monday}T00:00:00"), "starting_ctl": 50});
    if let (Some(plan), Value::Object(start)) = (library.folders.last_mut(), start) {
        // Both are valid.
        _ = write(plan, &start);
    }
    (0..8).for_each(|week| add_week(library, week));
}

pub(super) fn folder(library: &mut Library, id: u32, name: &str, description: Option<&str>) {
    let mut folder = blank(library.person);
    let own = json!({"id": id, "name": name, "description": description});
    folder.extend(own.as_object().cloned().unwrap_or_default());
    library.folders.push(folder);
}

fn add_all(library: &mut Library, folder: u32, first: u32, workouts: &[Plain]) {
    for (id, (name, kind, text, tags)) in (first..).zip(workouts) {
        let tags = (!tags.is_empty()).then_some(tags);
        let indoor = *kind == "VirtualRide";
        let body =
            json!({"name": name, "type": kind, "description": text, "tags": tags, "indoor": indoor.then_some(true)});
        add(library, (id, folder, id), &body);
    }
}

/// Adds a week of the plan. Workouts of the same kind share a batch over all weeks.
fn add_week(library: &mut Library, week: u32) {
    let easy = week % 4 == 3;
    let reps = if easy { 2 } else { 3 + week % 4 + week / 4 };
    let long = if easy { 90 } else { 120 + 15 * week };
    let days = [
        (0, "Strength", "WeightTraining", "Squats 3x8\nDeadlifts 3x6\nStep-ups 3x10".to_owned()),
        (1, "Threshold", "Ride", format!("Warmup\n- 15m ramp 50-75%\n\n{reps}x\n- 8m 98-102%\n- 4m 55%\n\n- 10m 50%")),
        (
            2,
            "Tempo run",
            "Run",
            format!("- 15m 78% Pace\n\n{reps}x\n- 6m 4:30-4:20/km Pace\n- 90s 65% Pace\n\n- 10m 75% Pace"),
        ),
        (
            3,
            "Swim CSS",
            "Swim",
            format!("- 300mtr Z1 Pace\n\n{}x\n- 100mtr 98% Pace 20s rest\n\n- 200mtr Z1 Pace", 3 * reps),
        ),
        (5, "Long ride", "Ride", format!("- {long}m 68-74%")),
        (6, "Long run", "Run", format!("- {}m 72-80% LTHR", long / 2)),
    ];
    for (number, (day, name, kind, text)) in (1..).zip(days) {
        let target = match kind {
            "Ride" => Some("POWER"),
            "WeightTraining" => None,
            _ => Some("PACE"),
        };
        let time = (kind == "WeightTraining").then_some(2700);
        let body = json!({"name": format!("{name} {}", week + 1), "type": kind, "description": text, "day": week * 7 + day,
            "target": target, "moving_time": time});
        add(library, (62_100 + week * 10 + number, PLAN, number), &body);
    }
}

pub(super) fn add(library: &mut Library, (id, folder, batch): (u32, u32, u32), body: &Value) {
    let mut workout = Workout::blank(library.person, batch);
    let body: Object = body.as_object().cloned().unwrap_or_default();
    if workout.write(&body, library.person).is_ok() {
        workout.place(id, folder);
        library.workouts.push(workout);
    }
}
