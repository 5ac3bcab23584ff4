//! Finding tools by what a person asks: the ranking behind `icu_find_tools`.
//!
//! For whoever offers it over MCP: keep one [`Index`] beside the catalogue, and take a new one when the catalogue
//! changes. Making it costs nothing; the first question builds it. Ask with [`Index::best`], give the request's view as
//! `shown`, so that nothing hidden is found, and take the tools out of the same view by name. An empty answer means
//! that no word of the question is known here, or that what fits is hidden: say so, and name the packs. The order is
//! the answer; scores mean nothing from one question to the next.
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

/// A catalogue's tools, to be found by words.
pub struct Index {
    tools: Vec<Listed>,
    built: OnceLock<Built>,
}

struct Listed {
    entry: Entry,
    about: Name,
}

struct Built {
    ranking: Ranking,
    language: Language,
}

impl Index {
    /// Of all tools of the catalogue. Nothing is computed before the first question.
    pub fn of(catalog: &Catalog) -> Self {
        let about = |pack: &str| catalog.packs.get(pack).map_or(Name::Borrowed(""), |linked| linked.card.about.clone());
        let tools = catalog.tools.values().map(|entry| Listed { entry: entry.clone(), about: about(&entry.pack) });
        Self { tools: tools.collect(), built: OnceLock::new() }
    }

    /// The names of at most `limit` tools that fit the question, best first, and of equal ones by name; only of those
    /// that `shown` lets through. A tool that the question calls by its name comes first. Empty when nothing fits.
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

/// What a tool says of itself.
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

/// Names and descriptions of a schema's properties, also of those inside lists and objects.
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
