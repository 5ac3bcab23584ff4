//! Each client with each form that its file has in the wild.
use std::fs;

use intervals_install::{CLIENTS, Change, Client, Format};
use serde_json::{Value, json};

use super::{Fake, entry, names, only_added, target, value};

/// Files in JSON; `SERVERS` is the client's key.
const JSON: &[(&str, &str)] = &[
    ("empty", ""),
    ("a blank line", "\n"),
    ("an empty object", "{}"),
    ("an empty object and a line end", "{}\n"),
    ("a blank between the braces", "{ }\n"),
    ("braces on two lines", "{\n}\n"),
    ("comments only", "// Settings\n/* of mine */\n"),
    ("a comment without a line end", "// Settings"),
    ("comments in an empty object", "{ // here\n  /* and */ // there\n}\n"),
    ("no servers yet", "{\n  \"SERVERS\": {}\n}\n"),
    ("no servers yet, over two lines", "{\n  \"SERVERS\": {\n  }\n}\n"),
    ("no servers yet, but a comment", "{\n  \"SERVERS\": {\n    // none\n  }\n}\n"),
    ("no servers yet, on one line", "{\"SERVERS\": {}}"),
    ("no servers yet, dense", "{\"SERVERS\":{}}"),
    ("other settings", "{\n  \"theme\": \"dark\",\n  \"list\": [\n    1,\n    2\n  ]\n}"),
    (
        "other servers",
        "{\n  \"SERVERS\": {\n    \"files\": {\n      \"command\": \"npx\",\n      \"args\": [\"-y\", \"files\"]\n    }\n  }\n}\n",
    ),
    (
        "settings around",
        "{\n    \"a\": 1,\n    \"SERVERS\": {\n        \"x\": {\"command\": \"x\"}\n    },\n    \"z\": [true, null, 1.50e3]\n}\n",
    ),
    ("tabs", "{\n\t\"SERVERS\": {\n\t\t\"x\": {\n\t\t\t\"command\": \"x\"\n\t\t}\n\t}\n}\n"),
    ("CRLF", "{\r\n  \"SERVERS\": {\r\n    \"x\": {\r\n      \"command\": \"x\"\r\n    }\r\n  }\r\n}\r\n"),
    (
        "CRLF and comments",
        "{\r\n  // one\r\n  \"SERVERS\": {\r\n    \"x\": {\"command\": \"x\"} // two\r\n    // three\r\n  }\r\n}\r\n",
    ),
    ("a byte order mark", "\u{feff}{\n  \"SERVERS\": {\n    \"x\": {}\n  }\n}\n"),
    ("a byte order mark and nothing", "\u{feff}"),
    ("one line", "{\"SERVERS\": {\"x\": {\"command\": \"x\", \"args\": []}}, \"b\": 2}"),
    ("one line, dense", "{\"SERVERS\":{\"x\":{\"command\":\"x\"}},\"b\":2}\n"),
    ("one line with blanks", "{ \"SERVERS\": { \"x\": { \"command\": \"x\" } } }\n"),
    ("one line with a trailing comma", "{\"SERVERS\": {\"x\": {},},}"),
    ("servers on one line", "{\n  \"SERVERS\": {\"x\": {\"command\": \"x\"}},\n  \"b\": 2\n}\n"),
    (
        "trailing commas",
        "{\n  \"SERVERS\": {\n    \"x\": {\n      \"command\": \"x\",\n      \"args\": [\"a\",],\n    },\n  },\n}\n",
    ),
    (
        "trailing commas and comments",
        "{\n  \"SERVERS\": {\n    \"x\": {}, // the last\n    // \"y\": {},\n  }, // end\n}\n",
    ),
    ("a comma after a comment", "{\n  \"SERVERS\": {\n    \"x\": {} /* a */ , // b\n  } // c\n  ,\n}\n"),
    (
        "comments everywhere",
        "// a\n{ // b\n  /* c */ \"z\" /* d */ : /* e */ 1 /* f */, // g\n  // h\n  \"SERVERS\" /* i */: /* j */ { // k\n    // l\n    \
         \"x\": { /* m */ } // n\n    /* o\n       p */ // q\n  } // r\n  // s\n} // t\n// u\n",
    ),
    (
        "braces and keys in strings",
        "{\n  \"a\": \"{ \\\"SERVERS\\\": { // } /* \\\\\",\n  \"SERVERS\": {\n    \"\\\"x\\\"\": {\"command\": \"}\"}\n  }\n}\n",
    ),
    (
        "the key somewhere else",
        "{\n  \"a\": {\"SERVERS\": {\"intervals-icu\": {\"command\": \"x\"}}},\n  \"b\": [{\"SERVERS\": {}}]\n}\n",
    ),
    (
        "letters of all kinds",
        "{\n  \"Größe\": \"東京 🚴\",\n  \"SERVERS\": {\n    \"é\": {\"command\": \"ü\"}\n  }\n}\n",
    ),
    ("a key twice", "{\n  \"SERVERS\": {\"x\": {}},\n  \"SERVERS\": {\"y\": {}}\n}\n"),
    ("no indentation", "{\n\"SERVERS\": {\n\"x\": {\n\"command\": \"x\"\n}\n}\n}\n"),
    ("blank lines", "\n\n{\n\n  \"SERVERS\": {\n\n    \"x\": {}\n\n  }\n\n}\n\n\n"),
];

