//! A page of a list, with the number of received records.
use std::ops::{Deref, DerefMut};

/// The decoded records of a list, and the number of received ones: one that could not be decoded still counts towards a limit.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Page<T> {
    /// The records that were decoded.
    pub records: Vec<T>,
    /// The number of received records.
    pub received: usize,
}

impl<T> Page<T> {
    /// The number of records that could not be decoded.
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
