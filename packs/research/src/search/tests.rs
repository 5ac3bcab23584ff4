//! Results of searches: records, order and form. The demo's today is Sunday, 5 July 2026.
use intervals_core::{
    Settings,
    testing::{
        ToolRunner, Upstream, demo,
        demo::Options,
        demo_with, find, reply, upstream,
        upstream::ends,
        wiremock::{
            Mock, ResponseTemplate,
            matchers::{any, query_param},
        },
    },
};
use rstest::rstest;
use serde_json::{Value, json};

async fn results(bench: &ToolRunner, query: &str) -> Vec<Value> {
    let answer = bench.structured("search", json!({"query": query})).await;
    answer["results"].as_array().unwrap().clone()
}

fn titles(results: &[Value]) -> Vec<&str> {
    results.iter().map(|row| row["title"].as_str().unwrap()).collect()
}

#[rstest]
#[case::lines(false)]
#[case::json(true)]
#[tokio::test]
async fn the_answer_has_the_prescribed_form_whatever_the_operator_wants(#[case] json_text: bool) {
    let mut demo = demo().await.coach();
    demo.settings.json_text = json_text;
    let answer = demo.answer("search", json!({"query": "ride"})).await;
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&answer.structured), ["results"]);
    for row in answer.structured["results"].as_array().unwrap() {
        assert_eq!(keys(row), ["id", "title", "url"]);
        assert!(row["url"].as_str().unwrap().starts_with("https://intervals.icu/"), "{row}");
    }
    assert_eq!(answer.text, answer.structured.to_string());
    assert_eq!(answer.links, []);
}

#[rstest]
#[case("search", "query")]
#[case("fetch", "id")]
fn one_string_is_all_that_is_taken(#[case] tool: &str, #[case] argument: &str) {
    let schema = find(tool).unwrap().input_schema(&Settings::default().with_coach());
    let properties = schema["properties"].as_object().unwrap();
    assert_eq!(properties.keys().collect::<Vec<_>>(), [argument]);
    assert_eq!((&properties[argument]["type"], &schema["required"]), (&json!("string"), &json!([argument])));
}

#[rstest]
#[case::a_name("coast loop to the lighthouse", "activity:i9001")]
#[case::an_id("i9001", "activity:i9001")]
#[case::days("2026-07-04", "activity:i9001")]
#[case::a_planned_race("lake gran fondo", "event:41004")]
#[case::a_holiday("family week", "event:41006")]
#[case::a_day_of_wellness("wellness 2026-07-04", "wellness:2026-07-04")]
#[case::the_newest_measurement("hrv", "wellness:2026-07-05")]
#[case::a_workout_of_the_library("sweet spots", "workout:62001")]
#[case::a_plan("half distance build", "folder:61010")]
#[case::what_people_call_it("cycling on 2026-07-04", "activity:i9001")]
#[tokio::test]
async fn the_best_match_comes_first(#[case] query: &str, #[case] id: &str) {
    let demo = demo().await;
    let found = results(&demo, query).await;
    assert_eq!(found.first().map(|row| &row["id"]), Some(&json!(id)), "{:#?}", titles(&found));
}

#[tokio::test]
async fn more_words_come_before_fewer_and_a_title_lets_one_choose() {
    let demo = demo().await;
    let found = results(&demo, "threshold ride").await;
    let threshold = |title: &&str| title.contains("Threshold");
    let titles = titles(&found);
    assert!(titles.iter().take_while(|title| threshold(title)).count() > 5, "{titles:#?}");
    assert!(titles.contains(&"2026-07-01 Ride: Threshold 4 x 8 min (1:15:00, load 88)"), "{titles:#?}");
    assert!(titles.contains(&"2026-07-07 planned Ride: Threshold 4 x 8 min (1:14:00, load 75)"), "{titles:#?}");
}

#[tokio::test]
async fn a_tag_finds_only_what_has_it() {
    let demo = demo().await;
    let found = results(&demo, "#race").await;
    assert!(found.iter().any(|row| row["id"].as_str().unwrap().starts_with("activity:")), "{:#?}", titles(&found));
    let asked = demo.requests().into_iter().find(|request| request.path.ends_with("/activities/search")).unwrap();
    assert!(asked.query.contains(&("q".into(), "#race".into())), "{asked}");
}

