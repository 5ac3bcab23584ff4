//! The sources of the configuration's values, by key.
use std::{collections::BTreeMap, ops::Deref};

use crate::{fault::Fault, source::Source};

/// Sources by key. A key without a source has its default.
#[derive(Debug, Clone, Default)]
pub struct Sources(BTreeMap<String, Source>);

impl Sources {
    /// Fault of a key, with its source. A table has the source of its first key, and a key inside a list that of the list.
    pub fn fault(&self, key: &str, problem: impl Into<String>, remedy: impl Into<String>) -> Fault {
        let inside = |(known, _): &(&String, &Source)| {
            known.strip_prefix(key).is_some_and(|rest| rest.starts_with(['.', '[']))
                || key.strip_prefix(known.as_str()).is_some_and(|rest| rest.starts_with(['.', '[']))
        };
        let source = self.0.get(key).or_else(|| self.0.iter().find(inside).map(|(_, source)| source));
        Fault::of(key, source, problem, remedy)
    }

    /// Name of a key's source; `default` for a key without one.
    pub fn name(&self, key: &str) -> String {
        self.0.get(key).map_or_else(|| "default".into(), ToString::to_string)
    }

    pub(crate) fn insert(&mut self, key: &str, source: Source) {
        self.0.insert(key.to_owned(), source);
    }

    pub(crate) fn remove(&mut self, key: &str) {
        self.0.remove(key);
    }
}

impl Deref for Sources {
    type Target = BTreeMap<String, Source>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl FromIterator<(String, Source)> for Sources {
    fn from_iter<I: IntoIterator<Item = (String, Source)>>(sources: I) -> Self {
        Self(sources.into_iter().collect())
    }
}
