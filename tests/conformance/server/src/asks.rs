//! What the fixtures ask of the client, as data.
use serde_json::{Map, Value, json};

/// What a 2026-07-28 client is asked for before a result, round by round.
pub struct Ask {
    /// Requests by key, for each round.
    pub rounds: Vec<Value>,
    /// Whether the rounds are told apart by a state that the client hands back.
    pub stateful: bool,
}

/// The tools that ask 2026-07-28 clients.
pub const ASKING: [&str; 10] = [
    "test_input_required_result_elicitation",
    "test_input_required_result_sampling",
    "test_input_required_result_list_roots",
    "test_input_required_result_request_state",
    "test_input_required_result_multiple_inputs",
    "test_input_required_result_multi_round",
    "test_input_required_result_tampered_state",
    "test_input_required_result_capabilities",
    "test_streaming_elicitation",
    "test_missing_capability",
];

/// The prompt that asks 2026-07-28 clients.
pub const ASKING_PROMPT: &str = "test_input_required_result_prompt";

/// The tools that ask older clients.
pub const ASKING_OLDER: [&str; 4] =
    ["test_sampling", "test_elicitation", "test_elicitation_sep1034_defaults", "test_elicitation_sep1330_enums"];

/// What the tool or prompt of this name asks a 2026-07-28 client.
pub fn of(name: &str) -> Option<Ask> {
    let name = name.strip_prefix("test_input_required_result_").unwrap_or(name);
    let user_name = || form("What is your name?", json!({"name": {"type": "string"}}));
    let capital = || sampling("What is the capital of France?");
    let once = |requests: Value| Ask { rounds: vec![requests], stateful: false };
    let stateful = |rounds: Vec<Value>| Ask { rounds, stateful: true };
    let ask = match name {
        "elicitation" | "test_streaming_elicitation" => once(json!({"user_name": user_name()})),
        "sampling" | "test_missing_capability" => once(json!({"capital_question": capital()})),
        "list_roots" => once(json!({"client_roots": roots()})),
        "capabilities" => once(json!({"user_name": user_name(), "capital_question": capital()})),
        "prompt" => {
            let context = json!({"context": {"type": "string"}});
            once(json!({"user_context": form("What context should the prompt use?", context)}))
        }
        "request_state" | "tampered_state" => {
            stateful(vec![json!({"confirm": form("Please confirm", json!({"ok": {"type": "boolean"}}))})])
        }
        "multiple_inputs" => stateful(vec![
            json!({"user_name": user_name(), "greeting": sampling("Generate a greeting"), "client_roots": roots()}),
        ]),
        "multi_round" => {
            let color = form("Step 2: What is your favorite color?", json!({"color": {"type": "string"}}));
            stateful(vec![json!({"step1": user_name()}), json!({"step2": color})])
        }
        _ => return None,
    };
    Some(ask)
}

/// What the tool of this name asks an older client.
pub fn older(name: &str, arguments: &Map<String, Value>) -> Option<Value> {
    let said = |key: &str| arguments.get(key).and_then(Value::as_str).unwrap_or_default();
    let request = match name {
        "test_sampling" => sampling(said("prompt")),
        "test_elicitation" => {
            form(said("message"), json!({"username": {"type": "string"}, "email": {"type": "string"}}))
        }
        "test_elicitation_sep1034_defaults" => form("Please check the values", defaults()),
        "test_elicitation_sep1330_enums" => form("Please choose", choices()),
        _ => return None,
    };
    Some(request)
}

/// A default of each primitive type (SEP-1034).
fn defaults() -> Value {
    json!({
        "name": {"type": "string", "default": "John Doe"},
        "age": {"type": "integer", "default": 30},
        "score": {"type": "number", "default": 95.5},
        "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
        "verified": {"type": "boolean", "default": true},
    })
}

/// Each way to write a choice (SEP-1330).
fn choices() -> Value {
    let options = ["option1", "option2", "option3"];
    let titled: Vec<_> =
        (1..=3).map(|n| json!({"const": format!("value{n}"), "title": format!("Value {n}")})).collect();
    json!({
        "untitledSingle": {"type": "string", "enum": options},
        "titledSingle": {"type": "string", "oneOf": titled},
        "legacyEnum": {"type": "string", "enum": ["opt1", "opt2", "opt3"], "enumNames": ["One", "Two", "Three"]},
        "untitledMulti": {"type": "array", "items": {"type": "string", "enum": options}},
        "titledMulti": {"type": "array", "items": {"anyOf": titled}},
    })
}

fn form(message: &str, properties: Value) -> Value {
    let required: Vec<_> = properties.as_object().into_iter().flat_map(Map::keys).collect();
    let schema = json!({"type": "object", "properties": properties, "required": required});
    json!({"method": "elicitation/create", "params": {"mode": "form", "message": message, "requestedSchema": schema}})
}

fn sampling(text: &str) -> Value {
    let message = json!({"role": "user", "content": {"type": "text", "text": text}});
    json!({"method": "sampling/createMessage", "params": {"messages": [message], "maxTokens": 100}})
}

fn roots() -> Value {
    json!({"method": "roots/list", "params": {}})
}
