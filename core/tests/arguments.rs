//! Tests of the forms that arguments accept, and of their schemas.
use intervals_core::{
    Athlete, Result, Settings, SharedArgs, arguments::json_or, testing::ToolRunner, testing::find, tool,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Ids of events.
    #[serde(alias = "event_ids_json", deserialize_with = "json_or")]
    #[schemars(example = ["1", "2"])]
    event_ids: Vec<String>,
    /// A title, which is also a word of JSON Schema.
    #[schemars(example = &"x")]
    title: Option<String>,
    #[serde(default, alias = "workout_json", deserialize_with = "json_or")]
    workout: Option<Workout>,
    /// Kept off the wire.
    #[schemars(extend("hidden" = true), example = 3)]
    days: Option<i64>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Workout {
    minutes: u32,
}

#[derive(Serialize, JsonSchema)]
struct Counted {
    count: usize,
    title: Option<String>,
    minutes: Option<u32>,
    days: Option<i64>,
    /// Positions stay.
    stream: Vec<Option<f64>>,
}

/// Counts.
#[tool(read)]
async fn count(_athlete: Athlete, args: Args) -> Result<Counted> {
    let minutes = args.workout.map(|w| w.minutes);
    Ok(Counted {
        count: args.event_ids.len(),
        title: args.title,
        minutes,
        days: args.days,
        stream: vec![Some(1.0), None],
    })
}

async fn run(arguments: Value) -> Result<Value> {
    ToolRunner::at("http://127.0.0.1:1").imperial().run("count", arguments).await.map(|answer| answer.structured)
}

#[tokio::test]
async fn json_strings_and_old_names_are_understood() {
    for arguments in [
        json!({"event_ids": ["1", "2"]}),
        json!({"event_ids": "[\"1\",\"2\"]"}),
        json!({"event_ids_json": "[\"1\",\"2\"]", "athlete_id": "0"}),
    ] {
        assert_eq!(run(arguments).await.unwrap(), json!({"count": 2, "stream": [1.0, null]}));
    }
    let answer = run(json!({"event_ids": [], "workout_json": "{\"minutes\": 5}"})).await.unwrap();
    assert_eq!(answer["minutes"], 5);
    // A hidden argument accepts all forms of its type.
    assert_eq!(run(json!({"event_ids": [], "days": "4"})).await.unwrap()["days"], 4);
    assert_eq!(run(json!({"event_ids": [], "title": 71002.0})).await.unwrap()["title"], "71002");
}

#[tokio::test]
async fn refusals_name_the_place() {
    let problem = async |arguments| run(arguments).await.unwrap_err().problem;
    let start = "invalid arguments for count: ";
    assert_eq!(
        problem(json!({"event_ids": [], "title": [5]})).await,
        format!("{start}title: invalid type: sequence, expected a string")
    );
    assert_eq!(
        problem(json!({"event_ids": [], "workout": {"minutes": -1}})).await,
        format!("{start}workout: minutes: invalid value: integer `-1`, expected a whole number of 0 or more")
    );
    assert!(problem(json!({"event_ids": [], "event_ids_json": "[]"})).await.contains("duplicate field `event_ids`"));
}

#[test]
fn the_wire_is_slim_and_the_examples_are_at_hand() {
    let tool = find("count").unwrap();
    let own = Settings::default();
    assert_eq!(
        Value::Object(tool.input_schema(&own)),
        json!({"type": "object", "required": ["event_ids"], "properties": {
            "event_ids": {"type": "array", "items": {"type": "string"}, "description": "Ids of events."},
            "title": {"type": "string", "description": "A title, which is also a word of JSON Schema."},
            "workout": {"type": "object", "properties": {"minutes": {"type": "integer"}}, "required": ["minutes"]}}})
    );
    assert_eq!(
        Value::Object(tool.output_schema()),
        json!({"type": "object", "required": ["count", "stream"], "properties": {
            "count": {"type": "integer"}, "title": {"type": "string"}, "minutes": {"type": "integer"},
            "days": {"type": "integer"},
            "stream": {"type": "array", "items": {"type": ["number", "null"]}, "description": "Positions stay."},
            "athlete": {"type": "string"}, "notes": {"type": "array", "items": {"type": "string"}}}})
    );
    assert_eq!(Value::Object(tool.example(&own)), json!({"event_ids": ["1", "2"], "title": "x", "days": 3}));
    let coach = own.with_coach();
    assert!(tool.input_schema(&coach)["properties"].get("athlete_id").is_some());
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default)]
struct Period {
    /// Days.
    #[schemars(example = 7)]
    days: Option<i64>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Own {
    title: Option<String>,
}

/// Counts days.
#[tool(read)]
async fn count_days(period: SharedArgs<Period>, args: Own) -> Result<Counted> {
    Ok(Counted { count: 0, title: args.title, minutes: None, days: period.days, stream: vec![] })
}

#[tokio::test]
async fn shared_arguments_stand_before_the_tools_own_in_all_forms() {
    let schema = find("count_days").unwrap().input_schema(&Settings::default());
    let names: Vec<_> = schema["properties"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["days", "title"]);
    let run = async |arguments| ToolRunner::at("http://127.0.0.1:1").imperial().run("count_days", arguments).await;
    let answer = run(json!({"title": "x", "days": "7"})).await.unwrap().structured;
    assert_eq!((&answer["title"], &answer["days"]), (&json!("x"), &json!(7)));
    let problem = async |arguments| run(arguments).await.unwrap_err().problem;
    assert_eq!(problem(json!({"day": 7})).await, "invalid arguments for count_days: day: unknown field `day`");
    let wrong = problem(json!({"days": "many"})).await;
    assert!(wrong.starts_with("invalid arguments for count_days: days: invalid type"), "{wrong}");
}
