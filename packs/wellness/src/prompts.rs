//! The prompt of this pack.
use intervals_core::prompt::Prompt;

pub const RECOVERY_CHECK: Prompt = Prompt::new(
    "recovery_check",
    "Recovery check",
    "Ready to train today? Wellness against load.",
)
.with_needs(&["icu_get_wellness_data"])
.with_render(|call| {
    let steps = [
        (
            "icu_get_wellness_data(days_back=14)".into(),
            "sleep, HRV, resting heart rate, soreness and mood against their usual level",
        ),
        ("icu_get_fitness_summary()".into(), "form, fatigue and ramp"),
        ("icu_get_recent_activities(days_back=7)".into(), "what the last week asked for"),
        ("icu_get_upcoming_workouts(limit=3)".into(), "what is planned next"),
    ];
    call.plan(
        "Check how recovered I am today.",
        &steps,
        "Then say in one line whether to train hard, easy or not at all, and which numbers say so. In the 1-4 ratings 1 is the \
         good end. What was not entered is unknown, not zero. This is no medical advice.",
    )
});
