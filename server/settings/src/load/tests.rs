//! Each source, each kind of mistake.
use std::fs;

use rstest::rstest;
use tempfile::TempDir;

use super::*;
use crate::{
    config::{Deletes, OAuthConfig, UnitsChoice},
    values::Words,
};

struct World {
    folder: TempDir,
    places: Places,
}

fn world(toml: &str, dotenv: &str, environment: &[(&str, &str)]) -> World {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    fs::write(&file, toml).unwrap();
    fs::write(folder.path().join(".env"), dotenv).unwrap();
    let places = Places {
        file: Some(file),
        platform_file: None,
        home: None,
        dotenv: folder.path().join(".env"),
        environment: environment.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect(),
    };
    World { folder, places }
}

fn nothing() -> Layer {
    Layer::command_line([])
}

#[test]
fn each_layer_overrules_the_one_before_and_is_remembered() {
    let environment = [("INTERVALS_ICU_PORT", "3"), ("INTERVALS_ICU_HOST", "::1"), ("INTERVALS_ICU_READ_ONLY", "yes")];
    let World { places, folder } = world(
        "port = 1\ndeadline = 1\nlog = \"info\"\npacks = [\"wellness\"]",
        "INTERVALS_ICU_DEADLINE=2\nINTERVALS_ICU_TIMEZONE=Europe/Zurich",
        &environment,
    );
    let loaded = load(places, Layer::command_line([("host", "localhost".into())])).unwrap();
    let config = loaded.config;
    assert_eq!(
        (config.port, config.deadline, config.timezone.as_deref(), config.host.as_str()),
        (3, 1, Some("Europe/Zurich"), "localhost")
    );
    assert_eq!((config.log.as_str(), config.read_only, config.packs), ("info", true, Words::of(["wellness"])));
    let source = |key: &str| loaded.sources.name(key);
    assert_eq!(source("port"), "environment variable INTERVALS_ICU_PORT");
    assert_eq!(source("timezone"), ".env, INTERVALS_ICU_TIMEZONE");
    assert_eq!(source("host"), "--host");
    assert_eq!(source("log"), folder.path().join("config.toml").display().to_string().as_str());
    assert_eq!(source("coach"), "default");
}

#[rstest]
#[case("INTERVALS_ICU_API_KEY", "0123456789")]
#[case("INTERVALS_ICU_API_KEY", "true")]
#[case("INTERVALS_ICU_API_KEY", "[abc")]
fn a_key_is_taken_as_it_is_and_never_printed(#[case] name: &str, #[case] key: &str) {
    use secrecy::ExposeSecret;
    let loaded = load(world("", "", &[(name, key)]).places, nothing()).unwrap();
    assert_eq!(loaded.config.api_key.as_ref().unwrap().reveal().unwrap().expose_secret(), key);
    let shown = format!("{:?} {}", loaded.config, serde_json::to_string(&loaded.config).unwrap());
    assert!(!shown.contains(key) || key == "true", "{shown}");
    assert!(shown.contains("***"));
}

#[test]
fn ids_and_keys_of_digits_may_stand_in_a_file_without_quotes() {
    let loaded = load(world("athlete_id = 123\napi_key = 456", "", &[]).places, nothing()).unwrap();
    assert_eq!(loaded.config.athlete_id.as_deref(), Some("123"));
    assert!(loaded.config.api_key.unwrap().reveal().is_some());
}

