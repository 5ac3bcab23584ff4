//! Search for tools by a question in plain words: the ranking of `icu_find_tools`.
//!
//! Keep one [`Index`] per catalogue; the first search builds it. Call [`Index::best`] with the view of the request as
//! `shown`, so that hidden tools are not found, and get the tools from the same view by name. An empty result means
//! that the index knows no word of the question, or that all matches are hidden. Scores of different questions cannot be
//! compared.
mod query;
mod rank;
mod synonyms;
mod text;

use std::sync::OnceLock;

use intervals_core::{Effect, Settings};
use serde_json::{Map, Value};

use self::{
    query::Language,
    rank::{Field, Ranking},
};
use crate::{
    catalog::Catalog,
    entry::{Entry, Name},
};

/// Search index of a catalogue's tools.
pub struct Index {
    tools: Vec<Listed>,
    built: OnceLock<Built>,
}

/// A tool with its pack's description.
struct Listed {
    entry: Entry,
    about: Name,
}

struct Built {
    ranking: Ranking,
    language: Language,
}

impl Index {
    /// An index of all tools of a catalogue. It is built by the first search.
    pub fn of(catalog: &Catalog) -> Self {
        let about = |pack: &str| catalog.packs.get(pack).map_or(Name::Borrowed(""), |linked| linked.card.about.clone());
        let tools = catalog.tools.values().map(|entry| Listed { entry: entry.clone(), about: about(&entry.pack) });
        Self { tools: tools.collect(), built: OnceLock::new() }
    }

    /// Names of at most `limit` tools that match the question, best first, equal ones by name. `shown` filters the names.
    /// A tool whose full name is in the question comes first. Empty if nothing matches.
    pub fn best(&self, query: &str, shown: impl Fn(&str) -> bool, limit: usize) -> Vec<&str> {
        let Built { ranking, language } = self.built.get_or_init(|| self.build());
        let query = language.read(query);
        let scored = self.tools.iter().zip(ranking.scores(&query.clauses)).map(|(listed, score)| {
            let tool = &listed.entry.tool;
            (&*tool.name, query.names_tool(&tool.name), score * query.effect_factor(tool.effect == Effect::Read))
        });
        let mut matches: Vec<_> =
            scored.filter(|(name, is_named, score)| (*is_named || *score > 0.0) && shown(name)).collect();
        matches.sort_by(|a, b| b.1.cmp(&a.1).then(b.2.total_cmp(&a.2)).then(a.0.cmp(b.0)));
        matches.into_iter().take(limit).map(|(name, ..)| name).collect()
    }

    fn build(&self) -> Built {
        let ranking = Ranking::of(self.tools.iter().map(fields));
        let language = Language::of(ranking.terms());
        Built { ranking, language }
    }
}

/// Texts of a tool by field.
fn fields(listed: &Listed) -> Vec<(Field, String)> {
    let Listed { entry: Entry { pack, tool, .. }, about } = listed;
    let (mut names, mut docs) = (String::new(), String::new());
    arguments(&tool.input_schema(&Settings::default()), &mut names, &mut docs);
    vec![
        (Field::Name, tool.name.to_string()),
        (Field::Title, tool.title.as_deref().unwrap_or_default().into()),
        (Field::Description, tool.description.to_string()),
        (Field::Pack, pack.to_string()),
        (Field::About, about.to_string()),
        (Field::Argument, names),
        (Field::ArgumentDoc, docs),
    ]
}

/// Adds the names and descriptions of a schema's properties, also of nested ones, to `names` and `docs`.
fn arguments(schema: &Map<String, Value>, names: &mut String, docs: &mut String) {
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let Some(property) = property.as_object() else { continue };
        let doc = property.get("description").and_then(Value::as_str).unwrap_or_default();
        names.extend([name, " "]);
        docs.extend([doc, " "]);
        let items = property.get("items").and_then(Value::as_object);
        for inner in [Some(property), items].into_iter().flatten() {
            arguments(inner, names, docs);
        }
    }
}
