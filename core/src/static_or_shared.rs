//! A value that stands in the binary, or is made while it runs and shared.
use std::{ops::Deref, sync::Arc};

/// `T`, linked or made. Cheap to clone.
pub enum StaticOrShared<T: ?Sized + 'static> {
    /// It stands in the binary.
    Static(&'static T),
    /// It was made, and goes with its last holder.
    Shared(Arc<T>),
}

impl<T: ?Sized> Deref for StaticOrShared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Static(linked) => linked,
            Self::Shared(made) => made,
        }
    }
}

// Not derived: `T` need not be `Clone`.
impl<T: ?Sized> Clone for StaticOrShared<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Static(linked) => Self::Static(linked),
            Self::Shared(made) => Self::Shared(made.clone()),
        }
    }
}

impl<T> From<T> for StaticOrShared<T> {
    fn from(value: T) -> Self {
        Self::Shared(Arc::new(value))
    }
}

impl<T: ?Sized> From<&'static T> for StaticOrShared<T> {
    fn from(linked: &'static T) -> Self {
        Self::Static(linked)
    }
}
