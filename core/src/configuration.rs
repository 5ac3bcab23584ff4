//! What packs have read of the configuration.
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    sync::Arc,
};

/// What packs read of their sections, by type: each has its own.
#[derive(Clone, Default)]
pub struct Configuration(HashMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl Configuration {
    /// Adds what another pack has read.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Adds what a pack has read of its section.
    pub(crate) fn insert<T: Any + Send + Sync>(&mut self, config: Arc<T>) {
        self.0.insert(TypeId::of::<T>(), config);
    }

    /// What a pack has read as this type, or the type's defaults.
    pub(crate) fn get<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        let read = self.0.get(&TypeId::of::<T>()).and_then(|keys| keys.clone().downcast::<T>().ok());
        read.unwrap_or_default()
    }
}

// What a pack keeps there is its own affair, and may be a secret.
impl fmt::Debug for Configuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Configuration of {}", self.0.len())
    }
}
