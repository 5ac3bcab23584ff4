//! Ranks the hits of a search, and drops those that match too little.
use std::{cmp::Reverse, collections::HashMap, future::poll_fn, task::Poll};

use jiff::civil::Date;

use crate::{hit::Hit, id::Id, query::Query, words::words};

/// Hits that are compared before the search yields.
const AT_ONCE: usize = 50;

/// Sort key, best first: words found, score, kind, days from today, and whether it is a plan that an activity fulfilled.
type Key = (Reverse<usize>, Reverse<u32>, u8, i32, bool);

/// Returns the hits that have at least half of the words that any hit has, or as many as the best one; best first.
pub async fn best_first(mut hits: Vec<Hit>, query: &Query, today: Date) -> Vec<Hit> {
    hits.retain(|hit| query.meets(hit.days) || query.name.as_deref().is_some_and(|name| is_in_name(name, hit)));
    let mut compared = vec![];
    for (n, hit) in hits.into_iter().enumerate() {
        if n % AT_ONCE == AT_ONCE - 1 {
            yield_now().await;
        }
        compared.push((compare(&hit, query), hit));
    }
    // A word that no hit has does not count; a tag always does, because it is written as one.
    let occurs = |n: &usize| compared.iter().any(|(own, _)| own.scores.get(*n).is_some_and(|score| *score > 0));
    let words_to_find = (0..query.words.len()).filter(occurs).count() + query.tags.len();
    let days_only = words_to_find == 0 && !query.spans.is_empty();
    if words_to_find == 0 && !days_only {
        return vec![];
    }
    let most = compared.iter().map(|(own, _)| own.words_found()).max().unwrap_or(0);
    let least = if days_only { 0 } else { words_to_find.div_ceil(2).min(most).max(1) };
    compared.retain(|(own, _)| own.words_found() >= least);
    let mut keyed: Vec<(Key, Hit)> =
        compared.into_iter().map(|(own, hit)| (own.key(&hit, days_only, today), hit)).collect();
    rank_plans_after_activities(&mut keyed);
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, hit)| hit).collect()
}

/// How well a hit matches a query.
struct Compared {
    /// Score of each word, then of each tag.
    scores: Vec<u32>,
    /// Score for the whole phrase and for hints.
    extra: u32,
}

impl Compared {
    fn words_found(&self) -> usize {
        self.scores.iter().filter(|score| **score > 0).count()
    }

    fn key(&self, hit: &Hit, days_only: bool, today: Date) -> Key {
        let kind = match hit.id {
            // Frames come after training.
            _ if !days_only => u8::from(hit.is_frame),
            Id::Activity(_) => 0,
            Id::Event(_) => 1,
            _ => 2,
        };
        let away = hit.days.map_or(i32::MAX, |days| (days.first - today).get_days().abs());
        (Reverse(self.words_found()), Reverse(self.scores.iter().sum::<u32>() + self.extra), kind, away, false)
    }
}

fn compare(hit: &Hit, query: &Query) -> Compared {
    let [name, tags, text] = [&hit.name, &hit.tags.join(" "), &hit.text].map(|text| words(text).collect::<Vec<_>>());
    let word = |word: &String| {
        let at =
            |place: &[String], weights| place.iter().map(|own| match_weight(own, word, weights)).max().unwrap_or(0);
        let about = at(&hit.about, [6, 2, 0]);
        at(&name, [6, 4, 2]).max(at(&tags, [6, 3, 1])).max(about).max(at(&text, [2, 1, 0]))
    };
    let tag = |tag: &String| if hit.tags.iter().any(|own| own.to_lowercase() == *tag) { 6 } else { 0 };
    let phrases = [Some(query.phrase.as_str()), query.name.as_deref()].into_iter().flatten();
    let has_phrase = phrases.filter(|text| text.contains(' ')).any(|text| is_in_name(text, hit));
    let hinted = query.hints.iter().any(|hint| hit.about.contains(hint));
    Compared {
        scores: query.words.iter().map(word).chain(query.tags.iter().map(tag)).collect(),
        extra: if has_phrase { 10 } else { 0 } + if hinted { 6 } else { 0 },
    }
}

fn is_in_name(text: &str, hit: &Hit) -> bool {
    hit.name.to_lowercase().contains(text)
}

/// Returns the weight of a word that equals, starts with or contains `wanted`; 0 for any other.
fn match_weight(own: &str, wanted: &str, [same, begins, holds]: [u32; 3]) -> u32 {
    let letters = wanted.chars().count();
    match () {
        () if own == wanted => same,
        () if letters > 2 && own.starts_with(wanted) => begins,
        () if letters > 3 && own.contains(wanted) => holds,
        () => 0,
    }
}

/// Ranks a plan after the activity that fulfilled it: a query for a race that was ridden means the ride.
fn rank_plans_after_activities(keyed: &mut [(Key, Hit)]) {
    let activities: HashMap<Id, Key> =
        keyed.iter().filter_map(|(key, hit)| Some((Id::Event(hit.planned_as?), *key))).collect();
    for (key, hit) in keyed {
        if let Some(done) = activities.get(&hit.id) {
            *key = (done.0, done.1, done.2, done.3, true).max(*key);
        }
    }
}

/// Yields the thread, so that one search does not hold up other calls.
async fn yield_now() {
    let mut yielded = false;
    poll_fn(|context| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[cfg(test)]
mod tests;
