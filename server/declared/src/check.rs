//! Checks of a pack file against the API's contract, and conversion of its tools.
mod request;
mod shape;
mod texts;

use std::{collections::BTreeSet, ops::Range, path::Path, sync::Arc};

use intervals_core::{
    Effect,
    client::operations::{Operation, Operations},
    list::CAP,
    registry::{Delete, StaticOrShared, ToolDef},
};
use toml::Spanned;

use super::{
    argument::{ArgumentType, TYPE_NAMES, ToolArgument},
    form::{ArgumentForm, PackForm, ToolForm, json},
    tool::{ATHLETE, LIMIT, OFFSET, Payload, Plan, Verb, is_idempotent},
};
use intervals_catalog::spelling::hint;
use intervals_settings::Fault;

use request::RequestCheck;
pub(super) use texts::about;

/// The faults of a pack file, with their lines.
pub(super) struct Faults<'a> {
    file: &'a Path,
    text: &'a str,
    /// Line, counted from 1, and fault.
    pub all: Vec<(usize, Fault)>,
}

impl<'a> Faults<'a> {
    pub fn of(file: &'a Path, text: &'a str) -> Self {
        Self { file, text, all: vec![] }
    }

    /// Adds a fault. `at` is a range of bytes in the file.
    pub fn add(&mut self, at: Range<usize>, problem: impl Into<String>, remedy: impl Into<String>) {
        let before = self.text.get(..at.start.min(self.text.len())).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let place = format!("{}:{line}", self.file.display());
        self.all.push((line, Fault { place, problem: problem.into(), remedy: remedy.into() }));
    }
}

/// A tool that passed the checks.
pub(super) struct Checked {
    pub tool: ToolDef,
    /// Position of its name, a range of bytes.
    pub at: Range<usize>,
}

/// Parses a pack file. An error is added to the faults.
pub(super) fn form(faults: &mut Faults<'_>) -> Option<PackForm> {
    match toml::from_str::<PackForm>(faults.text) {
        Ok(form) => Some(form),
        Err(error) => {
            let (problem, remedy) = plain_message(error.message());
            faults.add(error.span().unwrap_or_default(), problem, remedy);
            None
        }
    }
}

/// Problem and remedy in plain words, for an error message of the parser.
fn plain_message(message: &str) -> (String, String) {
    let remedy = "Correct it; docs/declarative-packs.md shows the form.";
    let message = message.lines().map(str::trim).collect::<Vec<_>>().join("; ");
    match message.strip_prefix("unknown field ").and_then(|rest| rest.split_once(", expected ")) {
        Some((field, known)) => {
            let words: Vec<_> = known.split('`').skip(1).step_by(2).collect();
            let field = field.trim_matches('`');
            let problem = format!("there is no key {field}{}", hint(field, words.iter().copied()));
            (problem, format!("Use {}.", words.join(", ")))
        }
        // This is the parser's error for a table that is written as dotted keys.
        None if message.contains("expected a borrowed string") => {
            ("a key has a dot".into(), "Write a table in braces instead: gear = { id = \"b1\" }.".into())
        }
        None => (message, remedy.into()),
    }
}

/// Checks a tool against the API's contract. Returns `None` if it has faults, which are added to `faults`.
pub(super) fn tool(
    form: ToolForm,
    krate: &'static str,
    operations: &Operations,
    faults: &mut Faults<'_>,
) -> Option<Checked> {
    let before = faults.all.len();
    naming(&form, faults);
    texts::of_tool(&form, faults);
    let arguments: Vec<_> = form.arguments.0.iter().map(|(name, one)| argument(name, one, faults)).collect();
    let (verb, operation) = operation(&form, operations, faults)?;
    let effect = effect(&form, operation, faults);
    let is_list = form.list.is_some();
    let mut check = RequestCheck { arguments: &arguments, used: BTreeSet::new(), is_list, effect, faults };
    let path = check.path(&form, operation, operations);
    let query = check.query(&form, operation);
    let body = check.body(&form, operation, operations);
    let used = check.used;
    for (name, _) in &form.arguments.0 {
        if !used.contains(name.get_ref()) {
            let problem = format!("the argument {} is not used", name.get_ref());
            faults.add(name.span(), problem, format!("Write {{{}}} in path, query or body.", name.get_ref()));
        }
    }
    let answers_list = verb == Verb::Post && body.as_ref().is_some_and(|body| body.in_list);
    let shape = shape::shape(&form, effect, answers_list, faults);
    let limit = form.limit.as_ref().map_or(30, |limit| *limit.get_ref());
    if let Some(wrong) = form.limit.as_ref().filter(|limit| form.list.is_none() || !(1..=CAP).contains(limit.get_ref()))
    {
        let problem = "`limit` is how many rows a list has by default";
        faults.add(wrong.span(), problem, format!("Write 1 to {CAP}, beside `list`."));
    }
    if faults.all.len() > before {
        return None;
    }
    let deletes = form.delete.is_some() || operation.deletes() || body.as_ref().is_some_and(Payload::deletes);
    let (name, at) = (form.name.get_ref().clone(), form.name.span());
    let arguments = arguments.into_iter().flatten().collect();
    let plan = Arc::new(Plan { verb, effect, path, arguments, query, body, shape, limit });
    let (input, output, body) = (plan.clone(), plan.clone(), plan);
    let tool = ToolDef {
        krate,
        name: name.into(),
        title: form.title.map(|title| title.into_inner().into()),
        description: form.description.into_inner().into(),
        effect,
        delete: deletes.then_some(Delete::Forever),
        idempotent: is_idempotent(verb, effect),
        tier: form.tier,
        input: StaticOrShared::Shared(Arc::new(move |settings| input.input(settings))),
        output: StaticOrShared::Shared(Arc::new(move || intervals_core::schema::slim(output.output()))),
        body: StaticOrShared::Shared(Arc::new(move |call| Box::pin(body.clone().run(call)))),
    };
    Some(Checked { tool, at })
}

