//! What a demo starts with.
use jiff::civil::Date;

/// The date of the athletes unless another one is asked for.
pub(crate) const TODAY: Date = Date::constant(2026, 7, 5);

/// What the demo starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The date of the athletes; everything is placed relative to it.
    pub today: Date,
    /// Years of training before today, at most 30; 0 is an account with nothing in it.
    pub years: u32,
    /// Fills the account of [`ATHLETE`](crate::ATHLETE) with the numbers of records in [`crowded`](crate::crowded); it is never an empty account then.
    pub crowded: bool,
    /// Puts a word and invisible characters into every text that people write, see [`marked`](crate::marked).
    pub marked: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { today: TODAY, years: 3, crowded: false, marked: false }
    }
}
