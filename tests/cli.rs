//! The commands, their exit codes, and what a mistake says.
use rstest::rstest;
use serde_json::Value;

use crate::world::{binary, path, run};

#[test]
#[cfg(all(feature = "activities", feature = "demo"))]
fn a_tool_can_be_called_without_mcp() {
    let text = run(&["call", "icu_get_recent_activities", "{\"limit\": 2}", "--demo=2026-07-05"], &[]);
    assert_eq!((text.code, text.out.lines().count()), (Some(0), 5), "{}{}", text.out, text.err);
    let json = run(&["--demo=2026-07-05", "call", "icu_get_recent_activities", "{\"limit\": 2}", "--json"], &[]);
    let answer: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(answer["items"][0]["id"], intervals_demo::RIDE);
}

#[rstest]
#[case(&["call", "icu_get_activity_details", "{\"activity_id\": \"i0\"}", "--demo"], 1, "error: there is no activity/i0. ")]
#[case(&["call", "icu_get_activity_details", "{\"activity_id\": \"i0\"}"], 1, "error: no Intervals.icu API key is set. ")]
#[case(&["call", "icu_get_activity_detials", "--demo"], 2, "error: there is no tool icu_get_activity_detials (did you mean icu_get_activity_details?)")]
#[case(&["call", "icu_update_activity", "--demo", "--read-only"], 2, "error: icu_update_activity is not offered: read_only ")]
#[case(&["call", "icu_get_recent_activities", "limit", "--demo"], 2, "error: limit is no argument: write key=value, ")]
#[case(&["tools", "--packs", "welness"], 2, "error: packs (--packs): there is no pack welness")]
#[case(&["tools", "--delete-mode", "all"], 2, "error: delete_mode (--delete-mode): \"all\" is not a value of it. Use one of none, safe, full.")]
#[case(&["tools", "--config", "/nowhere.toml"], 2, "error: --config /nowhere.toml: there is no such file. ")]
#[case(&["tools", "--packs", "@planing"], 2, "error: packs (--packs): there is no profile @planing (did you mean @planning?)")]
#[case(&["tools", "--max-tool-tokens", "10"], 2, "error: max_tool_tokens (--max-tool-tokens): 10 tokens have no room for the first tools, which take about ")]
#[case(&["tools", "--dynamic", "--max-tool-tokens", "200"], 2, "error: max_tool_tokens (--max-tool-tokens): 200 tokens have no room for the first tools, which take about ")]
#[case(&["call", "icu_update_activity", "--demo", "--exclude-tools", "*update*"], 2, "error: icu_update_activity is not offered: exclude_tools names it")]
#[case(&["serve", "--transport", "pigeon"], 2, "error: transport (--transport): there is no transport pigeon. ")]
#[case(&["tools", "--log", "loud"], 2, "error: log (--log): \"loud\" is not a level. ")]
#[case(&["tools", "--demo=0001-01-01"], 2, "error: --demo=0001-01-01: the demo goes from 2010 to 2099")]
#[case(&["fly"], 2, "error: unrecognized subcommand 'fly'")]
#[cfg(all(feature = "activities", feature = "demo"))]
fn a_mistake_says_what_and_where(#[case] arguments: &[&str], #[case] code: i32, #[case] message: &str) {
    let ran = run(arguments, &[]);
    assert_eq!(ran.code, Some(code), "{}", ran.err);
    assert!(ran.err.starts_with(message), "{}", ran.err);
    assert_eq!(ran.out, "");
}

#[rstest]
#[case(
    "INTERVALS_ICU_READ_ONLY",
    "maybe",
    "error: read_only (environment variable INTERVALS_ICU_READ_ONLY): \"maybe\" is not true or false. Write true or false."
)]
#[case(
    "INTERVALS_ICU_BASE_URL",
    "http://example.org",
    "error: base_url (environment variable INTERVALS_ICU_BASE_URL): base_url \"http://example.org\" must start with https://"
)]
#[case("INTERVALS_ICU_TIMEZONE", "Mars/Base", "error: timezone (environment variable INTERVALS_ICU_TIMEZONE): ")]
#[case(
    "INTERVALS_ICU_DOWNLOAD_DIR",
    "/nowhere",
    "error: download_dir (environment variable INTERVALS_ICU_DOWNLOAD_DIR): /nowhere is not a folder. "
)]
fn a_bad_variable_is_named(#[case] name: &str, #[case] value: &str, #[case] message: &str) {
    let ran = run(&["tools"], &[(name, value)]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with(message), "{}", ran.err);
}

