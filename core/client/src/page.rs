//! A page of a list, and how many records came.
use std::ops::{Deref, DerefMut};

/// The records of a list that could be read, and how many there were: one that could not still counts towards a limit.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Page<T> {
    /// Those that could be read.
    pub records: Vec<T>,
    /// How many came.
    pub received: usize,
}

impl<T> Page<T> {
    /// How many could not be read.
    pub fn unread(&self) -> usize {
        self.received.saturating_sub(self.records.len())
    }
}

impl<T> Deref for Page<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.records
    }
}

impl<T> DerefMut for Page<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.records
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.into_iter()
    }
}
