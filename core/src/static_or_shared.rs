//! A value that is static, or created at run time and shared.
use std::{ops::Deref, sync::Arc};

/// A static or shared `T`. Cheap to clone.
pub enum StaticOrShared<T: ?Sized + 'static> {
    /// A value of the binary.
    Static(&'static T),
    /// A value created at run time, dropped with its last reference.
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
