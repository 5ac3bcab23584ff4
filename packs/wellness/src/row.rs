//! Converts days of wellness to rows of a list.
use intervals_core::{
    Notes,
    records::wellness::{Recorded, Row},
};
use jiff::civil::Date;

/// Converts days to rows, newest first. Estimates per sport are blank where the row above has the same. Also returns the
/// first row where they are.
pub fn list(days: Vec<Recorded>, today: Date) -> (Vec<Row>, Option<usize>) {
    let mut rows: Vec<_> = days.into_iter().rev().map(|day| Row::of(day, today)).collect();
    let (mut above, mut blank) = (vec![], None);
    for (n, row) in rows.iter_mut().enumerate() {
        if !row.sports.is_empty() && row.sports == above {
            row.sports.clear();
            blank = blank.or(Some(n));
        } else {
            above.clone_from(&row.sports);
        }
    }
    (rows, blank)
}

/// Adds a note on the scale of the ratings when a row has any.
pub fn note_rating_scale<'a>(rows: impl IntoIterator<Item = &'a Row>, notes: &Notes) {
    if rows.into_iter().any(Row::is_rated) {
        notes.add("ratings go from 1 (best) to 4 (worst), mood, motivation and sleep quality too");
    }
}
