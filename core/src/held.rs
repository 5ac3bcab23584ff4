//! A value that stands in the binary, or is made while it runs and shared.
use std::{ops::Deref, sync::Arc};

/// `T`, linked or made. Cheap to clone.
pub enum Held<T: ?Sized + 'static> {
    /// It stands in the binary.
    Linked(&'static T),
    /// It was made, and goes with its last holder.
    Made(Arc<T>),
}

impl<T: ?Sized> Deref for Held<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Linked(linked) => linked,
            Self::Made(made) => made,
        }
    }
}

// Not derived: `T` need not be `Clone`.
impl<T: ?Sized> Clone for Held<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Linked(linked) => Self::Linked(linked),
            Self::Made(made) => Self::Made(made.clone()),
        }
    }
}

impl<T> From<T> for Held<T> {
    fn from(value: T) -> Self {
        Self::Made(Arc::new(value))
    }
}

impl<T: ?Sized> From<&'static T> for Held<T> {
    fn from(linked: &'static T) -> Self {
        Self::Linked(linked)
    }
}
