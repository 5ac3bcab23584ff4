//! A crowded account: more records than fit on a page of any list, for tests of paging.
use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};
use serde_json::json;

use crate::{
    RIDE,
    account::Account,
    activity::{Activity, perceived_load},
    calendar::{Calendar, Event},
    object::object,
    season::Sport,
};

/// Number of gear items, some of them retired.
pub const GEAR: usize = 700;
/// Number of events on the calendar.
pub const EVENTS: usize = 900;
/// Number of events on [`day`]. No event of another day overlaps it.
pub const EVENTS_ON_DAY: usize = 300;
/// Number of activities, including the stubs from Strava.
pub const ACTIVITIES: usize = 1200;
/// Number of activities on [`training_day`].
pub const ACTIVITIES_ON_DAY: usize = 60;
/// Number of activities on [`training_day`] that start exactly at noon.
pub const ACTIVITIES_AT_ONCE: usize = 25;
/// Number of workouts in the library.
pub const WORKOUTS: usize = 600;
/// Number of folders that are added for the workouts.
pub const FOLDERS: usize = 6;
/// Number of custom items.
pub const CUSTOM_ITEMS: usize = 600;
/// Number of messages on [`RIDE`], one of them deleted.
pub const MESSAGES: usize = 600;

/// The day of [`EVENTS_ON_DAY`] events, ten weeks after today. Fifty each start at 0, 3, 6, 9, 12 and 15 h.
pub fn day(today: Date) -> Date {
    today.saturating_add(70.days())
}

/// The day of [`ACTIVITIES_ON_DAY`] activities, thirty days before today.
pub fn training_day(today: Date) -> Date {
    today.saturating_sub(30.days())
}

/// Adds records until the account has the numbers above. Longer lists stay as they are.
pub(crate) fn fill(account: &mut Account) {
    add_events(account);
    add_activities(account);
    add_workouts(account);
    let person = account.person;
    for number in account.gear.len()..GEAR {
        let kind = ["Bike", "Shoes", "Chain", "Tyre"].get(number % 4);
        let mut gear = object(json!({ "name": format!("Spare {number}"), "type": kind }));
        if number % 10 == 0 {
            gear.insert("retired".to_owned(), json!(account.today.to_string()));
        }
        // None of these records is refused.
        _ = account.gear.create(&gear);
    }
    account.custom_items.last_id = 5000;
    for number in account.custom_items.len()..CUSTOM_ITEMS {
        let kind = ["FITNESS_CHART", "ZONES", "ACTIVITY_PANEL"].get(number % 3);
        _ = account.custom_items.create(&object(json!({ "name": format!("Chart {number}"), "type": kind })));
    }
    account.messages.chat(RIDE, person, MESSAGES);
}

/// Adds events on [`day`], then one on each day from a year ago.
fn add_events(account: &mut Account) {
    let (person, today) = (account.person, account.today);
    let (batch, day) = (account.calendar.new_batch(), day(today));
    // Cloned, because a new event sets every field one by one.
    let originals = ["WORKOUT", "NOTE", "RACE_C", "TARGET", "HOLIDAY"].map(|kind| {
        let mut event = Event { batch, ..Event::blank(person, day.at(0, 0, 0, 0)) };
        event.fields.extend(object(json!({ "category": kind, "type": "Ride" })));
        event.understand(person);
        event
    });
    let add = |calendar: &mut Calendar, number: usize, start: DateTime| {
        let Some(original) = originals.get(number % originals.len()) else { return };
        let end = start.date().saturating_add(1.day()).at(0, 0, 0, 0);
        let mut event = Event { start, end, ..original.clone() };
        event.fields.insert("name".to_owned(), json!(format!("Item {number}")));
        calendar.add(None, event);
    };
    for number in 0..EVENTS_ON_DAY {
        let hour = i8::try_from(number % 6 * 3).unwrap_or_default();
        add(&mut account.calendar, number, day.at(hour, 0, 0, 0));
    }
    let mut date = today.saturating_sub(365.days());
    for number in account.calendar.events.len()..EVENTS {
        add(&mut account.calendar, number, date.at(0, 0, 0, 0));
        date = date.saturating_add(if date.saturating_add(1.day()) == day { 2.days() } else { 1.day() });
    }
}

/// Adds manual activities: those of [`training_day`], then pairs with the same start.
fn add_activities(account: &mut Account) {
    let (today, busy) = (account.today, training_day(account.today));
    let there = account.activities.iter().filter(|activity| activity.date() == busy).count();
    let noon = busy.at(12, 0, 0, 0);
    let on_day =
        (0..ACTIVITIES_ON_DAY.saturating_sub(there)).map(|number| match number.checked_sub(ACTIVITIES_AT_ONCE) {
            None => noon,
            Some(later) => noon.saturating_add(i64::try_from(later + 1).unwrap_or_default().minutes()),
        });
    let pairs = (0i64..).map(|number| today.saturating_sub((35 + number / 2 % 300).days()).at(19, 30, 0, 0));
    let missing = ACTIVITIES.saturating_sub(account.activities.len());
    for (number, start) in on_day.chain(pairs).take(missing).enumerate() {
        let mut activity = Activity::blank(format!("i{}", 50_001 + number), start);
        let sport = [Sport::Ride, Sport::Run, Sport::Swim, Sport::Hike].get(number % 4);
        activity.sport = sport.copied().unwrap_or_default();
        (activity.moving_time, activity.elapsed_time, activity.rpe) = (1200, 1200, Some(2));
        activity.load = Some(perceived_load(60.0, 2.0));
        activity.written.insert("name".to_owned(), json!(format!("Session {number}")));
        account.activities.push(activity);
    }
    account.refresh();
}

/// Adds workouts without steps, in new folders.
fn add_workouts(account: &mut Account) {
    let library = &mut account.library;
    let missing = WORKOUTS.saturating_sub(library.workouts(None).count());
    for folder in 0..FOLDERS {
        let made = library.create_folder(&object(json!({ "name": format!("Block {}", folder + 1) })));
        let id = made.ok().and_then(|made| made.get("id").cloned());
        let mut names =
            (0..missing).filter(|number| number % FOLDERS == folder).map(|number| format!("Workout {number}"));
        let Some(first) = names.next() else { return };
        let first = json!({ "folder_id": id, "type": "Run", "name": first, "description": "As you feel.",
            "moving_time": 1800 });
        let made = library.create(&[object(first)]).ok().and_then(|made| made.first()?.get("id")?.as_u64());
        if let Some(id) = made.and_then(|id| u32::try_from(id).ok()) {
            library.copy(id, names);
        }
    }
}
