//! The body of a new event.
use intervals_core::{
    Error, JsonMap, Result,
    records::{event::Fields, given},
};

use crate::ends::{self, stamp};

/// Checks the fields of a new event and returns its body.
pub fn new_event(fields: &Fields) -> Result<JsonMap> {
    let missing = |what: &str, advice: &str| Error::new(format!("{what} is missing"), advice);
    let Some(start) = fields.start_date else {
        return Err(missing("start_date", "Give the day as YYYY-MM-DD."));
    };
    let Some(category) = fields.category else {
        return Err(missing("category", "Such as WORKOUT, RACE_A or NOTE."));
    };
    if fields.name.as_deref().unwrap_or_default().trim().is_empty() {
        return Err(missing("name", "Every event needs one."));
    }
    if category.is_race() && fields.event_type.is_none() {
        let what = format!("event_type of a {}", category.0);
        return Err(missing(&what, "Give its sport, such as Ride, Run or Swim."));
    }
    ends::check(fields, start.start())?;
    let mut body = given(fields);
    // A blank external_id would turn the creation into an update.
    body.retain(|name, value| name != "external_id" || value.as_str().is_some_and(|id| !id.trim().is_empty()));
    if let Some(end) = ends::given_end(fields) {
        body.insert("end_date_local".into(), stamp(end.stored).into());
    }
    Ok(body)
}
