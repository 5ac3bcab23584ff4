//! Checks of a declared tool's answer: no secrets, no duplicate names, and no paths outside of the response.
use std::ops::Range;

use intervals_core::Effect;

use super::{Faults, is_plain};
use crate::{
    answer::{AnswerField, AnswerShape, FieldPath},
    form::ToolForm,
};

/// Checks `list` and `fields` and converts them. `answers_list` if the service answers with a list.
pub(super) fn shape(form: &ToolForm, effect: Effect, answers_list: bool, faults: &mut Faults<'_>) -> AnswerShape {
    let mut parse = |text: &str, at: Range<usize>| {
        FieldPath::of(text)
            .map_err(|problem| faults.add(at, problem, "Join keys with dots; [] stands for every element."))
            .ok()
    };
    let list = form.list.as_ref().and_then(|list| parse(list.get_ref(), list.span()));
    let parsed: Vec<_> = form
        .fields
        .iter()
        .filter_map(|field| {
            let (path, name) = field
                .get_ref()
                .split_once(" as ")
                .map_or((field.get_ref().as_str(), None), |(path, name)| (path, Some(name.trim())));
            Some((field, parse(path, field.span())?, name))
        })
        .collect();
    let depth = list.as_ref().map_or(0, FieldPath::depth);
    if let (Some(list), Some(path)) = (&form.list, &list)
        && path.up() > 0
    {
        let remedy = "Write where it is from the outermost: a.b, or . for all of the answer.";
        faults.add(list.span(), format!("\"{}\" leads out of the answer", list.get_ref()), remedy);
    }
    if let (Some(form), Some(secret)) = (&form.list, list.as_ref().and_then(FieldPath::secret)) {
        faults.add(form.span(), format!("{secret} may be a secret, and those are never returned"), "Leave it out.");
    }
    let mut fields: Vec<AnswerField> = vec![];
    for (field, path, name) in parsed {
        let name = name.or(path.key()).unwrap_or_default().to_owned();
        if let Some(secret) = path.secret() {
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
        if path.up() > depth {
            let remedy = "Each ../ leads out of one list, to what holds it.";
            faults.add(field.span(), format!("\"{}\" leads out of the answer", field.get_ref()), remedy);
        }
        fields.push(AnswerField { name, path });
    }
    if let Some(field) = form.fields.first().filter(|_| answers_list && list.is_none()) {
        let problem = "a body that is sent as a list is answered with a list";
        faults.add(field.span(), problem, "Add list = \".\", or leave `fields` out.");
    }
    if form.fields.is_empty() && (effect == Effect::Read || form.list.is_some()) {
        let remedy = "Add fields = [\"name\", …]: what is not named is dropped.";
        faults.add(form.name.span(), "nothing of the answer is returned", remedy);
    }
    AnswerShape::new(list, fields)
}
