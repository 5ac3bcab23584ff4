//! `icu_update_activity_streams`
use intervals_core::{ActivityRef, Error, Result, arguments::json_or, tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// One value per sample each.
    #[serde(default, deserialize_with = "json_or")]
    #[schemars(example = example())]
    streams: Option<Vec<Stream>>,
    /// Instead of streams: CSV with a header line.
    #[schemars(example = &"time,watts\n0,200\n1,210\n")]
    csv: Option<String>,
    /// The old server's one argument for both.
    #[schemars(extend("hidden" = true), example = &"[{\"type\": \"watts\", \"data\": [200, 210]}]")]
    payload_string: Option<String>,
    #[schemars(extend("hidden" = true), example = &"json")]
    format: Option<String>,
}

fn example() -> Value {
    json!([{"type": "watts", "data": [200, 210]}])
}

#[derive(Debug, Deserialize, Serialize, JsonSchema)]
struct Stream {
    /// time, watts, heartrate, latlng, …
    #[serde(rename = "type")]
    kind: String,
    /// Numbers, true or false, null for none.
    data: Vec<Value>,
    /// Longitudes of latlng.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    data2: Option<Vec<Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("hidden" = true))]
    name: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Updated {
    updated: Vec<String>,
    deleted: Vec<String>,
}

/// REPLACE recorded streams of an activity; its metrics are computed anew.
#[tool(destructive, tier = rare, title = "Replace streams")]
async fn icu_update_activity_streams(activity: ActivityRef, args: Args) -> Result<Updated> {
    let (streams, csv) = match (args.payload_string, args.format.as_deref()) {
        (None, _) => (args.streams, args.csv),
        (csv, Some("csv")) => (None, csv),
        (Some(json), _) => (Some(parse(&json)?), None),
    };
    let csv = csv.filter(|csv| !csv.trim().is_empty());
    let changed = match (streams, csv) {
        (Some(streams), None) => {
            check(&streams)?;
            activity.update_streams(json!(streams)).await?
        }
        (None, Some(csv)) => activity.update_streams_csv(csv).await?,
        _ => return Err(Error::new("there must be streams or csv, and not both", "Give one of the two.")),
    };
    Ok(Updated { updated: changed.updated, deleted: changed.deleted })
}

fn parse(json: &str) -> Result<Vec<Stream>> {
    let advice = "Give a JSON array such as [{\"type\": \"watts\", \"data\": [200, 210]}].";
    serde_json::from_str(json)
        .map_err(|e| Error::new(format!("payload_string is not an array of streams: {e}"), advice))
}

/// Checks that all streams have one length: the service accepts others, and then cannot read the activity.
fn check(streams: &[Stream]) -> Result<()> {
    let Some(first) = streams.first() else {
        return Err(Error::new("streams is empty", "Give at least one stream."));
    };
    for stream in streams {
        for data in [Some(&stream.data), stream.data2.as_ref()].into_iter().flatten() {
            if data.len() != first.data.len() {
                let lengths = (&stream.kind, data.len(), &first.kind, first.data.len());
                let problem = format!("{} has {} values and {} has {}", lengths.0, lengths.1, lengths.2, lengths.3);
                return Err(Error::new(problem, "Give every stream one value per sample, null where there is none."));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::RIDE};
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(json!({"streams": [{"type": "watts", "data": [1, null]}]}))]
    #[case(json!({"streams": "[{\"type\": \"watts\", \"data\": [1, 2]}]"}))]
    #[case(json!({"payload_string": "[{\"type\": \"watts\", \"data\": [1, 2]}]", "format": "json"}))]
    #[case(json!({"csv": "time,watts\n0,1\n1,2\n"}))]
    #[case(json!({"payload_string": "time,watts\n0,1\n1,2\n", "format": "csv"}))]
    #[tokio::test]
    async fn streams_go_as_json_and_csv_as_a_file(#[case] mut arguments: Value) {
        arguments["activity_id"] = RIDE.into();
        let answer = demo().await.answer("icu_update_activity_streams", arguments).await;
        assert!(answer.structured["updated"].as_array().unwrap().contains(&json!("watts")), "{}", answer.text);
    }

    #[rstest]
    #[case(json!({}), "there must be streams or csv")]
    #[case(json!({"streams": [], "csv": "a"}), "there must be streams or csv")]
    #[case(json!({"streams": []}), "streams is empty")]
    #[case(json!({"streams": [{"type": "a", "data": [1]}, {"type": "b", "data": []}]}), "b has 0 values and a has 1")]
    #[case(json!({"payload_string": "{}"}), "payload_string is not an array of streams")]
    #[tokio::test]
    async fn what_cannot_be_right_is_not_sent(#[case] mut arguments: Value, #[case] problem: &str) {
        let demo = demo().await;
        arguments["activity_id"] = RIDE.into();
        demo.refuses("icu_update_activity_streams", arguments, problem).await;
        assert_eq!(demo.writes(), [""; 0]);
    }
}
