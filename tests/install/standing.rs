//! Entries that stand there already, and files that cannot be edited.
use std::fs;

use intervals_install::{Change, Client, ServerEntry};
use rstest::rstest;

use super::{Fake, entry, names, shape, target};

const OLD: &str = r#"{
  // mine
  "mcpServers": {
    "files": {"command": "npx"},
    "intervals-icu": { // the coach
      "disabled": false,
      "command": "uvx", // by uv
      "args": [
        "intervals-icu-mcp"
      ],
      /* secret */ "env": {
        "INTERVALS_ICU_API_KEY": "k" // never shown
      },
      "alwaysAllow": ["icu_get_recent_activities"],
    }, // end
  },
}
"#;

#[test]
fn of_an_entry_only_the_command_and_its_arguments_are_exchanged() {
    let (fake, client) = (Fake::linux(), Client::named("cursor").unwrap());
    let file = target(client).file(&fake.home).unwrap();
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, OLD).unwrap();
    let done = target(client).install(&fake.home, &entry(&["--read-only", "--coach"])).unwrap();
    let before = done.before.unwrap();
    assert_eq!((done.change, before.old_server(), before.has_credential()), (Change::Updated, Some("uvx"), true));
    let wanted = OLD
        .replace("\"uvx\"", "\"/opt/intervals-icu-mcp\"")
        .replace("[\n        \"intervals-icu-mcp\"\n      ]", "[\"--read-only\", \"--coach\"]");
    assert_eq!(fs::read_to_string(&file).unwrap(), wanted);
    assert_eq!(target(client).install(&fake.home, &entry(&["--read-only", "--coach"])).unwrap().change, Change::Kept);
    target(client).remove(&fake.home).unwrap();
    let left = "{\n  // mine\n  \"mcpServers\": {\n    \"files\": {\"command\": \"npx\"}, // end\n  },\n}\n";
    assert_eq!(fs::read_to_string(&file).unwrap(), left);
    assert_eq!(names(file.parent().unwrap()).len(), 3, "a copy for each change");
}

#[rstest]
#[case(
    "cursor",
    r#"{"mcpServers": {"intervals-icu": {"command": "/opt/intervals-icu-mcp", "args": ["--demo"], "env": {}}}}"#,
    true
)]
#[case(
    "cursor",
    r#"{"mcpServers": {"intervals-icu": {"args": [  "--demo"  ], "command": "\/opt\/intervals-icu-mcp"}}}"#,
    true
)]
#[case("cursor", r#"{"mcpServers": {"intervals-icu": {"command": "/opt/intervals-icu-mcp"}}}"#, false)]
#[case(
    "cursor",
    r#"{"mcpServers": {"intervals-icu": {"command": "/opt/intervals-icu-mcp", "args": "--demo"}}}"#,
    false
)]
#[case(
    "cursor",
    r#"{"mcpServers": {"intervals-icu": {"command": "/opt/intervals-icu-mcp", "args": ["--demo", 1]}}}"#,
    false
)]
#[case("cursor", r#"{"mcpServers": {"intervals-icu": {}}}"#, false)]
#[case(
    "cursor",
    r#"{"a": "\ud83d", "mcpServers": {"\udc00": {}, "intervals-icu": {"command": "\ud83d"}}} // e"#,
    false
)]
#[case("cursor", r#"{"mcpServers": {"intervals-icu": {"type": "stdio", "env": {}}}}"#, false)]
#[case("cursor", "{\n  \"mcpServers\": {\n    \"intervals-icu\": {\n      \"env\": {} // e\n    }\n  }\n}", false)]
#[case(
    "codex",
    "mcp_servers.intervals-icu.command = '/opt/intervals-icu-mcp'\nmcp_servers.intervals-icu.args = [ '--demo' ]",
    true
)]
#[case("codex", "[mcp_servers.intervals-icu]\nargs=[\"--demo\"]\ncommand=\"\\u002Fopt/intervals-icu-mcp\"\n", true)]
#[case(
    "codex",
    "[mcp_servers.intervals-icu]\r\ncommand = \"x\" # c\r\n\r\n[mcp_servers.intervals-icu.env]\r\nA = \"b\"\r\n",
    false
)]
#[case("codex", "[mcp_servers.intervals-icu.env] # c\nA = \"b\"\n\n[z]\n", false)]
#[case("codex", "[mcp_servers]\nintervals-icu = { command = \"x\", env = { A = \"b\" } } # c\n", false)]
#[case("codex", "[mcp_servers]\n  intervals-icu.command = \"x\" # c\n  intervals-icu.env.A = \"b\"\n[z]\n", false)]
#[case(
    "codex",
    "[ mcp_servers . 'intervals-icu' ]\n\tenabled = true\n\tcommand = '''x'''\n\targs = [ # a\n\t]\n",
    false
)]
fn what_an_entry_has_beside_is_kept(#[case] client: &str, #[case] text: &str, #[case] is_right: bool) {
    let shape = shape(client);
    let after = shape.put(text, "intervals-icu", &entry(&["--demo"])).unwrap();
    assert_eq!(after == text, is_right, "{after}");
    let (mut stands, before) = (shape.entries(&after).unwrap(), shape.entries(text).unwrap());
    let ours = stands.remove("intervals-icu").unwrap();
    assert_eq!(
        (ours.entry, ours.variables),
        (entry(&["--demo"]), before["intervals-icu"].variables.clone()),
        "{after}"
    );
    for mark in ["// e", "# c", "enabled = true", "env", "[z]", "\r\n", r#""a": "\ud83d""#, r"\udc00"] {
        assert_eq!(after.contains(mark), text.contains(mark), "{mark}: {after}");
    }
    assert_eq!(shape.put(&after, "intervals-icu", &entry(&["--demo"])).unwrap(), after);
    let cut = shape.cut(&after, "intervals-icu").unwrap().unwrap();
    assert!(!shape.entries(&cut).unwrap().contains_key("intervals-icu") && !cut.contains("intervals-icu"), "{cut}");
    assert_eq!(cut.contains("[z]"), text.contains("[z]"));
}