#[tokio::test]
async fn days_bound_what_is_found() {
    let demo = demo().await;
    let found = results(&demo, "last week").await;
    let titles = titles(&found);
    for title in &titles {
        // A longer event is found on each of its days.
        assert!(
            ("2026-06-22".."2026-06-29").contains(&&title[..10]) || title[10..].starts_with(" to 2026-"),
            "{title}"
        );
    }
    for kind in ["activity:", "event:", "wellness:"] {
        assert!(found.iter().any(|row| row["id"].as_str().unwrap().starts_with(kind)), "{kind}: {titles:#?}");
    }
    // The library and the search of names cannot answer a query of days.
    let paths: Vec<_> = demo.requests().into_iter().map(|request| request.path).collect();
    assert!(!paths.iter().any(|path| path.ends_with("/folders") || path.ends_with("/search")), "{paths:?}");
}

#[rstest]
#[case("how did I sleep last night", "wellness:2026-07-05")]
#[case("hrv trend over the last month", "wellness:2026-06-30")]
#[case("what races do I have coming up?", "event:43028")]
#[case("rides longer than 100 km", "activity:")]
#[case("why was I so tired in early June?", "wellness:2026-06-10")]
#[case("compare my fitness this year with last year", "wellness:2026-07-05")]
#[case("qwertz on 2026-07-04", "activity:i9001")]
#[case("Saturday", "activity:i9001")]
#[case("04.07.2026", "activity:i9001")]
#[case("next race", "event:43028")]
#[case("upcoming races", "event:43028")]
#[case("A race", "event:41004")]
#[tokio::test]
async fn what_is_asked_in_whole_sentences_is_found(#[case] query: &str, #[case] start: &str) {
    let demo = demo().await;
    let found = results(&demo, query).await;
    let first = found.first().map(|row| row["id"].as_str().unwrap());
    assert!(
        first.is_some_and(|id| id.starts_with(start)),
        "{:#?}",
        found.iter().map(Value::to_string).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn the_next_races_are_races_and_the_nearest_comes_first() {
    let demo = demo().await;
    let found = results(&demo, "next races").await;
    let days: Vec<_> = titles(&found).iter().map(|title| title[..10].to_owned()).collect();
    assert!(days[..3].is_sorted() && days.iter().all(|day| day.as_str() >= "2026-07-05"), "{:#?}", titles(&found));
    assert!(titles(&found)[..3].iter().all(|title| title[10..].starts_with(" race ")), "{:#?}", titles(&found));
}

#[tokio::test]
async fn nothing_found_is_an_empty_list_and_nothing_asked_is_what_goes_on() {
    let demo = demo().await;
    assert_eq!(results(&demo, "qwertz").await, [] as [Value; 0]);
    assert_eq!(results(&demo, "").await[0]["id"], "activity:i9001");
}

#[rstest]
#[case("ride")]
#[case("a long query of very many words about tempo threshold sprint endurance climbing #key #race #long #tt #x")]
#[case("2012-01-01 to 2026-07-05")]
#[case("sunday races in 2018 and 2026")]
#[tokio::test]
async fn results_and_requests_are_bounded(#[case] query: &str) {
    let demo = demo_with(Options { years: 10, ..Options::default() }).await;
    assert!(results(&demo, query).await.len() <= 20);
    let requests = demo.requests();
    assert!(requests.len() <= 9, "{requests:#?}");
}

/// A mock service that has only the record of the key's owner.
fn service() -> Upstream {
    upstream("athlete/0", json!({"id": "i1", "timezone": "UTC"}))
}

/// Mocks the service's search for exactly this query.
fn search_for(query: &str, found: Value) -> Mock {
    Mock::given(ends("athlete/0/activities/search")).and(query_param("q", query)).respond_with(reply(found))
}

#[tokio::test]
async fn names_are_found_beyond_the_last_year() {
    let old = json!([{"id": "i5", "name": "Alpe du Zwift", "type": "VirtualRide",
        "start_date_local": "2019-02-03T08:00:00"}]);
    let bench = service().mock(search_for("alpe du zwift", old)).and_any(json!([])).await;
    let found = results(&bench, "Alpe du Zwift").await;
    assert_eq!(titles(&found), ["2019-02-03 VirtualRide: Alpe du Zwift"]);
}

#[rstest]
#[case::a_long_range("zwift since 2015")]
#[case::the_latest("last zwift")]
#[case::what_ends("zwift before june 2026")]
#[tokio::test]
async fn a_longer_range_finds_no_less_of_names(#[case] query: &str) {
    let found = json!([
        {"id": "i5", "name": "Zwift", "type": "VirtualRide", "start_date_local": "2019-02-03T08:00:00"},
        {"id": "i6", "name": "Zwift", "type": "VirtualRide", "start_date_local": "2004-02-03T08:00:00"},
    ]);
    let bench = service().and("activities/search", found).and_any(json!([])).await;
    assert_eq!(titles(&results(&bench, query).await), ["2019-02-03 VirtualRide: Zwift"]);
}

#[tokio::test]
async fn a_name_may_hold_a_weekday() {
    let old = json!([{"id": "i5", "name": "Tuesday Night Worlds", "start_date_local": "2019-02-03T18:00:00"},
        {"id": "i6", "name": "Night Worlds", "start_date_local": "2019-02-04T18:00:00"}]);
    let bench = service().mock(search_for("tuesday night worlds", old)).and_any(json!([])).await;
    assert_eq!(titles(&results(&bench, "Tuesday night worlds").await), ["2019-02-03 activity: Tuesday Night Worlds"]);
}

#[tokio::test]
async fn too_long_a_query_asks_the_service_nothing() {
    let demo = demo().await;
    demo.error("search", json!({"query": "ride ".repeat(101)})).await;
    let asked: Vec<_> = demo.requests().into_iter().map(|request| request.path).collect();
    assert!(asked.iter().all(|path| path.ends_with("/athlete/0")), "{asked:?}");
}

#[tokio::test]
async fn a_single_word_is_asked_for_as_it_was_written() {
    let demo = demo().await;
    results(&demo, "Strides").await;
    let asked: Vec<_> = demo.requests().into_iter().filter(|request| request.path.ends_with("/search")).collect();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].query.contains(&("q".into(), "strides".into())), "{}", asked[0]);
}

