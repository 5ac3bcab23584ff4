//! Checks of a declared tool's request against its operation: path, query and body.
use std::{collections::BTreeSet, ops::Range};

use intervals_catalog::spelling::hint;
use intervals_core::{
    Effect,
    client::operations::{Operation, Operations, takes},
};
use toml::Spanned;

use super::Faults;
use crate::{
    argument::{ToolArgument, from_today},
    form::ToolForm,
    template::{TextPart, ValueTemplate, in_text, pieces},
    tool::{ATHLETE, DELETED, LIMIT, Payload, Segment},
};

/// The state of the checks of path, query and body.
pub(super) struct RequestCheck<'a, 'f> {
    /// The declared arguments; `None` for one with faults.
    pub arguments: &'a [Option<ToolArgument>],
    /// Names of the arguments that the request uses.
    pub used: BTreeSet<String>,
    pub is_list: bool,
    pub effect: Effect,
    pub faults: &'a mut Faults<'f>,
}

impl RequestCheck<'_, '_> {
    /// Marks an argument as used and returns it. An unknown name is a fault.
    fn use_argument(&mut self, name: &str, at: Range<usize>) -> Option<&ToolArgument> {
        self.used.insert(name.into());
        let found = self.arguments.iter().flatten().find(|argument| argument.name == name);
        // An argument with faults was reported already, and may be this one.
        if found.is_none() && self.arguments.iter().all(Option::is_some) {
            let known =
                self.arguments.iter().flatten().map(|argument| argument.name.as_str()).filter(|_| name != ATHLETE);
            let problem = format!("there is no argument {name}{}", hint(name, known));
            let remedy = match name {
                ATHLETE => "It can be only in the path, after /athlete/.".into(),
                _ => format!("Declare it as [tool.arguments.{name}]."),
            };
            self.faults.add(at, problem, remedy);
        }
        found
    }

    /// Checks the path and converts it into segments.
    pub fn path(&mut self, form: &ToolForm, operation: &Operation, operations: &Operations) -> Vec<Segment> {
        let span = || form.path.span();
        let theirs: Vec<_> = operation.path().split('/').collect();
        let mut segments = vec![];
        for (at, part) in form.path.get_ref().split('/').enumerate().skip(1) {
            let is_athlete = at == 2 && theirs.get(1) == Some(&"athlete");
            let segment = match pieces(part).as_deref() {
                Ok([TextPart::Argument(name)]) if name == ATHLETE && is_athlete => Segment::Athlete,
                Ok([TextPart::Argument(name)]) if name == ATHLETE => {
                    let remedy =
                        "Give the variable another name: {athlete_id} is only for the athlete, after /athlete/.";
                    self.faults.add(span(), "{athlete_id} is not the athlete here", remedy);
                    continue;
                }
                _ if is_athlete => {
                    let problem = format!("\"{part}\" is in the place of the athlete");
                    self.faults.add(span(), problem, "Write /athlete/{athlete_id}/…, which the server fills.");
                    continue;
                }
                Ok([TextPart::Argument(name)]) => {
                    let certain = self
                        .use_argument(name, span())
                        .is_none_or(|argument| argument.is_certain() && !argument.kind.many);
                    if !certain {
                        let problem = format!("the path needs one {name} in every call");
                        self.faults.add(span(), problem, "Make it a single value, with required = true or a default.");
                    }
                    let reserved = operations.reserved(operation, at).into_iter().map(Into::into).collect();
                    Segment::Argument { name: name.clone(), reserved }
                }
                Ok([TextPart::Fixed(text)]) if is_word(text) => Segment::Fixed(text.clone()),
                _ => {
                    let problem = format!("\"{part}\" is no part of a path");
                    self.faults.add(span(), problem, "A variable is a whole part: /routes/{route_id}.");
                    continue;
                }
            };
            segments.push(segment);
        }
        segments
    }

    /// Parses a template.
    fn template(&mut self, value: &Spanned<toml::Value>) -> Option<ValueTemplate> {
        let template = ValueTemplate::of(value.get_ref());
        template.map_err(|problem| self.faults.add(value.span(), problem, "Write {name} for an argument.")).ok()
    }

    /// Checks the query parameters.
    pub fn query(&mut self, form: &ToolForm, operation: &Operation) -> Vec<(String, ValueTemplate)> {
        let mut query = vec![];
        for (name, value) in &form.query.0 {
            let Some(kind) = operation.query().get(name.get_ref()) else {
                let known: Vec<_> = operation.query().keys().map(String::as_str).collect();
                let title = format!("{} {}", operation.method(), operation.path());
                let problem = format!(
                    "{title} has no parameter {}{}",
                    name.get_ref(),
                    hint(name.get_ref(), known.iter().copied())
                );
                let remedy =
                    if known.is_empty() { "It takes none.".into() } else { format!("It has {}.", known.join(", ")) };
                self.faults.add(name.span(), problem, remedy);
                continue;
            };
            let Some(template) = self.template(value) else { continue };
            let required = operation.required().any(|required| required == name.get_ref());
            let fits = self.fits(&template, kind, required, value.span());
            if !fits {
                let problem = format!("{} takes {}", name.get_ref(), kind.trim_end_matches('*'));
                self.faults.add(value.span(), problem, "Give it a value, or an argument, of that type.");
            } else if let Some(day) = relative_day(&template) {
                self.refuse_relative_day(day, value.span());
            }
            query.push((name.get_ref().clone(), template));
        }
        for missing in operation.required().filter(|required| !query.iter().any(|(name, _)| name == required)) {
            let wrong = form.query.0.iter().any(|(name, _)| name.get_ref() == missing);
            if !wrong {
                let problem = format!("{} {} needs the parameter {missing}", operation.method(), operation.path());
                self.faults.add(form.path.span(), problem, format!("Add {missing} to [tool.query]."));
            }
        }
        query
    }