/// Checks the name of a tool, and its key `delete`.
fn naming(form: &ToolForm, faults: &mut Faults<'_>) {
    let name = form.name.get_ref();
    if !name.starts_with("icu_") || name.len() > 40 || name.len() < 5 || !name.chars().all(is_plain) {
        let problem = format!("\"{name}\" is no name of a tool");
        faults.add(form.name.span(), problem, "Write icu_ and lower-case words with _ between, up to 40 characters.");
    }
    if let Some(delete) = form.delete.as_ref().filter(|delete| delete.get_ref() != "forever") {
        let remedy = "Write forever: only a tool in Rust can have guarded deletes.";
        faults.add(delete.span(), format!("`delete` is \"{}\"", delete.get_ref()), remedy);
    }
}

/// Whether a character may be in the name of a tool, an argument or a field.
fn is_plain(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
}

/// Checks an argument. `None` if its type is unknown.
fn argument(name: &Spanned<String>, form: &ArgumentForm, faults: &mut Faults<'_>) -> Option<ToolArgument> {
    if [ATHLETE, LIMIT, OFFSET].contains(&name.get_ref().as_str()) {
        let remedy = match name.get_ref().as_str() {
            ATHLETE => "Leave it out: {athlete_id} in the path is filled by the server.",
            OFFSET => "Leave it out: a tool with `list` has it.",
            _ => "Leave it out: a tool with `list` has it, and {limit} can stand in its query.",
        };
        faults.add(name.span(), format!("the argument {} is the server's own", name.get_ref()), remedy);
    } else if name.get_ref().is_empty() || !name.get_ref().chars().all(is_plain) {
        let problem = format!("\"{}\" is no name of an argument", name.get_ref());
        faults.add(name.span(), problem, "Write lower-case words with _ between.");
    }
    texts::of_argument(&form.description, faults);
    let Some(kind) = ArgumentType::of(form.kind.get_ref()) else {
        let known: Vec<_> = TYPE_NAMES.iter().map(|(word, _)| *word).collect();
        let problem =
            format!("there is no type \"{}\"{}", form.kind.get_ref(), hint(form.kind.get_ref(), known.iter().copied()));
        faults.add(form.kind.span(), problem, format!("Use {}, or `array of` one of them.", known.join(", ")));
        return None;
    };
    let mut argument = ToolArgument {
        name: name.get_ref().clone(),
        kind,
        description: form.description.get_ref().clone(),
        required: form.required,
        default: None,
        choices: vec![],
        example: None,
    };
    // The choices of a list are those of its elements.
    let one = ToolArgument {
        kind: ArgumentType { many: false, ..kind },
        description: String::new(),
        name: String::new(),
        ..argument
    };
    let mut read = |of: &ToolArgument, value: &Spanned<toml::Value>| {
        let read = of.read(json(value.get_ref()));
        read.map_err(|problem| faults.add(value.span(), problem, "Write a value of the argument's type.")).ok()
    };
    let choices: Vec<_> = form.choices.iter().filter_map(|choice| read(&one, choice)).collect();
    argument =
        ToolArgument { choices, name: name.get_ref().clone(), description: form.description.get_ref().clone(), ..one };
    argument.kind = kind;
    let default = form.default.as_ref().and_then(|value| read(&argument, value));
    let example = form.example.as_ref().and_then(|value| read(&argument, value));
    if let Some(value) = form.default.as_ref().filter(|_| form.required) {
        faults.add(value.span(), "what is required has no default", "Leave out one of both.");
    }
    Some(ToolArgument { default, example, ..argument })
}

/// The method and operation of a tool. `None` if the API has no such operation.
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
    let remedy = match is_file(operation) {
        true => Some("Name another operation: only a tool in Rust hands files on."),
        false if end.split_once('.').is_some_and(|(_, ext)| ext != "json") => {
            Some("Leave the ending out, and take the operation's JSON.")
        }
        false => None,
    };
    if let Some(remedy) = remedy {
        faults.add(form.path.span(), format!("{path} answers with a file"), remedy);
    }
    Some((verb, operation))
}

/// Whether an operation answers with a file although its path has no extension. The API's contract does not say so.
fn is_file(operation: &Operation) -> bool {
    let end = operation.path().rsplit('/').next().unwrap_or_default();
    match operation.method() {
        "GET" => matches!(end, "file" | "fit-file" | "gpx-file" | "download{ext}"),
        _ => matches!(end, "download-workout{ext}" | "download-fit-files"),
    }
}

/// The effect of a tool, which must be at least the one that its operation needs.
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
