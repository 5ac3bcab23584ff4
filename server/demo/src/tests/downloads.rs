//! Files over HTTP.
use std::io::Read;

use super::*;
use crate::{MANUAL, RIDE, RUN, STRAVA, SWIM};
use rstest::rstest;

async fn download(demo: &Caller, path: &str) -> (String, Vec<u8>) {
    let response = demo.request(Method::GET, path).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    assert!(response.headers().get("content-encoding").is_none());
    let name = response.headers()["content-disposition"].to_str().unwrap().to_owned();
    (name, response.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn the_original_is_compressed_without_saying_so() {
    let demo = Caller::start().await;
    let (name, bytes) = download(&demo, &format!("/activity/{RIDE}/file")).await;
    assert_eq!(name, "attachment; filename=\"i9001.fit.gz\"");
    assert_eq!(bytes[..2], [0x1f, 0x8b]);
    let mut file = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut file).unwrap();
    assert_eq!(&file[8..12], b".FIT");
    let (name, plain) = download(&demo, &format!("/activity/{RIDE}/fit-file")).await;
    assert_eq!((name.as_str(), plain == file), ("attachment; filename=\"i9001.fit\"", true));
    let (_, without) = download(&demo, &format!("/activity/{RIDE}/fit-file?power=false&hr=false")).await;
    assert!(without != plain && without.len() == plain.len());
}

#[tokio::test]
async fn a_run_under_satellites_has_a_track() {
    let demo = Caller::start().await;
    let (name, bytes) = download(&demo, &format!("/activity/{RUN}/gpx-file")).await;
    let text = String::from_utf8(bytes).unwrap();
    assert!(name.contains("i9002.gpx") && text.contains("<gpx version=\"1.1\"") && text.ends_with("</gpx>\n"));
    assert!(text.matches("<trkpt ").count() > 3000 && text.contains("<gpxtpx:hr>"));
}

#[rstest]
#[case(MANUAL, "file", 404)]
#[case(STRAVA, "file", 404)]
#[case(MANUAL, "fit-file", 422)]
#[case(STRAVA, "fit-file", 422)]
#[case(SWIM, "gpx-file", 422)]
#[case(STRAVA, "gpx-file", 422)]
#[case(RIDE, "fit-file?power=maybe", 422)]
#[case("i404", "file", 404)]
#[tokio::test]
async fn what_has_no_file_says_so(#[case] id: &str, #[case] path: &str, #[case] status: u16) {
    let demo = Caller::start().await;
    assert_eq!(demo.fails(Method::GET, &format!("/activity/{id}/{path}"), None).await.0, status);
}
