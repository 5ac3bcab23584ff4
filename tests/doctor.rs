//! `doctor` of the built binary: what is well, and each thing that may not be.
// With `research` alone nothing is offered, which is a failure of its own.
#![cfg(any(
    feature = "activities",
    feature = "analysis",
    feature = "athlete",
    feature = "curves",
    feature = "custom-items",
    feature = "events",
    feature = "gear",
    feature = "library",
    feature = "messages",
    feature = "sport-settings",
    feature = "wellness",
))]
use std::{collections::BTreeSet, net::TcpListener, path::PathBuf, time::Duration};

use intervals_core::testing::mock_server;
use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use rstest::rstest;
use serde_json::{Value, json};
use tempfile::TempDir;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

use crate::world::run;

/// A key whose first letters may be shown, and nothing of the rest.
const KEY: &str = "hush-0123456789-abcdef";

/// The service: what it answers to a knock, and to the question for the athlete.
struct Service {
    server: MockServer,
}

impl Service {
    async fn of(head: ResponseTemplate, athlete: ResponseTemplate) -> Self {
        let head = Mock::given(method("HEAD")).respond_with(head);
        Self { server: mock_server([head, Mock::given(method("GET")).respond_with(athlete)]).await }
    }

    async fn well() -> Self {
        Self::of(ResponseTemplate::new(200), ada()).await
    }

    fn doctor(&self, flags: &[&str], environment: &[(&str, &str)]) -> Report {
        let own = [("INTERVALS_ICU_BASE_URL", self.server.uri()), ("INTERVALS_ICU_API_KEY", KEY.into())];
        let own: Vec<_> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
        doctor(flags, &[&own, environment].concat())
    }
}

fn ada() -> ResponseTemplate {
    let athlete =
        json!({"id": "i7", "name": "Ada", "timezone": "UTC", "email": "ada@example.org", "sportSettings": []});
    ResponseTemplate::new(200).set_body_json(athlete)
}

/// What was said: status, detail and remedy by check.
struct Report {
    code: Option<i32>,
    rows: Vec<Value>,
    text: String,
}

fn doctor(flags: &[&str], environment: &[(&str, &str)]) -> Report {
    let json = run(&[&["doctor", "--json"], flags].concat(), environment);
    let rows: Vec<Value> = serde_json::from_str(&json.out).unwrap_or_else(|_| panic!("{}{}", json.out, json.err));
    for row in &rows {
        let members: BTreeSet<_> = row.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(members, BTreeSet::from(["check", "status", "detail", "remedy"]));
        assert!(["pass", "warn", "fail"].contains(&row["status"].as_str().unwrap()));
        assert!(row["status"] != "fail" || row["remedy"].is_string(), "{row}");
    }
    let failed = rows.iter().any(|row| row["status"] == "fail");
    assert_eq!(json.code, Some(i32::from(failed)), "{}", json.out);
    for said in [&json.out, &json.err] {
        assert!(!said.contains("0123456789") && !said.contains("ada@example.org"), "{said}");
    }
    Report { code: json.code, rows, text: json.out }
}

impl Report {
    /// The first row of that check that is not well, or the first at all.
    fn row(&self, check: &str) -> &Value {
        let mut rows: Vec<_> = self.rows.iter().filter(|row| row["check"] == check).collect();
        rows.sort_by_key(|row| ["fail", "warn", "pass"].iter().position(|status| row["status"] == *status));
        rows.first().unwrap_or_else(|| panic!("no {check} in {}", self.text))
    }

    fn holds(&self, check: &str, status: &str, detail: &str) {
        let row = self.row(check);
        assert_eq!(row["status"], status, "{row}");
        assert!(row["detail"].as_str().unwrap().contains(detail), "{row}");
    }
}

