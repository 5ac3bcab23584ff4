//! A file is held against the contract of the service; what passes becomes a pack.
mod request;

use std::{collections::BTreeSet, ops::Range, path::Path, sync::Arc};

use icu_core::{
    CAP, Delete, Effect, Held, ToolDef,
    client::operations::{Operation, Operations},
};
use toml::Spanned;

use super::{
    answer::{Field, Place, Shape},
    argument::{Argument, Kind, WORDS},
    form::{ArgumentForm, Form, ToolForm, json},
    tool::{ATHLETE, LIMIT, Plan, Verb, is_idempotent},
};
use crate::{config::Fault, names::hint};
use request::Check;

/// What is wrong with one file, each thing with its line.
pub(super) struct Faults<'a> {
    file: &'a Path,
    text: &'a str,
    pub all: Vec<(usize, Fault)>,
}

impl<'a> Faults<'a> {
    pub fn of(file: &'a Path, text: &'a str) -> Self {
        Self { file, text, all: vec![] }
    }

    pub fn add(&mut self, at: Range<usize>, problem: impl Into<String>, remedy: impl Into<String>) {
        let before = self.text.get(..at.start.min(self.text.len())).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let place = format!("{}:{line}", self.file.display());
        self.all.push((line, Fault { place, problem: problem.into(), remedy: remedy.into() }));
    }
}

/// A tool, and where its name stands.
pub(super) struct Checked {
    pub tool: ToolDef,
    pub at: Range<usize>,
}

/// Reads a file; what is wrong is added to the faults, and then the result is not to be used.
pub(super) fn form(faults: &mut Faults<'_>) -> Option<Form> {
    match toml::from_str::<Form>(faults.text) {
        Ok(form) => Some(form),
        Err(error) => {
            let (problem, remedy) = plainly(error.message());
            faults.add(error.span().unwrap_or_default(), problem, remedy);
            None
        }
    }
}

/// The parser's words, for people.
fn plainly(message: &str) -> (String, String) {
    let remedy = "Correct it; docs/declarative-packs.md shows the form.";
    let message = message.lines().map(str::trim).collect::<Vec<_>>().join("; ");
    match message.strip_prefix("unknown field ").and_then(|rest| rest.split_once(", expected ")) {
        Some((field, known)) => {
            let words: Vec<_> = known.split('`').skip(1).step_by(2).collect();
            let field = field.trim_matches('`');
            let problem = format!("there is no key {field}{}", hint(field, words.iter().copied()));
            (problem, format!("Use {}.", words.join(", ")))
        }
        None => (message, remedy.into()),
    }
}

/// The pack's own sentence.
pub(super) fn about(form: &Form, faults: &mut Faults<'_>) {
    let about = form.about.get_ref();
    if !is_sentence(about, 120) {
        let remedy = "Write one sentence of up to 120 characters, with its full stop.";
        faults.add(form.about.span(), "`about` is no sentence", remedy);
    }
}

/// Holds one tool against the contract.
pub(super) fn tool(
    form: ToolForm,
    krate: &'static str,
    operations: &Operations,
    faults: &mut Faults<'_>,
) -> Option<Checked> {
    let before = faults.all.len();
    words(&form, faults);
    let arguments: Vec<_> = form.arguments.0.iter().map(|(name, one)| argument(name, one, faults)).collect();
    let (verb, operation) = operation(&form, operations, faults)?;
    let effect = effect(&form, operation, faults);
    let mut check = Check { arguments: &arguments, used: BTreeSet::new(), is_list: form.list.is_some(), faults };
    let path = check.path(&form, operation, operations);
    let query = check.query(&form, operation);
    let body = check.body(&form, operation, operations);
    let used = check.used;
    for (name, _) in &form.arguments.0 {
        if !used.contains(name.get_ref()) {
            let problem = format!("the argument {} goes nowhere", name.get_ref());
            faults.add(name.span(), problem, format!("Write {{{}}} in path, query or body.", name.get_ref()));
        }
    }
    let shape = shape(&form, effect, faults);
    let limit = form.limit.as_ref().map_or(30, |limit| *limit.get_ref());
    if let Some(wrong) = form.limit.as_ref().filter(|limit| form.list.is_none() || !(1..=CAP).contains(limit.get_ref()))
    {
        let problem = "`limit` is how many rows a list has by default";
        faults.add(wrong.span(), problem, format!("Write 1 to {CAP}, beside `list`."));
    }
    if faults.all.len() > before {
        return None;
    }
    let deletes = form.delete.is_some() || operation.needs() == Effect::Destructive;
    let (name, at) = (form.name.get_ref().clone(), form.name.span());
    let arguments = arguments.into_iter().flatten().collect();
    let plan = Arc::new(Plan { verb, path, arguments, query, body, shape, limit });
    let (input, output, body) = (plan.clone(), plan.clone(), plan);
    let tool = ToolDef {
        krate,
        name: name.into(),
        title: form.title.map(Into::into),
        description: form.description.into_inner().into(),
        effect,
        delete: deletes.then_some(Delete::Forever),
        idempotent: is_idempotent(verb, effect),
        tier: form.tier,
        input: Held::Made(Arc::new(move |settings| input.input(settings))),
        output: Held::Made(Arc::new(move || output.shape.schema())),
        body: Held::Made(Arc::new(move |call| Box::pin(body.clone().run(call)))),
    };
    Some(Checked { tool, at })
}

