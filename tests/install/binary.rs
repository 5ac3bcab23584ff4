//! The command, with a home folder of its own.
use std::{fs, path::Path, process::Output};

use rstest::rstest;
use serde_json::Value;

use crate::world::binary;

/// What the command said, and how it ended.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = binary(arguments);
    command.current_dir(folder).env("HOME", folder).env_remove("XDG_CONFIG_HOME");
    for name in ["CODEX_HOME", "CLAUDE_CONFIG_DIR", "GEMINI_CLI_HOME"] {
        command.env_remove(name);
    }
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: status.code(), out: text(stdout), err: text(stderr) }
}

#[test]
fn a_client_is_given_the_server_with_the_flags_of_this_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run(folder.path(), &["--packs", "wellness", "install", "cursor", "--read-only"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let text = fs::read_to_string(folder.path().join(".cursor/mcp.json")).unwrap();
    let entry = &serde_json::from_str::<Value>(&text).unwrap()["mcpServers"]["intervals-icu"];
    assert_eq!(entry["args"], serde_json::json!(["--read-only", "--packs=wellness"]));
    assert!(Path::new(entry["command"].as_str().unwrap()).is_absolute());
    assert!(
        ran.out.contains("Cursor: intervals-icu is now in ")
            && ran.out.contains("note: as yet no API key is configured here"),
        "{}",
        ran.out
    );
    let again = run(folder.path(), &["install", "cursor", "--packs=wellness", "--read-only"]);
    assert!(again.out.contains("has intervals-icu already"), "{}", again.out);
    let other = run(folder.path(), &["install", "cursor"]);
    let was = other.out.lines().find(|line| line.starts_with("was: ")).unwrap();
    assert!(was.ends_with("intervals-icu-mcp --read-only --packs=wellness"), "{}", other.out);
    let list = run(folder.path(), &["install"]);
    let row = list.out.lines().find(|line| line.starts_with("Cursor")).unwrap();
    assert_eq!(
        row.split_whitespace().collect::<Vec<_>>().join(" "),
        "Cursor yes this program intervals-icu-mcp install cursor"
    );
    assert_eq!((list.code, list.out.lines().count()), (Some(0), 10));
    let removed = run(folder.path(), &["install", "cursor", "--remove"]);
    assert!(removed.code == Some(0) && removed.out.contains("intervals-icu is removed from "), "{}", removed.out);
    let nothing = run(folder.path(), &["install", "cursor", "--remove"]);
    assert!(nothing.code == Some(0) && nothing.out.contains("so nothing was removed"), "{}", nothing.out);
}

#[test]
fn the_entry_is_printed_without_a_client_or_a_key_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run(folder.path(), &["install", "vscode", "--print", "--demo", "--", "npx", "-y", "intervals-icu-mcp"]);
    let entry = &serde_json::from_str::<Value>(&ran.out).unwrap()["servers"]["intervals-icu"];
    let wanted = serde_json::json!({"type": "stdio", "command": "npx", "args": ["-y", "intervals-icu-mcp", "--demo"]});
    assert_eq!((ran.code, entry), (Some(0), &wanted));
    assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
}

#[test]
fn the_old_server_is_replaced_and_its_variables_stay() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(".claude.json");
    let old = |env: &str| {
        format!(
            "{{\n  \"mcpServers\": {{\n    \"intervals-icu\": {{\n      \"command\": \"uvx\",\n      \"args\": [\"intervals-icu-mcp\"]{env}\n    }}\n  }}\n}}\n"
        )
    };
    fs::write(&file, old(",\n      \"env\": {\"INTERVALS_ICU_API_KEY\": \"hush\"}")).unwrap();
    let ran = run(folder.path(), &["install", "claude-code"]);
    assert!(
        ran.out.contains("was: the Python server, by uvx\nkept: its variables INTERVALS_ICU_API_KEY\n"),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains("hush") && !ran.out.contains("no API key"), "{}", ran.out);
    assert!(fs::read_to_string(&file).unwrap().contains("hush"));
    fs::write(&file, old("")).unwrap();
    let ran = run(folder.path(), &["install", "claude-code"]);
    assert!(ran.out.contains("note: the old entry had its key elsewhere, and no API key"), "{}", ran.out);
}

#[test]
fn a_broken_configuration_is_no_hindrance() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join(".config/intervals-icu-mcp");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "prot = 1\n").unwrap();
    let ran = run(folder.path(), &["install", "codex"]);
    assert!(
        ran.code == Some(0) && ran.out.contains("note: the server will not start with this configuration: prot"),
        "{}{}",
        ran.out,
        ran.err
    );
    assert!(folder.path().join(".codex/config.toml").is_file());
}

#[rstest]
#[case(&["install", "cursro"], "error: invalid value 'cursro' for '[CLIENT]'")]
#[case(&["install", "windsurf", "--scope", "project"], "error: --scope project: Windsurf has no file for that. It has: user.")]
#[case(&["install", "cursor", "--name", "my server"], "error: --name \"my server\": use letters, digits, - and _")]
#[case(&["install", "cursor", "--transport", "http"], "error: --transport http: a client that starts the server speaks stdio")]
#[case(&["install", "cursor", "--print", "--remove"], "error: the argument '--print' cannot be used with '--remove'")]
fn a_mistake_is_said_and_nothing_is_written(#[case] arguments: &[&str], #[case] message: &str) {
    let folder = tempfile::tempdir().unwrap();
    let ran = run(folder.path(), arguments);
    assert!(ran.code == Some(2) && ran.err.starts_with(message), "{}", ran.err);
    assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_the_place_and_what_to_paste() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(".claude.json");
    fs::write(&file, "{\n  \"a\": 1,,\n}\n").unwrap();
    let ran = run(folder.path(), &["install", "claude-code", "--", "icu"]);
    let start = format!("error: {}: line 2, column 10: ", file.display());
    assert!(
        ran.code == Some(2) && ran.err.starts_with(&start) && ran.err.contains("\"command\": \"icu\""),
        "{}",
        ran.err
    );
    let listed = run(folder.path(), &["install"]).out;
    assert!(listed.lines().any(|line| line.starts_with("Claude Code") && line.contains("cannot be read")), "{listed}");
}