#[rstest]
#[case(
    "pcks = [\"wellness\"]",
    "",
    "pcks ({file}): there is no such key. Did you mean packs? `config` lists all keys."
)]
#[case(
    "port = \"x\"",
    "",
    "port ({file}): \"x\" is not a whole number from 0 to 65535. Write a whole number from 0 to 65535."
)]
#[case("read_only = 1", "", "read_only ({file}): 1 is not true or false. Write true or false.")]
#[case(
    "delete_mode = \"some\"",
    "",
    "delete_mode ({file}): \"some\" is not a value of it. Use one of none, safe, full."
)]
#[case("api_key = [\"hush\"]", "", "api_key ({file}): a secret is a text in quotes. Correct the value.")]
#[case(
    "",
    "READ_ONLY=maybe",
    "read_only (environment variable INTERVALS_ICU_READ_ONLY): \"maybe\" is not true or false. Write true or false."
)]
#[case("", "PORT=70000", "port (environment variable INTERVALS_ICU_PORT): ")]
#[case(
    "",
    "RATE=fast",
    "rate (environment variable INTERVALS_ICU_RATE): \"fast\" is not a number of 0 or more. Correct the value."
)]
#[case(
    "",
    "DELETE_MODE=all",
    "delete_mode (environment variable INTERVALS_ICU_DELETE_MODE): \"all\" is not a value of it. Use one of none, safe, full."
)]
fn a_mistake_names_source_key_and_remedy(#[case] toml: &str, #[case] variable: &str, #[case] expected: &str) {
    let variable = variable.split_once('=').map(|(name, value)| (format!("INTERVALS_ICU_{name}"), value));
    let environment: Vec<_> = variable.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let World { places, folder } = world(toml, "", &environment);
    let faults = load(places, nothing()).err().unwrap();
    let expected = expected.replace("{file}", &folder.path().join("config.toml").display().to_string());
    assert!(faults.len() == 1 && faults[0].to_string().starts_with(&expected), "{}\n{expected}", faults[0]);
    assert!(!faults[0].to_string().contains("hush"));
}

#[rstest]
#[case::table_of_the_environment(
    "",
    "OAUTH__CLOCK_SKEW=much",
    "oauth.clock_skew (environment variable INTERVALS_ICU_OAUTH__CLOCK_SKEW): \"much\" is not a whole number of 0 or more."
)]
#[case::key_in_a_table(
    "[oauth]\nisuer = \"x\"",
    "",
    "oauth.isuer ({file}): there is no such key. Did you mean issuer? `config` lists all keys."
)]
#[case::value_in_a_table(
    "[oauth]\nclock_skew = true",
    "",
    "oauth.clock_skew ({file}): true is not a whole number of 0 or more."
)]
#[case::no_table("oauth = \"x\"", "", "oauth ({file}): \"x\" is not a table. Write a table.")]
#[case::key_in_a_list(
    "[[http_tokens]]\nname = \"a\"\n[[http_tokens]]\nname = \"b\"\ntokn = \"hush\"",
    "",
    "http_tokens[1].tokn ({file}): there is no such key. Did you mean token? `config` lists all keys."
)]
#[case::value_in_a_list(
    "[[http_tokens]]\nname = \"a\"\nread_only = \"x\"",
    "",
    "http_tokens[0].read_only ({file}): it is not true or false. Write true or false."
)]
#[case::secret_in_a_list(
    "[[http_tokens]]\nname = \"a\"\nsha256 = [\"hush\"]",
    "",
    "http_tokens[0].sha256 ({file}): a secret is a text in quotes. Correct the value."
)]
#[case::name_in_a_list("[[http_tokens]]\nname = 1", "", "http_tokens[0].name ({file}): it is not a text in quotes.")]
#[case::no_name("[[http_tokens]]\ntoken = \"hush\"", "", "http_tokens[0].name ({file}): it is missing. Add it.")]
#[case::no_list(
    "http_tokens = \"hush\"",
    "",
    "http_tokens ({file}): it is not a list of tables, as [[http_tokens]] starts one."
)]
#[case::list_of_texts("http_tokens = [\"hush\"]", "", "http_tokens[0] ({file}): it is not a table. Write a table.")]
#[case::no_list_of_tables("[http_tokens]\nname = \"hush\"", "", "http_tokens ({file}): it is not a list of tables")]
fn a_mistake_in_a_table_names_its_key(#[case] toml: &str, #[case] variable: &str, #[case] expected: &str) {
    a_mistake_names_source_key_and_remedy(toml, variable, expected);
}

