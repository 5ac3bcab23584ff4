//! How layers override each other, and how values are read from each.
mod dotenv;
mod faults;

use std::fs;

use rstest::rstest;
use tempfile::TempDir;

use super::*;
use crate::{config::OAuthConfig, values::Words};

/// Locations in a temporary folder.
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
fn each_layer_overrides_the_ones_before_and_is_the_source() {
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
fn ids_and_api_keys_of_digits_need_no_quotes() {
    let loaded = load(world("athlete_id = 123\napi_key = 456", "", &[]).places, nothing()).unwrap();
    assert_eq!(loaded.config.athlete_id.as_deref(), Some("123"));
    assert!(loaded.config.api_key.unwrap().reveal().is_some());
}

#[test]
fn each_key_of_a_table_has_its_own_source() {
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
fn the_environment_sets_keys_of_packs_and_fixed_arguments() {
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

#[test]
fn http_tokens_are_never_printed() {
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

#[test]
fn relative_paths_in_a_file_are_relative_to_it_and_a_tilde_is_the_home_folder() {
    let toml = "packs_dir = \"packs.d\"\nca_file = \"/etc/ca.pem\"\ndownload_dir = \"~/rides\"\n\
        [[http_tokens]]\nname = \"a\"\nfile = \"token\"";
    let World { places, folder } = world(toml, "", &[("INTERVALS_ICU_HTTP_TOKEN_FILE", "here/token")]);
    let config = load(places, nothing()).unwrap().config;
    assert_eq!(config.packs_dir, Some(folder.path().join("packs.d")));
    assert_eq!(config.ca_file, Some("/etc/ca.pem".into()));
    assert_eq!(config.download_dir, dirs::home_dir().map(|home| home.join("rides")));
    assert_eq!(config.http_tokens[0].file, Some(folder.path().join("token")));
    // A path in the environment is relative to the working directory.
    assert_eq!(config.http_token_file, Some("here/token".into()));
}

#[cfg(unix)]
#[test]
fn a_configuration_file_may_be_a_pipe() {
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
fn a_blank_variable_is_skipped() {
    let blank = [("INTERVALS_ICU_READ_ONLY", ""), ("INTERVALS_ICU_PORT", " "), ("INTERVALS_ICU_ATHLETES", "")];
    let config = load(world("read_only = true", "", &blank).places, nothing()).unwrap().config;
    assert_eq!((config.read_only, config.port, config.athletes), (true, 8000, Words::of(["any"])));
}

#[rstest]
#[case("INTERVALS_ICU_READONLY")]
#[case("INTERVALS_ICU_READ_ONLY")]
fn a_variable_is_recognized_without_its_underscores(#[case] name: &str) {
    let loaded = load(world("", "", &[(name, "true")]).places, nothing()).unwrap();
    assert!(loaded.config.read_only && loaded.warnings.is_empty(), "{:?}", loaded.warnings);
}

#[test]
fn unknown_and_old_variables_are_warnings() {
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
