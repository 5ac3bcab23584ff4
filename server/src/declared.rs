//! Packs without Rust: a TOML file in `packs.d` is a pack, held against the API's contract when it is read.
mod absent;
mod answer;
mod argument;
mod check;
mod files;
mod form;
mod template;
mod tool;

use std::panic::{AssertUnwindSafe, catch_unwind};

use intervals_core::{client::operations::Operations, registry::ToolDef};

use crate::{
    catalog::{Card, Name},
    config::Fault,
    packs::KNOWN,
};
pub use absent::Absent;
use check::{Checked, Faults};
use files::File;
pub use files::{Files, Stamps, folder, stamps};

/// The owner of declared tools, where a crate is named.
pub(crate) const KRATE: &str = "packs.d";

/// A pack that a file declares.
pub struct Pack {
    /// What it says of itself.
    pub card: Card,
    /// Its tools.
    pub tools: Vec<ToolDef>,
}

/// A file that is no pack.
#[derive(Debug, Clone)]
pub struct Broken {
    /// The pack's name, which is the file's.
    pub name: Name,
    /// What is wrong, each with file and line.
    pub faults: Vec<Fault>,
}

/// What files declare.
#[derive(Default)]
pub struct Declared {
    /// Their packs.
    pub packs: Vec<Pack>,
    /// Files that declare none.
    pub broken: Vec<Broken>,
    /// What may be named although it is not there.
    pub absent: Absent,
}

impl Files {
    /// What they declare. `taken` gives the pack that has a tool of this name already, or has this name itself.
    pub fn declared(&self, taken: impl Fn(&str) -> Option<Name>) -> Declared {
        let mut all = Declared { absent: self.before.clone(), ..Declared::default() };
        if self.files.is_empty() {
            return all;
        }
        let operations = Operations::embedded();
        for file in &self.files {
            let read = match &operations {
                Ok(operations) => {
                    let declared = |name: &str| {
                        let owner = all.packs.iter().find(|pack| pack.tools.iter().any(|tool| tool.name == name));
                        owner.map(|pack| pack.card.name.clone())
                    };
                    let pack = || file.pack(operations, |name| taken(name).or_else(|| declared(name)));
                    // One file must not take the rest down, whatever is wrong with it or with its reader.
                    catch_unwind(AssertUnwindSafe(pack)).unwrap_or_else(|_| {
                        Err(vec![
                            file.fault("the server failed when it read this", "Report this defect, with the file."),
                        ])
                    })
                }
                Err(error) => Err(vec![
                    file.fault(format!("the facts of the API cannot be read: {error}"), "Report this defect."),
                ]),
            };
            match read {
                Ok(pack) => all.packs.push(pack),
                Err(faults) => {
                    all.absent.add(file);
                    all.broken.push(Broken { name: file.name().into(), faults });
                }
            }
        }
        all
    }
}

impl File {
    fn fault(&self, problem: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault { place: self.path.display().to_string(), problem: problem.into(), remedy: remedy.into() }
    }

    fn pack(&self, operations: &Operations, taken: impl Fn(&str) -> Option<Name>) -> Result<Pack, Vec<Fault>> {
        let text = self.text.as_ref().map_err(|problem| vec![self.fault(problem, "Correct or remove it.")])?;
        let mut faults = Faults::of(&self.path, text);
        let name = self.name();
        if let Some((problem, remedy)) = misnamed(&name, &taken) {
            faults.add(0..0, problem, remedy);
        }
        let mut tools: Vec<ToolDef> = vec![];
        let mut card = None;
        if let Some(form) = check::form(&mut faults) {
            check::about(&form, &mut faults);
            if form.tool.is_empty() {
                faults.add(form.about.span(), "there is no tool in it", "Add a [[tool]].");
            }
            card = Some(Card {
                krate: KRATE.into(),
                name: name.into(),
                about: form.about.get_ref().clone().into(),
                default: form.default,
            });
            for form in form.tool {
                let Some(Checked { tool, at }) = check::tool(form, KRATE, operations, &mut faults) else { continue };
                if tools.iter().any(|other| other.name == tool.name) {
                    faults.add(at, format!("there are two tools {}", tool.name), "Give one another name.");
                } else if let Some(pack) = taken(&tool.name) {
                    let problem = format!("the pack {pack} has a tool {} already", tool.name);
                    faults.add(at, problem, "Give this one another name.");
                } else {
                    tools.push(tool);
                }
            }
        }
        faults.all.sort_by_key(|(line, _)| *line);
        match card {
            Some(card) if faults.all.is_empty() => Ok(Pack { card, tools }),
            _ => Err(faults.all.into_iter().map(|(_, fault)| fault).collect()),
        }
    }
}

impl Broken {
    /// All that is wrong, in one text.
    pub fn reason(&self) -> String {
        self.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    /// The first thing that is wrong, and how many more are.
    pub fn brief(&self) -> String {
        let first = self.faults.first().map(ToString::to_string).unwrap_or_default();
        match self.faults.len() {
            0 | 1 => first,
            n => format!("{first} {} more: the command `packs` has all.", n - 1),
        }
    }
}

/// What is wrong with a pack's name, and what to do.
fn misnamed(name: &str, taken: impl Fn(&str) -> Option<Name>) -> Option<(String, String)> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let remedy = "Rename the file.".to_owned();
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(plain) || name.len() > 40 {
        let problem = format!("\"{name}\" is no name of a pack");
        return Some((problem, "Rename the file to lower-case words with - between, such as my-routes.toml.".into()));
    }
    let reserved =
        ["all", "default", crate::meta::PACK].contains(&name) || KNOWN.contains(&name) || taken(name).is_some();
    reserved.then(|| (format!("the server has a pack {name} of its own"), remedy))
}

#[cfg(test)]
mod tests;