#[tokio::test]
async fn all_is_looked_at_with_two_requests_that_only_read() {
    let service = Service::well().await;
    let report = service.doctor(&[], &[]);
    assert_eq!(report.code, Some(0), "{}", report.text);
    report.holds("version", "pass", concat!("intervals-icu-mcp ", env!("CARGO_PKG_VERSION")));
    report.holds("configuration", "pass", "environment: INTERVALS_ICU_API_KEY, INTERVALS_ICU_BASE_URL");
    report.holds("variables", "pass", "");
    report.holds("credentials", "pass", "API key from environment variable INTERVALS_ICU_API_KEY");
    report.holds("reachability", "pass", &service.server.uri());
    report.holds("athlete", "pass", "Ada, i7");
    report.holds("clock", "pass", "");
    report.holds("rate", "pass", "");
    report.holds("packs", "pass", " tools, ~");
    report.holds("read_only", "pass", "was not sent");
    report.holds("http", "pass", "stdio");
    let requests = service.server.received_requests().await.unwrap();
    let methods: Vec<_> = requests.iter().map(|request| request.method.to_string()).collect();
    assert_eq!(methods, ["HEAD", "GET"]);
}

#[rstest]
#[case::wrong_key(ResponseTemplate::new(401), "fail", "does not accept the API key", "setup")]
#[case::wrong_key_too(ResponseTemplate::new(403), "fail", "does not accept the API key", "setup")]
#[case::too_many(ResponseTemplate::new(429).insert_header("retry-after", "7"), "warn", "a pause of 7 s", "Wait")]
#[case::failing(ResponseTemplate::new(500), "fail", "failed (500)", "Try again")]
#[case::a_login_page(ResponseTemplate::new(200).set_body_string("<html>Welcome"), "fail", "unexpected", "login page")]
#[tokio::test]
async fn what_the_service_answers_is_told_apart(
    #[case] answer: ResponseTemplate,
    #[case] status: &str,
    #[case] detail: &str,
    #[case] remedy: &str,
) {
    let service = Service::of(ResponseTemplate::new(302), answer).await;
    let report = service.doctor(&[], &[]);
    report.holds("reachability", "pass", "");
    report.holds("athlete", status, detail);
    assert!(report.row("athlete")["remedy"].as_str().unwrap().contains(remedy), "{}", report.text);
    assert_eq!(service.server.received_requests().await.unwrap().len(), 2);
}

#[rstest]
#[case(ResponseTemplate::new(403))]
#[case(ResponseTemplate::new(404))]
#[tokio::test]
async fn an_athlete_out_of_reach_is_no_wrong_key(#[case] answer: ResponseTemplate) {
    let service = Service::of(ResponseTemplate::new(200), answer).await;
    let report = service.doctor(&[], &[("INTERVALS_ICU_ATHLETE_ID", "i9")]);
    report.holds("athlete", "fail", "does not reach athlete i9 (environment variable INTERVALS_ICU_ATHLETE_ID)");
}

#[rstest]
#[case(SignedDuration::from_secs(30), "pass")]
#[case(SignedDuration::from_mins(5), "warn")]
#[case(SignedDuration::from_mins(-20), "fail")]
#[tokio::test]
async fn the_clock_is_held_against_that_of_the_service(#[case] off: SignedDuration, #[case] status: &str) {
    let date = rfc2822::to_string(&(Timestamp::now() + off).to_zoned(jiff::tz::TimeZone::UTC)).unwrap();
    let head = ResponseTemplate::new(200).insert_header("date", date.as_str()).insert_header("x-ratelimit-limit", "30");
    let report = Service::of(head, ada()).await.doctor(&[], &[]);
    report.holds("clock", status, "");
    report.holds("rate", "pass", "x-ratelimit-limit: 30");
}

#[tokio::test]
async fn a_service_that_is_not_there_or_not_well_is_asked_for_nothing_more() {
    let ill = Service::of(ResponseTemplate::new(503), ada()).await;
    let report = ill.doctor(&[], &[]);
    report.holds("reachability", "fail", "HTTP: ");
    report.holds("athlete", "warn", "not asked for");
    assert_eq!(ill.server.received_requests().await.unwrap().len(), 1);
    let slow = Service::of(ResponseTemplate::new(200).set_delay(Duration::from_secs(60)), ada()).await;
    slow.doctor(&[], &[]).holds("reachability", "fail", "timeout: ");
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let report = slow.doctor(&[], &[("INTERVALS_ICU_BASE_URL", &format!("http://{closed}"))]);
    report.holds("reachability", "fail", "TCP: ");
    // What needs no service is looked at all the same.
    report.holds("packs", "pass", " tools");
    report.holds("read_only", "pass", "was not sent");
}

struct Home {
    folder: TempDir,
}

