//! Terminal manners: colours, widths, progress, interruption, completions, the manual, and arguments as they are typed.
use std::{
    io::Write,
    process::{Command, Stdio},
};

use rstest::rstest;
use serde_json::Value;

use crate::world::{Ran, binary, has_every_pack, run};

#[allow(dead_code, reason = "an example has a main")]
#[path = "../server/examples/manual.rs"]
mod manual;
#[cfg(unix)]
mod pty;

/// The manual page.
fn page() -> String {
    let mut page = vec![];
    manual::write(&intervals_icu_mcp::cli::program("intervals-icu-mcp", "1.2.3"), &mut page).unwrap();
    String::from_utf8(page).unwrap()
}

const DEMO: &str = "--demo=2026-07-05";

/// Runs the binary with something on its stdin.
fn run_with(arguments: &[&str], stdin: &str) -> Ran {
    let mut command = binary(arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: ended.status.code(), out: text(ended.stdout), err: text(ended.stderr) }
}

#[rstest]
#[case(&["limit=2"], "")]
#[case(&["limit:=2"], "")]
#[case(&["limit=2", "sport="], "")]
#[case(&["-"], "{\"limit\": 2}")]
#[case(&["{\"limit\": 9}", "limit=2"], "")]
#[cfg(all(feature = "activities", feature = "demo"))]
fn arguments_are_typed_or_json(#[case] arguments: &[&str], #[case] stdin: &str) {
    let call = ["call", "icu_get_recent_activities", DEMO];
    let json = run(&[&call[..], &["{\"limit\": 2}"]].concat(), &[]);
    let typed = run_with(&[&call[..], arguments].concat(), stdin);
    assert_eq!((typed.code, &*typed.err, typed.out), (Some(0), "", json.out));
}

#[test]
#[cfg(all(feature = "activities", feature = "demo"))]
fn arguments_come_from_a_file() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&file, "{\"limit\": 2}").unwrap();
    let call = ["call", "icu_get_recent_activities", DEMO];
    let from_file = run(&[&call[..], &[&format!("@{}", file.path().display())]].concat(), &[]);
    assert_eq!((from_file.code, from_file.out), (Some(0), run(&[&call[..], &["limit=2"]].concat(), &[]).out));
}

#[rstest]
#[case(&["limt=2"], "error: icu_get_recent_activities has no argument limt (did you mean limit?); it takes limit, ")]
#[case(&["limit=two"], "error: limit: \"two\" is not of type integer\n")]
#[case(&["limit=2", "limit=3"], "error: limit is given 2 times and holds one value\n")]
#[case(&["@/no/such/file"], "error: /no/such/file cannot be read: ")]
#[case(&["{\"limit\""], "error: the arguments are not a JSON object: ")]
#[cfg(feature = "activities")]
fn a_mistyped_argument_is_wrong_usage(#[case] arguments: &[&str], #[case] message: &str) {
    let ran = run(&[&["call", "icu_get_recent_activities"], arguments].concat(), &[]);
    assert_eq!((ran.code, &*ran.out), (Some(2), ""));
    assert!(ran.err.starts_with(message), "{}", ran.err);
}

#[rstest]
#[case(&[], None)]
#[case(&["--read-only"], Some("read_only leaves only tools that read"))]
#[case(&["--packs", "default,-wellness"], Some("pack wellness is off: add wellness to packs (--packs, INTERVALS_ICU_PACKS or config.toml)"))]
#[case(&["not=even", "[sensible"], None)]
#[cfg(all(feature = "wellness", feature = "activities"))]
fn a_tool_says_what_it_takes_without_being_run(#[case] more: &[&str], #[case] hidden: Option<&str>) {
    let help = [&["call", "icu_update_wellness", "--help"], more].concat();
    let ran = run(&help, &[]);
    assert_eq!((ran.code, &*ran.err), (Some(0), ""));
    assert!(ran.out.contains("\nargument ") && ran.out.contains("\ndate "), "{}", ran.out);
    assert_eq!(ran.out.lines().find_map(|line| line.strip_prefix("not offered: ")), hidden);
    let json: Value = serde_json::from_str(&run(&[&help[..], &["--json"]].concat(), &[]).out).unwrap();
    assert_eq!((json["offered"].as_bool(), json["why"].as_str()), (Some(hidden.is_none()), hidden));
    assert!(json["inputSchema"]["properties"]["date"].is_object(), "{json}");
}

