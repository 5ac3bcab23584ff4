//! The checks that answers of the service lead to.
use intervals_core::client::Options;
use rstest::rstest;

use super::*;
use crate::cli::doctor::Status;

fn greeting(date: &str) -> Greeting {
    let limits = vec![("x-ratelimit-remaining".into(), "7".into())];
    Greeting { date: date.parse().ok(), limits, took: Duration::from_millis(12) }
}

#[rstest]
#[case("failed to lookup address information: Name or service not known", "DNS")]
#[case("invalid peer certificate: UnknownIssuer", "TLS")]
#[case("Connection refused (os error 111)", "TCP")]
#[case("operation timed out", "timeout")]
#[case("the cable is gone", "network")]
fn the_network_layer_that_failed_is_named(#[case] reason: &str, #[case] expected: &str) {
    let check = reachability(&Err(ClientError::Unreachable { reason: reason.into() }), "https://x");
    assert_eq!(check.status, Status::Fail);
    assert!(check.detail.starts_with(&format!("{expected}: https://x")), "{}", check.detail);
}

#[rstest]
#[case("2026-07-05T12:00:00Z", Status::Pass, "same time")]
#[case("2026-07-05T11:59:00Z", Status::Pass, "60 s ahead")]
#[case("2026-07-05T12:01:01Z", Status::Warn, "61 s behind")]
#[case("2026-07-05T11:50:00Z", Status::Warn, "600 s ahead")]
#[case("2026-07-05T12:10:01Z", Status::Fail, "601 s behind")]
#[case("never", Status::Pass, "does not send")]
fn a_clock_may_be_off_a_little(#[case] theirs: &str, #[case] status: Status, #[case] detail: &str) {
    let check = clock(&greeting(theirs), "2026-07-05T12:00:00Z".parse().unwrap());
    assert_eq!((check.status, check.detail.contains(detail)), (status, true), "{}", check.detail);
}

#[rstest]
#[case(None, Some("Europe/Zurich"), "Europe/Zurich", Status::Pass, "as on this computer")]
#[case(None, Some("Asia/Tokyo"), "Europe/Zurich", Status::Warn, "this computer is in Europe/Zurich")]
#[case(Some("Asia/Tokyo"), Some("Europe/Zurich"), "Asia/Tokyo", Status::Pass, "Asia/Tokyo (the configuration)")]
#[case(None, Some("Mars/Base"), "UTC", Status::Warn, "Mars/Base (the athlete's record) is unknown")]
#[case(None, None, "UTC", Status::Warn, "has none")]
fn a_time_zone_that_is_missing_unknown_or_not_the_computers_is_a_warning(
    #[case] configured: Option<&str>,
    #[case] recorded: Option<&str>,
    #[case] here: &str,
    #[case] status: Status,
    #[case] detail: &str,
) {
    let mut athlete = AthleteProfile::default();
    athlete.timezone = recorded.map(Into::into);
    let config = Config { timezone: configured.map(Into::into), ..Config::default() };
    let check = time_zone(&athlete, &config, &TimeZone::get(here).unwrap());
    assert_eq!((check.status, check.detail.contains(detail)), (status, true), "{}", check.detail);
    assert_eq!(check.remedy.is_some(), status == Status::Warn);
}

#[rstest]
#[case(
    "https://intervals.icu",
    None,
    Status::Pass,
    "at most 10 requests a second, 10 at once; x-ratelimit-remaining: 7; "
)]
#[case("https://intervals.icu", Some(0.0), Status::Warn, "no limit of requests")]
#[case("http://127.0.0.1:9", None, Status::Pass, "no limit of requests")]
fn the_rate_limit_is_shown_and_a_missing_one_is_a_warning(
    #[case] address: &str,
    #[case] rate: Option<f64>,
    #[case] status: Status,
    #[case] detail: &str,
) {
    let service = Service::new(Options::at(address).with_rate(rate)).unwrap();
    let check = super::rate(&service, &Config::default(), Some(&greeting("")));
    assert_eq!((check.status, check.detail.contains(detail)), (status, true), "{}", check.detail);
}

#[tokio::test]
async fn a_service_that_does_not_answer_times_out() {
    let late = within(Duration::ZERO, std::future::pending::<Result<Greeting, _>>()).await;
    let check = reachability(&late, "https://x");
    assert!(check.status == Status::Fail && check.detail.starts_with("timeout: "), "{}", check.detail);
}