#[rstest]
#[case(
    "a = 1\n\n# ours\n[mcp_servers.intervals-icu]\ncommand = \"x\" # c\n# in\nargs = []\n# after\n\n[mcp_servers.intervals-icu.env]\nA = \"b\"\n\n[z]\nb = 2\n",
    "a = 1\n\n# ours\n# after\n\n[z]\nb = 2\n"
)]
#[case(
    "[mcp_servers.intervals-icu]\ncommand = \"x\"\n\n[[z]]\n\n[mcp_servers.intervals-icu.env]\nA = \"b\"\n[[z]]\n",
    "\n[[z]]\n[[z]]\n"
)]
#[case(
    "[mcp_servers.intervals-icu.tools.a]\nb = \"c\"\n[mcp_servers.other]\ncommand = \"x\"\n",
    "[mcp_servers.other]\ncommand = \"x\"\n"
)]
#[case(
    "[mcp_servers]\nother = {command = \"x\"}\nintervals-icu.command = \"x\"\nintervals-icu.args = [\n  \"a\",\n]\n\n[z]\n",
    "[mcp_servers]\nother = {command = \"x\"}\n\n[z]\n"
)]
#[case("[mcp_servers.intervals-icu]\ncommand = \"x\"\nenv.A = \"b\"\n", "")]
#[case("a = 1\n\n[mcp_servers.intervals-icu]\ncommand = \"x\"", "a = 1\n")]
fn a_table_goes_with_the_tables_in_it(#[case] text: &str, #[case] wanted: &str) {
    assert_eq!(shape("codex").cut(text, "intervals-icu").unwrap().unwrap(), wanted);
}