/// Files in TOML.
const TOML: &[(&str, &str)] = &[
    ("empty", ""),
    ("a blank line", "\n"),
    ("comments only", "# Settings\n"),
    ("a comment without a line end", "# Settings"),
    ("settings", "model = \"o\" # mine\n\n[tui]\nnotifications = true\n"),
    (
        "other servers",
        "[mcp_servers.files]\ncommand = \"npx\"\nargs = [\n  \"-y\", # yes\n  \"files\",\n]\n\n[mcp_servers.files.env]\nA = \"b\"\n",
    ),
    ("no line end", "[mcp_servers.files]\ncommand = 'npx'"),
    ("CRLF", "a = 1\r\n\r\n[mcp_servers.files]\r\ncommand = \"npx\"\r\n"),
    ("a byte order mark", "\u{feff}a = 1\n"),
    ("a byte order mark and CRLF", "\u{feff}a = 1\r\n# b\r\n"),
    (
        "servers before other tables",
        "[mcp_servers.files]\ncommand = \"npx\"\n\n# mine\n[[list]]\na = 1 # one\n\n\n[[list]]\na = 2\n\n",
    ),
    ("a table of servers", "[mcp_servers]\n# none yet\n\n[z]\na = 1979-05-27T07:32:00Z\n"),
    ("servers as inline tables", "[mcp_servers]\nfiles = { command = \"npx\", args = [] } # here\n"),
    ("odd spacing", "  a=1\n\t[ mcp_servers . \"my files\" ]   # x\n   command   =   \"npx\"\n\n\n\n"),
    ("long texts", "a = \"\"\"\n[mcp_servers.intervals-icu]\ncommand = 'no'\n\"\"\"\nb = '''\n# c'''\n"),
];

/// Every client with every form.
fn cases() -> impl Iterator<Item = (&'static Client, &'static str, String)> {
    CLIENTS.iter().flat_map(|client| {
        let files = if client.shape.format == Format::Json { JSON } else { TOML };
        files.iter().map(move |(what, text)| (client, *what, text.replace("SERVERS", client.shape.servers)))
    })
}

