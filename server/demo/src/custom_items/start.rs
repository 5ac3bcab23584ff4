//! Custom items of a new account, and the marks in their texts.
use serde_json::{Value, json};

use super::CustomItems;
use crate::{
    FITNESS_CHART, FUELING_FIELD, WELLNESS_FIELD,
    marked::{mark_texts, marked},
    object::text_at,
};

impl CustomItems {
    pub(super) fn fill(&mut self, coached: bool) {
        if coached {
            self.add(json!({"id": 4301, "type": "INPUT_FIELD", "name": "Sleep quality note",
                "content": {"code": "SleepNote", "type": "text"}}));
            return;
        }
        // Wellness days and activities have values for these codes.
        self.add(json!({"id": WELLNESS_FIELD, "type": "INPUT_FIELD", "name": "Caffeine",
            "description": "Coffee and tea, in mg a day",
            "content": {"code": "Caffeine", "type": "numeric", "units": "mg", "aggregate": "SUM", "icon": "coffee"}}));
        self.add(json!({"id": WELLNESS_FIELD + 1, "type": "INPUT_FIELD", "name": "Mantra",
            "content": {"code": "Mantra", "type": "text"}}));
        self.add(json!({"id": FUELING_FIELD, "type": "ACTIVITY_FIELD", "name": "Fueling", "visibility": "FOLLOWERS",
            "usage_count": 3, "description": "Carbohydrates an hour",
            "content": {"code": "Fueling", "type": "numeric", "units": "g/h", "aggregate": "AVERAGE",
                "script": "{\n  let a = activity\n  a.carbs_ingested ? a.carbs_ingested * 3600 / a.moving_time : null\n}\n"}}));
        let line =
            "  data.push({ x: day.id, y: day.ctl - day.atl, colour: day.atl > 1.3 * day.ctl ? 'red' : 'green' })\n";
        let series: Vec<Value> =
            (1..=24).map(|n| json!({"id": n, "name": format!("Week {n}"), "share": 0.04125 * f64::from(n)})).collect();
        self.add(json!({"id": FITNESS_CHART, "type": "FITNESS_CHART", "name": "Form by week", "visibility": "PUBLIC",
            "usage_count": 17, "description": "Form as a share of fitness, week by week. Shared by a club.",
            "from_id": 3999, "from_athlete": {"id": "i5555", "name": "Kim Lake"},
            "content": {"height": 320, "stacked": false, "script": line.repeat(200), "series": series}}));
    }

    /// Marks names, descriptions and texts in the content. The author is `from_athlete`, else the athlete.
    pub fn mark(&mut self) {
        for item in &mut self.all {
            let from = item.get("from_athlete").and_then(|from| from.get("id")?.as_str());
            let by = from.or(text_at(item, "athlete_id")).map(str::to_owned);
            let by = by.as_deref();
            mark_texts(item, &["name", "description"], by);
            if let Some(from) = item.get_mut("from_athlete").and_then(Value::as_object_mut) {
                mark_texts(from, &["name"], by);
            }
            let Some(content) = item.get_mut("content").and_then(Value::as_object_mut) else { continue };
            if let Some(Value::String(script)) = content.get_mut("script") {
                *script = format!("// {}\n{script}", marked("words", by));
            }
            for series in content.get_mut("series").and_then(Value::as_array_mut).into_iter().flatten() {
                series.as_object_mut().into_iter().for_each(|series| mark_texts(series, &["name"], by));
            }
        }
    }

    fn add(&mut self, fields: Value) {
        let mut item = self.blank(0);
        item.extend(fields.as_object().cloned().unwrap_or_default());
        self.all.push(item);
    }
}