impl Home {
    fn with(config: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config.toml"), config).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn config(&self) -> String {
        self.path("config.toml").display().to_string()
    }

    #[cfg(unix)]
    fn mode(&self, name: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(self.path(name), std::fs::Permissions::from_mode(mode)).unwrap();
    }
}

#[rstest]
#[case::unknown_key("pcks = []", "Did you mean packs?", "the configuration file")]
#[case::no_toml("api_key = 'hush-0123456789", "config.example.toml", "the configuration file")]
#[case::unknown_pack("packs = ['welness']", "Correct it", "")]
#[case::unknown_level("log = 'loud'", "Use off, error", "")]
#[case::unsafe_address("base_url = 'http://example.org'", "Correct it.", "")]
#[case::two_mistakes("deadline = 0\nlog = 'loud'", "", "")]
#[tokio::test]
async fn a_broken_configuration_is_a_failed_check_among_others(
    #[case] config: &str,
    #[case] remedy: &str,
    #[case] without: &str,
) {
    let home = Home::with(config);
    let service = Service::well().await;
    let flags = ["--config", &home.config()];
    let report = match config.contains("base_url") {
        true => doctor(&flags, &[("INTERVALS_ICU_API_KEY", KEY)]),
        false => service.doctor(&flags, &[]),
    };
    report.holds("configuration", "fail", "");
    assert!(report.row("configuration")["remedy"].as_str().unwrap().contains(remedy), "{}", report.text);
    assert!(without.is_empty() || report.text.contains(&format!("without {without}")), "{}", report.text);
    report.holds("credentials", "pass", "API key from ");
    report.holds("version", "pass", "");
    if !config.contains("base_url") {
        report.holds("athlete", "pass", "Ada");
    }
    let failed = report.rows.iter().filter(|row| row["status"] == "fail").count();
    assert_eq!(failed, if config.contains('\n') { 2 } else { 1 }, "{}", report.text);
}

#[rstest]
#[case::none(&[], "fail", "neither an API key nor an access token")]
#[case::blank(&[("INTERVALS_ICU_API_KEY", " ")], "fail", "neither")]
#[case::template(&[("INTERVALS_ICU_API_KEY", "${user_config.api_key}")], "fail", "is not filled in")]
#[case::both(&[("INTERVALS_ICU_API_KEY", KEY), ("INTERVALS_ICU_ACCESS_TOKEN", KEY)], "warn", "the access token is not")]
#[case::token(&[("INTERVALS_ICU_ACCESS_TOKEN", KEY)], "pass", "access token from ")]
#[case::brought(&[("INTERVALS_ICU_CALLER_CREDENTIALS", "true")], "pass", "callers send their own")]
fn the_credentials_are_looked_at(#[case] environment: &[(&str, &str)], #[case] status: &str, #[case] detail: &str) {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let base = format!("http://{closed}");
    let report = doctor(&[], &[environment, &[("INTERVALS_ICU_BASE_URL", &base)]].concat());
    report.holds("credentials", status, detail);
}

#[tokio::test]
#[cfg(unix)]
async fn a_key_that_others_can_read_is_told_with_the_command_that_mends_it() {
    let service = Service::well().await;
    let home = Home::with("");
    let unset = ("INTERVALS_ICU_API_KEY", "");
    let look = || service.doctor(&["--config", &home.config()], &[unset]);
    std::fs::write(home.path("credentials"), format!("api_key = '{KEY}'")).unwrap();
    home.mode("credentials", 0o600);
    let report = look();
    report.holds("credentials", "pass", &format!("API key from {}", home.path("credentials").display()));
    report.holds("athlete", "pass", "Ada");
    home.mode("credentials", 0o644);
    let report = look();
    report.holds("credentials", "warn", "others can read it (mode 644)");
    let remedy = format!("Run `chmod 600 {}`.", home.path("credentials").display());
    assert_eq!((report.row("credentials")["remedy"].as_str(), report.code), (Some(remedy.as_str()), Some(0)));
    std::fs::write(home.path("config.toml"), format!("api_key = '{KEY}'")).unwrap();
    home.mode("config.toml", 0o640);
    look().holds("credentials", "warn", "config.toml (mode 640)");
    home.mode("config.toml", 0o600);
    look().holds("credentials", "pass", "config.toml");
}

