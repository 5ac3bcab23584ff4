//! Rounds of questions before a result (SEP-2322): which one is next, and whether the client may be asked.
use rmcp::{
    ErrorData,
    model::{ClientCapabilities, InputRequests, InputRequiredResult, InputResponses},
};
use serde_json::{Map, Value, json};

use crate::asks::Ask;

/// What to ask next; `None` when everything was answered. `state_of` gives the state of a round, which no client can make up.
pub fn next(
    ask: &Ask,
    responses: Option<&InputResponses>,
    state: Option<&str>,
    client: &ClientCapabilities,
    state_of: impl Fn(usize) -> String,
) -> Result<Option<InputRequiredResult>, ErrorData> {
    let states: Vec<_> = (0..ask.rounds.len()).map(state_of).collect();
    let asked = match state {
        None => 0,
        Some(state) => states
            .iter()
            .position(|own| own == state)
            .ok_or_else(|| ErrorData::invalid_params("requestState is not one of this server", None))?,
    };
    let answered = |requests: &Value| {
        let keys = requests.as_object().into_iter().flat_map(Map::keys);
        responses.is_some_and(|given| keys.into_iter().all(|key| given.get(key).is_some_and(Value::is_object)))
    };
    let round = if ask.rounds.get(asked).is_some_and(answered) { asked + 1 } else { asked };
    let Some(requests) = ask.rounds.get(round) else { return Ok(None) };
    let requests = permitted(requests, client)?;
    Ok(Some(InputRequiredResult::new(Some(requests), states.get(round).filter(|_| ask.stateful).cloned())))
}

/// The requests that the client can answer. Fails when it can answer none.
fn permitted(requests: &Value, client: &ClientCapabilities) -> Result<InputRequests, ErrorData> {
    let declared = json!(client);
    let mut left = Map::new();
    let mut missing = Map::new();
    for (key, request) in requests.as_object().into_iter().flatten() {
        let capability = request["method"].as_str().and_then(|method| method.split('/').next()).unwrap_or_default();
        match declared.get(capability) {
            Some(_) => left.insert(key.clone(), request.clone()),
            None => missing.insert(capability.into(), json!({})),
        };
    }
    let internal = |e: serde_json::Error| ErrorData::internal_error(e.to_string(), None);
    if left.is_empty() {
        let missing = serde_json::from_value(missing.into()).map_err(internal)?;
        return Err(ErrorData::missing_required_client_capability(missing));
    }
    serde_json::from_value(left.into()).map_err(internal)
}
