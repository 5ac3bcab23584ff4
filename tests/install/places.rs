//! Where the clients' files are on each platform, and what is found there.
use std::{fs, path::Path};

use intervals_install::{CLIENTS, Client, Home, Invocation, Platform, Scope, client_statuses};
use rstest::rstest;

use super::{Fake, entry, target};

fn file(client: &str, home: &Home) -> String {
    let client = Client::named(client).unwrap();
    let file = client.file(Scope::User, home).unwrap();
    file.strip_prefix(home.home.parent().unwrap()).unwrap().display().to_string()
}

#[rstest]
#[case("claude-desktop", ["home/.config/Claude/claude_desktop_config.json", "home/Library/Application Support/Claude/claude_desktop_config.json", "home/AppData/Roaming/Claude/claude_desktop_config.json"])]
#[case("claude-code", ["home/.claude.json"; 3])]
#[case("cursor", ["home/.cursor/mcp.json"; 3])]
#[case("vscode", ["home/.config/Code/User/mcp.json", "home/Library/Application Support/Code/User/mcp.json", "home/AppData/Roaming/Code/User/mcp.json"])]
#[case("windsurf", ["home/.codeium/windsurf/mcp_config.json"; 3])]
#[case("zed", ["home/.config/zed/settings.json", "home/.config/zed/settings.json", "home/AppData/Roaming/Zed/settings.json"])]
#[case("codex", ["home/.codex/config.toml"; 3])]
#[case("gemini-cli", ["home/.gemini/settings.json"; 3])]
#[case("lm-studio", ["home/.lmstudio/mcp.json"; 3])]
fn every_client_has_its_file_on_every_platform(#[case] client: &str, #[case] files: [&str; 3]) {
    for (platform, wanted) in [Platform::Linux, Platform::MacOs, Platform::Windows].into_iter().zip(files) {
        let fake = Fake::new(platform);
        assert_eq!(file(client, &fake.home), wanted);
        let done = target(Client::named(client).unwrap()).install(&fake.home, &entry(&[])).unwrap();
        assert!(done.file.is_file() && done.file == fake.path(wanted));
    }
}

#[rstest]
#[case("claude-desktop", Platform::Linux, "XDG_CONFIG_HOME", "Claude/claude_desktop_config.json")]
#[case("vscode", Platform::Windows, "APPDATA", "Code/User/mcp.json")]
#[case("zed", Platform::Linux, "XDG_CONFIG_HOME", "zed/settings.json")]
#[case("claude-code", Platform::MacOs, "CLAUDE_CONFIG_DIR", ".claude.json")]
#[case("codex", Platform::Linux, "CODEX_HOME", "config.toml")]
#[case("gemini-cli", Platform::Windows, "GEMINI_CLI_HOME", ".gemini/settings.json")]
fn variables_move_it(#[case] client: &str, #[case] platform: Platform, #[case] name: &str, #[case] below: &str) {
    let mut fake = Fake::new(platform);
    let usual = file(client, &fake.home);
    fake.home.environment.insert(name.into(), String::new());
    assert_eq!(file(client, &fake.home), usual, "an empty one is none");
    fake.home.environment.insert(name.into(), fake.path("else where").display().to_string());
    assert_eq!(file(client, &fake.home), format!("else where/{below}"));
}

#[test]
fn a_packaged_claude_desktop_has_its_own_copy_of_the_roaming_folder() {
    let fake = Fake::new(Platform::Windows);
    let package = |name: &str| format!("home/AppData/Local/Packages/{name}");
    fs::create_dir_all(fake.path(&package("Other_1"))).unwrap();
    assert_eq!(file("claude-desktop", &fake.home), "home/AppData/Roaming/Claude/claude_desktop_config.json");
    fs::create_dir_all(fake.path(&package("Claude_pzs8sxrjxfjjc"))).unwrap();
    let below = "LocalCache/Roaming/Claude/claude_desktop_config.json";
    assert_eq!(file("claude-desktop", &fake.home), format!("{}/{below}", package("Claude_pzs8sxrjxfjjc")));
    let used = fake.path(&format!("{}/{below}", package("Claude_zz")));
    fs::create_dir_all(used.parent().unwrap()).unwrap();
    fs::write(used, "{}").unwrap();
    assert_eq!(file("claude-desktop", &fake.home), format!("{}/{below}", package("Claude_zz")));
    let linux = Home { platform: Platform::Linux, ..fake.home.clone() };
    assert_eq!(file("claude-desktop", &linux), "home/.config/Claude/claude_desktop_config.json");
}

#[test]
fn lm_studio_says_where_it_lives() {
    let fake = Fake::linux();
    fs::create_dir_all(fake.path("home/.cache/lm-studio")).unwrap();
    assert_eq!(file("lm-studio", &fake.home), "home/.cache/lm-studio/mcp.json");
    fs::write(fake.path("home/.lmstudio-home-pointer"), format!("{}\n", fake.path("disk").display())).unwrap();
    assert_eq!(file("lm-studio", &fake.home), "disk/mcp.json");
}

