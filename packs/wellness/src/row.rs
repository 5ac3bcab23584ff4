//! Days of wellness as a list shows them.
use intervals_core::{
    Notes,
    records::wellness::{Recorded, Row},
};
use jiff::civil::Date;

/// Days for a list, newest first: estimates per sport stand only where they differ from the row above. Also gives the first row where
/// they are blank for that.
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

/// Says how the ratings are read, when there are any.
pub fn explain<'a>(rows: impl IntoIterator<Item = &'a Row>, notes: &Notes) {
    if rows.into_iter().any(Row::is_rated) {
        notes.add("ratings go from 1 (best) to 4 (worst), mood, motivation and sleep quality too");
    }
}
