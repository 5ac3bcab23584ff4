//! `setup` of the built binary, in scripts and in a terminal, against the demo.
#![cfg(feature = "demo")]
use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Output, Stdio},
};

use intervals_demo::{Demo, KEY};
use rstest::rstest;
use tempfile::TempDir;

use crate::world::{binary, run};

/// A user with a home of their own, and the demo as the service.
struct World {
    home: TempDir,
    demo: Demo,
}

impl World {
    async fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), demo: Demo::start().await.unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    fn command(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = binary(arguments);
        let home = self.home.path();
        command.current_dir(home).env("INTERVALS_ICU_BASE_URL", &self.demo.url).env("HOME", home);
        command.env("XDG_CONFIG_HOME", self.path("config"));
        command
    }

    /// With this on stdin.
    fn run(&self, arguments: &[&str], stdin: &str) -> (Option<i32>, String, String) {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
    }
}

#[cfg(target_os = "linux")]
const FOLDER: &str = "config/intervals-icu-mcp";

#[tokio::test(flavor = "multi_thread")]
#[cfg(target_os = "linux")]
async fn a_script_stores_a_key_that_every_command_then_finds() {
    let world = World::new().await;
    let (code, out, err) = world.run(&["setup", "--key-stdin", "--read-only"], &format!("{KEY}\n"));
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert!(out.starts_with("Hello ") && out.contains("i7001, time zone Pacific/Auckland."), "{out}");
    assert_eq!(world.text(&format!("{FOLDER}/config.toml")), "read_only = true\n");
    let (_, shown, _) = world.run(&["config"], "");
    let file = world.path(&format!("{FOLDER}/credentials"));
    assert!(shown.contains(&format!("api_key = \"***\"  ({})", file.display())), "{shown}");
    let (_, report, _) = world.run(&["doctor", "--json"], "");
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let of = |check: &str| report.as_array().unwrap().iter().find(|row| row["check"] == check).unwrap().clone();
    assert_eq!((&of("credentials")["status"], &of("athlete")["status"]), (&"pass".into(), &"pass".into()));
    use std::os::unix::fs::PermissionsExt;
    let mode = |file: &std::path::Path| fs::metadata(file).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
}

#[rstest]
#[case::wrong_key(&["setup", "--key-stdin"], "wrong-0123456789", 1, "error: Intervals.icu does not accept this key.")]
#[case::nobody_there(&["setup"], "", 2, "error: setup asks questions, and this is no terminal.")]
#[case::as_it_was_called(&["auth"], "", 2, "error: setup asks questions, and this is no terminal.")]
#[case::nothing_handed_in(&["setup", "--key-stdin"], " \n", 2, "error: stdin: there is no key")]
#[case::an_athlete_out_of_reach(&["setup", "--key-stdin", "--athlete-id", "i1"], KEY, 1, "error: The key does not reach athlete i1")]
#[case::no_id(&["setup", "--key-stdin", "--athlete-id", "i 1"], KEY, 2, "error: invalid value 'i 1'")]
#[case::no_argument_takes_a_key(&["setup", "--key", "demo"], "", 2, "error: unexpected argument '--key'")]
#[case::demo(&["setup", "--demo"], "", 2, "error: the demo needs no key")]
#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_has_its_exit_code(
    #[case] arguments: &[&str],
    #[case] stdin: &str,
    #[case] expected: i32,
    #[case] message: &str,
) {
    let world = World::new().await;
    let (code, out, err) = world.run(arguments, stdin);
    assert_eq!(code, Some(expected), "{out}{err}");
    assert!(err.starts_with(message), "{err}");
    assert!(!format!("{out}{err}").contains("wrong-0123456789"));
    assert!(!world.path("config").exists());
}

#[tokio::test(flavor = "multi_thread")]
#[cfg(unix)]
async fn called_as_the_old_setup_it_is_setup() {
    let world = World::new().await;
    for name in ["intervals-icu-mcp-auth", "intervals-icu-mcp-auth.exe"] {
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_intervals-icu-mcp"), world.path(name)).unwrap();
        let mut command = std::process::Command::new(world.path(name));
        let output = command.args(["--key-stdin", "--env-file", "x"]).current_dir(world.home.path());
        let output = output.env("INTERVALS_ICU_BASE_URL", &world.demo.url).stdin(Stdio::null()).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), err.as_str()), (Some(2), "error: stdin: there is no key\n"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_env_file_of_a_container_is_written_where_it_is_mounted() {
    let world = World::new().await;
    fs::write(world.path(".env"), "# ours\nINTERVALS_ICU_ATHLETE_ID=i0\n").unwrap();
    let mut command = world.command(&["setup", "--yes"]);
    let output = command.env("container", "podman").env("INTERVALS_ICU_API_KEY", KEY).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    // The athlete that stands there is none of this key's.
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("does not reach athlete i0 (.env, INTERVALS_ICU_ATHLETE_ID)"), "{said}");
    let mut command = world.command(&["setup", "--yes", "--athlete-id", "i7001"]);
    let output = command.env("container", "podman").env("INTERVALS_ICU_API_KEY", KEY).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(world.text(".env"), "# ours\nINTERVALS_ICU_ATHLETE_ID=i7001\nINTERVALS_ICU_API_KEY=demo\n");
}