fn words(form: &ToolForm, faults: &mut Faults<'_>) {
    let name = form.name.get_ref();
    if !name.starts_with("icu_") || name.len() > 40 || name.len() < 5 || !name.chars().all(is_plain) {
        let problem = format!("\"{name}\" is no name of a tool");
        faults.add(form.name.span(), problem, "Write icu_ and lower-case words with _ between, up to 40 characters.");
    }
    if !is_sentence(form.description.get_ref(), 300) {
        let remedy = "Write a sentence or two, up to 300 characters, with a full stop at the end.";
        faults.add(form.description.span(), "the description is no sentence", remedy);
    }
    if let Some(delete) = form.delete.as_ref().filter(|delete| delete.get_ref() != "forever") {
        let remedy = "Write forever: what spares something is written in Rust.";
        faults.add(delete.span(), format!("`delete` is \"{}\"", delete.get_ref()), remedy);
    }
}

/// What names are made of.
fn is_plain(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
}

fn is_sentence(text: &str, longest: usize) -> bool {
    text.ends_with('.') && text.len() > 3 && text.chars().count() <= longest && !text.contains(char::is_control)
}

fn argument(name: &Spanned<String>, form: &ArgumentForm, faults: &mut Faults<'_>) -> Option<Argument> {
    if name.get_ref() == ATHLETE || name.get_ref() == LIMIT {
        let remedy = match name.get_ref().as_str() {
            ATHLETE => "Leave it out: {athlete_id} in the path is filled by the server.",
            _ => "Leave it out: a tool with `list` has it, and {limit} can stand in its query.",
        };
        faults.add(name.span(), format!("the argument {} is the server's own", name.get_ref()), remedy);
    } else if name.get_ref().is_empty() || !name.get_ref().chars().all(is_plain) {
        let problem = format!("\"{}\" is no name of an argument", name.get_ref());
        faults.add(name.span(), problem, "Write lower-case words with _ between.");
    }
    if form.description.get_ref().trim().is_empty() {
        faults.add(form.description.span(), "the description is empty", "Say format, example or default.");
    }
    let Some(kind) = Kind::of(form.kind.get_ref()) else {
        let known: Vec<_> = WORDS.iter().map(|(word, _)| *word).collect();
        let problem =
            format!("there is no type \"{}\"{}", form.kind.get_ref(), hint(form.kind.get_ref(), known.iter().copied()));
        faults.add(form.kind.span(), problem, format!("Use {}, or `array of` one of them.", known.join(", ")));
        return None;
    };
    let mut argument = Argument {
        name: name.get_ref().clone(),
        kind,
        description: form.description.get_ref().clone(),
        required: form.required,
        default: None,
        choices: vec![],
        example: None,
    };
    // An element of a list is a choice, not the list.
    let one =
        Argument { kind: Kind { many: false, ..kind }, description: String::new(), name: String::new(), ..argument };
    let mut read = |of: &Argument, value: &Spanned<toml::Value>| {
        let read = of.read(json(value.get_ref()));
        read.map_err(|problem| faults.add(value.span(), problem, "Write a value of the argument's type.")).ok()
    };
    let choices: Vec<_> = form.choices.iter().filter_map(|choice| read(&one, choice)).collect();
    argument =
        Argument { choices, name: name.get_ref().clone(), description: form.description.get_ref().clone(), ..one };
    argument.kind = kind;
    let default = form.default.as_ref().and_then(|value| read(&argument, value));
    let example = form.example.as_ref().and_then(|value| read(&argument, value));
    if let Some(value) = form.default.as_ref().filter(|_| form.required) {
        faults.add(value.span(), "what is required has no default", "Leave out one of both.");
    }
    Some(Argument { default, example, ..argument })
}

