//! `install`: writes an entry for this server into the file of an MCP client, or removes it.
use std::io::Write;

use anyhow::{Context, bail};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use intervals_install::{
    CLIENTS, Change, Client, ClientStatus, Executable, ExistingEntry, Home, InstallReport, InstallTarget, NAME, Scope,
    ServerEntry, client_status,
};
use intervals_settings::{Places, Source, load};

use super::{Flags, rehearsal::rehearse, table, terminal};
use crate::exit::Exit;

#[derive(clap::Args)]
#[command(
    after_help = "Server options are written into the entry: `install cursor --read-only` adds a server that only reads."
)]
pub struct Install {
    /// The client; without one, list all clients
    #[arg(value_parser = PossibleValuesParser::new(CLIENTS.iter().map(|client| client.name)))]
    client: Option<String>,
    /// Write the entry for the user, or only for the project in this folder
    #[arg(long, default_value = "user", hide_possible_values = true, value_name = "user|project", requires = "client")]
    #[arg(value_parser = PossibleValuesParser::new(Scope::ALL.map(Scope::word)).try_map(|word| Scope::named(&word).ok_or("no scope")))]
    scope: Scope,
    /// Name of the entry
    #[arg(long, default_value = NAME, requires = "client")]
    name: String,
    /// Print the entry and write nothing
    #[arg(long, conflicts_with = "remove", requires = "client")]
    print: bool,
    /// Remove the entry
    #[arg(long, requires = "client")]
    remove: bool,
    /// Command that starts the server, if not this program: -- npx -y intervals-icu-mcp
    #[arg(last = true, value_name = "COMMAND", requires = "client")]
    command: Vec<String>,
}

impl Install {
    pub fn run(&self, flags: &Flags, out: &mut impl Write) -> anyhow::Result<Exit> {
        let home = Home::of_process()?;
        let Some(client) = &self.client else {
            list(&home, out)?;
            return Ok(Exit::Success);
        };
        let client = Client::named(client).context("there is no such client")?;
        let target = InstallTarget { client, scope: self.scope, name: &self.name };
        if self.remove {
            let done = target.remove(&home)?;
            say_removed(&target, &done, out)?;
            return Ok(Exit::Success);
        }
        let (entry, notes) = self.entry(flags, &home)?;
        if self.print {
            eprintln!("for {}:", target.file(&home)?.display());
            write!(out, "{}", target.snippet(&entry))?;
            say_notes(notes.into_iter().chain(credential(flags, None)));
            return Ok(Exit::Success);
        }
        let is_new = self.scope == Scope::User && !client.is_there(&home);
        let entry = if self.command.is_empty() { target.keeping(&home, entry)? } else { entry };
        let done = target.install(&home, &entry)?;
        say_installed(&target, &done, &entry, out)?;
        let new =
            is_new.then(|| format!("{} was not found here; the file is ready for when it is installed.", client.title));
        say_notes(notes.into_iter().chain(new).chain(credential(flags, done.before.as_ref())));
        Ok(Exit::Success)
    }

    /// The entry to write, and notes about it.
    fn entry(&self, flags: &Flags, home: &Home) -> anyhow::Result<(ServerEntry, Vec<String>)> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if self.name.is_empty() || !self.name.chars().all(plain) {
            bail!("--name \"{}\": use letters, digits, - and _", self.name);
        }
        if let Some(transport) = flags.text("transport").filter(|list| !list.split(',').any(|word| word == "stdio")) {
            bail!(
                "--transport {transport}: a client that starts the server speaks stdio with it; leave --transport out"
            );
        }
        let (mut words, mut notes) = (self.command.clone(), vec![]);
        match rehearse(flags) {
            Ok(problem) => {
                notes.extend(
                    problem.map(|problem| format!("the server will not start with this configuration: {problem:#}")),
                );
            }
            // Another program may have other packs, and its own configuration.
            Err(error) if words.first().is_some_and(|word| !home.invocation.is_started_by(word)) => {
                notes.push(format!("this program would not start with these flags: {error:#}"))
            }
            Err(error) => return Err(error),
        }
        if words.is_empty() {
            let Executable { path, note } = home.invocation.executable();
            words.push(
                path.to_str().context("the path of this program is not Unicode, which JSON cannot hold")?.to_owned(),
            );
            notes.extend(note);
            if self.scope == Scope::Project {
                notes.push(
                    "the file goes with the project, but the path of the program is one of this machine. To share it, end the \
                     command with `-- intervals-icu-mcp`."
                        .into(),
                );
            }
        }
        words.extend(flags.words());
        let mut words = words.into_iter();
        let command = words.next().unwrap_or_default();
        Ok((ServerEntry { command, args: words.collect() }, notes))
    }
}

