//! The accounts that a demo starts with.
mod marked;

use crate::{
    account::Account,
    crowded,
    options::Options,
    person::{PEOPLE, Person},
};

/// Creates the accounts of both athletes.
pub fn accounts(options: Options) -> Vec<Account> {
    let account = |person: &'static Person| {
        let crowded = options.crowded && person.coach.is_none();
        let mut account = Account::new(person, options.today, options.years.max(u32::from(crowded)));
        if crowded {
            crowded::fill(&mut account);
        }
        if options.marked {
            marked::mark(&mut account);
        }
        account
    };
    PEOPLE.iter().map(account).collect()
}
