//! Marks the texts of an account.
use serde_json::{Value, json};

use crate::{ATHLETE, account::Account, marked::mark_texts};

/// Marks all texts of an account, after adding records by other authors.
pub fn mark(account: &mut Account) {
    let person = account.person;
    let id = Some(person.id);
    account.calendar.mark(person, account.today);
    account.library.mark();
    account.gear.mark();
    account.custom_items.mark();
    account.messages.mark(person);
    account.gps_routes.mark();
    account.mark_wellness();
    account.activities.iter_mut().for_each(|activity| activity.mark(person));
    mark_texts(&mut account.profile, &["name", "firstname", "lastname", "city", "state", "country", "bio"], id);
    // A coach writes these about the athlete, and the owner of the key is the coach.
    mark_texts(&mut account.profile, &["icu_notes", "icu_tags"], Some(ATHLETE));
    for sport in account.sports.iter_mut().filter_map(Value::as_object_mut) {
        mark_texts(sport, &["hr_zone_names", "power_zone_names", "pace_zone_names"], id);
    }
    if account.forecasts.is_null() {
        account.forecasts = json!([{ "id": 3, "provider": "OPEN_WEATHER", "location": "Boulder,US", "label": "Home",
            "lat": 40.02, "lon": -105.28, "enabled": true }]);
    }
    for place in account.forecasts.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        mark_texts(place, &["location", "label"], id);
    }
}
