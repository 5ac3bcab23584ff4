//! The order of what was found: best first, without what too little speaks for.
use std::{cmp::Reverse, collections::HashMap, future::poll_fn, task::Poll};

use jiff::civil::Date;

use crate::{hit::Hit, id::Id, query::Query, words::words};

/// How many are compared before others get their turn.
const AT_ONCE: usize = 50;

/// The least is the best: words found, how well, what it is, days from today, and last what was planned after what came
/// of it.
type Key = (Reverse<usize>, Reverse<u32>, u8, i32, bool);

/// Those that have at least half of the words that anything has, or as many as the best one.
pub async fn best_first(mut hits: Vec<Hit>, query: &Query, today: Date) -> Vec<Hit> {
    hits.retain(|hit| query.meets(hit.days) || query.name.as_deref().is_some_and(|name| is_in(name, hit)));
    let mut compared = vec![];
    for (n, hit) in hits.into_iter().enumerate() {
        if n % AT_ONCE == AT_ONCE - 1 {
            others_first().await;
        }
        compared.push((compare(&hit, query), hit));
    }
    // A word that nothing has says nothing of what is meant; a tag does, being written as one.
    let anywhere = |n: &usize| compared.iter().any(|(own, _)| own.scores.get(*n).is_some_and(|score| *score > 0));
    let wanted = (0..query.words.len()).filter(anywhere).count() + query.tags.len();
    let days_only = wanted == 0 && !query.spans.is_empty();
    if wanted == 0 && !days_only {
        return vec![];
    }
    let most = compared.iter().map(|(own, _)| own.found()).max().unwrap_or(0);
    let least = if days_only { 0 } else { wanted.div_ceil(2).min(most).max(1) };
    compared.retain(|(own, _)| own.found() >= least);
    let mut keyed: Vec<(Key, Hit)> =
        compared.into_iter().map(|(own, hit)| (own.key(&hit, days_only, today), hit)).collect();
    after_what_came_of_it(&mut keyed);
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, hit)| hit).collect()
}

/// How a hit meets a query.
struct Compared {
    /// How well each word, and then each tag, is met.
    scores: Vec<u32>,
    /// What else speaks for it.
    extra: u32,
}

impl Compared {
    fn found(&self) -> usize {
        self.scores.iter().filter(|score| **score > 0).count()
    }

    fn key(&self, hit: &Hit, days_only: bool, today: Date) -> Key {
        let kind = match hit.id {
            // What only surrounds training comes after it.
            _ if !days_only => u8::from(hit.is_frame),
            Id::Activity(_) => 0,
            Id::Event(_) => 1,
            _ => 2,
        };
        let away = hit.days.map_or(i32::MAX, |days| (days.first - today).get_days().abs());
        (Reverse(self.found()), Reverse(self.scores.iter().sum::<u32>() + self.extra), kind, away, false)
    }
}

fn compare(hit: &Hit, query: &Query) -> Compared {
    let [name, tags, text] = [&hit.name, &hit.tags.join(" "), &hit.text].map(|text| words(text).collect::<Vec<_>>());
    let word = |word: &String| {
        let at = |place: &[String], weights| place.iter().map(|own| like(own, word, weights)).max().unwrap_or(0);
        let about = at(&hit.about, [6, 2, 0]);
        at(&name, [6, 4, 2]).max(at(&tags, [6, 3, 1])).max(about).max(at(&text, [2, 1, 0]))
    };
    let tag = |tag: &String| if hit.tags.iter().any(|own| own.to_lowercase() == *tag) { 6 } else { 0 };
    let whole = [Some(query.phrase.as_str()), query.name.as_deref()].into_iter().flatten();
    let whole = whole.filter(|text| text.contains(' ')).any(|text| is_in(text, hit));
    let hinted = query.hints.iter().any(|hint| hit.about.contains(hint));
    Compared {
        scores: query.words.iter().map(word).chain(query.tags.iter().map(tag)).collect(),
        extra: if whole { 10 } else { 0 } + if hinted { 6 } else { 0 },
    }
}

fn is_in(text: &str, hit: &Hit) -> bool {
    hit.name.to_lowercase().contains(text)
}

/// The weight of a word that is the same, begins so, or holds it.
fn like(own: &str, wanted: &str, [same, begins, holds]: [u32; 3]) -> u32 {
    let letters = wanted.chars().count();
    match () {
        () if own == wanted => same,
        () if letters > 2 && own.starts_with(wanted) => begins,
        () if letters > 3 && own.contains(wanted) => holds,
        () => 0,
    }
}

/// Whoever asks for a race that was ridden means the ride.
fn after_what_came_of_it(keyed: &mut [(Key, Hit)]) {
    let came: HashMap<Id, Key> =
        keyed.iter().filter_map(|(key, hit)| Some((Id::Event(hit.planned_as?), *key))).collect();
    for (key, hit) in keyed {
        if let Some(done) = came.get(&hit.id) {
            *key = (done.0, done.1, done.2, done.3, true).max(*key);
        }
    }
}

/// Lets go of the thread, so that one caller's search does not hold up the others.
async fn others_first() {
    let mut left = false;
    poll_fn(|context| {
        if std::mem::replace(&mut left, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[cfg(test)]
mod tests;
