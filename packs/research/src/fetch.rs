//! `fetch`
use std::collections::BTreeMap;

use intervals_core::{
    ClientError, Error, Result, Today,
    answer::Rendered,
    client::Owner,
    records::{self, activity::Full, folder, wellness::Row, workout},
    tool,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{activity, event, hit::Hit, id::Id, library, own::Own, wellness};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// From search, such as activity:i123.
    #[schemars(example = &"activity:i9001")]
    id: String,
}

#[derive(Serialize, JsonSchema)]
struct Document {
    id: String,
    title: String,
    text: Rendered<Record>,
    url: String,
    metadata: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Record {
    Activity(Box<activity::Record>),
    Event(Box<event::Record>),
    Wellness(Box<Row>),
    Workout(Box<library::Workout>),
    Folder(Box<library::Whole>),
}

/// FETCH one thing that search found, whole.
#[tool(read, exact, tier = core, title = "Fetch")]
async fn fetch(athlete: Own, today: Today, args: Args) -> Result<Document> {
    let id: Id = args.id.parse()?;
    // The cached record of the key's owner; without it the text is plainer, and what is whose is not known.
    let own = athlete.client().own().await.ok();
    let own_id = own.as_ref().map(|own| own.id.as_str());
    let mut metadata = BTreeMap::from([("kind", id.kind().to_owned())]);
    let mut say = |key, value: Option<String>| metadata.extend(value.map(|value| (key, value)));
    let (hit, record) = match &id {
        Id::Activity(activity) => {
            let percent = own.as_ref().is_some_and(|own| own.icu_form_as_percent == Some(true));
            let found = Full::of(athlete.client().activity(activity).get().await.map_err(missing)?, percent);
            let whose = found.owner.clone().and_then(|Owner(id)| id);
            let whose = whose.filter(|whose| own_id.is_some_and(|own| own != whose));
            let hit = activity::hit(&found, whose.is_some());
            say("type", found.sport.as_ref().map(ToString::to_string));
            say("athlete", whose.clone());
            (hit, Record::Activity(Box::new(activity::Record::of(found, whose))))
        }
        Id::Event(event) => {
            let found: records::event::Full = athlete.events().get(*event).await.map_err(missing)?;
            say("category", found.category.clone());
            say("type", found.sport.as_ref().map(ToString::to_string));
            (event::hit(&found, own_id), Record::Event(Box::new(event::Record::of(found, own.as_deref()))))
        }
        Id::Wellness(day) => {
            let found = Row::of(athlete.wellness().day(*day).await?, today.date());
            let hit = wellness::hit(&found).ok_or_else(|| gone(&id))?;
            (hit, Record::Wellness(Box::new(found)))
        }
        Id::Workout(workout) => {
            let found: workout::Full = athlete.library().workout(*workout).await.map_err(missing)?;
            let by_others = library::is_of_others(found.owner.as_ref(), own_id);
            say("type", found.sport.clone());
            let hit = library::workout_hit(&found, by_others);
            (hit, Record::Workout(Box::new(library::Workout::of(found, by_others))))
        }
        Id::Folder(folder) => {
            let found: folder::Row = athlete.library().folder(*folder).await?.ok_or_else(|| gone(&id))?;
            say("type", found.r#type.clone());
            let hit = library::folder_hit(&found, library::is_of_others(found.owner.as_ref(), own_id));
            (hit, Record::Folder(Box::new(library::Whole::of(found, own_id))))
        }
    };
    let Hit { title, url, days, .. } = hit;
    say("date", days.map(|days| days.first.to_string()));
    Ok(Document { id: id.to_string(), title, text: Rendered(record), url, metadata })
}

const ADVICE: &str = "Search again, and use an id from that answer.";

/// Here no tool lists, which is what the client advises.
fn missing(error: ClientError) -> Error {
    let error = Error::from(error);
    if error.is_missing() { Error::new(error.problem, ADVICE) } else { error }
}

fn gone(id: &Id) -> Error {
    Error::new(format!("there is no {id}"), ADVICE)
}

#[cfg(test)]
mod tests;
