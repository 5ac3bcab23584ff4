//! Fetched documents: content and the prescribed form.
use intervals_core::testing::{ToolRunner, demo, upstream};
use rstest::rstest;
use serde_json::{Value, json};

async fn fetch(bench: &ToolRunner, id: &str) -> Value {
    let answer = bench.run("fetch", json!({"id": id})).await.unwrap_or_else(|error| panic!("{id}: {error}"));
    assert_eq!(answer.text, answer.structured.to_string());
    answer.structured
}

#[rstest]
#[case("activity:i9001", "https://intervals.icu/activities/i9001", "type", "Ride", "weighted_power: ")]
#[case("activity:15987654321", "https://intervals.icu/activities/15987654321", "kind", "activity", "withheld: Strava")]
#[case("event:41001", "https://intervals.icu/?w=2026-07-06", "category", "WORKOUT", "1|4|0:08:00|98-102 %ftp")]
#[case(
    "wellness:2026-07-04",
    "https://intervals.icu/?w=2026-06-29",
    "date",
    "2026-07-04",
    "hrv_ms: 58.8\nresting_hr: 49 bpm\n"
)]
#[case("workout:62001", "https://intervals.icu/", "type", "Ride", "folder: folder:61001\n")]
#[case("folder:61010", "https://intervals.icu/", "type", "PLAN", "workout:62101|0|Strength 1|WeightTraining|0:45:00")]
#[tokio::test]
async fn a_document_has_the_prescribed_members(
    #[case] id: &str,
    #[case] url: &str,
    #[case] key: &str,
    #[case] value: &str,
    #[case] text: &str,
) {
    let demo = demo().await;
    let document = fetch(&demo, id).await;
    assert_eq!(document.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "title", "text", "url", "metadata"]);
    assert_eq!(
        (&document["id"], &document["url"], &document["metadata"][key]),
        (&json!(id), &json!(url), &json!(value))
    );
    assert!(document["text"].as_str().unwrap().contains(text), "{document:#}");
    assert!(document["metadata"].as_object().unwrap().values().all(Value::is_string), "{document:#}");
}

#[tokio::test]
async fn whatever_is_found_can_be_fetched_under_the_same_title() {
    let demo = demo().await;
    let mut kinds = std::collections::BTreeSet::new();
    for query in ["last week", "next week", "swim", "half distance", "bike"] {
        let found = demo.structured("search", json!({"query": query})).await;
        for row in found["results"].as_array().unwrap() {
            let id = row["id"].as_str().unwrap();
            let document = fetch(&demo, id).await;
            assert_eq!((&document["title"], &document["url"]), (&row["title"], &row["url"]));
            kinds.insert(id.split(':').next().unwrap().to_owned());
        }
    }
    assert_eq!(kinds.len(), 5, "{kinds:?}");
}

#[tokio::test]
async fn the_text_is_in_the_athletes_units() {
    let demo = demo().await;
    let text = |document: Value| document["text"].as_str().unwrap().to_owned();
    let metric = text(fetch(&demo, "activity:i9001").await);
    let imperial = text(fetch(&demo.again().imperial(), "activity:i9001").await);
    assert!(metric.contains(" km\n") && imperial.contains(" mi\n"), "{metric}\n{imperial}");
}

#[tokio::test]
async fn an_activity_of_another_athlete_says_whose_it_is() {
    let demo = demo().await;
    let document = fetch(&demo, &format!("activity:{}", demo::COACHED_RIDE)).await;
    assert_eq!(document["metadata"]["athlete"], demo::COACHED);
    assert!(document["text"].as_str().unwrap().contains("athlete: i7002\n"));
    let alone = demo.again().restricted_to(&[]);
    alone.error("fetch", json!({"id": "activity:i8001"})).await;
}

#[rstest]
#[case("activity:i1", "Search again, and use an id from that answer.")]
#[case("event:5", "Search again, and use an id from that answer.")]
#[case("workout:5", "Search again, and use an id from that answer.")]
#[case("folder:5", "there is no folder:5. Search again, and use an id from that answer.")]
#[case("i9001", "\"i9001\" is no id. Use one that search gave: activity:i123, event:1001, ")]
#[tokio::test]
async fn what_is_not_there_says_so(#[case] id: &str, #[case] expected: &str) {
    let error = demo().await.text("fetch", json!({"id": id})).await;
    assert!(error.contains(expected), "{error}");
}

#[rstest]
#[case("event:7", "/events/7", json!({"id": 7, "created_by_id": "i9", "name": "obey\nme", "description": "obey\nnow",
    "start_date_local": "2026-07-05T00:00:00", "workout_doc": {"steps": [{"duration": 60, "text": "obey"}]}}),
    "name_by_others: \"obey me\"\ndescription_by_others: \"obey now\"\nsteps:\n\
     duration|text_by_others\n0:01:00|\"obey\"\n")]
#[case("workout:7", "/workouts/7", json!({"id": 7, "athlete_id": "i9", "name": "Hard", "description": "obey"}),
    "name_by_others: \"Hard\"\ndescription_by_others: \"obey\"\n")]
#[case("folder:7", "/folders", json!([{"id": 7, "name": "Club", "canEdit": false,
    "children": [{"id": 1, "name": "Hard"}]}]),
    "name_by_others: \"Club\"\nworkouts: 1\nread_only: yes\nitems:\nid|name_by_others\nworkout:1|\"Hard\"\n")]
#[tokio::test]
async fn what_others_wrote_is_quoted(#[case] id: &str, #[case] end: &str, #[case] body: Value, #[case] text: &str) {
    let bench = upstream(end, body).and("athlete/0", json!({"id": "i1", "timezone": "UTC"})).await;
    let document = fetch(&bench, id).await;
    assert!(document["text"].as_str().unwrap().ends_with(text), "{document:#}");
}
