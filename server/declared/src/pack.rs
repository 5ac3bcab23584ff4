//! Conversion of pack files into packs of the catalogue.
use std::panic::{AssertUnwindSafe, catch_unwind};

use intervals_catalog::{AbsentNames, BrokenPack, Card, Catalog, LinkedPack, Name, known};
use intervals_core::{ToolPack, client::operations::Operations, registry::ToolDef};
use intervals_settings::Fault;

use crate::{
    check::{self, Checked, Faults},
    files::{PackFile, PackFiles},
};

/// Crate name of declared tools.
const KRATE: &str = "packs.d";

/// A pack that a file declares.
struct DeclaredPack {
    card: Card,
    tools: Vec<ToolDef>,
}

/// A pack without prompts and resources.
struct ToolsOnly;

impl ToolPack for ToolsOnly {}

/// The packs of a snapshot of files.
#[derive(Default)]
struct DeclaredPacks {
    packs: Vec<DeclaredPack>,
    /// Files with faults.
    broken: Vec<BrokenPack>,
    /// Names in files with faults, and in earlier snapshots.
    absent: AbsentNames,
}

impl PackFiles {
    /// Adds the declared packs to a catalogue. A file with faults is added to its `broken`.
    pub fn join(&self, mut catalog: Catalog) -> Catalog {
        let DeclaredPacks { packs, broken, absent } = self.declared(|name| catalog.owner(name));
        for DeclaredPack { card, tools } in packs {
            catalog.add(LinkedPack { card, pack: Box::new(ToolsOnly) }, tools);
        }
        (catalog.broken, catalog.absent) = (broken, absent);
        catalog
    }

    /// Reads the packs. `owner_of` returns the pack that already has a tool of a name, or that has the name itself.
    fn declared(&self, owner_of: impl Fn(&str) -> Option<Name>) -> DeclaredPacks {
        let mut all = DeclaredPacks { absent: self.earlier.clone(), ..DeclaredPacks::default() };
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
                    let pack = || file.pack(operations, |name| owner_of(name).or_else(|| declared(name)));
                    // A defect of the reader must not affect the other packs.
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
                    file.add_names_to(&mut all.absent);
                    all.broken.push(BrokenPack { name: file.name().into(), faults });
                }
            }
        }
        all
    }
}

impl PackFile {
    fn fault(&self, problem: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault { place: self.path.display().to_string(), problem: problem.into(), remedy: remedy.into() }
    }

    fn pack(
        &self,
        operations: &Operations,
        owner_of: impl Fn(&str) -> Option<Name>,
    ) -> Result<DeclaredPack, Vec<Fault>> {
        let text = self.text.as_ref().map_err(|problem| vec![self.fault(problem, "Correct or remove it.")])?;
        let mut faults = Faults::of(&self.path, text);
        let name = self.name();
        if let Some((problem, remedy)) = name_fault(&name, &owner_of) {
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
                } else if let Some(pack) = owner_of(&tool.name) {
                    let problem = format!("the pack {pack} has a tool {} already", tool.name);
                    faults.add(at, problem, "Give this one another name.");
                } else {
                    tools.push(tool);
                }
            }
        }
        faults.all.sort_by_key(|(line, _)| *line);
        match card {
            Some(card) if faults.all.is_empty() => Ok(DeclaredPack { card, tools }),
            _ => Err(faults.all.into_iter().map(|(_, fault)| fault).collect()),
        }
    }
}

/// Problem and remedy of an invalid name of a pack; `None` if it is valid.
fn name_fault(name: &str, owner_of: impl Fn(&str) -> Option<Name>) -> Option<(String, String)> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let remedy = "Rename the file.".to_owned();
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(plain) || name.len() > 40 {
        let problem = format!("\"{name}\" is no name of a pack");
        return Some((problem, "Rename the file to lower-case words with - between, such as my-routes.toml.".into()));
    }
    let reserved = ["all", "default"].contains(&name) || known::is_pack(name) || owner_of(name).is_some();
    reserved.then(|| (format!("the server has a pack {name} of its own"), remedy))
}

#[cfg(test)]
mod tests;