#[rstest]
#[case("{\n    \"mcpServers\": {\n        \"intervals-icu\": {}\n    }\n}", "{\n    \"mcpServers\": {}\n}")]
#[case("{\"mcpServers\": {\"intervals-icu\": {}, \"b\": {}}}", "{\"mcpServers\": { \"b\": {}}}")]
#[case("{\"mcpServers\": {\"a\": {}, \"intervals-icu\": {}}}", "{\"mcpServers\": {\"a\": {}}}")]
#[case(
    "{\"mcpServers\": {\"a\": {} /* 1 */, /* 2 */ \"intervals-icu\": {} /* 3 */}}",
    "{\"mcpServers\": {\"a\": {} /* 1 */ /* 2 */ /* 3 */}}"
)]
#[case("{\"mcpServers\": {\"intervals-icu\": {} /* 1 */ , /* 2 */}}", "{\"mcpServers\": { /* 1 */  /* 2 */}}")]
#[case("{\"mcpServers\": {\"intervals-icu\": {} /* 1 */ ,}}", "{\"mcpServers\": { /* 1 */ }}")]
#[case("{\"mcpServers\": {\"intervals-icu\": {} // 1\n , }}", "{\"mcpServers\": { // 1\n  }}")]
#[case("{\"mcpServers\": { // 1\n \"intervals-icu\": {} }}", "{\"mcpServers\": { // 1\n  }}")]
#[case(
    "{\"mcpServers\": {\"intervals-icu\": {\"command\": \"a\"}, \"b\": {}, \"intervals-icu\": {}}}",
    "{\"mcpServers\": { \"b\": {}}}"
)]
fn a_cut_leaves_comments_and_commas_right(#[case] text: &str, #[case] wanted: &str) {
    assert_eq!(shape("cursor").cut(text, "intervals-icu").unwrap().unwrap(), wanted);
}

#[rstest]
#[case("cursor", "{\n  \"a\": 1\n  \"b\": 2\n}", "line 2, column 9: Expected comma")]
#[case("cursor", "{\n  \"mcpServers\": {\n", "line 2, column 17: Unterminated object")]
#[case("cursor", "{\"a\": 'x'}", "line 1, column 7: Single-quoted strings are not allowed")]
#[case("cursor", "{} {}", "line 1, column 4: Text cannot contain more than one JSON value")]
#[case("cursor", "\n[]", "line 2, column 1: the file is not a table of names and values")]
#[case("cursor", "{\"mcpServers\": []}", "line 1, column 16: mcpServers is not a table of names and values")]
#[case("cursor", "{\"mcpServers\": null}", "line 1, column 16: mcpServers is not a table of names and values")]
#[case(
    "cursor",
    "{\"mcpServers\": {\"intervals-icu\": {\"url\": \"https://x\"}}}",
    "line 1, column 34: the entry intervals-icu is a remote server, with a URL"
)]
#[case("windsurf", "{\"mcpServers\": {\"intervals-icu\": {\"serverUrl\": \"x\"}}}", "is a remote server, with a URL")]
#[case("zed", "{\"context_servers\": {\"intervals-icu\": {\"command\": {\"path\": \"x\"}}}}", "has an unknown format")]
#[case(
    "zed",
    "{\"context_servers\": {\"intervals-icu\": {\"source\": \"extension\"}}}",
    "is of another kind, and starts no command"
)]
#[case("zed", "{\"context_servers\": {\"intervals-icu\": {\"settings\": {}}}}", "is of another kind")]
#[case("vscode", "{\"servers\": {\"intervals-icu\": {\"type\": \"http\"}}}", "is of another kind")]
#[case("cursor", "{\"mcpServers\": {\"intervals-icu\": null}}", "has an unknown format")]
#[case("codex", "# a\rb\n", "line 1, column 4: it is no TOML")]
#[case("codex", "a = 1\nb = = 2\n", "line 2, column 5: ")]
#[case("codex", "a = 1\na = 2\n", "line 2, column 1: duplicate key `a`")]
#[case("codex", "mcp_servers = 1\n", "line 1, column 15: mcp_servers is not a table of names and values")]
#[case(
    "codex",
    "mcp_servers = { a = {} }\n",
    "line 1, column 15: mcp_servers is an inline table, which takes no [mcp_servers.intervals-icu]"
)]
#[case(
    "codex",
    "[mcp_servers.intervals-icu]\nurl = \"https://x\"\n",
    "line 1, column 1: the entry intervals-icu is a remote server, with a URL"
)]
fn what_cannot_be_edited_is_left_as_it_is_and_said(#[case] client: &str, #[case] text: &str, #[case] problem: &str) {
    let (fake, client) = (Fake::linux(), Client::named(client).unwrap());
    let file = target(client).file(&fake.home).unwrap();
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, text).unwrap();
    let fault = target(client).install(&fake.home, &entry(&[])).unwrap_err();
    assert!(fault.problem.contains(problem) && fault.place == file.display().to_string(), "{fault}");
    assert!(fault.remedy.contains(target(client).snippet(&entry(&[])).trim_end()), "{fault}");
    assert_eq!((fs::read_to_string(&file).unwrap().as_str(), names(file.parent().unwrap()).len()), (text, 1));
}

