//! Setup against the demo, with scripted answers.
use std::{collections::VecDeque, fs, io};

use clap::{Args, FromArgMatches};
use intervals_demo::{ATHLETE, COACHED, Demo, KEY};
use rstest::rstest;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::*;
use intervals_settings::credentials::MemoryKeychain;

/// A terminal with scripted answers, which records what is printed.
#[derive(Default)]
struct Script {
    answers: VecDeque<&'static str>,
    stdin: &'static str,
    printed: String,
    interactive: bool,
}

impl Script {
    fn of(answers: &[&'static str]) -> Self {
        Self { answers: answers.iter().copied().collect(), interactive: true, ..Self::default() }
    }

    fn with_stdin(text: &'static str) -> Self {
        Self { stdin: text, ..Self::default() }
    }
}

impl Terminal for Script {
    fn is_interactive(&self) -> bool {
        self.interactive
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        self.printed += &format!("{text}\n");
        Ok(())
    }

    fn ask(&mut self, question: &str) -> io::Result<String> {
        self.say(question)?;
        self.answers.pop_front().map(Into::into).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn ask_hidden(&mut self, question: &str) -> io::Result<String> {
        self.ask(question)
    }

    fn read_to_end(&mut self) -> io::Result<String> {
        Ok(self.stdin.into())
    }
}

/// A user with a home, whose service is the demo.
struct World {
    home: TempDir,
    demo: Demo,
    keychain: Option<MemoryKeychain>,
    environment: Vec<(String, String)>,
    _runtime: Runtime,
}

/// The outcome of `setup`, what it printed, and the number of unused answers.
struct Done {
    outcome: Result<bool, String>,
    printed: String,
    left: usize,
}

impl World {
    fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let demo = runtime.block_on(Demo::start()).unwrap();
        let environment = vec![("INTERVALS_ICU_BASE_URL".into(), demo.url.clone())];
        Self { home: tempfile::tempdir().unwrap(), demo, keychain: None, environment, _runtime: runtime }
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// A path with the separators of the platform.
    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name).components().collect()
    }

