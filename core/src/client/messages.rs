//! Comments on activities.
