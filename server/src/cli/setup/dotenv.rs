//! Writes variables to a `.env`, and keeps all its other lines.
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, bail};
use intervals_settings::files;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value as Json;

/// Checks that a file can be read and written, or created. The error has a remedy.
pub fn writable(file: &Path) -> anyhow::Result<()> {
    let place = file.display();
    if file.is_dir() {
        bail!(
            "{place} is a folder. Docker makes one when it mounts a file that does not exist: remove the folder, make an empty file \
             with `touch .env`, and run this again"
        );
    }
    let opened = OpenOptions::new().read(true).write(true).open(file);
    match opened {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            bail!("{place} cannot be written{}", whose(file))
        }
        Err(error) => bail!("{place} cannot be written: {error}"),
    }
}

/// Who owns the file, and how to run as that user.
fn whose(file: &Path) -> String {
    #[cfg(unix)]
    if let Ok(found) = fs::metadata(file) {
        use std::os::unix::fs::MetadataExt;

        // On Linux the process's own folder belongs to its user. Elsewhere the user is not known without unsafe code.
        let own = fs::metadata("/proc/self").map(|own| format!("user {}", own.uid()));
        return format!(
            ": it belongs to user {}, with mode {:o}, and this runs as {}. Run it as the file's owner, a container with \
             `docker run --user $(id -u):$(id -g) …`",
            found.uid(),
            found.mode() & 0o777,
            own.unwrap_or_else(|_| "another user".into()),
        );
    }
    let _ = file;
    ": permission denied".into()
}

/// Writes the API key and these configuration keys as variables. An existing file is written in place, since a mounted file cannot be
/// replaced. A new file is readable only by its owner.
pub fn write(file: &Path, key: &SecretString, changes: &[(&'static str, Json)]) -> anyhow::Result<()> {
    let mut variables = vec![("INTERVALS_ICU_API_KEY".to_owned(), key.expose_secret().to_owned())];
    variables
        .extend(changes.iter().map(|(key, wanted)| (format!("INTERVALS_ICU_{}", key.to_uppercase()), text(wanted))));
    let before = match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        read => Some(read.with_context(|| format!("{} cannot be read", file.display()))?),
    };
    let after = edit(before.as_deref().unwrap_or_default(), &variables);
    let written = match before {
        None => files::create(file, true).and_then(|mut made| made.write_all(after.as_bytes())),
        Some(before) if before == after => Ok(()),
        Some(_) => OpenOptions::new().write(true).open(file).and_then(|mut open| {
            open.write_all(after.as_bytes())?;
            open.set_len(after.len() as u64)
        }),
    };
    written.with_context(|| format!("{} cannot be written", file.display()))
}

/// The text of a value. `false` becomes an empty variable, since a `.env` cannot switch `read_only` off.
fn text(value: &Json) -> String {
    match value {
        Json::Bool(false) => String::new(),
        Json::String(text) => text.clone(),
        Json::Array(words) => words.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn edit(before: &str, variables: &[(String, String)]) -> String {
    let end = if before.contains("\r\n") { "\r\n" } else { "\n" };
    let mut after = String::with_capacity(before.len() + 200);
    let mut missing: Vec<_> = variables.iter().collect();
    for line in before.split_inclusive('\n') {
        let plain = line.trim_end_matches(['\r', '\n']);
        match variables.iter().find(|(name, _)| assigned(plain) == Some(name.as_str())) {
            None => after.push_str(line),
            Some((name, value)) => {
                missing.retain(|(known, _)| known != name);
                let (head, rest) = plain.split_once('=').unwrap_or((plain, ""));
                after.push_str(&format!("{head}={}{}", quoted(value), comment(rest)));
                after.push_str(line.get(plain.len()..).unwrap_or_default());
            }
        }
    }
    for (name, value) in missing {
        if !after.is_empty() && !after.ends_with('\n') {
            after.push_str(end);
        }
        after.push_str(&format!("{name}={}{end}", quoted(value)));
    }
    after
}

/// The name of the variable that a line sets.
fn assigned(line: &str) -> Option<&str> {
    let name = line.split_once('=')?.0.trim();
    Some(name.strip_prefix("export ").unwrap_or(name).trim())
}

/// The comment after a value: ` # …`.
fn comment(rest: &str) -> &str {
    let trimmed = rest.trim_start();
    let value = match trimmed.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            trimmed.get(1..).and_then(|inner| inner.split_once(quote)).map_or("", |(_, tail)| tail)
        }
        _ => trimmed,
    };
    value.find(" #").and_then(|at| value.get(at..)).unwrap_or_default()
}

/// The value, quoted if it has characters with a meaning in a `.env`.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.,:@*+/".contains(c);
    if value.chars().all(plain) { value.into() } else { format!("'{value}'") }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use intervals_settings::{Layer, Places, Words};

    #[rstest]
    #[case::missing("", "INTERVALS_ICU_API_KEY=new\nINTERVALS_ICU_ATHLETE_ID=i1\n")]
    #[case::in_place(
        "# mine\nA=1\nINTERVALS_ICU_ATHLETE_ID=i9\n\nexport INTERVALS_ICU_API_KEY = \"old#1\" # from May\nB=2",
        "# mine\nA=1\nINTERVALS_ICU_ATHLETE_ID=i1\n\nexport INTERVALS_ICU_API_KEY =new # from May\nB=2"
    )]
    #[case::commented_out(
        "# INTERVALS_ICU_API_KEY=old",
        "# INTERVALS_ICU_API_KEY=old\nINTERVALS_ICU_API_KEY=new\nINTERVALS_ICU_ATHLETE_ID=i1\n"
    )]
    #[case::windows(
        "INTERVALS_ICU_API_KEY=old\r\nA=1\r\n",
        "INTERVALS_ICU_API_KEY=new\r\nA=1\r\nINTERVALS_ICU_ATHLETE_ID=i1\r\n"
    )]
    #[case::longer_names_are_others(
        "INTERVALS_ICU_API_KEY_OLD=x\n",
        "INTERVALS_ICU_API_KEY_OLD=x\nINTERVALS_ICU_API_KEY=new\nINTERVALS_ICU_ATHLETE_ID=i1\n"
    )]
    fn other_lines_stay(#[case] before: &str, #[case] after: &str) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(".env");
        if !before.is_empty() {
            fs::write(&file, before).unwrap();
        }
        for _ in 0..2 {
            write(&file, &"new".into(), &[("athlete_id", json!("i1"))]).unwrap();
            assert_eq!(fs::read_to_string(&file).unwrap(), after);
        }
    }

    #[test]
    fn written_variables_are_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(".env");
        let changes =
            [("packs", json!(["default", "-gear"])), ("read_only", json!(false)), ("athlete_id", json!("i1"))];
        write(&file, &"a$b#c`d=".into(), &changes).unwrap();
        let places = Places { file: None, platform_file: None, home: None, dotenv: file.clone(), environment: vec![] };
        let config = intervals_settings::read(places, Layer::command_line([])).ok().unwrap().config;
        let key = config.api_key.and_then(|key| key.reveal()).unwrap();
        assert_eq!((key.expose_secret(), config.athlete_id.as_deref()), ("a$b#c`d=", Some("i1")));
        assert_eq!(config.narrowing.packs, Words::of(["default", "-gear"]));
        #[cfg(unix)]
        assert_eq!(files::open_to_others(&file), None);
    }

    #[test]
    fn a_folder_in_place_of_the_file_is_explained() {
        let folder = tempfile::tempdir().unwrap();
        assert!(writable(folder.path()).unwrap_err().to_string().contains("touch .env"));
    }
}
