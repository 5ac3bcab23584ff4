//! A part of a list, and how much of it came.
use std::ops::{Deref, DerefMut};

/// The records of a list that could be read, and how many there were: one that could not still counts towards a limit.
#[derive(Debug, Clone)]
pub struct Part<T> {
    /// Those that could be read.
    pub records: Vec<T>,
    /// How many came.
    pub received: usize,
}

impl<T> Part<T> {
    /// How many could not be read.
    pub fn unread(&self) -> usize {
        self.received.saturating_sub(self.records.len())
    }
}

impl<T> Deref for Part<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.records
    }
}

impl<T> DerefMut for Part<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.records
    }
}

impl<T> IntoIterator for Part<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.into_iter()
    }
}