#[test]
fn the_help_says_where_the_key_comes_from() {
    let help = run(&["setup", "--help"], &[]).out;
    for word in ["--key-stdin", "--env-file", "--store", "keychain", "file", "INTERVALS_ICU_API_KEY"] {
        assert!(help.contains(word), "{word}: {help}");
    }
    assert!(run(&["--help"], &[]).out.contains("(also auth)"));
}

/// A person at a terminal that shows what is typed, but for the key.
#[tokio::test(flavor = "multi_thread")]
#[cfg(target_os = "linux")]
async fn at_a_terminal_a_wrong_key_and_then_the_right_one_is_typed() {
    let world = World::new().await;
    let setup = world.command(&["setup", "--store", "file"]);
    let file = world.path(&format!("{FOLDER}/credentials"));
    let shown = tokio::task::spawn_blocking(|| {
        let mut person = Person::at(setup);
        person.answers_unseen("API key (hidden): ", WRONG);
        person.sees("does not accept this key");
        person.answers_unseen("API key (hidden): ", KEY);
        person.sees("Hello ");
        person.sees("i7001, time zone Pacific/Auckland.");
        person.answers("Tools [default]: ", "");
        person.answers("[y/N] ", "n");
        person.answers("Deletes [safe]: ", "none");
        person.answers("or nothing: ", "cursr");
        person.answers(
            "There is no client cursr (did you mean cursor?).\r\nOne or several of them, or nothing: ",
            "cursor",
        );
        person.sees_the_end()
    });
    let shown = shown.await.unwrap();
    assert!(!shown.contains(WRONG) && !shown.contains(&format!("{KEY}\r")), "{shown}");
    assert!(shown.contains("Deletes [safe]: none\r"), "what may be seen is: {shown}");
    assert!(shown.contains(&format!("The key is kept in {}, which only you can read.", file.display())), "{shown}");
    assert!(world.text(&format!("{FOLDER}/credentials")).contains(KEY));
    assert_eq!(world.text(&format!("{FOLDER}/config.toml")), "delete_mode = \"none\"\n");
    let entry: serde_json::Value = serde_json::from_str(&world.text(".cursor/mcp.json")).unwrap();
    assert_eq!(entry["mcpServers"]["intervals-icu"]["command"], env!("CARGO_BIN_EXE_intervals-icu-mcp"));
}

#[cfg(target_os = "linux")]
const WRONG: &str = "typed-wrong-0123456789";

#[cfg(target_os = "linux")]
struct Person {
    terminal: rexpect::session::PtySession,
    shown: String,
}

#[cfg(target_os = "linux")]
impl Person {
    /// The terminal is made without echo: it is switched on first.
    fn at(setup: std::process::Command) -> Self {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", "stty echo && exec \"$@\"", "sh"]).arg(setup.get_program()).args(setup.get_args());
        for (name, value) in setup.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.current_dir(setup.get_current_dir().unwrap());
        // A failure waits so long, a success does not.
        let terminal = rexpect::session::spawn_command(command, Some(60_000)).unwrap();
        Self { terminal, shown: String::new() }
    }

    fn sees(&mut self, text: &str) {
        self.shown += &self.terminal.exp_string(text).unwrap();
        self.shown += text;
    }

    fn answers(&mut self, question: &str, answer: &str) {
        self.sees(question);
        self.terminal.send_line(answer).unwrap();
    }

    /// Once the terminal shows nothing of it.
    fn answers_unseen(&mut self, question: &str, answer: &str) {
        self.sees(question);
        let echoes = || {
            let terminal = self.terminal.process().get_file_handle().unwrap();
            let state = std::process::Command::new("stty").arg("-a").stdin(terminal).output().unwrap();
            !String::from_utf8(state.stdout).unwrap().contains("-echo ")
        };
        while echoes() {
            assert!(matches!(self.terminal.process().status(), Some(rexpect::process::WaitStatus::StillAlive)));
        }
        self.terminal.send_line(answer).unwrap();
    }

    fn sees_the_end(mut self) -> String {
        self.shown += &self.terminal.exp_eof().unwrap();
        self.shown
    }
}
