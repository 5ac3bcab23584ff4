//! Runs a write for several events, one by one.
use std::sync::atomic::{AtomicBool, Ordering};

use futures::{StreamExt, stream};
use intervals_core::{ClientError, Error, Notes, Progress, Result, answer::Skipped};

/// The most requests at once. The client limits their rate.
const AT_ONCE: usize = 4;

/// The outcome for one event: the result of its work, or the reason why it was skipped.
pub type Outcome<T> = Result<T, String>;

/// Runs the `work` of each event. Returns the results, and the skipped events with their reasons.
///
/// A failure that would repeat for every event stops the rest. It is an error as long as nothing was or may have been changed, and a
/// note after that.
pub async fn one_by_one<T, W: Future<Output = Result<Outcome<T>, ClientError>>>(
    work: impl IntoIterator<Item = (i64, W)>,
    notes: &Notes,
    progress: &Progress,
) -> Result<(Vec<T>, Vec<Skipped<i64>>)> {
    let stopped = &AtomicBool::new(false);
    let work: Vec<_> = work.into_iter().map(|(id, work)| run_unless_stopped(id, work, stopped)).collect();
    let all = work.len();
    let mut outcomes = std::pin::pin!(stream::iter(work).buffered(AT_ONCE).enumerate());
    let (mut done, mut skipped, mut fatal, mut may_have_changed) = (vec![], vec![], None, false);
    while let Some((n, (id, outcome))) = outcomes.next().await {
        let reason = match outcome {
            Ok(Ok(one)) => {
                done.push(one);
                None
            }
            Ok(Err(reason)) => Some(reason),
            Err(e) if would_repeat(&e) => {
                let reason = e.to_string();
                fatal.get_or_insert(e);
                Some(reason)
            }
            Err(ClientError::NotFound { .. }) => Some("there is no such event".into()),
            Err(e) if e.leaves_open() => {
                may_have_changed = true;
                Some(format!("{e}; look whether it was carried out before you repeat this"))
            }
            Err(e) => Some(e.to_string()),
        };
        skipped.extend(reason.map(|reason| Skipped { id, reason }));
        progress.report(n + 1, all, format!("event {id}")).await;
    }
    match fatal {
        Some(e) if done.is_empty() && !may_have_changed => return Err(e.into()),
        Some(e) => {
            let Error { problem, advice, .. } = e.into();
            notes.add(format!("it stopped early: {problem}. {advice}"));
        }
        None => {}
    }
    Ok((done, skipped))
}

async fn run_unless_stopped<T, W: Future<Output = Result<Outcome<T>, ClientError>>>(
    id: i64,
    work: W,
    stopped: &AtomicBool,
) -> (i64, Result<Outcome<T>, ClientError>) {
    if stopped.load(Ordering::Relaxed) {
        return (id, Ok(Err("it was not tried".into())));
    }
    let outcome = work.await;
    if outcome.as_ref().is_err_and(would_repeat) {
        stopped.store(true, Ordering::Relaxed);
    }
    (id, outcome)
}

/// Returns whether the next event would fail in the same way. Forbidden and missing may be true of this event alone.
fn would_repeat(e: &ClientError) -> bool {
    let of_this_event = matches!(e, ClientError::Forbidden { .. } | ClientError::NotFound { .. });
    matches!(e, ClientError::Refused { .. }) || (e.rules_out_the_rest() && !of_this_event)
}
