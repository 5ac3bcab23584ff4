//! The same write to several events, each judged by itself.
use std::sync::atomic::{AtomicBool, Ordering};

use futures::{StreamExt, stream};
use intervals_core::{ClientError, Error, Notes, Progress, Result, answer::Skipped};

/// How many are sent at once; the client paces them.
const AT_ONCE: usize = 4;

/// What became of one event: what the work gave, or why it was left as it is.
pub type Outcome<T> = Result<T, String>;

/// Does the `work` of each event and gives what came of it, and what was skipped with the reason.
///
/// What stands against all of them stops the rest. Before anything was, or may have been, done that is an error; later, a note beside what was done.
pub async fn one_by_one<T, W: Future<Output = Result<Outcome<T>, ClientError>>>(
    work: impl IntoIterator<Item = (i64, W)>,
    notes: &Notes,
    progress: &Progress,
) -> Result<(Vec<T>, Vec<Skipped<i64>>)> {
    let stopped = &AtomicBool::new(false);
    let work: Vec<_> = work.into_iter().map(|(id, work)| one(id, work, stopped)).collect();
    let all = work.len();
    let mut outcomes = std::pin::pin!(stream::iter(work).buffered(AT_ONCE).enumerate());
    let (mut done, mut skipped, mut fatal, mut open) = (vec![], vec![], None, false);
    while let Some((n, (id, outcome))) = outcomes.next().await {
        let reason = match outcome {
            Ok(Ok(one)) => {
                done.push(one);
                None
            }
            Ok(Err(reason)) => Some(reason),
            Err(e) if stands_against_all(&e) => {
                let reason = e.to_string();
                fatal.get_or_insert(e);
                Some(reason)
            }
            Err(ClientError::NotFound { .. }) => Some("there is no such event".into()),
            Err(e) if e.leaves_open() => {
                open = true;
                Some(format!("{e}; look whether it was carried out before you repeat this"))
            }
            Err(e) => Some(e.to_string()),
        };
        skipped.extend(reason.map(|reason| Skipped { id, reason }));
        progress.report(n + 1, all, format!("event {id}")).await;
    }
    match fatal {
        Some(e) if done.is_empty() && !open => return Err(e.into()),
        Some(e) => {
            let Error { problem, advice, .. } = e.into();
            notes.add(format!("it was stopped on the way: {problem}. {advice}"));
        }
        None => {}
    }
    Ok((done, skipped))
}

async fn one<T, W: Future<Output = Result<Outcome<T>, ClientError>>>(
    id: i64,
    work: W,
    stopped: &AtomicBool,
) -> (i64, Result<Outcome<T>, ClientError>) {
    if stopped.load(Ordering::Relaxed) {
        return (id, Ok(Err("it was not tried".into())));
    }
    let outcome = work.await;
    if outcome.as_ref().is_err_and(stands_against_all) {
        stopped.store(true, Ordering::Relaxed);
    }
    (id, outcome)
}

/// Whether the next event would fail in the same way; a refusal or an absence may be of this one alone.
fn stands_against_all(e: &ClientError) -> bool {
    let of_one = matches!(e, ClientError::Forbidden { .. } | ClientError::NotFound { .. });
    matches!(e, ClientError::Refused { .. }) || (e.rules_out_the_rest() && !of_one)
}
