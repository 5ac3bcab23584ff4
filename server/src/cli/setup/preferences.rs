//! Writes what assistants may do to config.toml, and keeps the rest of the file as it is.
use std::{fs, io, path::Path};

use intervals_settings::files::{FileMode, WriteError, replace};
use serde_json::Value as Json;
use toml_edit::{Array, DocumentMut, Value, value};

/// Sets these keys. Without any, the file is neither changed nor created.
pub fn write(file: &Path, changes: &[(&'static str, Json)]) -> Result<(), WriteError> {
    if changes.is_empty() {
        return Ok(());
    }
    let text = match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read?,
    };
    // The parser's error is left out: it shows the line, which may hold a key.
    let edited = edit(&text, changes).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "it is not TOML"))?;
    replace(file, &edited, FileMode::Kept)
}

fn edit(text: &str, changes: &[(&'static str, Json)]) -> Option<String> {
    // The parser drops a byte order mark and writes LF for CRLF.
    let (mark, plain) = text.strip_prefix('\u{feff}').map_or(("", text), |plain| ("\u{feff}", plain));
    let mut document: DocumentMut = plain.parse().ok()?;
    for (key, wanted) in changes {
        let wanted = toml(wanted)?;
        match document.get_mut(key).and_then(|item| item.as_value_mut()) {
            Some(old) => {
                let decor = old.decor().clone();
                *old = wanted;
                *old.decor_mut() = decor;
            }
            None => _ = document.insert(key, value(wanted)),
        }
    }
    let edited = document.to_string();
    let edited = match plain.contains("\r\n") {
        true => edited.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => edited,
    };
    Some(format!("{mark}{edited}"))
}

fn toml(json: &Json) -> Option<Value> {
    Some(match json {
        Json::Bool(switch) => (*switch).into(),
        Json::String(text) => text.as_str().into(),
        Json::Array(words) => words.iter().filter_map(|word| word.as_str()).collect::<Array>().into(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case::missing("", "packs = [\"gear\"]\nread_only = true\n")]
    #[case::comments_stay(
        "# mine\n\nread_only = false # for now\n  port =  1\n# end\n",
        "# mine\n\nread_only = true # for now\n  port =  1\npacks = [\"gear\"]\n# end\n"
    )]
    #[case::before_the_first_table(
        "port = 1\n\n# who\n[oauth]\nclock_skew = 5 # s\n",
        "port = 1\npacks = [\"gear\"]\nread_only = true\n\n# who\n[oauth]\nclock_skew = 5 # s\n"
    )]
    #[case::other_forms(
        "packs = [ # few\n  'wellness', \"gear\",\n]\n'read_only' = false\n",
        "packs = [\"gear\"]\n'read_only' = true\n"
    )]
    #[case::windows("\u{feff}port = 1\r\n", "\u{feff}port = 1\r\npacks = [\"gear\"]\r\nread_only = true\r\n")]
    #[case::no_last_line_end("port = 1", "port = 1\npacks = [\"gear\"]\nread_only = true\n")]
    fn only_the_keys_change(#[case] before: &str, #[case] after: &str) {
        let changes = [("packs", json!(["gear"])), ("read_only", json!(true))];
        assert_eq!(edit(before, &changes).unwrap(), after);
        assert_eq!(edit(after, &changes).unwrap(), after);
    }

    #[test]
    fn a_file_that_is_not_toml_stays_as_it_is() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "api_key = 'hush").unwrap();
        let error = write(file.path(), &[("read_only", json!(true))]).unwrap_err();
        assert!(!error.to_string().contains("hush"));
        assert_eq!(fs::read_to_string(file.path()).unwrap(), "api_key = 'hush");
    }
}