#[test]
#[cfg(all(unix, feature = "demo"))]
fn the_example_of_a_tool_can_be_pasted_into_a_shell() {
    if !has_every_pack() {
        return;
    }
    for tool in ["icu_get_recent_activities", "icu_create_event", "icu_bulk_create_events", "icu_update_custom_item"] {
        let help = run(&["call", tool, "--help"], &[]).out;
        let line = help.lines().find_map(|line| line.strip_prefix("  intervals-icu-mcp ")).unwrap();
        let ran = Command::new("sh")
            .args(["-c", &format!("exec \"$0\" {line} {DEMO}"), env!("CARGO_BIN_EXE_intervals-icu-mcp")])
            .env_clear()
            .output()
            .unwrap();
        assert!(ran.status.success(), "{line}: {}", String::from_utf8_lossy(&ran.stderr));
    }
}

#[test]
#[cfg(feature = "wellness")]
fn a_call_of_nothing_says_how_it_is_used() {
    // No configuration is needed for it, and a broken one does not stand in its way.
    let broken = ["--config", "/nowhere.toml"];
    let nothing = run(&[&["call"], &broken[..]].concat(), &[]);
    assert_eq!((nothing.code, &*nothing.out), (Some(2), ""));
    let wanted = "error: name a tool; `intervals-icu-mcp tools` lists them\n\nUsage: intervals-icu-mcp call ";
    assert!(nothing.err.starts_with(wanted), "{}", nothing.err);
    let help = run(&[&["call", "--help"], &broken[..]].concat(), &[]);
    assert_eq!((help.code, &*help.err), (Some(0), ""));
    assert!(help.out.starts_with("Run one tool and print its answer\n"), "{}", help.out);
    let unknown = run(&["call", "icu_get_wellnes_data", "--help"], &[]);
    assert!(unknown.code == Some(2) && unknown.err.contains("did you mean icu_get_wellness_data?"), "{}", unknown.err);
}

#[rstest]
#[case(&["tols"], "a similar subcommand exists: 'tools'")]
#[case(&["tools", "--read-onyl"], "a similar argument exists: '--read-only'")]
#[case(&["completions", "bsh"], "a similar value exists: 'bash'")]
fn a_slip_on_the_command_line_is_understood(#[case] arguments: &[&str], #[case] hint: &str) {
    let ran = run(arguments, &[]);
    assert!(ran.code == Some(2) && ran.err.contains(hint), "{}", ran.err);
}

#[test]
fn quiet_leaves_warnings_out_and_nothing_else() {
    let odd = [("INTERVALS_ICU_PAKS", "all")];
    let (loud, quiet) = (run(&["packs"], &odd), run(&["packs", "-q"], &odd));
    assert!(loud.err.contains("INTERVALS_ICU_PAKS"), "{}", loud.err);
    assert_eq!((quiet.code, &*quiet.err, quiet.out), (Some(0), "", loud.out));
    let error = run(&["packs", "--quiet", "--packs", "nonsense"], &odd);
    assert!(error.code == Some(2) && error.err.starts_with("error: packs (--packs): "), "{}", error.err);
    let told = run(&["packs", "--quiet", "--log", "warn"], &odd);
    assert!(told.err.contains("INTERVALS_ICU_PAKS"), "{}", told.err);
}

#[test]
fn the_help_has_its_options_under_headings_and_what_is_for_servers_with_serve() {
    let help = run(&["--help"], &[]).out;
    let at = |text: &str| help.find(text).unwrap_or_else(|| panic!("{text}: {help}"));
    assert!(at("\nOptions:\n") < at("\nWhich tools:\n") && at("\nWhich tools:\n") < at("\nServing:\n"));
    assert!(at("\nServing:\n") < at("\nExamples:\n"));
    assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
    assert!(run(&["serve", "--help"], &[]).out.contains("--allowed-host"));
    for command in ["tools", "call", "packs"] {
        let help = run(&[command, "--help"], &[]).out;
        assert!(help.contains("--read-only") && !help.contains("--allowed-host"), "{command}: {help}");
        // Understood all the same.
        assert_eq!(run(&[command, "--help", "--port", "9"], &[]).code, Some(0));
    }
}

