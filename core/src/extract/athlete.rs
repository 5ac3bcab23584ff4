//! The athlete that a tool acts on: the key's owner, or the one that `athlete_id` names.
use serde_json::{Value, json};

use crate::{Athlete, Call, Error, FromCall, JsonMap, Result, Settings, client::OWNER, schema};

const ARGUMENT: &str = "athlete_id";

/// The id of a call's athlete: the argument `athlete_id`, which is removed, or the key's owner. The same for every extractor.
pub(crate) async fn athlete_of(call: &mut Call) -> Result<String> {
    if let Some(id) = &call.athlete {
        return Ok(id.clone());
    }
    let id = resolve(call).await?;
    call.athlete = Some(id.clone());
    Ok(id)
}

async fn resolve(call: &mut Call) -> Result<String> {
    let own = call.client.own_id().to_owned();
    let requested = match call.arguments.remove(ARGUMENT) {
        None | Some(Value::Null) => return Ok(own),
        Some(Value::String(id)) => id.trim().to_owned(),
        Some(Value::Number(id)) => id.to_string(),
        Some(other) => return Err(Error::arguments(&call.tool, format!("{ARGUMENT}: {other} is not an id"))),
    };
    if requested.is_empty() || requested == OWNER || requested == own {
        return Ok(own);
    }
    // With a list of allowed athletes, the key's owner may still be named by the full id.
    if !call.client.offers(&requested) && call.client.own().await.is_ok_and(|profile| profile.id == requested) {
        return Ok(own);
    }
    Ok(requested)
}

impl FromCall for Athlete {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let id = athlete_of(call).await?;
        if id != call.client.own_id() {
            call.extras.edit(|extras| extras.athlete = Some(id.clone()));
        }
        Ok(call.client.athlete(id))
    }

    fn describe(settings: &Settings, input: &mut JsonMap) {
        if settings.coach {
            let property = json!({"type": "string", "description": "Another athlete's id.", "examples": ["0"]});
            schema::add_property(input, ARGUMENT, property);
        }
    }
}
