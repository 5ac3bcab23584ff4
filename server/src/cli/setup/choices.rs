//! What assistants may do, in plain words.
use std::io;

use intervals_catalog::{Catalog, Entry, Selection, View, profiles::PROFILES};
use intervals_core::{Settings, tokens};
use intervals_settings::{Config, Fault, Loaded, Source, Words, config::Deletes};
use serde_json::{Value, json};

use super::Terminal;

/// What was chosen; what was not stays as it is.
#[derive(Debug, Default)]
pub struct Choices {
    pub packs: Option<Words>,
    pub read_only: Option<bool>,
    pub delete_mode: Option<Deletes>,
    pub athlete_id: Option<String>,
}

/// How often a question is put that got no answer to it.
const TRIES: usize = 3;

impl Choices {
    /// What the command line says. Fails on packs that are none.
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

    /// Asks for what the command line does not say. An empty answer leaves it as it is.
    pub fn ask(&mut self, loaded: &Loaded, terminal: &mut dyn Terminal) -> anyhow::Result<()> {
        let config = &loaded.config;
        if self.packs.is_none() {
            self.packs = packs(&config.packs, terminal)?;
        }
        if self.read_only.is_none() {
            let question = "\nMay assistants only read? They could not plan, log or change anything then.";
            let answer = terminal.confirm(question, config.read_only)?;
            self.read_only = (answer != config.read_only).then_some(answer);
        }
        if self.delete_mode.is_none() && !self.read_only.unwrap_or(config.read_only) {
            self.delete_mode = deletes(config.delete_mode, terminal)?;
        }
        Ok(())
    }

    /// What was chosen, by key.
    pub fn all(&self) -> Vec<(&'static str, Value)> {
        let all = [
            ("packs", self.packs.as_ref().map(|packs| json!(packs))),
            ("read_only", self.read_only.map(Value::from)),
            ("delete_mode", self.delete_mode.map(|mode| json!(mode))),
            ("athlete_id", self.athlete_id.clone().map(Value::from)),
        ];
        all.into_iter().filter_map(|(key, wanted)| Some((key, wanted?))).collect()
    }

    /// Those that differ from what holds.
    pub fn beyond(&self, config: &Config) -> Vec<(&'static str, Value)> {
        let rows = config.rows();
        let holds = |key: &str, wanted: &Value| rows.iter().any(|(known, value)| known == key && value == wanted);
        self.all().into_iter().filter(|(key, wanted)| !holds(key, wanted)).collect()
    }
}

/// How many tools these packs offer, and about how many tokens they cost. Fails on a word that is none.
fn offer(catalog: &Catalog, packs: &Words) -> Result<(usize, usize), String> {
    let selection = Selection { packs: packs.0.clone(), ..Selection::default() };
    let view = View::new(catalog, &selection).map_err(|unknown| unknown.problem)?;
    let settings = Settings::default();
    let cost = |sum, entry: &Entry| sum + tokens::estimate(&tokens::seen(&entry.tool, &settings));
    Ok((view.tools().count(), view.tools().fold(0, cost)))
}

fn packs(now: &Words, terminal: &mut dyn Terminal) -> anyhow::Result<Option<Words>> {
    let catalog = Catalog::linked()?;
    terminal.say("\nWhich tools shall assistants be offered? Each costs a little of what a model can keep in mind.")?;
    let profiles = PROFILES.iter().map(|profile| (profile.name, profile.about));
    let words = [("default", "What most athletes want."), ("all", "Everything.")].into_iter().chain(profiles);
    for (word, about) in words {
        // In a smaller build not all of them are there.
        if let Ok((tools, cost)) = offer(&catalog, &Words::of([word])) {
            terminal.say(&format!("  {word:<10} {tools:>3} tools, ~{cost:>5} tokens  {about}"))?;
        }
    }
    let names: Vec<_> = catalog.packs.keys().map(|name| &**name).collect();
    terminal.say(&format!("  or names of packs: {}", names.join(", ")))?;
    for _ in 0..TRIES {
        let answer = terminal.ask(&format!("Tools [{}]: ", now.0.join(",")))?;
        let words = answer.split(',').map(str::trim).filter(|word| !word.is_empty()).map(Into::into);
        let words = Words(words.collect());
        if words.0.is_empty() || words == *now {
            return Ok(None);
        }
        match offer(&catalog, &words) {
            Ok(_) => return Ok(Some(words)),
            Err(problem) => terminal.say(&format!("That cannot be: {problem}."))?,
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

fn unanswered(terminal: &mut dyn Terminal, what: &str) -> io::Result<()> {
    terminal.say(&format!("The {what} stay as they are; config.toml can change them later."))
}
