//! Gear of a new account, and the marks in its texts.
use jiff::ToSpan;
use serde_json::{Value, json};

use super::{Garage, Gear, Reminder};
use crate::{BIKE, CHAIN, DUE_REMINDER, RETIRED_BIKE, SHOES, SNOOZED_REMINDER, marked::mark_texts};

impl Garage {
    pub(super) fn fill(&mut self, coached: bool) {
        if coached {
            self.add(json!({"id": BIKE, "type": "Bike", "name": "Road bike", "distance": 9_204_118.0,
                "time": 1_302_440.0, "activities": 241, "purchased": self.day(1500)}));
            self.add(json!({"id": SHOES, "type": "Shoes", "name": "Daily trainers", "distance": 402_110.0,
                "time": 141_900.0, "activities": 51}));
            return;
        }
        self.add(
            json!({"id": BIKE, "type": "Bike", "name": "Road bike", "distance": 12_480_230.5, "time": 1_611_360.0,
            "activities": 310, "purchased": self.day(1200), "notes": "Frame 56 cm.\nTyres 28 mm, 5.2 bar.",
            "component_ids": [CHAIN, "c5102"]}),
        );
        self.reminds(BIKE, DUE_REMINDER - 1, json!({"name": "Yearly service", "days": 365}), [0.0; 3], 120);
        self.add(json!({"id": CHAIN, "type": "Chain", "name": "Chain 12-speed", "distance": 3_871_400.0,
            "time": 498_200.0, "activities": 96, "purchased": self.day(310), "component": true}));
        self.reminds(
            CHAIN,
            DUE_REMINDER,
            json!({"name": "Wax the chain", "distance": 400_000.0}),
            [452_300.0, 58_200.0, 11.0],
            24,
        );
        let replace = json!({"name": "Replace the chain", "distance": 4_000_000.0, "time": 720_000.0});
        self.reminds(CHAIN, SNOOZED_REMINDER, replace, [3_871_400.0, 498_200.0, 96.0], 310);
        if let Some(snoozed) = self.all.last_mut().and_then(|chain| chain.reminders.last_mut()) {
            snoozed.snooze(self.today, 10);
        }
        self.add(json!({"id": "c5102", "type": "Cassette", "name": "Cassette 11-34", "distance": 3_871_400.0,
            "time": 498_200.0, "activities": 96, "component": true}));
        self.add(json!({"id": "b5002", "type": "Bike", "name": "Gravel bike", "distance": 2_310_900.0,
            "time": 371_200.0, "activities": 58, "purchased": self.day(800)}));
        self.add(json!({"id": "b5003", "type": "Bike", "name": "Trainer bike", "distance": 4_902_000.0,
            "time": 540_700.0, "activities": 133, "use_elapsed_time": true}));
        self.add(json!({"id": SHOES, "type": "Shoes", "name": "Daily trainers", "distance": 512_640.0,
            "time": 163_800.0, "activities": 61, "purchased": self.day(190)}));
        self.reminds(
            SHOES,
            SNOOZED_REMINDER + 1,
            json!({"name": "New shoes", "activities": 80}),
            [512_640.0, 163_800.0, 61.0],
            190,
        );
        self.add(json!({"id": "g5005", "type": "Shoes", "name": "Race flats", "distance": 0.0, "time": 0.0,
            "activities": 0, "purchased": self.day(12)}));
        self.add(json!({"id": RETIRED_BIKE, "type": "Bike", "name": "First road bike", "distance": 31_009_400.0,
            "time": 4_102_000.0, "activities": 802, "purchased": "2014-05-01", "retired": self.day(1199)}));
    }

    /// Marks names, notes and reminders. Gear without a reminder gets one.
    pub fn mark(&mut self) {
        let (by, today) = (Some(self.athlete), self.today);
        for (gear, number) in self.all.iter_mut().zip(6501..) {
            mark_texts(&mut gear.fields, &["name", "notes"], by);
            if gear.reminders.is_empty() {
                let mut reminder = Reminder::blank(number).named("Clean it");
                reminder.reset(&gear.fields, today);
                gear.reminders.push(reminder);
            }
            for reminder in &mut gear.reminders {
                reminder.mark(by);
            }
        }
    }

    fn day(&self, back: i64) -> String {
        self.today.saturating_sub(back.days()).to_string()
    }

    fn add(&mut self, fields: Value) {
        let mut gear = Gear::blank(String::new(), self.athlete);
        gear.fields.extend(fields.as_object().cloned().unwrap_or_default());
        self.all.push(gear);
    }

    fn reminds(&mut self, gear: &str, id: i64, fields: Value, used: [f64; 3], days: i64) {
        let since = self.today.saturating_sub(days.days());
        let Some(gear) = self.all.iter_mut().find(|one| one.is(gear)) else { return };
        let mut reminder = Reminder::blank(id);
        if fields.as_object().is_some_and(|fields| reminder.write(fields).is_ok()) {
            gear.reminders.push(reminder.counting(&gear.fields, used, since));
        }
    }
}
