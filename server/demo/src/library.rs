//! The workout library: folders, training plans and workouts.
mod marked;
mod start;
mod workout;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::{failure::Failure, object::Object, person::Person};
pub use workout::Workout;

/// The workout library of an athlete.
#[derive(Debug)]
pub struct Library {
    person: &'static Person,
    folders: Vec<Object>,
    workouts: Vec<Workout>,
    last_id: u32,
    last_batch: u32,
}

/// Writable fields of a folder besides `name` and `type`.
const WRITABLE: [&str; 11] = [
    "description",
    "visibility",
    "start_date_local",
    "rollout_weeks",
    "auto_rollout_day",
    "read_only_workouts",
    "starting_ctl",
    "starting_atl",
    "hours_per_week_min",
    "hours_per_week_max",
    "blurb",
];

impl Library {
    /// The library of a new account. Empty unless `trained`.
    pub fn new(person: &'static Person, today: Date, trained: bool) -> Self {
        let last_id = if person.coach.is_none() { 65_000 } else { 66_000 };
        let mut library = Self { person, folders: vec![], workouts: vec![], last_id, last_batch: 100 };
        if trained {
            start::fill(&mut library, today);
        }
        library
    }

    /// All folders with their workouts.
    pub fn folders(&self) -> Vec<Value> {
        self.folders.iter().map(|folder| self.folder_json(folder)).collect()
    }

    /// A folder with its workouts.
    pub fn folder(&self, id: u32) -> Option<Value> {
        self.folders.iter().find(|folder| is(folder, id)).map(|folder| self.folder_json(folder))
    }

    /// Workouts of a folder, or of all folders.
    pub fn workouts(&self, folder: Option<u32>) -> impl Iterator<Item = &Workout> {
        self.workouts.iter().filter(move |workout| folder.is_none_or(|id| workout.folder() == id))
    }

    /// The workout with this id, or 404.
    pub fn workout(&self, id: u32) -> Result<&Workout, Failure> {
        self.workouts.iter().find(|workout| workout.id() == id).ok_or_else(Failure::not_found)
    }

    /// Id of the plan that the athlete follows.
    pub fn current_plan(&self) -> Option<u32> {
        let plan = self.folders.iter().find(|folder| folder.get("type") == Some(&json!("PLAN")))?;
        plan.get("id").and_then(Value::as_u64).map(|id| id as u32)
    }

    /// The API's JSON of a folder, with the fields that depend on its workouts. They are null in an empty folder.
    fn folder_json(&self, folder: &Object) -> Value {
        let inside: Vec<_> = self.workouts.iter().filter(|workout| is(folder, workout.folder())).collect();
        let mut all = folder.clone();
        if inside.is_empty() {
            return Value::Object(all);
        }
        let types: BTreeSet<_> = inside.iter().filter_map(|workout| workout.fields.get("type")?.as_str()).collect();
        let mut told = vec![
            ("children", inside.iter().map(|workout| json!(workout.fields)).collect()),
            ("num_workouts", json!(inside.len())),
            ("activity_types", json!(types)),
        ];
        if folder.get("type") == Some(&json!("PLAN")) {
            let weeks = inside.iter().map(|workout| workout.day() / 7 + 1).max().unwrap_or_default();
            let hours = |week: u32| {
                let week = inside.iter().filter(move |workout| workout.day() / 7 == week);
                week.map(|workout| workout.secs()).sum::<f64>() / 3600.0
            };
            let least = (0..weeks).map(hours).fold(f64::MAX, f64::min);
            let most = (0..weeks).map(hours).fold(0.0, f64::max);
            told.push(("duration_weeks", json!(weeks)));
            told.push(("hours_per_week_min", json!(least.floor() as u32)));
            told.push(("hours_per_week_max", json!(most.ceil() as u32)));
        }
        all.extend(told.into_iter().map(|(key, value)| (key.to_owned(), value)));
        Value::Object(all)
    }

    /// Creates a folder, or a copy of one with its workouts.
    pub fn create_folder(&mut self, body: &Object) -> Result<Value, Failure> {
        let copied = match body.get("copy_folder_id").filter(|id| !id.is_null()) {
            None => None,
            Some(id) => Some(self.folders.iter().find(|folder| folder.get("id") == Some(id)).cloned()),
        };
        let source = copied.map(|found| found.ok_or_else(Failure::not_found)).transpose()?;
        let mut folder = source.clone().unwrap_or_else(|| blank(self.person));
        self.last_id += 1;
        let id = self.last_id;
        folder.insert("id".to_owned(), json!(id));
        if body.get("name").is_none_or(Value::is_null) {
            return Err(Failure::rejected("Name is required"));
        }
        write(&mut folder, body)?;
        self.folders.push(folder);
        let source = source.and_then(|source| source.get("id").and_then(Value::as_u64));
        let copies: Vec<_> = self.workouts(source.map(|id| id as u32)).filter(|_| source.is_some()).cloned().collect();
        for mut copy in copies {
            self.last_id += 1;
            copy.place(self.last_id, id);
            self.workouts.push(copy);
        }
        self.folder(id).ok_or_else(Failure::not_found)
    }

    /// Updates a folder.
    pub fn update_folder(&mut self, id: u32, body: &Object) -> Result<Value, Failure> {
        let folder = self.folders.iter_mut().find(|folder| is(folder, id)).ok_or_else(Failure::not_found)?;
        write(folder, body)?;
        self.folder(id).ok_or_else(Failure::not_found)
    }

