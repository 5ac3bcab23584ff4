//! Daily wellness: measured, written, and projected fitness.
pub mod fields;
mod measured;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::{account::Account, dates::days_between, failure::Failure, fitness::AHEAD, object::Object, random::round};

impl Account {
    /// Wellness of a date, also without any data.
    pub fn wellness_row(&self, date: Date) -> Object {
        let mut row: Object = fields::ALL.iter().map(|(field, _)| ((*field).to_owned(), Value::Null)).collect();
        row.insert("id".to_owned(), json!(date.to_string()));
        let ahead = date > self.today;
        if let Some(day) = self.fitness.on(date) {
            row.insert("ctl".to_owned(), json!(round(day.ctl, 6)));
            row.insert("atl".to_owned(), json!(round(day.atl, 6)));
            row.insert("ctlLoad".to_owned(), json!(day.load));
            row.insert("atlLoad".to_owned(), json!(day.load));
            if !ahead {
                row.insert("rampRate".to_owned(), json!(self.fitness.ramp(date).map(|ramp| round(ramp, 6))));
            }
        }
        if !ahead && self.is_measured(date) {
            row.extend(self.measured(date));
        }
        if let Some(written) = self.wellness.get(&date) {
            row.extend(written.clone());
        }
        row
    }

    /// Wellness of a date range, oldest first: days with data, and a week of projected fitness.
    pub fn wellness_rows(&self, oldest: Date, newest: Date) -> Vec<Object> {
        let ahead = |date: Date| date > self.today && days_between(self.today, date) <= AHEAD && self.trained;
        let first = self.fitness.first().into_iter().chain(self.wellness.keys().next().copied()).min();
        let last = self.wellness.keys().next_back().copied().unwrap_or(self.today).max(self.today);
        let last = last.max(self.today.saturating_add(jiff::Span::new().days(AHEAD)));
        let (Some(first), mut rows) = (first, Vec::new()) else { return Vec::new() };
        let mut date = oldest.max(first);
        while date <= newest.min(last) {
            if self.wellness.contains_key(&date) || self.is_measured(date) || ahead(date) {
                rows.push(self.wellness_row(date));
            }
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
        rows
    }

    /// Updates the wellness of a date. Null is ignored; -1 clears a number, "" a text.
    ///
    /// # Errors
    /// 422 for an unknown field or an invalid value. Nothing is changed then.
    pub fn write_wellness(&mut self, date: Date, body: &Object) -> Result<(), Failure> {
        let written = fields::read(body)?;
        let row = self.wellness.entry(date).or_default();
        row.extend(written.clone());
        row.insert("updated".to_owned(), json!(format!("{}T09:30:00.000+00:00", self.today)));
        if row.contains_key("weight") {
            row.insert("tempWeight".to_owned(), json!(false));
        }
        if date == self.today {
            for (field, ours) in [("weight", "icu_weight"), ("restingHR", "icu_resting_hr")] {
                if let Some(value) = written.get(field).filter(|value| !value.is_null()) {
                    self.profile.insert(ours.to_owned(), value.clone());
                }
            }
        }
        Ok(())
    }
}
