//! Profiles: words for `packs`, each of which selects the tools for one kind of use. A profile sets nothing else.

/// A profile: the tools for one kind of use.
pub struct Profile {
    /// Its word in `packs`, with the `@`.
    pub name: &'static str,
    /// Its purpose, one sentence.
    pub about: &'static str,
    /// Packs of which it has all tools.
    pub packs: &'static [&'static str],
    /// Tools of other packs, whose other tools stay off.
    pub tools: &'static [&'static str],
}

/// All profiles.
pub const PROFILES: &[Profile] = &[
    Profile {
        name: "@minimal",
        about: "What was done, how it went, what comes next; within 1,500 tokens.",
        packs: &[],
        tools: &[
            "icu_get_recent_activities",
            "icu_get_activities_by_date",
            "icu_get_activity_details",
            "icu_search_activities",
            "icu_get_activity_intervals",
            "icu_get_athlete_profile",
            "icu_get_fitness_summary",
            "icu_get_wellness_data",
            "icu_get_calendar_events",
            "icu_get_upcoming_workouts",
            "icu_create_event",
        ],
    },
    Profile {
        name: "@analysis",
        about: "To understand training: activities and wellness to read, intervals, streams, curves, fitness.",
        packs: &["analysis", "athlete", "curves"],
        tools: &[
            "icu_get_recent_activities",
            "icu_get_activities_by_date",
            "icu_get_activity_details",
            "icu_get_activities_around",
            "icu_search_activities",
            "icu_search_activities_full",
            "icu_get_tags",
            "icu_get_wellness_data",
            "icu_get_wellness_for_date",
            "icu_get_sport_settings",
            "icu_compare_with_plan",
        ],
    },
    Profile {
        name: "@planning",
        about: "To plan: the calendar and the library whole, and what a plan builds on.",
        packs: &["events", "library"],
        tools: &[
            "icu_get_recent_activities",
            "icu_get_activity_details",
            "icu_get_athlete_profile",
            "icu_get_fitness_summary",
            "icu_get_fitness_chart",
            "icu_get_wellness_data",
            "icu_get_sport_settings",
        ],
    },
    Profile {
        name: "@coach",
        about: "To coach: activities, comments, wellness, calendar and library; --coach lets athletes be named.",
        packs: &["activities", "athlete", "events", "library", "messages", "wellness"],
        tools: &[],
    },
];

/// The profile with this word, `@` included.
pub fn named(word: &str) -> Option<&'static Profile> {
    PROFILES.iter().find(|profile| profile.name == word)
}