#[tokio::test]
async fn variables_that_mean_nothing_are_told() {
    let report = Service::well().await.doctor(&[], &[("INTERVALS_ICU_PAKCS", "x")]);
    report.holds("variables", "warn", "did you mean INTERVALS_ICU_PACKS?");
    assert_eq!(report.code, Some(0));
}

#[rstest]
#[case::little(&["--packs", "wellness"], "pass", "; packs wellness")]
#[case::nothing(&["--packs", "wellness", "--exclude-tools", "*"], "fail", "no tool is offered")]
#[case::all(&["--packs", "all", "--delete-mode", "full", "--coach"], "warn", " tools, ~1")]
#[tokio::test]
#[cfg(feature = "wellness")]
async fn what_is_offered_is_counted(#[case] flags: &[&str], #[case] status: &str, #[case] detail: &str) {
    // Only with every pack all of them are much.
    if status != "warn" || crate::world::has_every_pack() {
        Service::well().await.doctor(flags, &[]).holds("packs", status, detail);
    }
}

#[tokio::test]
async fn read_only_is_told_as_it_is() {
    let service = Service::well().await;
    service.doctor(&[], &[]).holds("read_only", "pass", "off, --read-only switches it on");
    service.doctor(&["--read-only"], &[]).holds("read_only", "pass", "on, no tool that writes is offered");
}

#[rstest]
#[case::taken(&[], "warn", "is taken; anybody who reaches it may call")]
#[case::token(&[("INTERVALS_ICU_HTTP_TOKEN", "0123456789-abcdefgh"), ("INTERVALS_ICU_PORT", "0")], "pass", "is free; callers prove")]
#[case::open(&[("INTERVALS_ICU_HOST", "0.0.0.0"), ("INTERVALS_ICU_PORT", "0")], "fail", "others can reach 0.0.0.0")]
#[case::open_on_purpose(&[("INTERVALS_ICU_HOST", "0.0.0.0"), ("INTERVALS_ICU_PORT", "0"), ("INTERVALS_ICU_ALLOW_UNAUTHENTICATED", "true")], "warn", "anybody")]
#[case::elsewhere(&[("INTERVALS_ICU_HOST", "example.org")], "fail", "is not an IP address")]
#[case::no_transport(&[("INTERVALS_ICU_TRANSPORT", "pigeon")], "fail", "there is no transport pigeon")]
#[tokio::test]
#[cfg(feature = "http")]
async fn what_listens_is_looked_at(#[case] environment: &[(&str, &str)], #[case] status: &str, #[case] detail: &str) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let own = [("INTERVALS_ICU_TRANSPORT", "http"), ("INTERVALS_ICU_PORT", port.as_str())];
    let report = Service::well().await.doctor(&[], &[&own, environment].concat());
    report.holds("http", status, detail);
}

#[test]
#[cfg(feature = "demo")]
fn the_demo_is_well() {
    let report = doctor(&["--demo=2026-07-05"], &[("INTERVALS_ICU_API_KEY", KEY)]);
    assert_eq!(report.code, Some(0), "{}", report.text);
    report.holds("credentials", "pass", "demo");
    report.holds("athlete", "pass", "i7001");
    report.holds("time_zone", "warn", "Pacific/Auckland");
}

#[tokio::test]
async fn people_read_lines_with_marks_and_remedies() {
    let service = Service::of(ResponseTemplate::new(200), ResponseTemplate::new(401)).await;
    let environment = [("INTERVALS_ICU_BASE_URL", service.server.uri()), ("INTERVALS_ICU_API_KEY", KEY.into())];
    let environment: Vec<_> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let ran = run(&["doctor"], &environment);
    assert_eq!(ran.code, Some(1));
    let lines: Vec<_> = ran.out.lines().collect();
    let at = lines.iter().position(|line| line.starts_with("FAIL  athlete  ")).unwrap();
    let column = lines[at].find("Intervals.icu does not").unwrap();
    assert_eq!(lines[at + 1].find("-> Run `intervals-icu-mcp setup`"), Some(column), "{}", ran.out);
    assert!(lines[0].starts_with("pass  version"), "{}", ran.out);
    assert!(lines.last().unwrap().ends_with(", 1 failed"), "{}", ran.out);
}
