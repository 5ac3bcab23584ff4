//! Where each value comes from.
use std::{collections::BTreeMap, ops::Deref};

use super::Fault;

/// Source by key; a key that is not here has its default.
#[derive(Debug, Clone, Default)]
pub struct Sources(BTreeMap<String, String>);

impl Sources {
    /// A fault of this key. That of a table stands where its first key does.
    pub fn fault(&self, key: &str, problem: impl Into<String>, remedy: impl Into<String>) -> Fault {
        let inside = |(known, _): &(&String, &String)| {
            known.strip_prefix(key).is_some_and(|rest| rest.starts_with(['.', '[']))
                || key.strip_prefix(known.as_str()).is_some_and(|rest| rest.starts_with(['.', '[']))
        };
        let source = self.0.get(key).or_else(|| self.0.iter().find(inside).map(|(_, source)| source));
        Fault::of(key, source, problem, remedy)
    }

    pub(super) fn insert(&mut self, key: &str, source: String) {
        self.0.insert(key.to_owned(), source);
    }

    pub(super) fn remove(&mut self, key: &str) {
        self.0.remove(key);
    }
}

impl Deref for Sources {
    type Target = BTreeMap<String, String>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl FromIterator<(String, String)> for Sources {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(sources: I) -> Self {
        Self(sources.into_iter().collect())
    }
}
