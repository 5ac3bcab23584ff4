//! The configuration that packs have read.
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    sync::Arc,
};

/// The configuration of packs, by the type that each pack reads its section as.
#[derive(Clone, Default)]
pub struct Configuration(HashMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl Configuration {
    /// Adds the configuration of another pack.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Adds the configuration that a pack has read.
    pub(crate) fn insert<T: Any + Send + Sync>(&mut self, config: Arc<T>) {
        self.0.insert(TypeId::of::<T>(), config);
    }

    /// The configuration of this type, or the type's defaults.
    pub(crate) fn get<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        let read = self.0.get(&TypeId::of::<T>()).and_then(|keys| keys.clone().downcast::<T>().ok());
        read.unwrap_or_default()
    }
}

// Not derived: the values may be secrets.
impl fmt::Debug for Configuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Configuration of {}", self.0.len())
    }
}
