//! Options of a demo.
use jiff::civil::Date;

/// The default of [`Options::today`].
pub(crate) const TODAY: Date = Date::constant(2026, 7, 5);

/// What a demo starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Today's date for both athletes. All dates are relative to it.
    pub today: Date,
    /// Years of training before today, at most 30; 0 gives empty accounts.
    pub years: u32,
    /// Fills the account of [`ATHLETE`](crate::ATHLETE) with the numbers of records in [`crowded`](crate::crowded).
    /// `years` is at least 1 then.
    pub crowded: bool,
    /// Puts a word and invisible characters into every text that people write. See [`marked`](crate::marked).
    pub marked: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { today: TODAY, years: 3, crowded: false, marked: false }
    }
}
