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
#[cfg(feature = "wellness")]
fn a_client_is_given_the_server_with_the_flags_of_this_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run(folder.path(), &["--packs", "wellness", "install", "cursor", "--read-only"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let text = fs::read_to_string(folder.path().join(".cursor/mcp.json")).unwrap();
    let entry = &serde_json::from_str::<Value>(&text).unwrap()["mcpServers"]["intervals-icu"];
    assert_eq!(entry["args"], serde_json::json!(["--packs=wellness", "--read-only"]));
    assert!(Path::new(entry["command"].as_str().unwrap()).is_absolute());
    assert!(
        ran.out.contains("Cursor: intervals-icu is now in ")
            && ran.err.contains("note: as yet no API key is configured here"),
        "{}{}",
        ran.out,
        ran.err
    );
    let again = run(folder.path(), &["install", "cursor", "--packs=wellness", "--read-only"]);
    assert!(again.out.contains("has intervals-icu already"), "{}", again.out);
    let plain = run(folder.path(), &["install", "cursor"]);
    assert!(plain.out.contains("has intervals-icu already"), "what it may do is not widened: {}", plain.out);
    let other = run(folder.path(), &["install", "cursor", "--coach"]);
    let was = other.out.lines().find(|line| line.starts_with("was: ")).unwrap();
    assert!(was.ends_with("intervals-icu-mcp --packs=wellness --read-only"), "{}", other.out);
    let list = run(folder.path(), &["install"]);
    let row = list.out.lines().find(|line| line.starts_with("Cursor")).unwrap();
    assert_eq!(
        row.split_whitespace().collect::<Vec<_>>().join(" "),
        "Cursor yes this program intervals-icu-mcp install cursor"
    );
    assert_eq!((list.code, list.out.lines().count()), (Some(0), 10));
    let removed = run(folder.path(), &["install", "cursor", "--remove"]);
    assert!(removed.code == Some(0) && removed.out.contains("is removed, and with it the file"), "{}", removed.out);
    assert!(!folder.path().join(".cursor/mcp.json").exists());
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
    let noted = run(folder.path(), &["install", "codex", "--print", "--scope", "project"]).err;
    assert!(noted.contains("note: the file goes with the project") && noted.contains("no API key"), "{noted}");
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
    fs::write(&file, old("").replace("mcp\"]", "mcp\", \"--delete-mode\", \"none\"]")).unwrap();
    let ran = run(folder.path(), &["install", "claude-code"]);
    assert!(ran.out.contains("--delete-mode none"), "what it may delete stays: {}", ran.out);
    fs::write(&file, old("")).unwrap();
    let ran = run(folder.path(), &["install", "claude-code"]);
    assert!(ran.err.contains("note: the old entry had its key elsewhere, and no API key"), "{}", ran.err);
}

#[rstest]
#[case("/src/intervals-icu-mcp/other", &["--token", "hush"], "was: /src/intervals-icu-mcp/other\n")]
#[case("/src/intervals-icu-mcp/run.sh", &["--token", "hush"], "was: /src/intervals-icu-mcp/run.sh\n")]
#[case("/old/intervals-icu-mcp", &["--coach"], "was: /old/intervals-icu-mcp\n")]
#[case("NEW", &["--token", "hush"], "was: the same command with other arguments\n")]
fn of_a_foreign_program_no_argument_is_shown(#[case] command: &str, #[case] args: &[&str], #[case] was: &str) {
    let folder = tempfile::tempdir().unwrap();
    let new = "/src/intervals-icu-mcp/new";
    let old =
        serde_json::json!({"mcpServers": {"intervals-icu": {"command": command.replace("NEW", new), "args": args}}});
    fs::write(folder.path().join(".claude.json"), old.to_string()).unwrap();
    let ran = run(folder.path(), &["install", "claude-code", "--", new]);
    assert!(ran.out.contains(was) && !ran.out.contains("hush"), "{}", ran.out);
}

#[test]
fn an_entry_that_starts_nothing_was_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".claude.json"), "{\"mcpServers\": {\"intervals-icu\": {\"env\": {\"A\": \"b\"}}}}")
        .unwrap();
    let ran = run(folder.path(), &["install", "claude-code"]);
    assert!(
        ran.code == Some(0) && !ran.out.contains("was:") && ran.out.contains("kept: its variables A"),
        "{}",
        ran.out
    );
}