#[test]
#[cfg(all(feature = "activities", feature = "gear", feature = "demo"))]
fn a_dotenv_narrows_what_is_offered_and_never_widens_it() {
    let folder = tempfile::tempdir().unwrap();
    let tools = |dotenv: &str| {
        std::fs::write(folder.path().join(".env"), dotenv).unwrap();
        let ran = binary(&["tools", "--json"]).current_dir(folder.path()).output().unwrap();
        let listed: Value = serde_json::from_slice(&ran.stdout).unwrap();
        let names: Vec<String> =
            listed.as_array().unwrap().iter().map(|tool| tool["tool"].as_str().unwrap().to_owned()).collect();
        (names, String::from_utf8(ran.stderr).unwrap())
    };
    let (all, _) = tools("");
    let (gear, warned) = tools("INTERVALS_ICU_PACKS=gear\nINTERVALS_ICU_EXCLUDE_TOOLS=icu_delete_*\n");
    assert!(gear.len() < 10 && gear.iter().all(|name| name.contains("gear") && !name.contains("delete")), "{gear:?}");
    assert_eq!(warned, "");
    let (wide, warned) = tools("INTERVALS_ICU_PACKS=all\nINTERVALS_ICU_TOOLS=*\nINTERVALS_ICU_DELETE_MODE=full\n");
    assert_eq!(wide, all);
    assert!(warned.contains("INTERVALS_ICU_DELETE_MODE in .env is not obeyed, since it allows more"), "{warned}");
    let (unknown, warned) = tools("INTERVALS_ICU_PACKS=engine,ui\n");
    assert_eq!(unknown, all);
    assert!(warned.contains("INTERVALS_ICU_PACKS in .env is passed over: there is no pack engine"), "{warned}");
}

#[test]
fn the_configuration_is_shown_with_its_sources_and_without_its_secrets() {
    let ran = run(&["config", "--port", "9"], &[("INTERVALS_ICU_API_KEY", "hush")]);
    assert_eq!(ran.code, Some(0));
    for line in [
        "api_key = \"***\"  (environment variable INTERVALS_ICU_API_KEY)",
        "port = 9  (--port)",
        "host = \"127.0.0.1\"  (default)",
    ] {
        assert!(ran.out.contains(line), "{}", ran.out);
    }
    assert!(!ran.out.contains("hush"));
}

#[test]
fn tools_and_packs_are_listed_as_text_and_json() {
    for command in ["tools", "packs"] {
        let json: Value = serde_json::from_str(&run(&[command, "--packs", "all", "--json"], &[]).out).unwrap();
        let text = run(&[command, "--packs", "all"], &[]).out;
        assert!(!json.as_array().unwrap().is_empty() && text.lines().count() > json.as_array().unwrap().len());
    }
}

#[test]
#[cfg(all(not(feature = "demo"), feature = "wellness"))]
fn without_the_demo_the_flag_names_its_feature() {
    let ran = run(&["tools", "--demo"], &[]);
    assert_eq!(ran.err, "error: --demo is not in this build; build it with --features demo\n");
}

#[test]
fn the_binary_says_its_name_and_version_where_it_is_asked() {
    let ran = run(&["--version"], &[]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), concat!("intervals-icu-mcp ", env!("CARGO_PKG_VERSION"), "\n")));
}

