//! Limits how many permits are held at once, by each caller and by all.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

/// A number of permits, with a limit for each caller.
pub struct Quota {
    all: usize,
    each: usize,
    taken: Mutex<Taken>,
    emptied: Notify,
}

/// The number of permits taken.
#[derive(Default)]
struct Taken {
    sum: usize,
    by_caller: HashMap<Arc<str>, usize>,
}

/// One permit. Dropping it returns it.
pub struct Permit {
    quota: Arc<Quota>,
    caller: Arc<str>,
}

/// Why there is no permit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// All permits are taken.
    All,
    /// This caller has reached its limit.
    Caller,
}

impl Quota {
    /// A quota of `all` permits, of which one caller may hold `each`.
    pub fn new(all: usize, each: usize) -> Arc<Self> {
        Arc::new(Self { all, each, taken: Mutex::default(), emptied: Notify::new() })
    }

    /// Takes a permit for a caller, without waiting.
    pub fn take(self: &Arc<Self>, caller: &Arc<str>) -> Result<Permit, Full> {
        self.take_up_to(caller, self.each)
    }

    /// Takes a permit for a caller without a limit of its own, such as a proxy that connects for many clients.
    pub fn take_unlimited(self: &Arc<Self>, caller: &Arc<str>) -> Result<Permit, Full> {
        self.take_up_to(caller, self.all)
    }

    fn take_up_to(self: &Arc<Self>, caller: &Arc<str>, each: usize) -> Result<Permit, Full> {
        let mut taken = self.lock();
        let own = taken.by_caller.get(caller).copied().unwrap_or_default();
        if own >= each {
            return Err(Full::Caller);
        }
        if taken.sum >= self.all {
            return Err(Full::All);
        }
        taken.sum += 1;
        taken.by_caller.insert(caller.clone(), own + 1);
        Ok(Permit { quota: self.clone(), caller: caller.clone() })
    }

    /// The number of permits taken.
    pub fn taken(&self) -> usize {
        self.lock().sum
    }

    /// Waits until no permit is taken.
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
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut taken = self.quota.lock();
        taken.sum -= 1;
        match taken.by_caller.get_mut(&self.caller) {
            Some(own) if *own > 1 => *own -= 1,
            // A caller without permits is removed, or the map would grow with every new caller.
            _ => _ = taken.by_caller.remove(&self.caller),
        }
        if taken.sum == 0 {
            self.quota.emptied.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn one_caller_and_all_callers_are_limited() {
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
    fn a_returned_permit_frees_its_entry() {
        let quota = Quota::new(3, 2);
        let permit = quota.take(&"a".into()).unwrap();
        assert_eq!((quota.taken(), quota.empty().now_or_never()), (1, None));
        drop(permit);
        assert_eq!((quota.taken(), quota.empty().now_or_never()), (0, Some(())));
        assert!(quota.lock().by_caller.is_empty());
    }
}