#[rstest]
#[case("cursor", ".cursor/mcp.json", "{\"mcpServers\": {\"intervals-icu\": {\"command\": \"x\", \"disabled\": true}}}")]
#[case("codex", ".codex/config.toml", "[mcp_servers.intervals-icu]\ncommand = \"x\"\nenabled = false\n")]
fn what_is_switched_off_is_said_to_be(#[case] client: &str, #[case] file: &str, #[case] text: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
    let list = || run(folder.path(), &["install"]).out;
    assert!(list().contains("another program, switched off"), "{}", list());
    for said in ["is changed in", "as it should be"] {
        let ran = run(folder.path(), &["install", client]);
        assert!(ran.out.contains(said) && ran.out.contains("off: the entry is switched off there"), "{}", ran.out);
    }
    assert!(list().contains("this program, switched off"), "{}", list());
}

/// A folder with a configuration that has a fault.
fn with_a_fault() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join(".config/intervals-icu-mcp");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "prot = 1\n").unwrap();
    folder
}

#[rstest]
#[case(&["install", "codex"], "")]
#[cfg_attr(feature = "demo", case(&["install", "codex", "--demo"], ""))]
#[case(&["install", "codex"], "[mcp_servers.intervals-icu]\ncommand = \"x\"\nenv = { INTERVALS_ICU_API_KEY = \"k\" }\n")]
fn a_broken_configuration_is_said_and_no_hindrance(#[case] arguments: &[&str], #[case] text: &str) {
    let folder = with_a_fault();
    let file = folder.path().join(".codex/config.toml");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, text).unwrap();
    let ran = run(folder.path(), arguments);
    let note = "note: the server will not start with this configuration: prot (";
    assert!(ran.code == Some(0) && ran.err.contains(note), "{}{}", ran.out, ran.err);
    assert!(fs::read_to_string(&file).unwrap().contains(env!("CARGO_BIN_EXE_intervals-icu-mcp")));
}

#[rstest]
#[case(&["--delete-mode", "sfae"], "delete_mode (--delete-mode): ")]
#[case(&["--packs", "welness"], "packs (--packs): ")]
#[case(&["--tools", "icu_get_nothing"], "tools (--tools): ")]
#[case(&["--log", "loud"], "log (--log): ")]
#[cfg_attr(feature = "demo", case(&["--demo=2200-01-01"], "--demo=2200-01-01: the demo goes from"))]
#[cfg_attr(not(feature = "demo"), case(&["--demo"], "--demo is not in this build"))]
#[case(&["--config", "nowhere.toml"], "--config nowhere.toml: there is no such file")]
#[case(&["--transport", "stdio,carrier-pigeon"], "transport (--transport): there is no transport carrier-pigeon")]
fn flags_with_which_no_server_starts_are_refused_and_nothing_is_written(#[case] flags: &[&str], #[case] fault: &str) {
    for folder in [tempfile::tempdir().unwrap(), with_a_fault()] {
        for more in [&["install", "cursor"][..], &["install", "cursor", "--print"]] {
            let ran = run(folder.path(), &[more, flags].concat());
            let start = format!("error: {fault}");
            assert!(ran.code == Some(2) && ran.err.starts_with(&start) && ran.out.is_empty(), "{}{}", ran.out, ran.err);
        }
        assert!(!folder.path().join(".cursor").exists());
    }
}

#[test]
fn flags_for_another_program_are_its_own_matter() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run(folder.path(), &["install", "cursor", "--packs", "mine", "--", "docker", "run", "-i", "image"]);
    assert!(
        ran.code == Some(0) && ran.err.contains("note: this program would not start with these flags: packs ("),
        "{}",
        ran.err
    );
    assert!(fs::read_to_string(folder.path().join(".cursor/mcp.json")).unwrap().contains("\"--packs=mine\""));
}

#[rstest]
#[case(&["--print"])]
#[case(&["--remove"])]
#[case(&["--scope", "project"])]
#[case(&["--name", "x"])]
#[case(&["--", "icu"])]
fn what_is_about_a_client_needs_one(#[case] arguments: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let ran = run(folder.path(), &[&["install"], arguments].concat());
    assert!(ran.code == Some(2) && ran.err.contains("required arguments were not provided"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_disk_without_room_leaves_all_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(".cursor/mcp.json");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let text = format!("{{\"a\": \"{}\"}}", "x".repeat(100_000));
    fs::write(&file, &text).unwrap();
    // Ignored, the signal of the limit becomes an error in the middle of the file, as a full disk is.
    let limited = "trap '' XFSZ; ulimit -f 32; exec \"$0\" install cursor -- icu";
    let mut command = std::process::Command::new("sh");
    command.args(["-c", limited, env!("CARGO_BIN_EXE_intervals-icu-mcp")]).env_clear().env("HOME", folder.path());
    let ran = command.current_dir(folder.path()).output().unwrap();
    let err = String::from_utf8(ran.stderr).unwrap();
    assert!(ran.status.code() == Some(2) && err.contains("it cannot be written: "), "{err}");
    assert!(err.contains("\"command\": \"icu\""), "{err}");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    assert_eq!(super::names(file.parent().unwrap()), ["mcp.json"]);
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