/// The tool commands that the README shows. Its cargo commands are run as the binary that they build.
#[test]
#[cfg(feature = "demo")]
fn the_commands_of_the_readme_work() {
    if !crate::world::has_every_pack() {
        return;
    }
    let readme = std::fs::read_to_string(path("README.md")).unwrap();
    let starts = ["cargo run --release -- ", "intervals-icu-mcp "];
    let commands: Vec<_> =
        readme.lines().filter_map(|line| starts.iter().find_map(|start| line.trim().strip_prefix(start))).collect();
    assert!(commands.len() > 1, "{commands:?}");
    // What asks and writes is tested by itself.
    let writes = |command: &&str| command.starts_with("setup") || command.starts_with("install ");
    for command in commands.into_iter().filter(|command| !writes(command)) {
        // Words, or what stands between single quotes.
        let parts = command.split('\'').enumerate();
        let words: Vec<_> = parts
            .flat_map(|(n, part)| if n % 2 == 1 { vec![part] } else { part.split_whitespace().collect() })
            .collect();
        let ran = run(&words, &[]);
        assert_eq!(ran.code, Some(0), "{command}: {}", ran.err);
        assert!(!ran.out.is_empty(), "{command}");
    }
}

/// The rows of `tools --explain`: tool, reason, why.
fn explained(flags: &[&str]) -> Vec<(String, String, String)> {
    let ran = run(&[&["tools", "--explain", "--json"], flags].concat(), &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let rows: Value = serde_json::from_str(&ran.out).unwrap();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    rows.as_array().unwrap().iter().map(|row| (text(row, "tool"), text(row, "reason"), text(row, "why"))).collect()
}

#[rstest]
#[case(&[], "icu_get_recent_activities", "offered", "offered")]
#[case(&["--packs", "default,-activities"], "icu_get_recent_activities", "pack_off", "add activities to packs")]
#[case(&["--packs", "@minimal"], "icu_get_tags", "part_off", "add activities to packs")]
#[case(&["--tools", "*wellness*"], "icu_get_recent_activities", "not_named", "no pattern of tools matches it")]
#[case(&["--exclude-tools", "icu_get_r*"], "icu_get_recent_activities", "denied", "exclude_tools")]
#[case(&[], "icu_delete_activity", "delete_mode", "delete_mode = full")]
#[case(&["--read-only"], "icu_update_activity", "read_only", "read_only")]
#[case(&["--max-tool-tokens", "500"], "icu_update_activity", "budget", "max_tool_tokens")]
#[case(&["--dynamic"], "icu_find_tools", "offered", "offered")]
#[case(&["--dynamic"], "icu_get_recent_activities", "later", "switch pack activities on")]
#[case(&["--dynamic", "--packs", "activities"], "icu_get_recent_activities", "offered", "offered")]
#[case(&["--dynamic", "--packs", "activities", "--max-tool-tokens", "500"], "icu_update_activity", "budget", "max_tool_tokens")]
#[cfg(all(feature = "activities", feature = "wellness"))]
fn why_a_tool_is_in_or_out(#[case] flags: &[&str], #[case] tool: &str, #[case] reason: &str, #[case] why: &str) {
    let rows = explained(flags);
    let row = rows.iter().find(|(name, ..)| name == tool).unwrap();
    assert!(row.1 == reason && row.2.contains(why), "{row:?}");
}

#[test]
fn every_tool_that_there_is_is_explained_and_what_is_offered_is_what_is_listed() {
    let known = std::fs::read_to_string(path("server/catalog/src/known_tools.txt")).unwrap();
    for flags in [&[][..], &["--packs", "all", "--delete-mode", "full"], &["--read-only", "--max-tool-tokens", "900"]] {
        let rows = explained(flags);
        assert_eq!(rows.len(), known.lines().count());
        let listed: Value = serde_json::from_str(&run(&[&["tools", "--json"], flags].concat(), &[]).out).unwrap();
        let listed: Vec<_> = listed.as_array().unwrap().iter().map(|row| row["tool"].as_str().unwrap()).collect();
        let offered = rows.iter().filter(|(_, reason, _)| reason == "offered").map(|(tool, ..)| tool.as_str());
        assert_eq!(offered.collect::<Vec<_>>(), listed);
        let text = run(&[&["tools", "--explain"], flags].concat(), &[]).out;
        assert!(text.lines().count() > rows.len() && text.lines().next().unwrap().ends_with("why"), "{text}");
    }
}

#[test]
#[cfg(all(feature = "wellness", not(feature = "gear")))]
fn a_tool_that_was_left_out_of_the_build_is_told_apart() {
    let rows = explained(&[]);
    let (_, reason, why) = rows.iter().find(|(name, ..)| name == "icu_get_gear_list").unwrap();
    assert_eq!(reason, "not_linked");
    assert_eq!(why, "pack gear is not in this build: build it with --features gear");
    let ran = run(&["call", "icu_get_gear_list"], &[]);
    assert!(ran.code == Some(2) && ran.err.contains("--features gear"), "{}", ran.err);
}

#[test]
#[cfg(all(feature = "activities", feature = "wellness"))]
fn profiles_are_named_where_they_are_chosen() {
    let (help, packs) = (run(&["--help"], &[]).out, run(&["packs"], &[]).out);
    let json: Value = serde_json::from_str(&run(&["packs", "--json"], &[]).out).unwrap();
    for profile in intervals_catalog::profiles::PROFILES {
        let word = profile.name;
        assert!(help.contains(word) && packs.contains(word), "{word}: {help}{packs}");
        let row = json.as_array().unwrap().iter().find(|row| row["profile"] == word).unwrap();
        let tools: Value = serde_json::from_str(&run(&["tools", "--packs", word, "--json"], &[]).out).unwrap();
        let tools = tools.as_array().unwrap();
        let cost: u64 = tools.iter().map(|row| row["tokens"].as_u64().unwrap()).sum();
        assert_eq!((row["tools"].as_u64(), row["tokens"].as_u64()), (Some(tools.len() as u64), Some(cost)), "{word}");
    }
    let config = run(&["config", "--packs", "@coach"], &[]).out;
    assert!(config.contains("coach = false  (default)"), "{config}");
}

#[test]
#[cfg(all(feature = "wellness", feature = "demo"))]
fn packs_and_tools_are_told_by_file_and_environment() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let with = |toml: &str, arguments: &[&str], environment: &[(&str, &str)]| {
        std::fs::write(&file, toml).unwrap();
        run(&[arguments, &["--demo=2026-07-05", "--config", &file.display().to_string()]].concat(), environment)
    };
    let own =
        "[tool.icu_get_wellness_data]\ndescription = \"MINE.\"\n[tool.icu_get_wellness_data.fixed]\ndays_back = 2";
    assert!(with(own, &["tools"], &[]).out.contains("MINE."));
    let call = ["call", "icu_get_wellness_data", "--json"];
    let fields = [("INTERVALS_ICU_PACK__WELLNESS__FIELDS", "hrv")];
    let answer: Value = serde_json::from_str(&with(own, &call, &fields).out).unwrap();
    let days = answer["items"].as_array().unwrap();
    assert!(days.len() <= 3 && days.iter().all(|day| day.get("sleep_s").is_none()), "{answer}");
    let sent = with(own, &["call", "icu_get_wellness_data", "{\"days_back\": 9}"], &[]);
    assert_eq!(
        (sent.code, sent.err.as_str()),
        (Some(1), "error: days_back is set by this server's operator. Leave it out.\n")
    );
    let both = with("[pack.wellness]\nfeilds = []\n[pack.gaer]\n", &["tools"], &[]);
    let place = file.display();
    assert_eq!(both.code, Some(2));
    let unknown = format!("pack.wellness.feilds ({place}): there is no such key. Did you mean fields?");
    assert!(
        both.err.contains(&unknown) && both.err.contains(&format!("pack.gaer ({place}): there is no pack")),
        "{}",
        both.err
    );
    let wrong = with("[pack.wellness]\nfields = [\"wieght\"]", &["tools"], &[]);
    assert!(
        wrong.err.contains(&format!("pack.wellness.fields ({place}): wieght is no field of wellness.")),
        "{}",
        wrong.err
    );
}
