//! The workout library: folders, plans and the workouts in them.
