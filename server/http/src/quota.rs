//! How much is held at once, by each caller and by all.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

/// A number of seats.
pub struct Quota {
    all: usize,
    each: usize,
    held: Mutex<Taken>,
    emptied: Notify,
}

#[derive(Default)]
struct Taken {
    sum: usize,
    by_caller: HashMap<Arc<str>, usize>,
}

/// One seat; dropping it gives it back.
pub struct Seat {
    quota: Arc<Quota>,
    who: Arc<str>,
}

/// Why there is no seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// All are taken.
    All,
    /// This caller has as many as one may have.
    Caller,
}

impl Quota {
    /// `all` seats, of which one caller gets `each`.
    pub fn new(all: usize, each: usize) -> Arc<Self> {
        Arc::new(Self { all, each, held: Mutex::default(), emptied: Notify::new() })
    }

    /// A seat, if one is left; nobody waits.
    pub fn take(self: &Arc<Self>, who: &Arc<str>) -> Result<Seat, Full> {
        self.take_of(who, self.each)
    }

    /// The same for one who gets as many as there are, such as a proxy that stands for many.
    pub fn take_any(self: &Arc<Self>, who: &Arc<str>) -> Result<Seat, Full> {
        self.take_of(who, self.all)
    }

    fn take_of(self: &Arc<Self>, who: &Arc<str>, each: usize) -> Result<Seat, Full> {
        let mut held = self.lock();
        let own = held.by_caller.get(who).copied().unwrap_or_default();
        if own >= each {
            return Err(Full::Caller);
        }
        if held.sum >= self.all {
            return Err(Full::All);
        }
        held.sum += 1;
        held.by_caller.insert(who.clone(), own + 1);
        Ok(Seat { quota: self.clone(), who: who.clone() })
    }

    /// How many are taken.
    pub fn taken(&self) -> usize {
        self.lock().sum
    }

    /// Waits until none is taken.
    pub async fn empty(&self) {
        loop {
            let emptied = self.emptied.notified();
            if self.taken() == 0 {
                return;
            }
            emptied.await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut held = self.quota.lock();
        held.sum -= 1;
        match held.by_caller.get_mut(&self.who) {
            Some(own) if *own > 1 => *own -= 1,
            // Callers come and go: nothing stays behind of one who holds nothing.
            _ => _ = held.by_caller.remove(&self.who),
        }
        if held.sum == 0 {
            self.quota.emptied.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn one_caller_cannot_take_all_and_all_cannot_take_more_than_there_are() {
        let quota = Quota::new(3, 2);
        let (a, b): (Arc<str>, Arc<str>) = ("a".into(), "b".into());
        let _first = quota.take(&a).unwrap();
        let second = quota.take(&a).unwrap();
        assert_eq!(quota.take(&a).err(), Some(Full::Caller));
        let _third = quota.take(&b).unwrap();
        assert_eq!(quota.take(&b).err(), Some(Full::All));
        drop(second);
        assert!(quota.take(&b).is_ok());
    }

    #[test]
    fn what_is_given_back_leaves_nothing_behind() {
        let quota = Quota::new(3, 2);
        let seat = quota.take(&"a".into()).unwrap();
        assert_eq!((quota.taken(), quota.empty().now_or_never()), (1, None));
        drop(seat);
        assert_eq!((quota.taken(), quota.empty().now_or_never()), (0, Some(())));
        assert!(quota.lock().by_caller.is_empty());
    }
}
