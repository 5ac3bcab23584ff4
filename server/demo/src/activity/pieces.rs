//! Edits of intervals: replace, update, split and delete. Gaps become recovery intervals.
use serde_json::Value;

use super::{Activity, Piece};
use crate::{failure::Failure, object::Object};

impl Activity {
    /// Adds intervals over the current ones, or replaces all. Only `start_index`, `end_index` and `label` are read.
    ///
    /// # Errors
    /// 422 for an interval without valid start and end.
    pub fn lay_out(&mut self, sent: &[Object], replace: bool) -> Result<(), Failure> {
        let mut pieces = if replace { Vec::new() } else { self.pieces() };
        for sent in sent {
            pieces = over(pieces, self.piece(sent)?);
        }
        self.settle(pieces);
        Ok(())
    }

    /// Updates the label of an interval, and its start and end if they are sent.
    ///
    /// # Errors
    /// 404 for an unknown interval, 422 for an invalid start or end.
    pub fn rewrite(&mut self, id: u32, sent: &Object) -> Result<(), Failure> {
        let (found, others): (Vec<_>, Vec<_>) = self.pieces().into_iter().partition(|piece| piece.id == id);
        let mut piece = found.into_iter().next().ok_or_else(Failure::not_found)?;
        if sent.contains_key("start_index") || sent.contains_key("end_index") {
            let Piece { from, to, .. } = self.piece(sent)?;
            (piece.from, piece.to) = (from, to);
        }
        piece.label = label(sent);
        self.settle(over(others, piece));
        Ok(())
    }

    /// Splits the interval around `at`, in seconds.
    ///
    /// # Errors
    /// 422 if there is no interval to split.
    pub fn split(&mut self, at: u32) -> Result<(), Failure> {
        let mut pieces = self.pieces();
        let around = pieces.iter_mut().find(|piece| piece.from < at && at < piece.to);
        let first = around.ok_or_else(|| Failure::rejected(format!("No interval to split at {at}")))?;
        let second = Piece { id: 0, from: at, ..first.clone() };
        first.to = at;
        pieces.push(second);
        self.settle(pieces);
        Ok(())
    }

    /// Removes intervals by id or start. Unknown ones are ignored.
    pub fn remove_pieces(&mut self, sent: &[Object]) {
        let number = |sent: &Object, key: &str| sent.get(key).and_then(Value::as_u64);
        let meant = |piece: &Piece, sent: &Object| match number(sent, "id") {
            Some(id) => id == u64::from(piece.id),
            None => number(sent, "start_index") == Some(piece.from.into()),
        };
        let mut pieces = self.pieces();
        pieces.retain(|piece| !sent.iter().any(|sent| meant(piece, sent)));
        self.settle(pieces);
    }

    fn piece(&self, sent: &Object) -> Result<Piece, Failure> {
        let index = |key: &str| sent.get(key).and_then(Value::as_u64).and_then(|index| u32::try_from(index).ok());
        let place = index("start_index").zip(index("end_index")).filter(|(from, to)| from < to && *to <= self.end());
        let (from, to) = place.ok_or_else(|| Failure::rejected("Invalid interval start_index, end_index"))?;
        Ok(Piece { id: 0, from, to, work: true, label: label(sent) })
    }

    fn end(&self) -> u32 {
        self.steps().iter().map(|step| step.secs).sum()
    }

    /// Stores intervals: sorts them, fills gaps and assigns missing ids.
    fn settle(&mut self, mut pieces: Vec<Piece>) {
        pieces.sort_by_key(|piece| piece.from);
        let (mut whole, mut at) = (Vec::new(), 0);
        let gap = |from, to| (from < to).then_some(Piece { id: 0, from, to, work: false, label: None });
        for piece in pieces {
            whole.extend(gap(at, piece.from));
            at = piece.to;
            whole.push(piece);
        }
        whole.extend(gap(at, self.end()));
        let mut last = whole.iter().map(|piece| piece.id).max().unwrap_or_default();
        for piece in whole.iter_mut().filter(|piece| piece.id == 0) {
            last += 1;
            piece.id = last;
        }
        self.pieces = Some(whole);
        self.written.insert("icu_intervals_edited".to_owned(), Value::Bool(true));
    }
}

fn label(sent: &Object) -> Option<String> {
    sent.get("label").and_then(Value::as_str).filter(|label| !label.is_empty()).map(Into::into)
}

/// Places `top` over the intervals, cutting away what it covers.
fn over(pieces: Vec<Piece>, top: Piece) -> Vec<Piece> {
    let mut left = Vec::new();
    for piece in pieces {
        if piece.from < top.from {
            left.push(Piece { to: piece.to.min(top.from), ..piece.clone() });
        }
        if top.to < piece.to {
            let id = if piece.from < top.from { 0 } else { piece.id };
            left.push(Piece { id, from: piece.from.max(top.to), ..piece });
        }
    }
    left.push(top);
    left
}