    /// Deletes a folder with its workouts. An unknown id is no error.
    pub fn delete_folder(&mut self, id: u32) {
        self.folders.retain(|folder| !is(folder, id));
        self.workouts.retain(|workout| workout.folder() != id);
    }

    /// Creates workouts, all or none. Workouts of one call share a batch.
    pub fn create(&mut self, bodies: &[Object]) -> Result<Vec<Value>, Failure> {
        let mut made = vec![];
        for body in bodies {
            let mut workout = Workout::blank(self.person, self.last_batch + 1);
            if body.get("folder_id").is_none_or(Value::is_null) {
                return Err(Failure::rejected("Folder is required"));
            }
            if body.get("type").is_none_or(Value::is_null) {
                return Err(Failure::rejected("Missing type"));
            }
            self.check_folder(body)?;
            workout.write(body, self.person)?;
            made.push(workout);
        }
        self.last_batch += 1;
        for workout in &mut made {
            self.last_id += 1;
            let folder = workout.folder();
            workout.place(self.last_id, folder);
        }
        let told = made.iter().map(|workout| json!(workout.fields)).collect();
        self.workouts.extend(made);
        Ok(told)
    }

    /// Updates a workout.
    pub fn update(&mut self, id: u32, body: &Object) -> Result<Value, Failure> {
        self.workout(id)?;
        self.check_folder(body)?;
        let workout = self.workouts.iter_mut().find(|workout| workout.id() == id).ok_or_else(Failure::not_found)?;
        workout.write(body, self.person)?;
        Ok(json!(workout.fields))
    }

    /// Deletes a workout, with `others` also its batch in a plan. Returns the deleted ids.
    pub fn delete(&mut self, id: u32, others: bool) -> Result<Vec<u32>, Failure> {
        let (folder, batch) = self.workout(id).map(|workout| (workout.folder(), workout.batch))?;
        let plans = others && self.folder(folder).is_some_and(|folder| folder.get("type") == Some(&json!("PLAN")));
        let goes =
            |workout: &Workout| workout.id() == id || (plans && workout.folder() == folder && workout.batch == batch);
        let gone = self.workouts.iter().filter(|workout| goes(workout)).map(Workout::id).collect();
        self.workouts.retain(|workout| !goes(workout));
        Ok(gone)
    }

    /// Hides the workouts on these days of a plan from the athlete, or shows them.
    pub fn hide(&mut self, folder: u32, days: std::ops::RangeInclusive<u32>, body: &Object) -> Vec<Value> {
        let hide = json!(body.get("hide_from_athlete").and_then(Value::as_bool).unwrap_or_default());
        let meant = |workout: &&mut Workout| workout.folder() == folder && days.contains(&workout.day());
        let changed = self.workouts.iter_mut().filter(meant).map(|workout| {
            workout.fields.insert("hide_from_athlete".to_owned(), hide.clone());
            json!(workout.fields)
        });
        changed.collect()
    }

    fn check_folder(&self, body: &Object) -> Result<(), Failure> {
        match body.get("folder_id").filter(|id| !id.is_null()) {
            Some(id) if !self.folders.iter().any(|folder| folder.get("id") == Some(id)) => {
                Err(Failure::rejected(format!("Folder not found [{id}]")))
            }
            _ => Ok(()),
        }
    }
}

fn is(folder: &Object, id: u32) -> bool {
    folder.get("id").and_then(Value::as_u64) == Some(u64::from(id))
}

/// A folder with every field unset.
fn blank(person: &Person) -> Object {
    let all = json!({
        "athlete_id": person.id, "id": null, "type": "FOLDER", "name": null, "description": null, "children": null,
        "visibility": "PRIVATE", "start_date_local": null, "rollout_weeks": null, "auto_rollout_day": null,
        "read_only_workouts": false, "starting_ctl": null, "starting_atl": null, "activity_types": null,
        "num_workouts": null, "duration_weeks": null, "hours_per_week_min": null, "hours_per_week_max": null,
        "workout_targets": null, "blurb": null, "canEdit": true, "sharedWithCount": 0,
        "shareToken": "secret-share-token", "owner": {"id": person.id, "name": person.name.0},
    });
    if let Value::Object(all) = all { all } else { Object::new() }
}

fn write(folder: &mut Object, body: &Object) -> Result<(), Failure> {
    let given = |key: &str| body.get(key).filter(|value| !value.is_null()).cloned();
    if let Some(name) = given("name") {
        if name.as_str().is_none_or(|name| name.trim().is_empty()) {
            return Err(Failure::rejected("Name is required"));
        }
        folder.insert("name".to_owned(), name);
    }
    if let Some(kind) = given("type") {
        if !matches!(kind.as_str(), Some("FOLDER" | "PLAN")) {
            return Err(Failure::rejected(format!("Invalid folder type [{kind}]")));
        }
        folder.insert("type".to_owned(), kind);
    }
    if let Some(start) = given("start_date_local") {
        let text = start.as_str().unwrap_or_default();
        text.parse::<jiff::civil::DateTime>()
            .map_err(|_| Failure::rejected(format!("Invalid start_date_local [{text}]")))?;
    }
    for key in WRITABLE {
        if let Some(value) = given(key) {
            folder.insert(key.to_owned(), if value == "" { Value::Null } else { value });
        }
    }
    Ok(())
}
