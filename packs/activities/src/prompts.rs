//! The prompt of this pack.
use intervals_core::prompt::{Prompt, PromptArgument};

const DAYS: PromptArgument =
    PromptArgument::new("days", "How many days back.").with_default("30").with_choices(&["7", "14", "30", "90"]);

pub const ANALYZE_RECENT_TRAINING: Prompt = Prompt::new(
    "analyze_recent_training",
    "Analyze recent training",
    "Volume, intensity, fitness and recovery of the last days.",
)
.with_arguments(&[DAYS])
.with_needs(&["icu_get_recent_activities"])
.with_render(|call| {
    let days = call.get("days");
    let steps = [
        (format!("icu_get_recent_activities(days_back={days}, limit=200)"), "volume, mix of sports, intensity, gaps"),
        (format!("icu_get_fitness_chart(days_back={days})"), "how fitness, fatigue and form moved"),
        ("icu_get_fitness_summary()".into(), "where they stand today"),
        (format!("icu_get_wellness_data(days_back={days})"), "sleep, HRV, resting heart rate, how it felt"),
    ];
    call.plan(
        &format!("Analyze my training of the last {days} days."),
        &steps,
        "Then tell me: volume and trend per sport, how hard and easy days are spread, whether load and recovery fit, \
         and the two or three changes that would help most. Quote the numbers you rest on.",
    )
});
