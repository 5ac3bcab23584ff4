//! The prompts of this pack, for planning.
use intervals_core::prompt::{Prompt, PromptArgument};

/// The instruction to follow the workout syntax.
const SYNTAX: &str = "Write its steps as the resource intervals-icu://workout-syntax explains";

pub const GENERATE_WORKOUT: Prompt = Prompt::new(
    "generate_workout",
    "Generate a workout",
    "A structured workout for the calendar that fits today's form.",
)
.with_arguments(&[
    PromptArgument::new("sport", "Activity type.")
        .with_default("Ride")
        .with_choices(&["Ride", "VirtualRide", "Run", "Swim", "TrailRun", "GravelRide", "Rowing"]),
    PromptArgument::new("workout_type", "What it trains.")
        .with_default("endurance")
        .with_choices(&["endurance", "recovery", "tempo", "sweetspot", "threshold", "vo2max", "sprint"]),
    PromptArgument::new("duration_minutes", "How long.")
        .with_default("60")
        .with_choices(&["30", "45", "60", "75", "90", "120"]),
])
.with_needs(&["icu_create_event"])
.with_render(|call| {
    let (sport, kind, minutes) = (call.get("sport"), call.get("workout_type"), call.get("duration_minutes"));
    let steps = [
        ("icu_get_fitness_summary()".into(), "form and ramp: is this workout right now?"),
        (format!("icu_get_sport_settings(sport={sport})"), "thresholds and zones for its targets"),
        ("icu_get_calendar_events(days_back=2, days_ahead=7)".into(), "events around it"),
    ];
    call.plan(
        &format!("Design a {kind} workout of {minutes} minutes for {sport}."),
        &steps,
        &format!(
            "{SYNTAX}, show it to me with the reasoning in two lines, and after I agree on the day add it with \
             icu_create_event(category=WORKOUT, event_type={sport}). Check in the answer that the steps were understood."
        ),
    )
});

pub const PLAN_TRAINING_WEEK: Prompt = Prompt::new(
    "plan_training_week",
    "Plan a training week",
    "The next seven days, from form, recovery and the library.",
)
.with_arguments(&[
    PromptArgument::new("goal", "What the week is for.")
        .with_default("balanced")
        .with_choices(&["balanced", "build", "recovery", "race week", "base"]),
])
.with_needs(&["icu_create_event"])
.with_render(|call| {
    let steps = [
        ("icu_get_fitness_summary()".into(), "form, fatigue, ramp"),
        ("icu_get_recent_activities(days_back=14)".into(), "what they have been doing"),
        ("icu_get_wellness_data(days_back=7)".into(), "how they recover"),
        ("icu_get_calendar_events(days_ahead=14)".into(), "races, notes, days off and what is already planned"),
        ("icu_get_annual_training_plan()".into(), "phase and target of the week"),
        ("icu_get_workout_library()".into(), "existing workouts"),
    ];
    let add = if call.shows("icu_bulk_create_events") { "icu_bulk_create_events" } else { "icu_create_event" };
    call.plan(
        &format!("Plan my next seven days; the goal is: {}.", call.get("goal")),
        &steps,
        &format!(
            "Show me the week as a table (day, workout, duration, load, why) with its total load against the last weeks. \
             After I agree, add the workouts with {add}. {SYNTAX}. Change no \
             existing event unless I say so."
        ),
    )
});

pub const TRAINING_PLAN_REVIEW: Prompt = Prompt::new(
    "training_plan_review",
    "Review the training plan",
    "What is planned, against form and goals.",
)
.with_needs(&["icu_get_upcoming_workouts"])
.with_render(|call| {
    let steps = [
        ("icu_get_upcoming_workouts(limit=30)".into(), "what is planned"),
        ("icu_get_annual_training_plan()".into(), "phases, weekly targets, races"),
        ("icu_get_fitness_summary()".into(), "where they stand"),
        ("icu_get_fitness_chart(days_ahead=28)".into(), "where the plan takes fitness and form"),
        ("icu_get_workout_library()".into(), "alternatives"),
    ];
    call.plan(
        "Review my training plan.",
        &steps,
        "Then say whether load rises sensibly towards the races, where hard days crowd or recovery is missing, and which \
         changes you propose. Change nothing before I agree.",
    )
});
