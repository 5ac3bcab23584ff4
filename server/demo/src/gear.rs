//! Gear: bikes, shoes and components.
mod reminder;
mod start;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::{dates::plain_date, failure::Failure, object::Object, person::Person};

use reminder::Reminder;

/// All 46 types of gear.
const TYPES: &str = "\
    Bike Shoes Wetsuit RowingMachine Skis Snowboard Boat Board Equipment Accessories Apparel Computer Light Battery \
    Brake BrakePads Rotor Drivetrain BottomBracket Cassette Chain Chainrings Crankset Derailleur Pedals Lever Cable \
    Frame Fork Handlebar Headset Saddle Seatpost Shock Stem Axel Hub Trainer Tube Tyre Wheel Wheelset PowerMeter \
    Cleats CyclingShoes Paddle";

/// The gear of an athlete.
#[derive(Debug, Default)]
pub struct Garage {
    all: Vec<Gear>,
    athlete: &'static str,
    today: Date,
    last_id: u32,
    last_reminder: i64,
}

/// A bike, a pair of shoes or a component.
#[derive(Debug)]
struct Gear {
    fields: Object,
    reminders: Vec<Reminder>,
}

impl Garage {
    /// The gear of a new account. Empty unless `trained`.
    pub fn new(person: &Person, today: Date, trained: bool) -> Self {
        let first = if person.coach.is_none() { 6000 } else { 7000 };
        let mut garage = Self { athlete: person.id, today, last_id: first, last_reminder: 6100, ..Self::default() };
        if trained {
            garage.fill(person.coach.is_some());
        }
        garage
    }

    /// Number of gear items.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The API's JSON of all gear.
    pub fn json(&self) -> Value {
        self.all.iter().map(|gear| gear.json(self.today)).collect()
    }

    /// Creates gear. Unknown fields are ignored; the type is optional.
    ///
    /// # Errors
    /// 422 for a missing name, an unknown type, or an invalid date.
    pub fn create(&mut self, body: &Object) -> Result<Value, Failure> {
        if body.get("name").and_then(Value::as_str).is_none_or(str::is_empty) {
            return Err(Failure::rejected("Name is required"));
        }
        self.last_id += 1;
        let mut gear = Gear::blank(format!("g{}", self.last_id), self.athlete);
        gear.write(body)?;
        let json = gear.json(self.today);
        self.all.push(gear);
        Ok(json)
    }

    /// Updates the fields in `body`. Null is ignored.
    ///
    /// # Errors
    /// 404 for an unknown id, 422 for an unknown type or an invalid date.
    pub fn update(&mut self, id: &str, body: &Object) -> Result<Value, Failure> {
        let today = self.today;
        let gear = self.find(id)?;
        gear.write(body)?;
        Ok(gear.json(today))
    }

    /// Removes gear.
    ///
    /// # Errors
    /// 404 for an unknown id.
    pub fn remove(&mut self, id: &str) -> Result<(), Failure> {
        self.find(id)?;
        self.all.retain(|gear| !gear.is(id));
        Ok(())
    }

    /// Adds a reminder.
    ///
    /// # Errors
    /// 404 for an unknown id, 422 for a missing name or an invalid limit.
    pub fn remind(&mut self, id: &str, body: &Object) -> Result<Value, Failure> {
        if body.get("name").and_then(Value::as_str).is_none_or(str::is_empty) {
            return Err(Failure::rejected("Name is required"));
        }
        let (today, number) = (self.today, self.last_reminder + 1);
        let gear = self.find(id)?;
        let mut reminder = Reminder::blank(number);
        reminder.write(body)?;
        reminder.reset(&gear.fields, today);
        gear.reminders.push(reminder);
        let json = gear.json(today);
        self.last_reminder = number;
        Ok(json)
    }

    /// Updates the fields of a reminder, resets it, or snoozes it for some days.
    ///
    /// # Errors
    /// 404 for an unknown id, 422 for an invalid limit.
    pub fn update_reminder(
        &mut self,
        id: &str,
        reminder: i64,
        body: &Object,
        reset: bool,
        snooze: usize,
    ) -> Result<Value, Failure> {
        let today = self.today;
        let gear = self.find(id)?;
        let found = gear.reminders.iter_mut().find(|one| one.id == reminder).ok_or_else(Failure::not_found)?;
        found.write(body)?;
        if reset {
            found.reset(&gear.fields, today);
        }
        if snooze > 0 {
            found.snooze(today, snooze);
        }
        Ok(gear.json(today))
    }

    /// Removes a reminder.
    ///
    /// # Errors
    /// 404 for an unknown id.
    pub fn forget(&mut self, id: &str, reminder: i64) -> Result<Value, Failure> {
        let today = self.today;
        let gear = self.find(id)?;
        if !gear.reminders.iter().any(|one| one.id == reminder) {
            return Err(Failure::not_found());
        }
        gear.reminders.retain(|one| one.id != reminder);
        Ok(gear.json(today))
    }

    fn find(&mut self, id: &str) -> Result<&mut Gear, Failure> {
        self.all.iter_mut().find(|gear| gear.is(id)).ok_or_else(Failure::not_found)
    }
}

impl Gear {
    /// Gear with every field unset.
    fn blank(id: String, athlete: &str) -> Self {
        let fields = json!({
            "id": id, "athlete_id": athlete, "type": null, "name": null, "purchased": null, "notes": null,
            "distance": 0.0, "time": 0.0, "activities": 0, "use_elapsed_time": false, "retired": null,
            "component_ids": null, "reminders": null, "activity_filters": null, "component": false,
        });
        Self { fields: fields.as_object().cloned().unwrap_or_default(), reminders: vec![] }
    }

    fn is(&self, id: &str) -> bool {
        self.fields.get("id").and_then(Value::as_str) == Some(id)
    }

    fn json(&self, today: Date) -> Value {
        let mut all = self.fields.clone();
        if !self.reminders.is_empty() {
            let id = all.get("id").cloned().unwrap_or_default();
            let reminders = self.reminders.iter().map(|reminder| reminder.json(&id, &self.fields, today)).collect();
            all.insert("reminders".to_owned(), reminders);
        }
        Value::Object(all)
    }

    fn write(&mut self, body: &Object) -> Result<(), Failure> {
        let mut written = Object::new();
        for (key, value) in body.iter().filter(|(_, value)| !value.is_null()) {
            let fits = match key.as_str() {
                "name" | "notes" | "type" | "retired" | "purchased" => value.is_string(),
                "use_elapsed_time" | "component" => value.is_boolean(),
                "component_ids" => value.is_array(),
                _ => continue,
            };
            let text = value.as_str().unwrap_or_default();
            match key.as_str() {
                _ if !fits => return Err(Failure::rejected(format!("JSON parse error: Cannot deserialize {key}"))),
                "type" if !TYPES.split_whitespace().any(|known| known == text) => {
                    let enumeration = "not one of the values accepted for Enum class";
                    return Err(Failure::rejected(format!(
                        "JSON parse error: Cannot deserialize \"{text}\": {enumeration}"
                    )));
                }
                "retired" | "purchased" if !text.is_empty() => _ = plain_date(text)?,
                _ => {}
            }
            written.insert(key.clone(), if value.as_str() == Some("") { Value::Null } else { value.clone() });
        }
        self.fields.extend(written);
        Ok(())
    }
}
