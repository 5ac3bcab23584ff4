//! Faults in the configuration of tokens and OAuth are reported with key, source and remedy.
use rstest::rstest;

use super::*;

const ONE: &str = "[[http_tokens]]\nname = \"one\"\ntoken = \"0123456789abcdef\"\n";

#[rstest]
#[case::empty("http_token = \" \"", "http_token", "it is empty. Write the token, or remove the key.")]
#[case::short("http_token = \"hush\"", "http_token", "the token has 4 characters. Use at least 16")]
#[case::spaces("http_token = \"hush hush hush hush\"", "http_token", "the token cannot be sent in a header")]
#[case::signs("http_token = \"hüsch-hüsch-hüsch\"", "http_token", "the token cannot be sent in a header")]
#[case::both(
    "http_token = \"0123456789abcdef\"\nhttp_token_file = \"{dir}/token\"",
    "http_token",
    "http_token_file is set too. Remove one of the two."
)]
#[case::no_file("http_token_file = \"{dir}/no\"", "http_token_file", "{dir}/no cannot be read: ")]
#[case::short_file("http_token_file = \"{dir}/short\"", "http_token_file", "the token has 5 characters")]
fn one_token_for_all(#[case] toml: &str, #[case] key: &str, #[case] message: &str) {
    fault(toml, key, message);
}

#[rstest]
#[case::none("", "", "the token must be set exactly once. Set one of token, sha256 and file.")]
#[case::two("token = \"0123456789abcdeg\"\nfile = \"{dir}/token\"", "", "the token must be set exactly once")]
#[case::short("token = \"hush\"", ".token", "the token has 4 characters")]
#[case::no_hash("sha256 = \"hush\"", ".sha256", "it is not a SHA-256. Write 64 hexadecimal digits")]
#[case::half_a_hash("sha256 = \"0123456789abcdef0123456789abcdef\"", ".sha256", "it is not a SHA-256")]
#[case::hash_and_more(
    "sha256 = \"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0\"",
    ".sha256",
    "it is not a SHA-256"
)]
#[case::hash_with_other_signs(
    "sha256 = \"g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"",
    ".sha256",
    "it is not a SHA-256"
)]
#[case::no_file("file = \"{dir}/no\"", ".file", "{dir}/no cannot be read: ")]
#[case::same_token("token = \"0123456789abcdef\"", ".token", "one has the same token. Give each caller")]
#[case::same_hash(
    "sha256 = \"9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f\"",
    ".sha256",
    "one has the same token"
)]
#[case::unknown_pack(
    "token = \"0123456789abcdeg\"\npacks = [\"geer\"]",
    ".packs",
    "there is no pack geer (did you mean gear?)"
)]
#[case::no_packs("token = \"0123456789abcdeg\"\npacks = []", ".packs", "it is empty. List what to offer")]
#[case::no_tools("token = \"0123456789abcdeg\"\ntools = []", ".tools", "it is empty")]
#[case::unknown_tool("token = \"0123456789abcdeg\"\ntools = [\"x\"]", ".tools", "no tool of this build is called x")]
#[case::unknown_excluded(
    "token = \"0123456789abcdeg\"\nexclude_tools = \"x\"",
    ".exclude_tools",
    "no tool of this build"
)]
#[case::anybody_and_some(
    "token = \"0123456789abcdeg\"\nathletes = [\"any\", \"i1\"]",
    ".athletes",
    "any cannot be combined with ids. Use any alone, or ids."
)]
fn one_token_of_several(#[case] second: &str, #[case] key: &str, #[case] message: &str) {
    fault(&format!("{ONE}[[http_tokens]]\nname = \"two\"\n{second}"), &format!("http_tokens[1]{key}"), message);
}

#[rstest]
#[case::twice("one", "another token has the name one too. Give each token its own name.")]
#[case::empty("", "\"\" is not a valid name. Use up to 64 letters")]
#[case::blank_around(" x", "\" x\" is not a valid name")]
#[case::lines("a\\nb", "\"a\\nb\" is not a valid name")]
#[case::like_a_subject("oauth:me", "\"oauth:me\" is not a valid name")]
#[case::like_nobody("anybody", "\"anybody\" is not a valid name")]
fn a_token_needs_a_unique_name_in_one_line(#[case] name: &str, #[case] message: &str) {
    let second = format!("[[http_tokens]]\nname = \"{name}\"\ntoken = \"0123456789abcdeg\"");
    fault(&format!("{ONE}{second}"), "http_tokens[1].name", message);
}

#[rstest]
#[case::no_issuer("audience = [\"x\"]", "oauth.issuer", "it is missing, and other keys of its table are there")]
#[case::blank_issuer("issuer = \" \"", "oauth.issuer", "it is empty. Write the issuer's address")]
#[case::no_audience("issuer = \"https://id.example\"", "oauth.audience", "tokens must be made out to this server")]
#[case::in_clear(
    "issuer = \"http://id.example\"\naudience = \"x\"",
    "oauth.issuer",
    "\"http://id.example\" does not start with https://. Write an https:// address."
)]
#[case::looks_local(
    "issuer = \"http://127.0.0.1.evil.example\"\naudience = \"x\"",
    "oauth.issuer",
    "\"http://127.0.0.1.evil"
)]
#[case::no_address("issuer = \"id.example\"\naudience = \"x\"", "oauth.issuer", "\"id.example\" is not an address")]
#[case::query("issuer = \"https://id.example/?x\"\naudience = \"x\"", "oauth.issuer", "an issuer has no ?")]
#[case::user("issuer = \"https://me:hush@id.example\"\naudience = \"x\"", "oauth.issuer", "it has a user or a #")]
#[case::keys_in_clear(
    "issuer = \"https://id.example\"\naudience = \"x\"\njwks_url = \"http://id.example/keys\"",
    "oauth.jwks_url",
    "\"http://id.example/keys\" does not start with https://"
)]
#[case::skew(
    "issuer = \"https://id.example\"\naudience = \"x\"\nclock_skew = 601",
    "oauth.clock_skew",
    "601 s would let expired tokens in. Use 60, or at most 600."
)]
fn the_issuer_and_its_keys(#[case] table: &str, #[case] key: &str, #[case] message: &str) {
    fault(&format!("[oauth]\n{table}"), key, message);
}

#[test]
fn the_public_url_must_be_a_url() {
    let toml = "public_url = \"mcp.example.org\"\n[oauth]\nissuer = \"https://id.example\"";
    fault(toml, "public_url", "\"mcp.example.org\" is not an address such as https://mcp.example.org");
}

#[track_caller]
fn fault(toml: &str, key: &str, message: &str) {
    let fault = authenticator(toml).map(|_| ()).unwrap_err().to_string();
    let source = if toml.contains(key.trim_start_matches("oauth.")) || key.starts_with('h') {
        "{dir}/config.toml"
    } else {
        "default"
    };
    assert!(fault.starts_with(&format!("{key} ({source}): {message}")), "{fault}");
    assert!(!fault.contains("hush") && !fault.contains("0123456789"), "{fault}");
}