fn operation<'o>(
    form: &ToolForm,
    operations: &'o Operations,
    faults: &mut Faults<'_>,
) -> Option<(Verb, &'o Operation)> {
    let (method, path) = (form.method.get_ref().as_str(), form.path.get_ref().as_str());
    let Some(verb) = Verb::of(method) else {
        faults.add(form.method.span(), format!("there is no method {method}"), "Use GET, POST, PUT or DELETE.");
        return None;
    };
    let Some(operation) = operations.find(method, path).filter(|_| path.starts_with('/')) else {
        let verbs: Vec<_> =
            ["GET", "POST", "PUT", "DELETE"].into_iter().filter(|verb| operations.find(verb, path).is_some()).collect();
        if verbs.is_empty() {
            let like: String = path.replace("{athlete_id}", "{id}");
            let known = operations.all().filter(|one| one.method() == method).map(Operation::path);
            let problem = format!("the API has no {method} {path}{}", hint(&like, known));
            faults.add(form.path.span(), problem, "Write a path as the API's documentation has it, behind /api/v1.");
        } else {
            let problem = format!("the API has no {method} {path}");
            faults.add(form.method.span(), problem, format!("It has {}.", verbs.join(", ")));
        }
        return None;
    };
    let end = path.rsplit('/').next().unwrap_or_default();
    if end.split_once('.').is_some_and(|(_, ext)| ext != "json") {
        let remedy = "Leave the ending out, and take the operation's JSON.";
        faults.add(form.path.span(), format!("{path} answers with a file"), remedy);
    }
    Some((verb, operation))
}

fn effect(form: &ToolForm, operation: &Operation, faults: &mut Faults<'_>) -> Effect {
    let (effect, needs) = (Effect::from(*form.effect.get_ref()), operation.needs());
    let word = |effect: Effect| format!("{effect:?}").to_lowercase();
    if effect < needs {
        let problem = format!("{} {} needs the effect {}", operation.method(), operation.path(), word(needs));
        faults.add(form.effect.span(), problem, format!("Write effect = \"{}\".", word(needs)));
    }
    if let Some(delete) = form.delete.as_ref().filter(|_| effect < Effect::Destructive) {
        faults.add(delete.span(), "what deletes is destructive", "Write effect = \"destructive\".");
    }
    effect
}

fn shape(form: &ToolForm, effect: Effect, faults: &mut Faults<'_>) -> Shape {
    let mut place = |text: &str, at: Range<usize>| {
        Place::of(text)
            .map_err(|problem| faults.add(at, problem, "Join keys with dots; [] stands for every element."))
            .ok()
    };
    let list = form.list.as_ref().and_then(|list| place(list.get_ref(), list.span()));
    let read: Vec<_> = form
        .fields
        .iter()
        .filter_map(|field| {
            let (path, name) = field
                .get_ref()
                .split_once(" as ")
                .map_or((field.get_ref().as_str(), None), |(path, name)| (path, Some(name.trim())));
            Some((field, place(path, field.span())?, name))
        })
        .collect();
    let depth = list.as_ref().map_or(0, Place::depth);
    let mut fields: Vec<Field> = vec![];
    for (field, place, name) in read {
        let name = name.or(place.key()).unwrap_or_default().to_owned();
        if let Some(secret) = place.secret() {
            faults.add(
                field.span(),
                format!("{secret} may be a secret, and those are never returned"),
                "Leave it out.",
            );
        }
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(is_plain) {
            let remedy = format!("Write \"{} as\" and lower-case words with _ between.", field.get_ref());
            faults.add(field.span(), format!("\"{name}\" is no name of a field"), remedy);
        } else if name == "athlete" || name == "notes" {
            faults.add(field.span(), format!("{name} is added by the server"), "Give it another name with `as`.");
        } else if fields.iter().any(|field| field.name == name) {
            faults.add(field.span(), format!("there are two fields {name}"), "Give one another name with `as`.");
        }
        if place.up() > depth {
            let remedy = "Each ../ leads out of one list.";
            faults.add(field.span(), format!("\"{}\" leads out of the answer", field.get_ref()), remedy);
        }
        fields.push(Field { name, place });
    }
    if form.fields.is_empty() && (effect == Effect::Read || form.list.is_some()) {
        let remedy = "Add fields = [\"name\", …]: what is not named is dropped.";
        faults.add(form.name.span(), "nothing of the answer is returned", remedy);
    }
    Shape::new(list, fields)
}