#[test]
fn the_entry_is_added_and_nothing_else_changes_and_removing_it_gives_the_file_back() {
    for (client, what, text) in cases() {
        let (fake, target, what) = (Fake::linux(), target(client), format!("{}, {what}", client.name));
        let file = target.file(&fake.home).unwrap();
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &text).unwrap();
        let done =
            target.install(&fake.home, &entry(&["--read-only"])).unwrap_or_else(|fault| panic!("{what}: {fault}"));
        let after = fs::read_to_string(&file).unwrap();
        assert_eq!(
            (done.change, fs::read_to_string(done.backup.unwrap()).unwrap()),
            (Change::Added, text.clone()),
            "{what}"
        );
        assert!(only_added(&text, &after), "{what}:\n{text}\n---\n{after}");
        let mut wanted = value(client.shape.format, &text);
        let ours = wanted.as_object_mut().unwrap().entry(client.shape.servers).or_insert_with(|| json!({}));
        let kind = client.shape.kind.map(|kind| ("type".to_owned(), Value::from(kind)));
        let rest =
            [("command".to_owned(), json!("/opt/intervals-icu-mcp")), ("args".to_owned(), json!(["--read-only"]))];
        ours["intervals-icu"] = Value::Object(kind.into_iter().chain(rest).collect());
        assert_eq!(value(client.shape.format, &after), wanted, "{what}:\n{after}");
        assert_eq!(after.contains("\r\n"), text.contains("\r\n"), "{what}");
        assert_eq!(
            after.matches('\n').count() == after.matches("\r\n").count(),
            text.contains("\r\n") || !after.contains('\n'),
            "{what}: {after:?}"
        );

        let there = names(file.parent().unwrap());
        let again = target.install(&fake.home, &entry(&["--read-only"])).unwrap();
        assert_eq!((again.change, again.backup), (Change::Kept, None), "{what}");
        assert_eq!((fs::read_to_string(&file).unwrap(), names(file.parent().unwrap())), (after, there), "{what}");

        assert_eq!(target.remove(&fake.home).unwrap().change, Change::Removed, "{what}");
        assert_eq!(fs::read_to_string(&file).unwrap(), text, "{what}");
        assert_eq!(target.remove(&fake.home).unwrap().change, Change::Absent, "{what}");
    }
}

#[test]
fn without_its_copies_a_file_loses_the_entry_and_nothing_else() {
    for (client, what, text) in cases() {
        let shape = &client.shape;
        let put = shape.put(&text, "intervals-icu", &entry(&[])).unwrap();
        let cut = shape.cut(&put, "intervals-icu").unwrap().unwrap();
        let mut wanted = value(shape.format, &text);
        if shape.format == Format::Json {
            wanted.as_object_mut().unwrap().entry(shape.servers).or_insert_with(|| json!({}));
        }
        assert_eq!(value(shape.format, &cut), wanted, "{}, {what}:\n{cut}", client.name);
        assert_eq!(comments(shape.format, &cut), comments(shape.format, &text), "{}, {what}:\n{cut}", client.name);
        assert_eq!(shape.cut(&cut, "intervals-icu").unwrap(), None);
    }
}

/// The marks of comments, in order: they stand at the same things as before.
fn comments(format: Format, text: &str) -> Vec<&str> {
    let mark = if format == Format::Json { ["//", "/*"] } else { ["#", "#"] };
    text.lines().filter_map(|line| line.find(mark[0]).or(line.find(mark[1])).map(|at| line[at..].trim_end())).collect()
}

#[test]
fn a_missing_file_is_made_in_the_clients_form() {
    for client in CLIENTS {
        let (fake, target) = (Fake::linux(), target(client));
        let done = target.install(&fake.home, &entry(&["--packs=a,b"])).unwrap();
        let text = fs::read_to_string(&done.file).unwrap();
        assert_eq!(
            (done.change, done.backup, text.as_str()),
            (Change::Added, None, target.snippet(&entry(&["--packs=a,b"])).as_str())
        );
        let kind = client.shape.kind.map(|kind| format!("      \"type\": \"{kind}\",\n")).unwrap_or_default();
        let wanted = match client.shape.format {
            Format::Json => format!(
                "{{\n  \"{}\": {{\n    \"intervals-icu\": {{\n{kind}      \"command\": \"/opt/intervals-icu-mcp\",\n      \
                 \"args\": [\"--packs=a,b\"]\n    }}\n  }}\n}}\n",
                client.shape.servers
            ),
            Format::Toml => {
                "[mcp_servers.intervals-icu]\ncommand = \"/opt/intervals-icu-mcp\"\nargs = [\"--packs=a,b\"]\n".into()
            }
        };
        assert_eq!(text, wanted);
        let gone = target.remove(&fake.home).unwrap();
        assert_eq!((gone.change, gone.backup), (Change::Deleted, None));
        let folder = done.file.parent().unwrap();
        assert!(!done.file.exists() && (!folder.exists() || folder == fake.home.home), "{}", client.name);
    }
}

