//! Profiles: words for `packs` that choose what one kind of use needs. They choose tools, and set nothing else.

/// What one kind of use needs.
pub struct Profile {
    /// The word, with its `@`.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Whole packs.
    pub packs: &'static [&'static str],
    /// Tools of other packs, of which the rest stays off.
    pub tools: &'static [&'static str],
}

/// All of them.
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

/// The profile of that word.
pub fn named(word: &str) -> Option<&'static Profile> {
    PROFILES.iter().find(|profile| profile.name == word)
}
