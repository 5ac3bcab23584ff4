//! Asks what assistants may do: tools, read-only, deletions.
use std::io;

use intervals_catalog::{Catalog, Entry, Selection, View, profiles::PROFILES};
use intervals_core::{Settings, tokens};
use intervals_settings::{Config, Fault, Loaded, Source, Words, config::Deletes};
use serde_json::{Value, json};

use super::Terminal;

/// The chosen values. A key without a choice keeps its value.
#[derive(Debug, Default)]
pub struct Choices {
    pub packs: Option<Words>,
    pub read_only: Option<bool>,
    pub delete_mode: Option<Deletes>,
    pub athlete_id: Option<String>,
}

/// How often to ask a question that gets an invalid answer.
const TRIES: usize = 3;

impl Choices {
    /// The choices on the command line. Fails on an unknown pack.
    pub fn given(loaded: &Loaded, catalog: &Catalog) -> Result<Self, Fault> {
        let Loaded { config, sources, .. } = loaded;
        let given = |key: &str| matches!(sources.get(key), Some(Source::Flag(_)));
        let choices = Self {
            packs: given("packs").then(|| config.packs.clone()),
            read_only: given("read_only").then_some(config.read_only),
            delete_mode: given("delete_mode").then_some(config.delete_mode),
            athlete_id: None,
        };
        if let Some(packs) = &choices.packs {
            offer(catalog, packs).map_err(|problem| sources.fault("packs", problem, "Correct it."))?;
        }
        Ok(choices)
    }

    /// Asks for the choices that are not on the command line. An empty answer keeps the value.
    pub fn ask(&mut self, loaded: &Loaded, terminal: &mut dyn Terminal) -> anyhow::Result<()> {
        let config = &loaded.config;
        if self.packs.is_none() {
            self.packs = packs(&config.packs, terminal)?;
        }
        if self.read_only.is_none() {
            let question = "\nMay assistants only read? They then cannot plan, log or change anything.";
            let answer = terminal.confirm(question, config.read_only)?;
            self.read_only = (answer != config.read_only).then_some(answer);
        }
        if self.delete_mode.is_none() && !self.read_only.unwrap_or(config.read_only) {
            self.delete_mode = deletes(config.delete_mode, terminal)?;
        }
        Ok(())
    }

    /// The chosen values by key.
    pub fn all(&self) -> Vec<(&'static str, Value)> {
        let all = [
            ("packs", self.packs.as_ref().map(|packs| json!(packs))),
            ("read_only", self.read_only.map(Value::from)),
            ("delete_mode", self.delete_mode.map(|mode| json!(mode))),
            ("athlete_id", self.athlete_id.clone().map(Value::from)),
        ];
        all.into_iter().filter_map(|(key, wanted)| Some((key, wanted?))).collect()
    }

    /// The chosen values that differ from this configuration.
    pub fn different_from(&self, config: &Config) -> Vec<(&'static str, Value)> {
        let rows = config.rows();
        let holds = |key: &str, wanted: &Value| rows.iter().any(|(known, value)| known == key && value == wanted);
        self.all().into_iter().filter(|(key, wanted)| !holds(key, wanted)).collect()
    }
}

/// The number of tools that these packs offer, and their estimated tokens. Fails on an unknown word.
fn offer(catalog: &Catalog, packs: &Words) -> Result<(usize, usize), String> {
    let selection = Selection { packs: packs.0.clone(), ..Selection::default() };
    let view = View::new(catalog, &selection).map_err(|unknown| unknown.problem)?;
    let settings = Settings::default();
    let cost = |sum, entry: &Entry| sum + tokens::estimate(&tokens::seen(&entry.tool, &settings));
    Ok((view.tools().count(), view.tools().fold(0, cost)))
}

fn packs(now: &Words, terminal: &mut dyn Terminal) -> anyhow::Result<Option<Words>> {
    let catalog = Catalog::linked()?;
    terminal.say("\nWhich tools should assistants have? Each tool uses some of a model's context.")?;
    let profiles = PROFILES.iter().map(|profile| (profile.name, profile.about));
    let words = [("default", "What most athletes want."), ("all", "Everything.")].into_iter().chain(profiles);
    for (word, about) in words {
        // A smaller build does not have all profiles.
        if let Ok((tools, cost)) = offer(&catalog, &Words::of([word])) {
            terminal.say(&format!("  {word:<10} {tools:>3} tools, ~{cost:>5} tokens  {about}"))?;
        }
    }
    let names: Vec<_> = catalog.packs.keys().map(|name| &**name).collect();
    terminal.say(&format!("  or pack names, separated by commas: {}", names.join(", ")))?;
    for _ in 0..TRIES {
        let answer = terminal.ask(&format!("Tools [{}]: ", now.0.join(",")))?;
        let words = answer.split(',').map(str::trim).filter(|word| !word.is_empty()).map(Into::into);
        let words = Words(words.collect());
        if words.0.is_empty() || words == *now {
            return Ok(None);
        }
        match offer(&catalog, &words) {
            Ok(_) => return Ok(Some(words)),
            Err(problem) => terminal.say(&format!("Not accepted: {problem}."))?,
        }
    }
    unanswered(terminal, "tools")?;
    Ok(None)
}

fn deletes(now: Deletes, terminal: &mut dyn Terminal) -> io::Result<Option<Deletes>> {
    const MODES: [(&str, Deletes, &str); 3] = [
        ("none", Deletes::None, "nothing"),
        ("safe", Deletes::Safe, "what is planned, empty folders, gear and workouts; nothing that was done"),
        ("full", Deletes::Full, "everything, recorded activities too; there is no undo"),
    ];
    terminal.say("\nWhat may assistants delete?")?;
    for (word, _, about) in MODES {
        terminal.say(&format!("  {word}  {about}"))?;
    }
    let current = MODES.iter().find(|(_, mode, _)| *mode == now).map_or("safe", |(word, ..)| word);
    for _ in 0..TRIES {
        let answer = terminal.ask(&format!("Deletes [{current}]: "))?.trim().to_lowercase();
        if answer.is_empty() {
            return Ok(None);
        }
        match MODES.iter().find(|(word, ..)| *word == answer) {
            Some((_, mode, _)) => return Ok((*mode != now).then_some(*mode)),
            None => terminal.say("Please answer none, safe or full.")?,
        }
    }
    unanswered(terminal, "deletes")?;
    Ok(None)
}

/// Says that a question without a valid answer changes nothing.
fn unanswered(terminal: &mut dyn Terminal, what: &str) -> io::Result<()> {
    terminal.say(&format!("The {what} stay as they are; config.toml can change them later."))
}