#[test]
#[cfg(feature = "demo")]
fn the_examples_of_the_help_work() {
    if !has_every_pack() {
        return;
    }
    let help = run(&["--help"], &[]).out;
    let examples: Vec<_> = help.split("\nExamples:\n").nth(1).unwrap().lines().collect();
    assert!(examples.len() > 1, "{help}");
    for example in examples {
        let words = example.trim().strip_prefix("intervals-icu-mcp ").unwrap().split(' ');
        let ran = run(&words.chain([DEMO]).collect::<Vec<_>>(), &[]);
        assert!(ran.code == Some(0) && !ran.out.is_empty(), "{example}: {}", ran.err);
    }
}

/// What a shell is told that asks what may stand in the place of the last word.
fn completed(shell: &str, words: &[&str]) -> Vec<String> {
    let last = words.len().to_string();
    let environment = [
        ("INTERVALS_ICU_COMPLETE", shell),
        ("_CLAP_COMPLETE_INDEX", &*last),
        ("_CLAP_IFS", "\n"),
        // Nothing of it is read for this.
        ("INTERVALS_ICU_PACKS", "no-such-pack"),
    ];
    let ran = run(&[&["--", "intervals-icu-mcp"], words].concat(), &environment);
    assert_eq!((ran.code, &*ran.err), (Some(0), ""), "{words:?}");
    ran.out.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

#[rstest]
#[case(&["ca"], &["call"])]
#[case(&["call", "icu_get_wellness_d"], &["icu_get_wellness_data"])]
#[case(&["call", "icu_get_wellness_data", "days"], &["days_back="])]
#[case(&["--read-only", "call", "--json", "icu_get_wellness_data", "fields=hrv", "new"], &["newest="])]
#[case(&["tools", "--packs", "default,-gear,wel"], &["default,-gear,wellness"])]
#[case(&["tools", "--packs", "default,-we"], &["default,-wellness"])]
#[case(&["tools", "--packs=@min"], &["--packs=@minimal"])]
#[case(&["tools", "--tools", "icu_get_gear_list,icu_get_wellness_d"], &["icu_get_gear_list,icu_get_wellness_data"])]
#[case(&["--delete-mode", ""], &["none", "safe", "full"])]
#[case(&["--log", "d"], &["debug"])]
#[case(&["--transport", "ht"], &["http"])]
#[case(&["completions", ""], &["bash", "elvish", "fish", "powershell", "zsh"])]
#[cfg(feature = "wellness")]
fn a_shell_is_told_what_may_follow(#[case] words: &[&str], #[case] expected: &[&str]) {
    for shell in ["bash", "fish"] {
        let mut told = completed(shell, words);
        // Where any word may stand, options may too.
        told.retain(|word| !word.starts_with('-') || words.last().is_some_and(|last| last.starts_with('-')));
        assert_eq!(told, expected, "{shell}");
    }
}

#[test]
fn all_tools_of_the_build_are_completed() {
    let tools: Vec<_> = crate::world::tools().iter().map(|tool| tool.name.to_string()).collect();
    let told = completed("bash", &["call", ""]);
    let told: Vec<_> = told.into_iter().filter(|word| !word.starts_with('-')).collect();
    assert_eq!(told, tools);
}

#[rstest]
fn a_completion_script_asks_the_binary(#[values("bash", "elvish", "fish", "powershell", "zsh")] shell: &str) {
    let script = run(&["completions", shell, "--config", "/nowhere.toml"], &[]);
    assert_eq!((script.code, &*script.err), (Some(0), ""));
    for word in ["intervals-icu-mcp", "INTERVALS_ICU_COMPLETE", shell] {
        assert!(script.out.contains(word), "{word}: {}", script.out);
    }
    // Only where the shell is on this machine.
    if let Ok(mut child) = Command::new(shell).arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn() {
        child.stdin.take().unwrap().write_all(script.out.as_bytes()).unwrap();
        let checked = child.wait_with_output().unwrap();
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    }
}

/// Our own script: what is open gets no blank, and the first question is answered whichever way it was loaded.
#[test]
fn the_script_of_zsh_is_of_this_program() {
    let script = run(&["completions", "zsh"], &[]).out;
    assert!(script.starts_with("#compdef intervals-icu-mcp\n"), "{script}");
    assert!(script.contains("open -S ''") && script.contains("$funcstack[1] == _intervals-icu-mcp ]]"), "{script}");
    assert!(!script.contains("PROGRAM") && !script.contains("ASKED"), "{script}");
}

/// What bash itself makes of it: the words as it splits them, and no blank behind `=`.
#[test]
#[cfg(all(unix, feature = "wellness"))]
fn bash_completes_a_tool_and_its_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("intervals-icu-mcp");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_intervals-icu-mcp"), link).unwrap();
    let script = "source <(intervals-icu-mcp completions bash)
        ask() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMP_TYPE=9; COMPREPLY=()
                _clap_complete_intervals_icu_mcp intervals-icu-mcp \"${!#}\" '' 2>&1; echo \"${COMPREPLY[*]}\"; }
        ask intervals-icu-mcp call icu_get_wellness_d
        ask intervals-icu-mcp call icu_get_wellness_data days = 7 newe";
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let Ok(ran) = Command::new("bash").args(["--norc", "-c", script]).env("PATH", path).output() else { return };
    let said = (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap());
    assert_eq!((said.0.as_str(), said.1.as_str()), ("icu_get_wellness_data\nnewest=\n", ""));
}

