//! Links the packs. A dependency that no `use` names would silently not be linked.

macro_rules! packs {
    ($($feature:literal $krate:ident)*) => {
        $(
            #[cfg(feature = $feature)]
            use $krate as _;
        )*
    };
}

packs! {
    "activities" intervals_pack_activities
    "analysis" intervals_pack_analysis
    "athlete" intervals_pack_athlete
    "curves" intervals_pack_curves
    "custom-items" intervals_pack_custom_items
    "events" intervals_pack_events
    "gear" intervals_pack_gear
    "library" intervals_pack_library
    "messages" intervals_pack_messages
    "research" intervals_pack_research
    "sport-settings" intervals_pack_sport_settings
    "wellness" intervals_pack_wellness
}
