//! Streams over HTTP.
use super::*;
use crate::{INTERVALS_RIDE, LONG_RIDE, MANUAL, RIDE, RUN, STRAVA, STRENGTH, SWIM};
use reqwest::multipart::{Form, Part};
use rstest::rstest;

fn types(streams: &Value) -> Vec<&str> {
    streams.as_array().unwrap().iter().map(|stream| stream["type"].as_str().unwrap()).collect()
}

#[rstest]
#[case(RIDE)]
#[case(RUN)]
#[case(SWIM)]
#[case(STRENGTH)]
#[case(INTERVALS_RIDE)]
#[case(MANUAL)]
#[tokio::test]
async fn streams_are_those_the_activity_names_and_power_is_raw(#[case] id: &str) {
    let demo = Caller::start().await;
    let activity = demo.get(&format!("/activity/{id}")).await;
    let streams = demo.get(&format!("/activity/{id}/streams")).await;
    let named: Vec<_> =
        types(&streams).into_iter().map(|name| if name == "raw_watts" { "watts" } else { name }).collect();
    assert_eq!(json!(named), activity["stream_types"]);
    assert!(!types(&streams).contains(&"watts"));
    for stream in streams.as_array().unwrap() {
        assert_eq!(json!(stream["data"].as_array().unwrap().len()), activity["moving_time"], "{}", stream["type"]);
    }
}

#[tokio::test]
async fn only_asked_streams_come_and_places_have_two_series() {
    let demo = Caller::start().await;
    let streams = demo.get(&format!("/activity/{LONG_RIDE}/streams.json?types=watts,latlng,smo2,raw_watts")).await;
    assert_eq!(types(&streams), ["watts", "latlng", "raw_watts"]);
    let keys: Vec<_> = streams[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["type", "name", "data", "data2", "anomalies", "custom", "allNull", "valueTypeIsArray"]);
    let [lat, lng] = ["data", "data2"].map(|key| streams[1][key].as_array().unwrap());
    assert_eq!((lat.len(), lng.len()), (7200, 7200));
    assert!(
        lat[0].is_null()
            && lng[0].is_null()
            && lat[100].as_f64().unwrap() < -36.0
            && lng[100].as_f64().unwrap() > 174.0
    );
    let more = demo.get(&format!("/activity/{LONG_RIDE}/streams?types=watts&includeDefaults=true")).await;
    assert!(types(&more).contains(&"heartrate") && !types(&more).contains(&"raw_watts"));
    assert_eq!(demo.get(&format!("/activity/{STRAVA}/streams")).await, json!([]));
}

#[tokio::test]
async fn written_streams_are_kept_and_null_deletes() {
    let demo = Caller::start().await;
    let path = format!("/activity/{RIDE}/streams");
    let watts = json!({ "type": "watts", "data": [1, 2, null] });
    let body = json!([watts, { "type": "Mood", "data": [3] }, { "type": "temp", "data": null }]);
    assert_eq!(demo.put(&path, body).await, json!({ "updated": ["watts", "Mood"], "deleted": ["temp"] }));
    let streams = demo.get(&format!("{path}?types=watts,Mood,temp")).await;
    assert_eq!(types(&streams), ["watts", "Mood"]);
    assert_eq!((&streams[0]["data"], &streams[1]["custom"]), (&json!([1, 2, null]), &json!(true)));
    let activity = demo.get(&format!("/activity/{RIDE}")).await;
    let own = activity["stream_types"].as_array().unwrap();
    assert!(own.contains(&json!("Mood")) && !own.contains(&json!("temp")));
    let refused = demo.fails(Method::PUT, &format!("/activity/{STRAVA}/streams"), Some(json!([]))).await;
    assert_eq!(refused.0, 422);
}

#[tokio::test]
async fn a_table_is_written_as_a_file_part_only() {
    let demo = Caller::start().await;
    let path = format!("/activity/{RIDE}/streams.csv");
    let send = async |form: Form| {
        let response = demo.request(Method::PUT, &path).multipart(form).send().await.unwrap();
        (response.status().as_u16(), response.json::<Value>().await.unwrap())
    };
    let table = "time,watts\n0,111\n1,222\n";
    let (status, answer) = send(Form::new().part("file", Part::text(table).file_name("streams.csv"))).await;
    assert_eq!((status, answer), (200, json!({ "updated": ["time", "watts"], "deleted": [] })));
    assert_eq!(demo.get(&format!("/activity/{RIDE}/streams?types=watts")).await[0]["data"], json!([111, 222]));
    assert_eq!(send(Form::new().text("other", table)).await.0, 422);
    assert_eq!(send(Form::new().text("file", "0,1\n2,3")).await.0, 422);
    let raw = demo.request(Method::PUT, &path).header("content-type", "text/csv").body(table).send().await.unwrap();
    assert_eq!(raw.status().as_u16(), 415);
}

#[tokio::test]
async fn a_downloaded_table_can_be_sent_back() {
    let demo = Caller::start().await;
    let path = format!("/activity/{RUN}/streams.csv");
    let table = demo.request(Method::GET, &format!("{path}?types=time,latlng,heartrate")).send().await.unwrap();
    let table = table.text().await.unwrap();
    assert!(table.starts_with("time,lat,lng,heartrate\n0,,,"));
    let before = demo.get(&format!("/activity/{RUN}/streams?types=latlng")).await;
    let sent = demo.request(Method::PUT, &path).multipart(Form::new().text("file", table)).send().await.unwrap();
    assert_eq!(sent.status().as_u16(), 200);
    assert_eq!(demo.get(&format!("/activity/{RUN}/streams?types=latlng")).await, before);
}