#[test]
fn a_projects_file_stands_in_the_working_directory_and_who_has_none_says_what_there_is() {
    let fake = Fake::linux();
    for client in CLIENTS {
        let target = intervals_install::InstallTarget { scope: Scope::Project, ..target(client) };
        if client.scopes().contains(&Scope::Project) {
            let done = target.install(&fake.home, &entry(&[])).unwrap();
            assert!(done.file.starts_with(fake.path("project")) && done.file.is_file());
            let backup = target.install(&fake.home, &entry(&["--demo"])).unwrap().backup.unwrap();
            assert!(
                backup.starts_with(fake.path("home/.local/state/intervals-icu-mcp/copies")),
                "{}",
                backup.display()
            );
            assert!(fs::read_to_string(backup).unwrap().contains("intervals-icu"));
        } else {
            let fault = target.install(&fake.home, &entry(&[])).unwrap_err();
            let said = format!("--scope project: {} has no file for that. It has: user.", client.title);
            assert_eq!(fault.to_string(), said);
        }
    }
    let files = [
        ".codex/config.toml",
        ".cursor/mcp.json",
        ".gemini/settings.json",
        ".mcp.json",
        ".vscode/mcp.json",
        ".zed/settings.json",
    ];
    assert!(files.iter().all(|file| fake.path("project").join(file).is_file()));
}

#[test]
fn what_the_clients_have_is_found() {
    let fake = Fake::linux();
    assert!(client_statuses(&fake.home).is_empty() && CLIENTS.iter().all(|client| !client.is_there(&fake.home)));
    let write = |name: &str, text: &str| {
        let file = fake.home.home.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    let here = fake.home.invocation.file.display();
    write(".cursor/mcp.json", &format!("{{\"mcpServers\": {{\"mine\": {{\"command\": \"{here}\"}}}}}}"));
    write(
        ".gemini/settings.json",
        "{\"mcpServers\": {\"x\": {\"command\": \"uvx\", \"args\": [\"intervals-icu-mcp\"]}}}",
    );
    write(".codex/config.toml", "[mcp_servers.other]\ncommand = \"x\"\n");
    write(
        ".config/zed/settings.json",
        &format!("{{\"context_servers\": {{\"mine\": {{\"command\": \"{here}\", \"enabled\": false}}}}}}"),
    );
    write(".codeium/windsurf/mcp_config.json", "{\"a\": 1 \"b\"}");
    fs::create_dir_all(fake.path("home/.claude")).unwrap();
    let all = client_statuses(&fake.home);
    let seen: Vec<_> =
        all.iter().map(|found| (found.client.name, found.entry, found.off, found.problem.as_deref())).collect();
    let broken = Some("line 1, column 8: Expected comma");
    let wanted = [
        ("cursor", Some(true), false, None),
        ("windsurf", None, false, broken),
        ("zed", Some(true), true, None),
        ("codex", None, false, None),
        ("gemini-cli", Some(false), false, None),
    ];
    assert_eq!(seen, wanted);
    let there: Vec<_> = CLIENTS.iter().filter(|client| client.is_there(&fake.home)).map(|client| client.name).collect();
    assert_eq!(there, ["claude-code", "cursor", "windsurf", "zed", "codex", "gemini-cli"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_stays_is_better_than_the_file_behind_it() {
    use std::os::unix::fs::symlink;
    let fake = Fake::linux();
    for folder in ["cellar/1.2/bin", "bin", "auth"] {
        fs::create_dir_all(fake.path(folder)).unwrap();
    }
    let file = fake.path("cellar/1.2/bin/intervals-icu-mcp");
    fs::write(&file, "").unwrap();
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    symlink(&file, fake.path("bin/intervals-icu-mcp")).unwrap();
    symlink(&file, fake.path("auth/intervals-icu-mcp-auth")).unwrap();
    let path = |started: &Invocation| started.executable().path.strip_prefix(fake.folder.path()).unwrap().to_owned();
    let bare = Invocation {
        file: fs::canonicalize(&file).unwrap(),
        argv0: Some("intervals-icu-mcp".into()),
        path_variable: None,
    };
    assert_eq!((path(&bare).as_path(), bare.executable().note), (Path::new("cellar/1.2/bin/intervals-icu-mcp"), None));
    let on_path = Invocation { path_variable: Some(fake.path("bin").into()), ..bare.clone() };
    let called = Invocation { argv0: Some(fake.path("bin/intervals-icu-mcp").into()), ..bare.clone() };
    for started in [on_path, called] {
        assert_eq!(path(&started).as_path(), Path::new("bin/intervals-icu-mcp"));
        assert!(started.executable().note.unwrap().contains("it stays when the version changes"));
        assert!(started.is_started_by(&fake.path("bin/intervals-icu-mcp").display().to_string()));
    }
    // A link of another name would start something else.
    let auth = fake.path("auth/intervals-icu-mcp-auth");
    let auth = Invocation { file: auth.clone(), argv0: Some(auth.into()), path_variable: None };
    assert_eq!(path(&auth).as_path(), Path::new("cellar/1.2/bin/intervals-icu-mcp"));
    assert!(!bare.is_started_by("intervals-icu-mcp") && !bare.is_started_by("/nowhere/intervals-icu-mcp"));
}

#[test]
fn the_cache_of_npx_is_no_place_to_stay() {
    let fake = Fake::linux();
    let file = fake.path("_npx/1/node_modules/intervals-icu-mcp/intervals-icu-mcp");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "").unwrap();
    let started = Invocation { file: fs::canonicalize(file).unwrap(), argv0: None, path_variable: None };
    assert!(started.executable().note.unwrap().contains("-- npx -y intervals-icu-mcp"));
}
