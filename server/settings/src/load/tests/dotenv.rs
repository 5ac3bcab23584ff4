//! Keys that a `.env` sets, narrows or must not set, and files that are skipped.
use rstest::rstest;

use super::*;
use crate::config::{Deletes, UnitsChoice};

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
    // The warning names the whole table.
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
fn a_dotenv_of_another_project_never_stops_the_server(#[case] lines: &str) {
    let dotenv = format!("{lines}\nINTERVALS_ICU_COACH=true\n");
    let config = load(world("", &dotenv, &[]).places, nothing()).unwrap().config;
    assert_eq!((config.coach, config.timezone, config.deadline, &*config.log), (true, None, 30, "warn"));
}

#[test]
fn a_folder_and_a_large_file_are_skipped_and_invalid_utf_8_is_replaced() {
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
fn a_dollar_is_not_expanded() {
    let dotenv = "INTERVALS_ICU_ATHLETE_ID=${HOME}\nINTERVALS_ICU_API_KEY=$PATH";
    let config = load(world("", dotenv, &[]).places, nothing()).unwrap().config;
    assert_eq!(config.athlete_id.as_deref(), Some("${HOME}"));
    assert_eq!(secrecy::ExposeSecret::expose_secret(&config.api_key.unwrap().reveal().unwrap()), "$PATH");
}

#[rstest]
#[case::wider("delete_mode = \"none\"", "INTERVALS_ICU_DELETE_MODE=full", Deletes::None, true)]
#[case::wider_than_the_default("", "INTERVALS_ICU_DELETE_MODE=full", Deletes::Safe, true)]
#[case::narrower("delete_mode = \"full\"", "INTERVALS_ICU_DELETE_MODE=none", Deletes::None, false)]
fn the_narrower_value_of_dotenv_and_file_applies(
    #[case] toml: &str,
    #[case] dotenv: &str,
    #[case] mode: Deletes,
    #[case] warns: bool,
) {
    let loaded = load(world(toml, dotenv, &[]).places, nothing()).unwrap();
    assert_eq!((loaded.config.delete_mode, !loaded.warnings.is_empty()), (mode, warns), "{:?}", loaded.warnings);
}

#[test]
fn the_file_overrides_dotenv_which_cannot_choose_another_athlete() {
    let toml = "timezone = \"UTC\"\nlog = \"error\"\nathletes = [\"i1\"]";
    let dotenv = "INTERVALS_ICU_TIMEZONE=Asia/Tokyo\nINTERVALS_ICU_LOG=trace\nINTERVALS_ICU_ATHLETE_ID=i9";
    let loaded = load(world(toml, dotenv, &[]).places, nothing()).unwrap();
    let config = loaded.config;
    assert_eq!((config.timezone.as_deref(), &*config.log, config.athlete_id), (Some("UTC"), "error", None));
    assert!(loaded.warnings[0].contains("INTERVALS_ICU_ATHLETE_ID in .env is not obeyed"), "{:?}", loaded.warnings);
    // The environment belongs to the operator: it overrides both.
    let environment = [("INTERVALS_ICU_DELETE_MODE", "full")];
    let dotenv = "INTERVALS_ICU_DELETE_MODE=none\nINTERVALS_ICU_PACKS=gear";
    let config = load(world("", dotenv, &environment).places, nothing()).unwrap().config;
    assert_eq!((config.delete_mode, config.narrowing.packs), (Deletes::Full, Words::of(["gear"])));
}