#[test]
fn a_table_is_read_key_by_key() {
    let environment = [
        ("INTERVALS_ICU_OAUTH__AUDIENCE", "a, b"),
        ("INTERVALS_ICU_OAUTH__CLOCK_SKEW", "5"),
        ("INTERVALS_ICU_OAUTH__JWKS_URL", "https://id.example/keys"),
    ];
    let World { places, folder } = world("[oauth]\nissuer = \"https://id.example\"\nclock_skew = 9", "", &environment);
    let Loaded { config, sources, warnings, .. } = load(places, nothing()).unwrap();
    let expected = OAuthConfig {
        issuer: Some("https://id.example".into()),
        audience: Words::of(["a", "b"]),
        jwks_url: Some("https://id.example/keys".into()),
        clock_skew: 5,
    };
    assert_eq!((config.oauth, warnings), (expected, vec![]));
    let file = folder.path().join("config.toml").display().to_string();
    let source = |key: &str| sources.name(key);
    assert_eq!(source("oauth.issuer"), file);
    assert_eq!(source("oauth.jwks_url"), "environment variable INTERVALS_ICU_OAUTH__JWKS_URL");
    assert_eq!(source("oauth.clock_skew"), "environment variable INTERVALS_ICU_OAUTH__CLOCK_SKEW");
}

#[test]
fn packs_and_fixed_arguments_are_told_over_the_environment_too() {
    let environment = [
        ("INTERVALS_ICU_PACK__SPORT_SETTINGS__A_KEY", "a, b"),
        ("INTERVALS_ICU_FIXED__ATHLETE_ID", "i1"),
        ("INTERVALS_ICU_PACK__GEAR", "x"),
    ];
    let toml = "[pack.sport-settings]\nother = 1\n[tool.t]\ntitle = \"T\"\n[tool.u]";
    let World { places, folder } = world(toml, "INTERVALS_ICU_PACK__GEAR__KEY=1", &environment);
    let Loaded { config, sources, warnings, .. } = load(places, nothing()).unwrap();
    let pack = serde_json::json!({"sport-settings": {"a_key": "a, b", "other": 1}});
    assert_eq!(serde_json::to_value(&config.pack).unwrap(), pack);
    assert_eq!(serde_json::to_value(&config.fixed).unwrap(), serde_json::json!({"athlete_id": "i1"}));
    let file = folder.path().join("config.toml").display().to_string();
    for (key, source) in [
        ("pack.sport-settings.a_key", "environment variable INTERVALS_ICU_PACK__SPORT_SETTINGS__A_KEY"),
        ("pack.sport-settings.other", &file),
        ("fixed.athlete_id", "environment variable INTERVALS_ICU_FIXED__ATHLETE_ID"),
        ("tool.t.title", &file),
        ("tool.u", &file),
    ] {
        assert_eq!(sources.name(key), source, "{key}");
    }
    assert!(warnings.len() == 2 && warnings[0].contains("PACK in .env is not obeyed"), "{warnings:?}");
    assert!(warnings[1].starts_with("INTERVALS_ICU_PACK__GEAR (environment) is not a variable"), "{warnings:?}");
}

#[rstest]
#[case(
    "[tool.icu_x]\ndescripton = \"x\"",
    "tool.icu_x.descripton ({file}): there is no such key. Did you mean description?"
)]
#[case("[tool]\nicu_x = 1", "tool.icu_x ({file}): 1 is not a table. Write a table.")]
#[case("pack = \"gear\"", "pack ({file}): \"gear\" is not a table. Write a table.")]
#[case("[pack]\ngear = 1", "pack.gear ({file}): 1 is not a table. Write a table.")]
#[case("fixed = 1", "fixed ({file}): 1 is not a table. Write a table.")]
fn a_mistake_in_an_open_table_names_its_key(#[case] toml: &str, #[case] expected: &str) {
    a_mistake_names_source_key_and_remedy(toml, "", expected);
}

#[test]
fn tokens_of_callers_are_never_printed() {
    let toml = "http_token = \"hush\"\n[[http_tokens]]\nname = \"a\"\ntoken = \"hush\"\nsha256 = \"hush\"";
    let World { places, folder } = world(toml, "", &[]);
    let Loaded { config, sources, .. } = load(places, nothing()).unwrap();
    let rows = config.rows();
    let row = |key: &str| rows.iter().find(|(known, _)| known == key).map(|(_, value)| value.to_string());
    assert_eq!(row("http_token").as_deref(), Some("\"***\""));
    let expected = r#"[{"name":"a","token":"***","sha256":"***","read_only":false}]"#;
    assert_eq!(row("http_tokens").as_deref(), Some(expected));
    assert_eq!(row("oauth.clock_skew").as_deref(), Some("60"));
    assert!(!format!("{config:?}").contains("hush"));
    assert_eq!(sources.get("http_tokens"), Some(&Source::File(folder.path().join("config.toml"))));
}