/// Prints what was changed, and how to see that it works.
pub fn say_installed(
    target: &InstallTarget,
    done: &InstallReport,
    entry: &ServerEntry,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let (title, name, file) = (target.client.title, target.name, done.file.display());
    match done.change {
        Change::Kept => {
            writeln!(out, "{title} has {name} already, as it should be: {file}")?;
            return say_off(target, done, out);
        }
        Change::Added => writeln!(out, "{title}: {name} is now in {file}")?,
        _ => writeln!(out, "{title}: {name} is changed in {file}")?,
    }
    writeln!(out, "starts: {}", entry.line())?;
    if let Some(before) = &done.before {
        match before.old_server() {
            Some(program @ ("docker" | "podman")) => writeln!(out, "was: a container, by {program}")?,
            Some(program) => writeln!(out, "was: the Python server, by {program}")?,
            None if before.entry.command.is_empty() => {}
            None if before.entry.command != entry.command => {
                writeln!(out, "was: {}", terminal::plain(&before.entry.command))?;
            }
            // The options of this server hold no secrets; those of another program may.
            None if before.is_this_server() => writeln!(out, "was: {}", terminal::plain(&before.entry.line()))?,
            None => writeln!(out, "was: the same command with other arguments")?,
        }
        if !before.variables.is_empty() {
            writeln!(out, "kept: its variables {}", before.variables.join(", "))?;
            if before.has_credential() {
                writeln!(out, "its key overrides a stored one: remove it there to use the stored key")?;
            }
        }
    }
    if let Some(backup) = &done.backup {
        writeln!(out, "backup: {}", backup.display())?;
    }
    say_off(target, done, out)?;
    writeln!(out, "{}", target.client.check)?;
    Ok(())
}

/// Prints a note if the client has switched the entry off.
fn say_off(target: &InstallTarget, done: &InstallReport, out: &mut impl Write) -> anyhow::Result<()> {
    if done.before.as_ref().is_some_and(|before| before.off) {
        writeln!(out, "off: the entry is switched off there; switch it on in {}", target.client.title)?;
    }
    Ok(())
}

/// Prints notes to stderr, so that stdout holds only the entry.
fn say_notes(notes: impl Iterator<Item = String>) {
    for note in notes {
        eprintln!("note: {}", terminal::plain(&note));
    }
}

/// Prints what was removed.
fn say_removed(target: &InstallTarget, done: &InstallReport, out: &mut impl Write) -> anyhow::Result<()> {
    let (title, name, file) = (target.client.title, target.name, done.file.display());
    match done.change {
        Change::Absent => writeln!(out, "{title} has no {name}, so nothing was removed: {file}")?,
        Change::Deleted => {
            writeln!(out, "{title}: {name} is removed, and with it the file, which held nothing else: {file}")?
        }
        _ => writeln!(out, "{title}: {name} is removed from {file}")?,
    }
    if let Some(backup) = &done.backup {
        writeln!(out, "backup: {}", backup.display())?;
    }
    Ok(())
}

/// A note, if the client would start a server that may have no credential.
fn credential(flags: &Flags, before: Option<&ExistingEntry>) -> Option<String> {
    if flags.demo.is_some() || before.is_some_and(ExistingEntry::has_credential) {
        return None;
    }
    let old = before.and_then(ExistingEntry::old_server);
    // `rehearse` reports faults of the configuration.
    match load(Places::of_process(flags.config.clone()), flags.layer()).ok()? {
        loaded if loaded.config.api_key.is_none() && loaded.config.access_token.is_none() => {
            let why = if old.is_some() { "the old entry had its key elsewhere, and" } else { "as yet" };
            Some(format!("{why} no API key is configured here; run `intervals-icu-mcp setup`."))
        }
        loaded => {
            let mut sources = ["api_key", "access_token"].into_iter().filter_map(|key| loaded.sources.get(key));
            let source = sources.find(|source| matches!(source, Source::Environment(_) | Source::Dotenv(_)))?;
            Some(format!(
                "the key comes from {source}, which the client may not have; `intervals-icu-mcp setup` stores it."
            ))
        }
    }
}

/// Lists the clients, and whether they have an entry.
fn list(home: &Home, out: &mut impl Write) -> anyhow::Result<()> {
    let mut rows = String::from("client|there|entry|command\n");
    for client in CLIENTS {
        let there = if client.is_there(home) { "yes" } else { "no" };
        let entry = match client_status(client, Scope::User, home) {
            Some(ClientStatus { problem: Some(_), .. }) => "cannot be read",
            Some(ClientStatus { entry: Some(true), off: true, .. }) => "this program, switched off",
            Some(ClientStatus { entry: Some(false), off: true, .. }) => "another program, switched off",
            Some(ClientStatus { entry: Some(true), .. }) => "this program",
            Some(ClientStatus { entry: Some(false), .. }) => "another program",
            _ => "-",
        };
        rows.push_str(&format!("{}|{there}|{entry}|intervals-icu-mcp install {}\n", client.title, client.name));
    }
    write!(out, "{}", table::align(&rows))?;
    Ok(())
}
