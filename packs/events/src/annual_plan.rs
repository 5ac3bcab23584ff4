//! `icu_get_annual_training_plan`
use std::collections::BTreeMap;

use intervals_core::{
    Athlete, Error, Notes, Result, Today,
    client::{CalendarQuery, Creator, Text, sports::Sport},
    list::CAP,
    records::{DayOrMinute, event::Row},
    tool,
    units::{Metres, Points, Seconds},
};
use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Args {
    #[doc = "Days after today."]
    #[schemars(example = 365)]
    days_ahead: i64,
    #[doc = "Days before today."]
    #[schemars(example = 28)]
    days_back: i64,
}

impl Default for Args {
    fn default() -> Self {
        Self { days_ahead: 365, days_back: 0 }
    }
}

#[derive(Serialize, JsonSchema)]
struct Plan {
    oldest: String,
    newest: String,
    phases: Vec<Phase>,
    weeks: Vec<Week>,
    races: Vec<Race>,
    /// Of all weeks.
    total_load_target: Option<Points>,
}

#[derive(Serialize, JsonSchema)]
struct Phase {
    id: i64,
    plan: Option<Text>,
    phase: Option<Text>,
    start: Option<DayOrMinute>,
    /// Last day.
    end: Option<String>,
    sport: Option<Sport>,
    text: Option<Text>,
    author: Creator,
}

#[derive(Default, Serialize, JsonSchema)]
struct Week {
    /// Its Monday.
    week: String,
    phase: Option<Text>,
    /// The target's event.
    id: Option<i64>,
    sport: Option<Sport>,
    load_target: Option<Points>,
    time_target_s: Option<Seconds>,
    distance_target_m: Option<Metres>,
    tags: Vec<Text>,
    /// What the planner wrote for the week.
    note: Option<Text>,
    #[schemars(with = "Creator")]
    author: Option<Creator>,
}

#[derive(Serialize, JsonSchema)]
struct Race {
    date: Option<DayOrMinute>,
    id: i64,
    category: Option<String>,
    sport: Option<Sport>,
    name: Option<Text>,
    author: Creator,
}

/// The most characters of a name, of a phase's text and of one text in a week's note.
const TEXT: usize = 200;

/// SEASON plan: phases, weekly targets with the planner's notes, races; personal notes are left out.
#[tool(read, title = "Annual training plan")]
async fn icu_get_annual_training_plan(athlete: Athlete, today: Today, notes: Notes, args: Args) -> Result<Plan> {
    for (name, days) in [("days_ahead", args.days_ahead), ("days_back", args.days_back)] {
        if !(0..=3660).contains(&days) {
            return Err(Error::new(format!("{name} is {days}"), "It goes from 0 to 3660."));
        }
    }
    let (oldest, newest) =
        (today.date().saturating_sub(args.days_back.days()), today.date().saturating_add(args.days_ahead.days()));
    // Targets are stored on Mondays, and the first week may have begun before `oldest`.
    let query = CalendarQuery::days(monday(oldest), newest);
    let categories = ["PLAN", "TARGET", "NOTE", "RACE_A", "RACE_B", "RACE_C"];
    let events = athlete.events().list::<Row>(&query.of(&categories)).await?;
    let mut plan = Plan::of(&events, oldest, newest);
    if plan.phases.is_empty() && plan.weeks.is_empty() {
        notes.add("there is no annual plan on the calendar");
    }
    let more = [plan.phases.len(), plan.weeks.len(), plan.races.len()].iter().any(|count| *count > CAP);
    if more {
        notes.add(format!("only the first {CAP} of each are shown; ask for fewer days"));
        plan.phases.truncate(CAP);
        plan.weeks.truncate(CAP);
        plan.races.truncate(CAP);
    }
    Ok(plan)
}

/// Returns the Monday of the day's week.
pub fn monday(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

impl Plan {
    fn of(events: &[Row], oldest: Date, newest: Date) -> Self {
        let of = |category: &'static str| events.iter().filter(move |event| event.is(category));
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.truncated(TEXT)).and_then(Text::non_empty);
        let phases: Vec<&Row> = of("PLAN").collect();
        // A week may have a target for each sport.
        let mut weeks: BTreeMap<(Date, usize), Week> = BTreeMap::new();
        for target in of("TARGET") {
            let Some(start) = target.day().map(monday) else { continue };
            let place = weeks.range((start, 0)..=(start, usize::MAX)).count();
            let mut week = Week {
                id: Some(target.id),
                sport: target.sport.clone(),
                load_target: target.load_target,
                time_target_s: target.time_target_s,
                distance_target_m: target.distance_target_m,
                tags: target.tags.clone(),
                ..Week::of(start, &phases)
            };
            if !week.tags.is_empty() {
                week.add_author(target);
            }
            weeks.insert((start, place), week);
        }
        // Notes that a plan added belong to the week; other notes are the athlete's own.
        for note in of("NOTE").filter(|note| note.plan_applied.is_some()) {
            let Some(start) = note.day().map(monday) else { continue };
            let note_text: Vec<String> =
                [&note.name, &note.description].into_iter().filter_map(text).map(Text::into_string).collect();
            let note_text = note_text.join(": ");
            let week = weeks.entry((start, 0)).or_insert_with(|| Week::of(start, &phases));
            week.note = Some(
                week.note.take().map_or_else(|| note_text.clone(), |before| format!("{before}; {note_text}")).into(),
            );
            week.add_author(note);
        }
        let loads: Vec<f64> = weeks.values().filter_map(|week| week.load_target.map(|load| load.0)).collect();
        let phase = |e: &&Row| Phase {
            id: e.id,
            plan: e.name.as_ref().map(|name| name.truncated(TEXT)),
            phase: e.tags.first().cloned(),
            start: e.date.clone(),
            end: e.last_day().map(|day| day.to_string()),
            sport: e.sport.clone(),
            text: text(&e.description),
            author: e.author.clone(),
        };
        let races = events.iter().filter(|event| event.is_race());
        let race = |e: &Row| Race {
            date: e.date.clone(),
            id: e.id,
            category: e.category.clone(),
            sport: e.sport.clone(),
            name: e.name.as_ref().map(|name| name.truncated(TEXT)),
            author: e.author.clone(),
        };
        Self {
            oldest: oldest.to_string(),
            newest: newest.to_string(),
            phases: phases.iter().map(phase).collect(),
            weeks: weeks.into_values().collect(),
            races: races.filter(|race| race.last_day() >= Some(oldest)).map(race).collect(),
            total_load_target: (!loads.is_empty()).then(|| Points(loads.iter().sum())),
        }
    }
}

impl Week {
    /// Creates a week with its phase: of those that cover its Monday, the one that starts latest.
    fn of(monday: Date, phases: &[&Row]) -> Self {
        let mut week = Self { week: monday.to_string(), ..Self::default() };
        let covers = |phase: &&&Row| phase.day() <= Some(monday) && Some(monday) <= phase.last_day();
        if let Some(latest) = phases.iter().filter(covers).max_by_key(|phase| phase.day()) {
            week.phase = latest.tags.first().or(latest.name.as_ref()).cloned();
            week.add_author(latest);
        }
        week
    }

    /// Adds the author of an event whose text the week shows.
    fn add_author(&mut self, e: &Row) {
        let author = e.author.clone();
        self.author = Some(match self.author.take() {
            Some(before) => before.and(author),
            None => author,
        });
    }
}

#[cfg(test)]
mod tests;
