//! Naming a pack here links it; a dependency that nobody names links nothing, silently.

macro_rules! packs {
    ($($feature:literal $krate:ident)*) => {
        $(
            #[cfg(feature = $feature)]
            use $krate as _;
        )*

        /// The packs of a build with all features.
        pub const KNOWN: &[&str] = &[$($feature),*];
    };
}

/// The tools of a build with all features, each behind its pack: so that a smaller build can tell what it lacks.
pub fn known_tools() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("packs/tools.txt").lines().filter_map(|line| line.split_once(' '))
}

packs! {
    "activities" icu_pack_activities
    "analysis" icu_pack_analysis
    "athlete" icu_pack_athlete
    "curves" icu_pack_curves
    "custom-items" icu_pack_custom_items
    "events" icu_pack_events
    "gear" icu_pack_gear
    "library" icu_pack_library
    "messages" icu_pack_messages
    "research" icu_pack_research
    "sport-settings" icu_pack_sport_settings
    "wellness" icu_pack_wellness
}