    fn text(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path(name)).ok()
    }

    fn places(&self) -> Places {
        Places {
            file: None,
            platform_file: Some(self.path("config/config.toml")),
            home: Some(self.path("config")),
            dotenv: self.path(".env"),
            environment: self.environment.clone(),
        }
    }

    fn loaded(&self) -> Loaded {
        load_with(self.places(), Layer::command_line([]), &self.chain()).unwrap()
    }

    fn chain(&self) -> Chain<'_> {
        Chain(self.keychain.as_ref())
    }

    /// Runs `setup` with these arguments and flags.
    fn run(&self, arguments: &[&str], flags: &[(&'static str, &str)], script: Script) -> Done {
        self.run_at(self.places(), arguments, flags, script)
    }

    fn run_at(&self, places: Places, arguments: &[&str], flags: &[(&'static str, &str)], mut script: Script) -> Done {
        let command = Setup::augment_args(clap::Command::new("setup").no_binary_name(true));
        let setup = Setup::from_arg_matches(&command.get_matches_from(arguments)).unwrap();
        let start = Start {
            name: "icu",
            places,
            flags: Layer::command_line(flags.iter().map(|(key, text)| (*key, (*text).into()))),
            demo: false,
            home: None,
        };
        let outcome = setup.guided(start, &mut script, &self.chain()).map_err(|error| format!("{error:#}"));
        Done { outcome, printed: script.printed, left: script.answers.len() }
    }
}

/// The keychain of the world, or none.
struct Chain<'a>(Option<&'a MemoryKeychain>);

impl Keychain for Chain<'_> {
    fn unusable(&self) -> Option<String> {
        self.0.map_or(Some("there is none".into()), Keychain::unusable)
    }

    fn get(&self, account: &str) -> Result<SecretString, String> {
        self.0.map_or(Err("there is none".into()), |chain| chain.get(account))
    }

    fn set(&self, account: &str, secret: &SecretString) -> Result<(), String> {
        self.0.map_or(Err("there is none".into()), |chain| chain.set(account, secret))
    }

    fn remove(&self, account: &str) -> Result<(), String> {
        self.0.map_or(Err("there is none".into()), |chain| chain.remove(account))
    }
}

fn source(loaded: &Loaded, key: &str) -> String {
    loaded.sources.name(key)
}

#[test]
fn a_wrong_key_is_refused_and_a_right_one_shows_its_owner() {
    let world = World::new();
    let done = world.run(&[], &[], Script::of(&["", "i123", "wrong-key-0123456789"]));
    assert_eq!(done.outcome, Ok(false));
    for part in ["There is no key. 2 more tries.", "athlete's id", "does not accept this key", "Nothing was stored."] {
        assert!(done.printed.contains(part), "{part}: {}", done.printed);
    }
    assert_eq!(world.text("config/credentials"), None);
    let done = world.run(&[], &[], Script::of(&["wrong-key-0123456789", KEY, "", "", ""]));
    assert_eq!((done.outcome, done.left), (Ok(true), 0));
    let hello = done.printed.find("Hello ").unwrap();
    assert!(
        done.printed[hello..].lines().next().unwrap().ends_with("i7001, time zone Pacific/Auckland."),
        "{}",
        done.printed
    );
    assert!(done.printed.find("does not accept this key").unwrap() < hello);
    assert!(!done.printed.contains("wrong-key") && done.printed.contains("icu install CLIENT"), "{}", done.printed);
    let loaded = world.loaded();
    assert_eq!(source(&loaded, "api_key"), world.path("config/credentials").display().to_string());
    assert_eq!(
        configured_key(loaded).map(|(key, _)| secrecy::ExposeSecret::expose_secret(&key).to_owned()).as_deref(),
        Some(KEY)
    );
    // Empty answers choose nothing.
    assert_eq!(world.text("config/config.toml"), None);
}

#[test]
#[cfg(all(feature = "wellness", feature = "gear"))]
fn choices_are_written_to_config_toml_and_the_rest_of_it_stays() {
    let world = World::new();
    fs::create_dir(world.path("config")).unwrap();
    fs::write(world.path("config/config.toml"), "# mine\npacks = [\"gear\"] # few\nport = 9000\n").unwrap();
    let script = Script::of(&[KEY, "welness", "wellness, -gear", "maybe", "n", "FULL"]);
    let done = world.run(&[], &[], script);
    assert_eq!((done.outcome, done.left), (Ok(true), 0), "{}", done.printed);
    assert!(done.printed.contains("there is no pack welness (did you mean wellness?)"), "{}", done.printed);
    assert!(done.printed.contains("Tools [gear]: ") && done.printed.contains("y or n"), "{}", done.printed);
    let expected = "# mine\npacks = [\"wellness\", \"-gear\"] # few\nport = 9000\ndelete_mode = \"full\"\n";
    assert_eq!(world.text("config/config.toml").as_deref(), Some(expected));
    // Again, with Enter for all: the stored key is kept, and nothing changes.
    let done = world.run(&[], &[], Script::of(&["", "", "", ""]));
    assert_eq!((done.outcome, done.left), (Ok(true), 0), "{}", done.printed);
    assert_eq!(world.text("config/config.toml").as_deref(), Some(expected));
    assert!(done.printed.contains("Enter for the one in ") && !done.printed.contains("Written to"), "{}", done.printed);
}

#[test]
fn with_read_only_there_is_no_question_about_deletions() {
    let world = World::new();
    let done = world.run(&[], &[], Script::of(&[KEY, "", "y"]));
    assert_eq!((done.outcome, done.left), (Ok(true), 0), "{}", done.printed);
    assert_eq!(world.text("config/config.toml").as_deref(), Some("read_only = true\n"));
}

#[rstest]
#[case::stdin(&["--key-stdin"], Script::with_stdin("demo\n"), None)]
#[case::configured(&["--yes"], Script::default(), Some(KEY))]
#[case::configured_without_a_terminal(&[], Script::default(), Some(KEY))]
#[case::no_questions(&["--yes"], Script::of(&["unused"]), Some(KEY))]
fn scripts_pass_the_key_and_set_the_rest_by_flags(
    #[case] arguments: &[&str],
    #[case] script: Script,
    #[case] variable: Option<&str>,
) {
    let world = World::new().with("INTERVALS_ICU_API_KEY", variable.unwrap_or_default());
    let flags = [("read_only", "true"), ("delete_mode", "none")];
    let (answers, done) = (script.answers.len(), world.run(arguments, &flags, script));
    assert_eq!((done.outcome, done.left), (Ok(true), answers), "{}", done.printed);
    assert!(done.printed.contains("Hello ") && !done.printed.contains(&format!("{KEY}\"")), "{}", done.printed);
    assert_eq!(world.text("config/config.toml").as_deref(), Some("read_only = true\ndelete_mode = \"none\"\n"));
    assert!(world.text("config/credentials").unwrap().contains(KEY));
}

#[rstest]
#[case::no_terminal(&[], Script::default(), "this is no terminal. Run `icu setup --key-stdin < FILE`")]
#[case::nothing_configured(&["--yes"], Script::of(&[]), "no API key is configured. Run `icu setup --key-stdin")]
#[case::empty_stdin(&["--key-stdin"], Script::default(), "stdin: there is no key")]
#[case::a_file_by_mistake(&["--key-stdin"], Script::with_stdin("{\"a\": 1, \"b\": 2}"), "stdin: this is no API key")]
#[case::no_keychain(&["--store", "keychain"], Script::of(&[]), "--store keychain: there is none. --store file")]
#[case::input_ends(&[], Script::of(&[]), "unexpected end of file")]
fn wrong_usage_is_an_error(#[case] arguments: &[&str], #[case] script: Script, #[case] expected: &str) {
    let world = World::new();
    let done = world.run(arguments, &[], script);
    let error = done.outcome.unwrap_err();
    assert!(error.contains(expected), "{error}");
    assert_eq!(world.text("config/credentials"), None);
    assert!(world.demo.requests().is_empty());
}

#[rstest]
#[case::stdin(&["--key-stdin"], Script::with_stdin("demo"))]
#[case::interactive(&[], Script::of(&[KEY, "y", "n"]))]
fn a_network_error_is_not_reported_as_a_wrong_key(#[case] arguments: &[&str], #[case] script: Script) {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut world = World::new();
    world.environment = vec![("INTERVALS_ICU_BASE_URL".into(), format!("http://{closed}"))];
    let done = world.run(arguments, &[], script);
    assert_eq!((done.outcome, done.left), (Ok(false), 0), "{}", done.printed);
    assert!(
        done.printed.contains("could not be reached") && done.printed.contains("The key may be right"),
        "{}",
        done.printed
    );
    assert!(!done.printed.contains("does not accept") && done.printed.contains("--no-check"), "{}", done.printed);
    assert_eq!(world.text("config/credentials"), None);
    let done = world.run(&["--key-stdin", "--no-check"], &[], Script::with_stdin("demo"));
    assert_eq!(done.outcome, Ok(true));
    assert!(world.text("config/credentials").unwrap().contains(KEY));
}

#[test]
fn a_given_or_configured_athlete_is_checked() {
    let world = World::new();
    let done = world.run(&["--key-stdin", "--athlete-id", "i99"], &[], Script::with_stdin("demo"));
    assert_eq!(done.outcome, Ok(false));
    assert!(done.printed.contains("does not reach athlete i99 (--athlete-id)"), "{}", done.printed);
    assert_eq!(world.text("config/credentials"), None);
    let done = world.run(&["--key-stdin", "--athlete-id", COACHED], &[], Script::with_stdin("demo"));
    assert_eq!(done.outcome, Ok(true));
    assert!(done.printed.contains("Calls will be about ") && done.printed.contains(COACHED), "{}", done.printed);
    assert_eq!(world.text("config/config.toml"), Some(format!("athlete_id = \"{COACHED}\"\n")));
    // The configured athlete is out of this key's reach.
    let done = world.run(&["--key-stdin"], &[], Script::with_stdin(intervals_demo::COACHED_KEY));
    assert_eq!(done.outcome, Ok(true), "{}", done.printed);
    fs::write(world.path("config/config.toml"), format!("athlete_id = \"{ATHLETE}\"\n")).unwrap();
    let done = world.run(&["--key-stdin"], &[], Script::with_stdin(intervals_demo::COACHED_KEY));
    assert_eq!(done.outcome, Ok(false));
    assert!(done.printed.contains(&world.path("config/config.toml").display().to_string()), "{}", done.printed);
}

#[test]
fn an_overridden_value_is_noted_with_its_override() {
    let world = World::new().with("INTERVALS_ICU_API_KEY", "another").with("INTERVALS_ICU_READ_ONLY", "false");
    let done = world.run(&["--key-stdin"], &[("read_only", "true")], Script::with_stdin("demo"));
    assert_eq!(done.outcome, Ok(true));
    for note in [
        "Note: another API key overrides it: environment variable INTERVALS_ICU_API_KEY.",
        "Note: read_only stays false: environment variable INTERVALS_ICU_READ_ONLY overrides it.",
    ] {
        assert!(done.printed.contains(note), "{}", done.printed);
    }
    assert!(!done.printed.contains("another\n"));
}

#[test]
fn the_keychain_is_used_if_there_is_one_and_cleared_if_the_file_is_requested() {
    let world = World { keychain: Some(MemoryKeychain::default()), ..World::new() };
    let done = world.run(&[], &[], Script::of(&[KEY, "", "", "", ""]));
    assert_eq!((done.outcome, done.left), (Ok(true), 0), "{}", done.printed);
    assert!(!world.text("config/credentials").unwrap().contains(KEY));
    assert_eq!(source(&world.loaded(), "api_key"), "keychain, intervals-icu-mcp, i7001");
    let done = world.run(&["--yes", "--store", "file"], &[], Script::default());
    assert_eq!(done.outcome, Ok(true), "{}", done.printed);
    assert!(world.text("config/credentials").unwrap().contains(KEY));
    world.chain().get("i7001").unwrap_err();
}

#[test]
fn a_key_that_the_keychain_refuses_goes_to_the_file_unless_the_keychain_is_requested() {
    let world = World { keychain: Some(MemoryKeychain::full()), ..World::new() };
    let done = world.run(&["--key-stdin", "--store", "keychain"], &[], Script::with_stdin("demo"));
    assert_eq!(done.outcome.unwrap_err(), "the keychain did not take the key: it is full");
    assert_eq!(world.text("config/credentials"), None);
    let done = world.run(&["--key-stdin"], &[], Script::with_stdin("demo"));
    assert_eq!(done.outcome, Ok(true));
    assert!(done.printed.contains("did not take the key: it is full.\nThe key is kept in "), "{}", done.printed);
    assert!(world.text("config/credentials").unwrap().contains(KEY));
}

#[test]
fn an_env_file_is_written_as_the_python_server_reads_it() {
    let world = World::new();
    fs::write(world.path("old.env"), "# mine\nINTERVALS_ICU_API_KEY=old\nTZ=UTC\n").unwrap();
    let file = world.path("old.env").display().to_string();
    let flags = [("read_only", "true")];
    let done = world.run(&["--key-stdin", "--env-file", &file], &flags, Script::with_stdin("demo"));
    assert_eq!(done.outcome, Ok(true), "{}", done.printed);
    let expected =
        "# mine\nINTERVALS_ICU_API_KEY=demo\nTZ=UTC\nINTERVALS_ICU_READ_ONLY=true\nINTERVALS_ICU_ATHLETE_ID=i7001\n";
    assert_eq!(world.text("old.env").as_deref(), Some(expected));
    assert_eq!((world.text("config/credentials"), world.text("config/config.toml")), (None, None));
    assert!(!done.printed.contains("install CLIENT"), "{}", done.printed);
    #[cfg(unix)]
    assert!(done.printed.contains("chmod 600"), "{}", done.printed);
}

#[test]
fn what_an_env_file_cannot_allow_is_reported() {
    let world = World::new();
    let file = world.path("new.env").display().to_string();
    let flags = [("packs", "wellness"), ("delete_mode", "full")];
    let done = world.run(&["--key-stdin", "--env-file", &file], &flags, Script::with_stdin("demo"));
    assert_eq!(done.outcome, Ok(true), "{}", done.printed);
    let note = "Note: delete_mode stays \"safe\": a .env can only allow less. Set INTERVALS_ICU_DELETE_MODE in the environment";
    assert!(done.printed.contains(note) && !done.printed.contains("packs stays"), "{}", done.printed);
}

#[test]
fn in_a_container_the_mounted_env_file_is_written() {
    let world = World::new().with("container", "podman");
    fs::write(world.path(".env"), "").unwrap();
    let done = world.run(&[], &[], Script::of(&[KEY, "", "", ""]));
    assert_eq!((done.outcome, done.left), (Ok(true), 0), "{}", done.printed);
    let expected = "INTERVALS_ICU_API_KEY=demo\nINTERVALS_ICU_ATHLETE_ID=i7001\n";
    assert_eq!(world.text(".env").as_deref(), Some(expected));
    fs::remove_file(world.path(".env")).unwrap();
    fs::create_dir(world.path(".env")).unwrap();
    let error = world.run(&[], &[], Script::of(&[])).outcome.unwrap_err();
    assert!(error.contains("Docker makes one") && error.contains("touch .env"), "{error}");
}

#[test]
fn a_named_configuration_file_need_not_exist_and_has_its_own_key() {
    let world = World::new();
    let places = Places { file: Some(world.path("coach/my.toml")), home: Some(world.path("coach")), ..world.places() };
    let flags = [("read_only", "true")];
    let done = world.run_at(places, &["--key-stdin"], &flags, Script::with_stdin("demo"));
    assert_eq!(done.outcome, Ok(true), "{}", done.printed);
    assert_eq!(world.text("coach/my.toml").as_deref(), Some("read_only = true\n"));
    assert!(world.text("coach/credentials").unwrap().contains(KEY));
    assert!(configured_key(world.loaded()).is_none());
}

#[test]
fn a_broken_configuration_is_reported_before_the_first_question() {
    let world = World::new();
    fs::create_dir(world.path("config")).unwrap();
    fs::write(world.path("config/config.toml"), "pcks = []").unwrap();
    let error = world.run(&[], &[], Script::of(&[])).outcome.unwrap_err();
    assert!(error.contains("Did you mean packs?"), "{error}");
    fs::remove_file(world.path("config/config.toml")).unwrap();
    let packs = [("packs", "gaer")];
    let error = world.run(&["--key-stdin"], &packs, Script::with_stdin("demo")).outcome.unwrap_err();
    assert!(error.contains("there is no pack gaer") && world.demo.requests().is_empty(), "{error}");
}
