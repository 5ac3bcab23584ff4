//! Setup against the demo, with somebody who answers as written.
use std::{collections::VecDeque, fs, io};

use clap::{Args, FromArgMatches};
use intervals_demo::{ATHLETE, COACHED, Demo, KEY};
use rstest::rstest;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::*;
use intervals_settings::credentials::MemoryKeychain;

/// Answers in their order, and what was told. Without answers nobody is there.
#[derive(Default)]
struct Script {
    answers: VecDeque<&'static str>,
    handed_in: &'static str,
    told: String,
    interactive: bool,
}

impl Script {
    fn of(answers: &[&'static str]) -> Self {
        Self { answers: answers.iter().copied().collect(), interactive: true, ..Self::default() }
    }

    fn handing_in(text: &'static str) -> Self {
        Self { handed_in: text, ..Self::default() }
    }
}

impl Terminal for Script {
    fn is_interactive(&self) -> bool {
        self.interactive
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        self.told += &format!("{text}\n");
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
        Ok(self.handed_in.into())
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

/// What `setup` did.
struct Done {
    outcome: Result<bool, String>,
    told: String,
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

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
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

    /// Runs it with these arguments and flags.
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
        Done { outcome, told: script.told, left: script.answers.len() }
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
fn a_wrong_key_is_told_as_wrong_and_a_right_one_says_who_it_is() {
    let world = World::new();
    let done = world.run(&[], &[], Script::of(&["", "i123", "wrong-key-0123456789"]));
    assert_eq!(done.outcome, Ok(false));
    for part in ["There is no key. 2 more tries.", "athlete's id", "does not accept this key", "Nothing was stored."] {
        assert!(done.told.contains(part), "{part}: {}", done.told);
    }
    assert_eq!(world.text("config/credentials"), None);
    let done = world.run(&[], &[], Script::of(&["wrong-key-0123456789", KEY, "", "", ""]));
    assert_eq!((done.outcome, done.left), (Ok(true), 0));
    let hello = done.told.find("Hello ").unwrap();
    assert!(
        done.told[hello..].lines().next().unwrap().ends_with("i7001, time zone Pacific/Auckland."),
        "{}",
        done.told
    );
    assert!(done.told.find("does not accept this key").unwrap() < hello);
    assert!(!done.told.contains("wrong-key") && done.told.contains("icu install CLIENT"), "{}", done.told);
    let loaded = world.loaded();
    assert_eq!(source(&loaded, "api_key"), world.path("config/credentials").display().to_string());
    assert_eq!(
        known(loaded).map(|(key, _)| secrecy::ExposeSecret::expose_secret(&key).to_owned()).as_deref(),
        Some(KEY)
    );
    // With every answer left empty nothing is chosen.
    assert_eq!(world.text("config/config.toml"), None);
}

#[test]
#[cfg(all(feature = "wellness", feature = "gear"))]
fn what_is_chosen_goes_to_config_toml_and_the_rest_of_it_stays() {
    let world = World::new();
    fs::create_dir(world.path("config")).unwrap();
    fs::write(world.path("config/config.toml"), "# mine\npacks = [\"gear\"] # few\nport = 9000\n").unwrap();
    let script = Script::of(&[KEY, "welness", "wellness, -gear", "maybe", "n", "FULL"]);
    let done = world.run(&[], &[], script);
    assert_eq!((done.outcome, done.left), (Ok(true), 0), "{}", done.told);
    assert!(done.told.contains("there is no pack welness (did you mean wellness?)"), "{}", done.told);
    assert!(done.told.contains("Tools [gear]: ") && done.told.contains("y or n"), "{}", done.told);
    let expected = "# mine\npacks = [\"wellness\", \"-gear\"] # few\nport = 9000\ndelete_mode = \"full\"\n";
    assert_eq!(world.text("config/config.toml").as_deref(), Some(expected));
    // Again, with Enter for all: the key that is there is kept, and nothing changes.
    let done = world.run(&[], &[], Script::of(&["", "", "", ""]));
    assert_eq!((done.outcome, done.left), (Ok(true), 0), "{}", done.told);
    assert_eq!(world.text("config/config.toml").as_deref(), Some(expected));
    assert!(done.told.contains("Enter for the one in ") && !done.told.contains("Written to"), "{}", done.told);
}

#[test]
fn what_only_reads_is_not_asked_about_deletes() {
    let world = World::new();
    let done = world.run(&[], &[], Script::of(&[KEY, "", "y"]));
    assert_eq!((done.outcome, done.left), (Ok(true), 0), "{}", done.told);
    assert_eq!(world.text("config/config.toml").as_deref(), Some("read_only = true\n"));
}

#[rstest]
#[case::handed_in(&["--key-stdin"], Script::handing_in("demo\n"), None)]
#[case::configured(&["--yes"], Script::default(), Some(KEY))]
#[case::configured_and_nobody_there(&[], Script::default(), Some(KEY))]
#[case::nobody_is_asked(&["--yes"], Script::of(&["unused"]), Some(KEY))]
fn scripts_hand_the_key_in_and_say_the_rest_in_flags(
    #[case] arguments: &[&str],
    #[case] script: Script,
    #[case] variable: Option<&str>,
) {
    let world = World::new().with("INTERVALS_ICU_API_KEY", variable.unwrap_or_default());
    let flags = [("read_only", "true"), ("delete_mode", "none")];
    let (answers, done) = (script.answers.len(), world.run(arguments, &flags, script));
    assert_eq!((done.outcome, done.left), (Ok(true), answers), "{}", done.told);
    assert!(done.told.contains("Hello ") && !done.told.contains(&format!("{KEY}\"")), "{}", done.told);
    assert_eq!(world.text("config/config.toml").as_deref(), Some("read_only = true\ndelete_mode = \"none\"\n"));
    assert!(world.text("config/credentials").unwrap().contains(KEY));
}

#[rstest]
#[case::nobody_there(&[], Script::default(), "this is no terminal. Hand the key in: `icu setup --key-stdin < FILE`")]
#[case::nothing_configured(&["--yes"], Script::of(&[]), "no API key is configured. Hand the key in")]
#[case::nothing_handed_in(&["--key-stdin"], Script::default(), "stdin: there is no key")]
#[case::a_file_by_mistake(&["--key-stdin"], Script::handing_in("{\"a\": 1, \"b\": 2}"), "stdin: this is no API key")]
#[case::no_keychain(&["--store", "keychain"], Script::of(&[]), "--store keychain: there is none. --store file")]
#[case::input_ends(&[], Script::of(&[]), "unexpected end of file")]
fn a_wrong_use_says_the_right_one(#[case] arguments: &[&str], #[case] script: Script, #[case] expected: &str) {
    let world = World::new();
    let done = world.run(arguments, &[], script);
    let said = done.outcome.unwrap_err();
    assert!(said.contains(expected), "{said}");
    assert_eq!(world.text("config/credentials"), None);
    assert!(world.demo.requests().is_empty());
}

#[rstest]
#[case::nobody_asked(&["--key-stdin"], Script::handing_in("demo"))]
#[case::asked(&[], Script::of(&[KEY, "y", "n"]))]
fn trouble_on_the_way_is_not_told_as_a_wrong_key(#[case] arguments: &[&str], #[case] script: Script) {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut world = World::new();
    world.environment = vec![("INTERVALS_ICU_BASE_URL".into(), format!("http://{closed}"))];
    let done = world.run(arguments, &[], script);
    assert_eq!((done.outcome, done.left), (Ok(false), 0), "{}", done.told);
    assert!(done.told.contains("could not be reached") && done.told.contains("The key may be right"), "{}", done.told);
    assert!(!done.told.contains("does not accept") && done.told.contains("--no-check"), "{}", done.told);
    assert_eq!(world.text("config/credentials"), None);
    let done = world.run(&["--key-stdin", "--no-check"], &[], Script::handing_in("demo"));
    assert_eq!(done.outcome, Ok(true));
    assert!(world.text("config/credentials").unwrap().contains(KEY));
}

#[test]
fn an_athlete_who_was_named_is_checked_too() {
    let world = World::new();
    let done = world.run(&["--key-stdin", "--athlete-id", "i99"], &[], Script::handing_in("demo"));
    assert_eq!(done.outcome, Ok(false));
    assert!(done.told.contains("does not reach athlete i99 (--athlete-id)"), "{}", done.told);
    assert_eq!(world.text("config/credentials"), None);
    let done = world.run(&["--key-stdin", "--athlete-id", COACHED], &[], Script::handing_in("demo"));
    assert_eq!(done.outcome, Ok(true));
    assert!(done.told.contains("Calls will be about ") && done.told.contains(COACHED), "{}", done.told);
    assert_eq!(world.text("config/config.toml"), Some(format!("athlete_id = \"{COACHED}\"\n")));
    // The one in the configuration is another key's.
    let done = world.run(&["--key-stdin"], &[], Script::handing_in(intervals_demo::COACHED_KEY));
    assert_eq!(done.outcome, Ok(true), "{}", done.told);
    fs::write(world.path("config/config.toml"), format!("athlete_id = \"{ATHLETE}\"\n")).unwrap();
    let done = world.run(&["--key-stdin"], &[], Script::handing_in(intervals_demo::COACHED_KEY));
    assert_eq!(done.outcome, Ok(false));
    assert!(done.told.contains(&world.path("config/config.toml").display().to_string()), "{}", done.told);
}

#[test]
fn what_does_not_hold_is_said_with_what_goes_before_it() {
    let world = World::new().with("INTERVALS_ICU_API_KEY", "another").with("INTERVALS_ICU_READ_ONLY", "false");
    let done = world.run(&["--key-stdin"], &[("read_only", "true")], Script::handing_in("demo"));
    assert_eq!(done.outcome, Ok(true));
    for note in [
        "Note: another API key goes before it: environment variable INTERVALS_ICU_API_KEY.",
        "Note: read_only stays false: environment variable INTERVALS_ICU_READ_ONLY goes before it.",
    ] {
        assert!(done.told.contains(note), "{}", done.told);
    }
    assert!(!done.told.contains("another\n"));
}

#[test]
fn the_keychain_is_used_where_there_is_one_and_left_when_the_file_is_preferred() {
    let world = World { keychain: Some(MemoryKeychain::default()), ..World::new() };
    let done = world.run(&[], &[], Script::of(&[KEY, "", "", "", ""]));
    assert_eq!((done.outcome, done.left), (Ok(true), 0), "{}", done.told);
    assert!(!world.text("config/credentials").unwrap().contains(KEY));
    assert_eq!(source(&world.loaded(), "api_key"), "keychain, intervals-icu-mcp, i7001");
    let done = world.run(&["--yes", "--store", "file"], &[], Script::default());
    assert_eq!(done.outcome, Ok(true), "{}", done.told);
    assert!(world.text("config/credentials").unwrap().contains(KEY));
    world.chain().get("i7001").unwrap_err();
}

#[test]
fn a_keychain_that_does_not_take_the_key_leaves_it_to_the_file_unless_it_must() {
    let world = World { keychain: Some(MemoryKeychain::full()), ..World::new() };
    let done = world.run(&["--key-stdin", "--store", "keychain"], &[], Script::handing_in("demo"));
    assert_eq!(done.outcome.unwrap_err(), "the keychain did not take the key: it is full");
    assert_eq!(world.text("config/credentials"), None);
    let done = world.run(&["--key-stdin"], &[], Script::handing_in("demo"));
    assert_eq!(done.outcome, Ok(true));
    assert!(done.told.contains("did not take the key: it is full.\nThe key is kept in "), "{}", done.told);
    assert!(world.text("config/credentials").unwrap().contains(KEY));
}

#[test]
fn an_env_file_is_written_as_the_python_server_reads_it() {
    let world = World::new();
    fs::write(world.path("old.env"), "# mine\nINTERVALS_ICU_API_KEY=old\nTZ=UTC\n").unwrap();
    let file = world.path("old.env").display().to_string();
    let flags = [("read_only", "true")];
    let done = world.run(&["--key-stdin", "--env-file", &file], &flags, Script::handing_in("demo"));
    assert_eq!(done.outcome, Ok(true), "{}", done.told);
    let expected =
        "# mine\nINTERVALS_ICU_API_KEY=demo\nTZ=UTC\nINTERVALS_ICU_READ_ONLY=true\nINTERVALS_ICU_ATHLETE_ID=i7001\n";
    assert_eq!(world.text("old.env").as_deref(), Some(expected));
    assert_eq!((world.text("config/credentials"), world.text("config/config.toml")), (None, None));
    assert!(!done.told.contains("install CLIENT"), "{}", done.told);
    #[cfg(unix)]
    assert!(done.told.contains("chmod 600"), "{}", done.told);
}

#[test]
fn in_a_container_the_mounted_env_file_is_written() {
    let world = World::new().with("container", "podman");
    fs::write(world.path(".env"), "").unwrap();
    let done = world.run(&[], &[], Script::of(&[KEY, "", "", ""]));
    assert_eq!((done.outcome, done.left), (Ok(true), 0), "{}", done.told);
    let expected = "INTERVALS_ICU_API_KEY=demo\nINTERVALS_ICU_ATHLETE_ID=i7001\n";
    assert_eq!(world.text(".env").as_deref(), Some(expected));
    fs::remove_file(world.path(".env")).unwrap();
    fs::create_dir(world.path(".env")).unwrap();
    let said = world.run(&[], &[], Script::of(&[])).outcome.unwrap_err();
    assert!(said.contains("Docker makes one") && said.contains("touch .env"), "{said}");
}

#[test]
fn a_file_that_was_named_need_not_be_there_and_has_a_key_of_its_own() {
    let world = World::new();
    let places = Places { file: Some(world.path("coach/my.toml")), home: Some(world.path("coach")), ..world.places() };
    let flags = [("read_only", "true")];
    let done = world.run_at(places, &["--key-stdin"], &flags, Script::handing_in("demo"));
    assert_eq!(done.outcome, Ok(true), "{}", done.told);
    assert_eq!(world.text("coach/my.toml").as_deref(), Some("read_only = true\n"));
    assert!(world.text("coach/credentials").unwrap().contains(KEY));
    assert!(known(world.loaded()).is_none());
}

#[test]
fn a_broken_configuration_is_told_before_anything_is_asked() {
    let world = World::new();
    fs::create_dir(world.path("config")).unwrap();
    fs::write(world.path("config/config.toml"), "pcks = []").unwrap();
    let said = world.run(&[], &[], Script::of(&[])).outcome.unwrap_err();
    assert!(said.contains("Did you mean packs?"), "{said}");
    fs::remove_file(world.path("config/config.toml")).unwrap();
    let packs = [("packs", "gaer")];
    let said = world.run(&["--key-stdin"], &packs, Script::handing_in("demo")).outcome.unwrap_err();
    assert!(said.contains("there is no pack gaer") && world.demo.requests().is_empty(), "{said}");
}
