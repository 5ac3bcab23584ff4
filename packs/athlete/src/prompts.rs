//! The prompts of this pack, which check the connection.
use intervals_core::prompt::{Prompt, PromptArgument};

pub const VERIFY_SETUP: Prompt = Prompt::new(
    "verify_setup",
    "Verify the setup",
    "Tries the tools that are on, and cleans up after itself.",
)
.with_needs(&["icu_get_athlete_profile"])
.with_render(|call| {
    let steps = [
        ("icu_get_athlete_profile()".into(), "whose account it is, zone and units"),
        ("icu_get_fitness_summary()".into(), "fitness numbers"),
        ("icu_get_recent_activities(days_back=14, limit=5)".into(), "activities"),
        ("icu_get_wellness_data(days_back=3)".into(), "wellness"),
        ("icu_get_calendar_events(days_back=3, days_ahead=7)".into(), "the calendar"),
        ("icu_get_workout_library()".into(), "the library"),
        ("icu_get_sport_settings()".into(), "thresholds and zones"),
        ("icu_get_gear_list()".into(), "gear"),
        ("icu_get_custom_items()".into(), "custom items"),
        ("icu_get_power_curves(time_period=\"42d\")".into(), "curves"),
    ];
    let mut text = call.plan("Check that the Intervals.icu tools work, one call each:", &steps, "");
    let cycle = ["icu_create_event", "icu_update_event", "icu_delete_event"];
    if cycle.iter().all(|tool| call.shows(tool)) {
        text.push_str(
            "Then, if I say yes to a trial entry: icu_create_event(category=NOTE, name=\"Setup check\") on a day a year from \
             now, icu_update_event its name, icu_delete_event it, and icu_get_calendar_events(oldest, newest) of that day to \
             see that nothing is left.\n",
        );
    }
    text + "Report a line per call: works, empty, or the error with its advice. Use real ids only, from the answers."
});

pub const VERIFY_MULTI_ATHLETE: Prompt = Prompt::new(
    "verify_multi_athlete",
    "Verify coaching",
    "Checks that calls for a coached athlete reach that athlete and nobody else.",
)
.with_arguments(&[
    PromptArgument::new("athlete_id", "A coached athlete; without one, the first that is listed.")
        .with_default("the first coached athlete of the list"),
])
.with_needs(&["icu_list_athletes", "icu_get_athlete_profile"])
.with_render(|call| {
    let id = call.get("athlete_id");
    let steps = [
        ("icu_list_athletes()".to_owned(), "whom the key reaches, and with which permission"),
        ("icu_get_athlete_profile(athlete_id)".into(), "it must name them, not me"),
        ("icu_get_fitness_summary(athlete_id)".into(), "their numbers"),
        ("icu_get_recent_activities(athlete_id, limit=3)".into(), "their activities"),
        ("icu_get_wellness_data(athlete_id, days_back=3)".into(), "their wellness"),
        ("icu_get_calendar_events(athlete_id)".into(), "their calendar"),
    ];
    call.plan(
        &format!("Check that tools act for another athlete. Athlete: {id}. Pass their id as athlete_id each time."),
        &steps,
        "Every answer must begin with their name. Then call icu_get_athlete_profile(athlete_id=\"i0\"), which must be refused. \
         Change nothing. Report a line per call.",
    )
});