#[test]
fn an_inline_table_is_to_be_written_as_a_table_first() {
    let (fake, client) = (Fake::linux(), Client::named("codex").unwrap());
    let file = target(client).file(&fake.home).unwrap();
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "mcp_servers = {}\n").unwrap();
    let fault = target(client).install(&fake.home, &entry(&[])).unwrap_err();
    assert!(fault.remedy.contains("Write mcp_servers as a table first, [mcp_servers], and run this again"), "{fault}");
    fs::write(&file, "[mcp_servers]\n").unwrap();
    assert_eq!(target(client).install(&fake.home, &entry(&[])).unwrap().change, Change::Added);
    fs::write(&file, "mcp_servers = { intervals-icu = { command = 'x' } }\n").unwrap();
    let fault = target(client).remove(&fake.home).unwrap_err();
    assert!(fault.remedy.ends_with("Take intervals-icu out by hand."), "{fault}");
}

#[test]
fn a_text_that_is_not_utf_8_is_left_as_it_is() {
    let (fake, client) = (Fake::linux(), Client::named("claude-code").unwrap());
    let file = fake.home.home.join(".claude.json");
    let wide: Vec<u8> = "\u{feff}{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(&file, &wide).unwrap();
    let fault = target(client).install(&fake.home, &entry(&[])).unwrap_err();
    assert!(fault.problem.contains("not UTF-8 text from byte 1 on"), "{fault}");
    assert_eq!(fs::read(&file).unwrap(), wide);
}

#[rstest]
#[case("uvx", &["intervals-icu-mcp"], Some("uvx"))]
#[case("/home/me/.local/bin/uvx", &["--from", "git+https://example.org/intervals-icu-mcp", "intervals-icu-mcp"], Some("uvx"))]
#[case("uv", &["run", "--directory", "/src/intervals-icu-mcp", "intervals-icu-mcp"], Some("uv"))]
#[case(r"C:\Python312\python.exe", &["-m", "intervals_icu_mcp.server"], Some("python"))]
#[case("docker", &["run", "-i", "--rm", "-v", "/me/intervals-icu-mcp.env:/app/.env", "intervals-icu-mcp:latest"], Some("docker"))]
#[case("uvx", &["mcp-server-fetch"], None)]
#[case("npx", &["-y", "intervals-icu-mcp"], None)]
#[case("/opt/intervals-icu-mcp", &[], None)]
fn the_python_server_is_recognized(#[case] command: &str, #[case] args: &[&str], #[case] program: Option<&str>) {
    let old = ServerEntry { command: command.into(), args: args.iter().map(|arg| (*arg).to_owned()).collect() };
    let text = shape("cursor").snippet("intervals-icu", &old).unwrap();
    assert_eq!(shape("cursor").entries(&text).unwrap()["intervals-icu"].old_server(), program);
}

#[test]
fn paths_of_windows_stand_as_their_format_wants_them() {
    let entry = ServerEntry { command: r"C:\Users\me\intervals-icu-mcp.exe".into(), args: vec!["a \"b\"".into()] };
    for client in ["cursor", "codex"] {
        let text = shape(client).snippet("intervals-icu", &entry).unwrap();
        assert_eq!(shape(client).entries(&text).unwrap()["intervals-icu"].entry, entry, "{text}");
    }
    assert!(shape("codex").snippet("x", &entry).unwrap().contains(r"command = 'C:\Users\me\intervals-icu-mcp.exe'"));
}
