//! Gear: bikes, shoes and their parts, with reminders of what is due.
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{ALL, Body, Records, Result};
use crate::{
    Athlete, JsonMap, Text, lenient,
    units::{Count, Metres, Percent, Seconds},
};

/// The types of gear that are known; `Axel` is the service's spelling.
pub const GEAR_TYPES: &[&str] = &[
    "Bike",
    "Shoes",
    "Wetsuit",
    "RowingMachine",
    "Skis",
    "Snowboard",
    "Boat",
    "Board",
    "Equipment",
    "Accessories",
    "Apparel",
    "Computer",
    "Light",
    "Battery",
    "Brake",
    "BrakePads",
    "Rotor",
    "Drivetrain",
    "BottomBracket",
    "Cassette",
    "Chain",
    "Chainrings",
    "Crankset",
    "Derailleur",
    "Pedals",
    "Lever",
    "Cable",
    "Frame",
    "Fork",
    "Handlebar",
    "Headset",
    "Saddle",
    "Seatpost",
    "Shock",
    "Stem",
    "Axel",
    "Hub",
    "Trainer",
    "Tube",
    "Tyre",
    "Wheel",
    "Wheelset",
    "PowerMeter",
    "Cleats",
    "CyclingShoes",
    "Paddle",
];

/// A bike, a pair of shoes, a part.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Gear {
    /// Its id, such as `b12345`.
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    /// Name.
    pub name: Option<Text>,
    /// One of [`GEAR_TYPES`]; null for gear that was made without one.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Local day.
    pub purchased: Option<String>,
    /// Free text.
    pub notes: Option<Text>,
    /// Covered with it.
    pub distance: Option<Metres>,
    /// Used for so long.
    pub time: Option<Seconds>,
    /// How many it was used in.
    pub activities: Option<Count>,
    /// Local day since when it is out of use; null while it is in use.
    pub retired: Option<String>,
    /// Whether it is a part of other gear.
    pub component: Option<bool>,
    /// Ids of its parts.
    #[serde(default, deserialize_with = "lenient::words")]
    pub component_ids: Vec<String>,
    /// What it needs, and when.
    #[serde(default)]
    pub reminders: Records<GearReminder>,
}

/// Something that is due after a distance, a time, activities or days; a limit of 0 is not used.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct GearReminder {
    /// Its id.
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    /// What is due.
    pub name: Option<Text>,
    /// Due after it.
    pub distance: Option<Metres>,
    /// Due after it.
    pub time: Option<Seconds>,
    /// Due after so many.
    pub activities: Option<Count>,
    /// Due after so many.
    pub days: Option<Count>,
    /// The moment since which is counted.
    pub last_reset: Option<String>,
    /// The moment until which it keeps quiet.
    pub snoozed_until: Option<String>,
    /// How far it is on its way.
    pub percent_used: Option<Percent>,
    /// Since the last reset.
    pub distance_used: Option<Metres>,
    /// Since the last reset.
    pub time_used: Option<Seconds>,
    /// Since the last reset.
    pub activities_used: Option<Count>,
    /// Since the last reset.
    pub days_used: Option<Count>,
}

/// An athlete's gear.
pub struct Garage<'a>(&'a Athlete);

impl Athlete {
    /// The athlete's gear.
    pub fn gear(&self) -> Garage<'_> {
        Garage(self)
    }
}

impl Garage<'_> {
    /// `GET /athlete/{id}/gear`: all of it, parts and retired ones too.
    pub async fn list(&self) -> Result<Vec<Gear>> {
        let gear: Vec<Gear> = self.0.client.list(&self.0.path(&["gear"]), ALL).await?;
        Ok(gear.into_iter().map(|gear| self.reported(gear)).collect())
    }

    /// `GET /athlete/{id}/gear`: the one of this id.
    pub async fn find(&self, gear: &str) -> Result<Option<Gear>> {
        let gear = self.0.client.find(&self.0.path(&["gear"]), gear).await?;
        Ok(gear.map(|gear| self.reported(gear)))
    }

    /// Says which of its reminders could not be read.
    fn reported(&self, gear: Gear) -> Gear {
        self.0.client.report(&format!("reminders of {}", gear.id), &gear.reminders);
        gear
    }

    /// `POST /athlete/{id}/gear`: unknown fields are lost without a word, and without a type it has none.
    pub async fn create(&self, fields: JsonMap) -> Result<Gear> {
        let gear = self.0.client.post(&self.0.path(&["gear"]), ALL, Body::Json(fields.into())).await?;
        Ok(self.reported(gear))
    }

    /// `PUT /athlete/{id}/gear/{gearId}`: changes the given fields; null changes nothing, and `retired` is cleared by "".
    pub async fn update(&self, gear: &str, fields: JsonMap) -> Result<Gear> {
        let gear = self.0.client.put(&self.0.path(&["gear", gear]), ALL, Body::Json(fields.into())).await?;
        Ok(self.reported(gear))
    }

    /// `DELETE /athlete/{id}/gear/{gearId}`: answers with nothing.
    pub async fn delete(&self, gear: &str) -> Result<()> {
        let _: Value = self.0.client.delete(&self.0.path(&["gear", gear]), ALL).await?;
        Ok(())
    }

    /// `POST /athlete/{id}/gear/{gearId}/reminder`: answers with the whole gear. `distance` in m, `time` in s.
    pub async fn create_reminder(&self, gear: &str, fields: JsonMap) -> Result<Gear> {
        let path = ["gear", gear, "reminder"];
        let gear = self.0.client.post(&self.0.path(&path), ALL, Body::Json(fields.into())).await?;
        Ok(self.reported(gear))
    }

    /// `PUT /athlete/{id}/gear/{gearId}/reminder/{reminderId}`: changes the given fields, and answers with the whole gear. `reset`
    /// counts from now on; `snooze_days` of 0 is no snooze. The specification wants both, always.
    pub async fn update_reminder(
        &self,
        gear: &str,
        reminder: i64,
        fields: JsonMap,
        reset: bool,
        snooze_days: u32,
    ) -> Result<Gear> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Query {
            reset: bool,
            snooze_days: u32,
        }
        let path = ["gear", gear, "reminder", &reminder.to_string()];
        let query = Query { reset, snooze_days };
        let gear = self.0.client.put(&self.0.path(&path), &query, Body::Json(fields.into())).await?;
        Ok(self.reported(gear))
    }

    /// `DELETE /athlete/{id}/gear/{gearId}/reminder/{reminderId}`: answers with the whole gear.
    pub async fn delete_reminder(&self, gear: &str, reminder: i64) -> Result<()> {
        let path = ["gear", gear, "reminder", &reminder.to_string()];
        let _: Value = self.0.client.delete(&self.0.path(&path), ALL).await?;
        Ok(())
    }
}
