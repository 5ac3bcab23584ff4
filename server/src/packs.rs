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

packs! {
    "activities" icu_pack_activities
    "athlete" icu_pack_athlete
    "wellness" icu_pack_wellness
}