#[test]
fn the_manual_has_all_commands_options_and_exit_codes() {
    let page = page();
    assert!(page.lines().any(|line| line.starts_with(".TH intervals-icu-mcp 1 ")), "{page}");
    for heading in ["NAME", "SYNOPSIS", "COMMANDS", "OPTIONS", "EXIT STATUS", "EXAMPLES"] {
        let heading = [format!(".SH {heading}"), format!(".SH \"{heading}\"")];
        assert!(page.lines().any(|line| heading.iter().any(|known| known == line)), "{heading:?}: {page}");
    }
    let plain = page.replace('\\', "");
    let help = run(&["--help"], &[]).out;
    let (commands, options) = help.split_once("\nOptions:\n").unwrap();
    let commands = commands.split_once("\nCommands:\n").unwrap().1.lines();
    for command in commands.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).filter(|c| !c.is_empty()) {
        assert!(plain.contains(&format!("fB{command}fR")), "{command}: {plain}");
    }
    let options = options.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| word.starts_with("--"));
    for option in options {
        assert!(plain.contains(option), "{option}: {plain}");
    }
}

/// Where these programs are.
#[rstest]
#[case(&["groff", "-man", "-Tutf8", "-ww", "-z"])]
#[case(&["mandoc", "-T", "lint", "-W", "warning"])]
fn the_manual_renders_without_warnings(#[case] renderer: &[&str]) {
    let page = page();
    let mut command = Command::new(renderer[0]);
    command.args(&renderer[1..]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else { return };
    child.stdin.take().unwrap().write_all(page.as_bytes()).unwrap();
    let ran = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned();
    // The day of the release is left open.
    let said: Vec<_> = said.lines().filter(|line| !line.contains("missing date")).collect();
    assert!(said.is_empty(), "{said:?}");
}

#[rstest]
#[case(&["--help"])]
#[case(&["tools"])]
#[case(&["tools", "--explain"])]
#[case(&["packs"])]
#[case(&["config"])]
#[case(&["call", "--help"])]
#[case(&["fly"])]
fn a_pipe_gets_no_colours_and_whole_lines(#[case] arguments: &[&str]) {
    // Wide or narrow is a matter of terminals; clap wraps its help for readers.
    let ran = run(arguments, &[("COLUMNS", "40"), ("TERM", "xterm-256color")]);
    assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{}{}", ran.out, ran.err);
    let wide = run(arguments, &[("COLUMNS", "200"), ("TERM", "xterm-256color")]);
    assert!(arguments.contains(&"--help") || ran.out == wide.out, "{}", ran.out);
}

#[test]
fn colours_can_be_forced_into_a_pipe() {
    let forced = [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")];
    assert!(run(&["packs"], &forced).out.starts_with("\u{1b}[1mpack "));
    assert!(run(&["fly"], &forced).err.contains("\u{1b}[31m"));
    assert!(run(&["packs", "--packs", "nonsense"], &forced).err.starts_with("\u{1b}[1m\u{1b}[31merror:\u{1b}[0m "));
}
