//! Faults of each kind, with key, source and remedy.
use rstest::rstest;

use super::*;

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
fn a_fault_names_key_source_and_remedy(#[case] toml: &str, #[case] variable: &str, #[case] expected: &str) {
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
fn a_fault_in_a_table_names_its_key(#[case] toml: &str, #[case] variable: &str, #[case] expected: &str) {
    a_fault_names_key_source_and_remedy(toml, variable, expected);
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
fn a_fault_in_a_table_of_free_names_names_its_key(#[case] toml: &str, #[case] expected: &str) {
    a_fault_names_key_source_and_remedy(toml, "", expected);
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
fn all_unknown_keys_are_named() {
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
fn a_number_out_of_range_names_the_range(#[case] toml: &str, #[case] problem: &str) {
    let faults = load(world(toml, "", &[]).places, nothing()).err().unwrap();
    assert_eq!(faults[0].problem, problem);
}

#[test]
fn an_unreadable_file_is_a_fault_and_not_a_missing_one() {
    let World { mut places, folder } = world("read_only = true", "", &[]);
    (places.file, places.platform_file) = (None, Some(folder.path().into()));
    let faults = load(places, nothing()).err().unwrap();
    assert!(faults[0].problem.starts_with("it cannot be read: "), "{}", faults[0]);
}

#[test]
fn a_missing_file_of_the_flag_is_a_fault() {
    let mut world = world("", "", &[]);
    world.places.file = Some("/nowhere/config.toml".into());
    let faults = load(world.places, nothing()).err().unwrap();
    assert_eq!(
        faults[0].to_string(),
        "--config /nowhere/config.toml: there is no such file. Correct the path, or leave --config (or INTERVALS_ICU_CONFIG) out to use the defaults."
    );
}