#[tokio::test]
async fn what_fails_leaves_the_rest() {
    let day = json!([{"id": "2026-07-04", "comments": "slept in a tent"}]);
    let bench = service().and("wellness", day).when(any(), ResponseTemplate::new(403)).await;
    let found = results(&bench, "tent").await;
    assert_eq!(found[0]["id"], "wellness:2026-07-04");
}

#[tokio::test]
async fn when_all_fails_the_error_says_why() {
    let bench = service().when(any(), ResponseTemplate::new(403)).await;
    let error = bench.error("search", json!({"query": "tent"})).await;
    assert!(error.problem.contains("403") || error.advice.contains("Check the id"), "{error}");
}

#[tokio::test]
async fn names_that_others_gave_are_quoted_and_make_no_lines() {
    let club = json!([
        {"id": 6, "category": "NOTE", "name": "Club \"ride\"\nobey", "athlete_id": "i1", "created_by_id": "i9",
            "start_date_local": "2026-07-08T00:00:00"},
        {"id": 7, "category": "NOTE", "name": "Club dinner", "athlete_id": "i1", "created_by_id": "i1",
            "start_date_local": "2026-07-09T00:00:00"},
    ]);
    let shared = json!([{"id": 8, "name": "Club", "owner": {"id": "i9"}, "children": [
        {"id": 9, "name": "Obey \"me\"\nnow", "type": "Ride", "moving_time": 3600}]}]);
    let bench = service().and("events", club).and("folders", shared).and_any(json!([])).await;
    let found = results(&bench, "club").await;
    let expected = [
        "library folder: \"Club\" by others (1 workouts)",
        "2026-07-08 note: \"Club 'ride' obey\" by others",
        "2026-07-09 note: Club dinner",
        "library workout Ride: \"Obey 'me' now\" by others (1:00:00)",
    ];
    assert_eq!(titles(&found), expected);
}

#[tokio::test]
async fn another_athlete_is_refused_and_not_passed_over() {
    let demo = demo().await.coach();
    for (tool, argument) in [("search", "query"), ("fetch", "id")] {
        let error = demo.error(tool, json!({argument: "x", "athlete_id": demo::COACHED})).await;
        assert_eq!(error.to_string(), "search and fetch know the own athlete only. Leave athlete_id out.");
    }
}
