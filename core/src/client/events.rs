//! The calendar: planned workouts, races, notes and targets.