    /// Adds a fault for a date relative to today, which only the default of an argument may have.
    fn refuse_relative_day(&mut self, day: &str, at: Range<usize>) {
        let remedy = "Make it the default of an argument of type date, and write that in braces here.";
        self.faults.add(at, format!("\"{day}\" would be sent as text"), remedy);
    }

    /// Whether a parameter of this type accepts the values of a template.
    fn fits(&mut self, template: &ValueTemplate, kind: &str, required: bool, at: Range<usize>) -> bool {
        let many = kind.starts_with('[');
        match template {
            ValueTemplate::Fixed(value) => takes(kind, &in_text(value)),
            ValueTemplate::Argument(name) if name == LIMIT && self.is_list => takes(kind, "1"),
            ValueTemplate::Argument(name) => {
                let Some(argument) = self.use_argument(name, at.clone()) else { return true };
                let fits = takes(kind, argument.kind.sample()) && (many || !argument.kind.many);
                if required && !argument.is_certain() {
                    let problem = format!("the parameter is required, and the argument {name} is not");
                    self.faults.add(at, problem, "Give the argument required = true or a default.");
                }
                fits
            }
            ValueTemplate::Text(_) => {
                for name in template.arguments() {
                    self.use_argument(name, at.clone());
                }
                takes(kind, "text")
            }
            ValueTemplate::List(items) => {
                for name in template.arguments() {
                    self.use_argument(name, at.clone());
                }
                many && items.iter().all(|item| matches!(item, ValueTemplate::Fixed(_) | ValueTemplate::Argument(_)))
            }
            ValueTemplate::Object(_) => false,
        }
    }

    /// Checks the body. `None` if the operation takes none, or if it has faults.
    pub fn body(&mut self, form: &ToolForm, operation: &Operation, operations: &Operations) -> Option<Payload> {
        let title = format!("{} {}", operation.method(), operation.path());
        let schema = match (operation.body(), &form.body) {
            (None, None) => return None,
            (None, Some(body)) => {
                let at = body.0.first().map_or(form.path.span(), |(name, _)| name.span());
                self.faults.add(at, format!("{title} takes no body"), "Leave [tool.body] out.");
                return None;
            }
            (Some("file"), _) => {
                let remedy = "Name another operation: only a tool in Rust sends files.";
                self.faults.add(form.path.span(), format!("{title} takes a file"), remedy);
                return None;
            }
            (Some(_), None) => {
                self.faults.add(form.path.span(), format!("{title} takes a body"), "Add [tool.body].");
                return None;
            }
            (Some(schema), Some(_)) => schema,
        };
        if form.body.as_ref().is_some_and(|body| body.0.is_empty()) {
            self.faults.add(form.path.span(), "[tool.body] is empty", "Write there what is to be sent.");
        }
        let in_list = schema.starts_with('[');
        let schema = schema.trim_matches(['[', ']']);
        let mut members = vec![];
        for (name, value) in form.body.iter().flat_map(|body| &body.0) {
            if !operations.has_field(schema, name.get_ref()) {
                let known = operations.fields(schema).iter().map(String::as_str);
                let problem = format!("{schema} has no field {}{}", name.get_ref(), hint(name.get_ref(), known));
                self.faults.add(name.span(), problem, format!("{title} takes the fields of {schema}."));
                continue;
            }
            let Some(template) = self.template(value) else { continue };
            for argument in template.arguments() {
                self.use_argument(argument, value.span());
            }
            if let Some(key) = template.keys().into_iter().chain([name.get_ref().as_str()]).find(|key| names_owner(key))
            {
                let remedy = "Leave it out: whose it is, the path and the server say.";
                self.faults.add(value.span(), format!("{key} would make it another athlete's"), remedy);
            }
            let deletes = name.get_ref() == DELETED || template.keys().contains(&DELETED);
            if deletes && self.effect < Effect::Destructive {
                let remedy = "Write effect = \"destructive\".";
                self.faults.add(value.span(), "what deletes is destructive", remedy);
            }
            if let Some(day) = relative_day(&template).filter(|_| name.get_ref().contains("date")) {
                self.refuse_relative_day(day, value.span());
            }
            members.push((name.get_ref().clone(), template));
        }
        Some(Payload { fields: ValueTemplate::Object(members), in_list })
    }
}

/// Whether a segment of a path is a plain word, without special meaning in a URL.
fn is_word(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')) && !text.chars().all(|c| c == '.')
}

/// A fixed date relative to today, such as `today-7`, which would be sent as text.
fn relative_day(template: &ValueTemplate) -> Option<&str> {
    match template {
        ValueTemplate::Fixed(value) => value.as_str().filter(|text| from_today(text).is_some()),
        ValueTemplate::List(items) => items.iter().find_map(relative_day),
        _ => None,
    }
}

/// Whether a field names the owner of a record: the client checks the athlete in the path, not in the body.
fn names_owner(key: &str) -> bool {
    matches!(key, "athleteId" | "from_athlete") || (key.ends_with("athlete_id") && key != "to_athlete_id")
}
