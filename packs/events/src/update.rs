//! `icu_update_event`
use intervals_core::{
    Error, EventRef, Notes, Result,
    records::{
        Patch,
        event::{Fields, Full, Row},
    },
    text::lost_tags,
    tool,
};

use crate::{
    ends::{self, moved_start, stamp},
    written::Written,
};

/// CHANGE the given fields of an event; the rest stays. "" clears a text, [] tags, 0 a number.
#[tool(write, idempotent, tier = core, title = "Update event")]
async fn icu_update_event(event: EventRef, notes: Notes, args: Patch<Fields>) -> Result<Written> {
    let mut sent = args.given();
    let Patch(fields) = args;
    let moves = fields.start_date.is_some() || ends::given_end(&fields).is_some();
    if moves || fields.category.is_some() {
        let old: Full = event.get().await?;
        if let Some(wanted) = fields.category.filter(|wanted| !old.is(wanted.0)) {
            let category = old.category.as_deref().unwrap_or("of none");
            return Err(Error::new(
                format!("event {} is {category}, and a category cannot change", event.id()),
                format!("Make a {} with icu_create_event and delete this one.", wanted.0),
            ));
        }
        sent.remove("category");
        if moves {
            // The service keeps the end when the start moves, which would change the event's length.
            let start = fields.start_date.map(|start| moved_start(start, old.start()));
            start.or(old.start()).map_or(Ok(()), |start| ends::check(&fields, start))?;
            let end = ends::moved_end(&fields, &old, start);
            for (name, time) in [("start_date_local", start), ("end_date_local", end)] {
                sent.extend(time.map(|time| (name.to_owned(), stamp(time).into())));
            }
        }
    }
    let (before, now) = event.update::<Row>(sent.clone()).await?;
    if fields.tags.is_some() {
        lost_tags(&before.tags, &now.tags).into_iter().for_each(|lost| notes.add(lost));
    }
    Ok(Written::with_notes(now, &sent, &notes))
}

#[cfg(test)]
mod tests;