#[rstest]
#[case("packs = [")]
#[case("api_key = \"hush")]
#[case("api_key = hush")]
#[case("api_key = 'hush' 'hush'")]
fn a_file_that_is_not_toml_says_which_and_shows_no_line_of_it(#[case] toml: &str) {
    let World { places, folder } = world(toml, "", &[]);
    let faults = load(places, nothing()).err().unwrap();
    let shown = faults[0].to_string();
    assert!(!shown.contains("hush") && shown.contains("line 1"), "{shown}");
    assert!(shown.starts_with(&folder.path().join("config.toml").display().to_string()), "{shown}");
}

#[test]
fn every_unknown_key_is_named() {
    let faults = load(world("pots = 1\nport = 2\nhsot = \"x\"\n[limits]\nbdoy = 1\nzz = 2", "", &[]).places, nothing());
    let keys =
        |faults: Vec<Fault>| faults.iter().map(|f| f.place.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>();
    let named = keys(faults.err().unwrap());
    assert!(named.contains(&"pots".into()) && named.contains(&"hsot".into()), "{named:?}");
    let faults = load(world("[limits]\nbdoy = 1\nzz = 2", "", &[]).places, nothing()).err().unwrap();
    assert_eq!(keys(faults), ["limits.bdoy", "limits.zz"]);
}

#[rstest]
#[case("port = 70000", "70000 is not a whole number from 0 to 65535")]
#[case("[limits]\nbody = \"4MB\"", "\"4MB\" is not a whole number of 0 or more")]
fn a_number_that_does_not_fit_says_what_fits(#[case] toml: &str, #[case] problem: &str) {
    let faults = load(world(toml, "", &[]).places, nothing()).err().unwrap();
    assert_eq!(faults[0].problem, problem);
}

#[test]
fn relative_paths_of_a_file_are_relative_to_it_and_a_tilde_is_the_home_folder() {
    let toml = "packs_dir = \"packs.d\"\nca_file = \"/etc/ca.pem\"\ndownload_dir = \"~/rides\"\n\
        [[http_tokens]]\nname = \"a\"\nfile = \"token\"";
    let World { places, folder } = world(toml, "", &[("INTERVALS_ICU_HTTP_TOKEN_FILE", "here/token")]);
    let config = load(places, nothing()).unwrap().config;
    assert_eq!(config.packs_dir, Some(folder.path().join("packs.d")));
    assert_eq!(config.ca_file, Some("/etc/ca.pem".into()));
    assert_eq!(config.download_dir, dirs::home_dir().map(|home| home.join("rides")));
    assert_eq!(config.http_tokens[0].file, Some(folder.path().join("token")));
    // Elsewhere it is relative to the working directory.
    assert_eq!(config.http_token_file, Some("here/token".into()));
}

#[test]
fn a_file_that_cannot_be_read_is_no_missing_one() {
    let World { mut places, folder } = world("read_only = true", "", &[]);
    (places.file, places.platform_file) = (None, Some(folder.path().into()));
    let faults = load(places, nothing()).err().unwrap();
    assert!(faults[0].problem.starts_with("it cannot be read: "), "{}", faults[0]);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_as_a_file_is() {
    let World { mut places, folder } = world("", "", &[]);
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    places.file = Some(pipe.clone());
    let writer = std::thread::spawn(move || fs::write(pipe, "port = 7"));
    assert_eq!(load(places, nothing()).unwrap().config.port, 7);
    writer.join().unwrap().unwrap();
}

#[test]
fn a_missing_file_is_a_mistake_when_it_was_asked_for() {
    let mut world = world("", "", &[]);
    world.places.file = Some("/nowhere/config.toml".into());
    let faults = load(world.places, nothing()).err().unwrap();
    assert_eq!(
        faults[0].to_string(),
        "--config /nowhere/config.toml: there is no such file. Correct the path, or leave --config (or INTERVALS_ICU_CONFIG) out to use the defaults."
    );
}

#[test]
fn a_blank_variable_changes_nothing() {
    let blank = [("INTERVALS_ICU_READ_ONLY", ""), ("INTERVALS_ICU_PORT", " "), ("INTERVALS_ICU_ATHLETES", "")];
    let config = load(world("read_only = true", "", &blank).places, nothing()).unwrap().config;
    assert_eq!((config.read_only, config.port, config.athletes), (true, 8000, Words::of(["any"])));
}

#[rstest]
#[case("BASE_URL", "https://evil.example")]
#[case("CA_FILE", "evil.pem")]
#[case("HOST", "0.0.0.0")]
#[case("ALLOW_UNAUTHENTICATED", "true")]
#[case("TRANSPORT", "http")]
#[case("ALLOWED_ORIGINS", "https://evil.example")]
#[case("HTTP_TOKEN", "a-token-that-is-known-elsewhere")]
#[case("OAUTH__ISSUER", "https://evil.example")]
#[case("LIMITS__BODY", "1")]
#[case("DOWNLOAD_DIR", "/tmp")]
#[case("CALLER_CREDENTIALS", "true")]
#[case("READ_ONLY", "false")]
#[case("PACKS_DIR", "packs.d")]
fn no_dotenv_may_say_where_the_key_goes_or_who_may_use_it(#[case] name: &str, #[case] value: &str) {
    let loaded = load(world("", &format!("INTERVALS_ICU_{name}={value}\n"), &[]).places, nothing()).unwrap();
    assert_eq!(loaded.config.rows(), Config::default().rows());
    // A table is refused whole.
    let key = name.split("__").next().unwrap();
    let warned = format!("INTERVALS_ICU_{key} in .env is not obeyed");
    assert!(loaded.warnings[0].contains(&warned), "{:?}", loaded.warnings);
}

#[test]
fn a_line_of_dotenv_that_cannot_be_read_is_not_shown() {
    let loaded = load(world("", "\nINTERVALS_ICU_API_KEY='hush", &[]).places, nothing()).unwrap();
    assert_eq!(loaded.warnings, [".env, line 2 is passed over: a quote is not closed"]);
}

#[rstest]
#[case("APP_NAME=My App\nmy-key=1\nJSON={\"a\": 1}\nnonsense")]
#[case("\u{FEFF}# a comment")]
#[case("INTERVALS_ICU_DEADLINE=soon")]
#[case("INTERVALS_ICU_UNITS=furlongs")]
#[case("INTERVALS_ICU_LOG=loud")]
#[case("INTERVALS_ICU_TIMEZONE=Mars/Base")]
#[case("INTERVALS_ICU_DEADLINE=0")]
#[case("INTERVALS_ICU_API_KEY=\"open")]
fn a_foreign_dotenv_never_stops_the_server(#[case] lines: &str) {
    let dotenv = format!("{lines}\nINTERVALS_ICU_COACH=true\n");
    let config = load(world("", &dotenv, &[]).places, nothing()).unwrap().config;
    assert_eq!((config.coach, config.timezone, config.deadline, &*config.log), (true, None, 30, "warn"));
}

#[test]
fn a_folder_a_large_file_and_bytes_that_are_no_text_are_passed_over() {
    let World { mut places, folder } = world("", "", &[]);
    fs::write(folder.path().join("large"), format!("INTERVALS_ICU_COACH=true\n{}", "#".repeat(70_000))).unwrap();
    fs::write(folder.path().join("bytes"), b"X=\xFF\xFE\nINTERVALS_ICU_UNITS=imperial\n").unwrap();
    let mut load_from = |name: &str| {
        places.dotenv = folder.path().join(name);
        load(places.clone(), nothing()).unwrap()
    };
    assert!(load_from(".").warnings.is_empty());
    let large = load_from("large");
    assert!(!large.config.coach && large.warnings[0].contains("64 KiB"), "{:?}", large.warnings);
    assert_eq!(load_from("bytes").config.units, UnitsChoice::Imperial);
}

#[test]
fn a_dotenv_puts_in_nothing_for_a_dollar() {
    let dotenv = "INTERVALS_ICU_ATHLETE_ID=${HOME}\nINTERVALS_ICU_API_KEY=$PATH";
    let config = load(world("", dotenv, &[]).places, nothing()).unwrap().config;
    assert_eq!(config.athlete_id.as_deref(), Some("${HOME}"));
    assert_eq!(secrecy::ExposeSecret::expose_secret(&config.api_key.unwrap().reveal().unwrap()), "$PATH");
}

#[rstest]
#[case::wider("delete_mode = \"none\"", "INTERVALS_ICU_DELETE_MODE=full", Deletes::None, true)]
#[case::wider_than_the_default("", "INTERVALS_ICU_DELETE_MODE=full", Deletes::Safe, true)]
#[case::narrower("delete_mode = \"full\"", "INTERVALS_ICU_DELETE_MODE=none", Deletes::None, false)]
fn of_a_dotenv_and_the_file_the_narrower_counts(
    #[case] toml: &str,
    #[case] dotenv: &str,
    #[case] mode: Deletes,
    #[case] warns: bool,
) {
    let loaded = load(world(toml, dotenv, &[]).places, nothing()).unwrap();
    assert_eq!((loaded.config.delete_mode, !loaded.warnings.is_empty()), (mode, warns), "{:?}", loaded.warnings);
}

#[test]
fn a_dotenv_changes_nothing_that_the_file_says_and_names_no_other_athlete() {
    let toml = "timezone = \"UTC\"\nlog = \"error\"\nathletes = [\"i1\"]";
    let dotenv = "INTERVALS_ICU_TIMEZONE=Asia/Tokyo\nINTERVALS_ICU_LOG=trace\nINTERVALS_ICU_ATHLETE_ID=i9";
    let loaded = load(world(toml, dotenv, &[]).places, nothing()).unwrap();
    let config = loaded.config;
    assert_eq!((config.timezone.as_deref(), &*config.log, config.athlete_id), (Some("UTC"), "error", None));
    assert!(loaded.warnings[0].contains("INTERVALS_ICU_ATHLETE_ID in .env is not obeyed"), "{:?}", loaded.warnings);
    // The environment is the operator's.
    let environment = [("INTERVALS_ICU_DELETE_MODE", "full")];
    let dotenv = "INTERVALS_ICU_DELETE_MODE=none\nINTERVALS_ICU_PACKS=gear";
    let config = load(world("", dotenv, &environment).places, nothing()).unwrap().config;
    assert_eq!((config.delete_mode, config.narrowing.packs), (Deletes::Full, Words::of(["gear"])));
}

#[rstest]
#[case("INTERVALS_ICU_READONLY")]
#[case("INTERVALS_ICU_READ_ONLY")]
fn a_wish_to_narrow_is_understood_without_its_underscores(#[case] name: &str) {
    let loaded = load(world("", "", &[(name, "true")]).places, nothing()).unwrap();
    assert!(loaded.config.read_only && loaded.warnings.is_empty(), "{:?}", loaded.warnings);
}

#[test]
fn unknown_variables_warn_and_old_ones_are_ignored() {
    let environment = [
        ("INTERVALS_ICU_PAKCS", "x"),
        ("INTERVALS_ICU_DEBUG_METADATA", "1"),
        ("OTHER", "x"),
        ("INTERVALS_ICU_HTTP_TOKENS", "x"),
        ("INTERVALS_ICU_OAUTH_ISSUER", "x"),
    ];
    let warnings = load(world("", "", &environment).places, nothing()).unwrap().warnings;
    assert_eq!(
        warnings,
        [
            "INTERVALS_ICU_PAKCS (environment) is not a variable of this server (did you mean INTERVALS_ICU_PACKS?)",
            "INTERVALS_ICU_DEBUG_METADATA (environment) has no meaning any more and can be removed",
            "INTERVALS_ICU_HTTP_TOKENS (environment) is not a variable of this server (did you mean INTERVALS_ICU_HTTP_TOKEN?)",
            "INTERVALS_ICU_OAUTH_ISSUER (environment) is not a variable of this server (did you mean INTERVALS_ICU_OAUTH__ISSUER?)",
        ]
    );
}