/// What becomes the very text that install makes.
const ONE: &str =
    "{\n  \"mcpServers\": {\n    \"intervals-icu\": {\n      \"command\": \"x\",\n      \"args\": [ ]\n    }\n  }\n}\n";

#[test]
fn a_file_that_was_there_stays_when_it_is_empty_again_and_so_does_a_folder_with_more_in_it() {
    let client = Client::named("cursor").unwrap();
    for text in [Some(""), Some("{}"), None, Some(ONE)] {
        let fake = Fake::linux();
        let file = target(client).file(&fake.home).unwrap();
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file.with_file_name("other"), "").unwrap();
        if let Some(text) = text {
            fs::write(&file, text).unwrap();
        }
        target(client).install(&fake.home, &entry(&[])).unwrap();
        target(client).install(&fake.home, &entry(&["--demo"])).unwrap();
        target(client).remove(&fake.home).unwrap();
        let left = text.map(|text| if text == ONE { "{\n  \"mcpServers\": {}\n}\n" } else { text });
        assert_eq!(fs::read_to_string(&file).ok().as_deref(), left);
        assert!(file.with_file_name("other").exists());
    }
}

#[test]
fn the_entry_looks_like_its_neighbours() {
    let put = |text: &str| super::shape("cursor").put(text, "intervals-icu", &entry(&["--demo"])).unwrap();
    let tabs = "{\n\t\"mcpServers\": {\n\t\t\"x\": {},\n\t},\n}\n";
    let ours = "\t\t\"intervals-icu\": {\n\t\t\t\"command\": \"/opt/intervals-icu-mcp\",\n\t\t\t\"args\": [\"--demo\"]\n\t\t},\n";
    assert_eq!(put(tabs), tabs.replace("{},\n", &format!("{{}},\n{ours}")));
    let dense = r#"{"mcpServers":{"x":{}}}"#;
    let ours = r#","intervals-icu":{"command":"/opt/intervals-icu-mcp","args":["--demo"]}"#;
    assert_eq!(put(dense), dense.replace("{}", &format!("{{}}{ours}")));
    let noted = "{\n  \"mcpServers\": {\n    \"x\": {} // mine\n    // the end\n  }\n}\n";
    assert!(put(noted).contains("\"x\": {}, // mine\n    \"intervals-icu\": {\n"), "{}", put(noted));
}

/// Claude Code keeps its whole state in one file, with servers of its own for each project.
#[test]
fn a_large_state_with_servers_in_projects_keeps_all_of_it() {
    let project = |n: usize| {
        let history: Vec<_> = (0..8)
            .map(|line| json!({"display": format!("line {line} of {n} \u{1f6b4}"), "pastedContents": {}}))
            .collect();
        (
            format!("/work/{n}"),
            json!({"mcpServers": {"intervals-icu": {"command": "mine"}}, "history": history, "cost": 1.25e-3}),
        )
    };
    let projects: serde_json::Map<_, _> = (0..300).map(project).collect();
    let state = json!({"numStartups": 3, "projects": projects, "oauthAccount": {"mcpServers": null}});
    let client = Client::named("claude-code").unwrap();
    for text in [serde_json::to_string_pretty(&state).unwrap(), serde_json::to_string(&state).unwrap()] {
        assert!(text.len() > 150_000, "{}", text.len());
        let fake = Fake::linux();
        let file = target(client).file(&fake.home).unwrap();
        fs::write(&file, &text).unwrap();
        target(client).install(&fake.home, &entry(&[])).unwrap();
        let after = fs::read_to_string(&file).unwrap();
        let mut wanted = state.clone();
        wanted["mcpServers"] =
            json!({"intervals-icu": {"type": "stdio", "command": "/opt/intervals-icu-mcp", "args": []}});
        assert!(only_added(&text, &after));
        assert_eq!(serde_json::from_str::<Value>(&after).unwrap(), wanted);
        target(client).remove(&fake.home).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
}
