//! `icu_create_custom_item`
use intervals_core::{Athlete, Error, JsonMap, Notes, Result, arguments::json_or, tool};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use crate::{
    content::{self, Room},
    fields::{self, Fields},
    row::Row,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Name.
    #[schemars(example = &"Sauna")]
    name: String,
    /// INPUT_FIELD, FITNESS_CHART, …
    #[serde(alias = "type")]
    #[schemars(example = &"INPUT_FIELD")]
    item_type: String,
    /// What it is for.
    #[schemars(example = &"Minutes at 80 °C")]
    description: Option<String>,
    /// Of fields only: code, type, aggregate.
    #[serde(default, deserialize_with = "json_or")]
    #[schemars(example = json!({"code": "Sauna", "type": "numeric", "aggregate": "SUM"}))]
    content: Option<JsonMap>,
    /// PRIVATE, FOLLOWERS or PUBLIC.
    #[schemars(example = &"PRIVATE")]
    visibility: Option<String>,
}

/// ADD an own field, chart, …: see resource intervals-icu://custom-item-schemas.
#[tool(write, tier = rare, title = "Create custom item")]
async fn icu_create_custom_item(athlete: Athlete, notes: Notes, args: Args) -> Result<Row> {
    let kind = fields::item_type(&args.item_type)?;
    match &args.content {
        Some(content) if content::is_field(kind) => content::check_field(content)?,
        None if content::is_field(kind) => {
            let advice =
                "Give code and type, such as {\"code\": \"Sauna\", \"type\": \"numeric\", \"aggregate\": \"SUM\"}.";
            return Err(Error::new(format!("{kind} has no content"), advice));
        }
        Some(content) if !content.is_empty() => {
            let advice = "Leave it out: Intervals.icu fills it in. Then change that with icu_update_custom_item.";
            return Err(Error::new(format!("content cannot be given with a new {kind}"), advice));
        }
        _ => {}
    }
    let fields = Fields {
        name: Some(args.name),
        item_type: Some(args.item_type),
        description: args.description,
        content: args.content.filter(|content| !content.is_empty()),
        visibility: args.visibility,
    };
    let item = athlete.custom_items().create(fields.write()?).await?;
    Ok(Row::with_content(&item, Room::SHAPE, &notes))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::COACHED};
    use rstest::rstest;
    use serde_json::Value;

    use super::*;

    #[rstest]
    #[case::object(json!({"code": "Sauna", "type": "numeric"}))]
    #[case::text(json!("{\"code\": \"Sauna\", \"type\": \"numeric\"}"))]
    #[tokio::test]
    async fn a_field_is_added_with_its_content(#[case] content: Value) {
        let demo = demo().await;
        let arguments =
            json!({"name": "Sauna", "item_type": "input_field", "content": content, "visibility": "public"});
        let answer = demo.structured("icu_create_custom_item", arguments).await;
        assert_eq!((&answer["code"], &answer["visibility"]), (&json!("Sauna"), &json!("PUBLIC")));
        assert_eq!(answer["content"], json!({"code": "Sauna", "type": "numeric"}));
        let sent = demo.requests().into_iter().find(|request| request.method == "POST").unwrap();
        let sent: Value = serde_json::from_slice(&sent.body).unwrap();
        assert_eq!(
            sent,
            json!({"name": "Sauna", "type": "INPUT_FIELD", "content": {"code": "Sauna", "type": "numeric"},
                "visibility": "PUBLIC"})
        );
    }

    #[tokio::test]
    async fn what_is_no_field_gets_its_content_from_the_service() {
        let demo = demo().await;
        let arguments = json!({"name": "Z", "item_type": "ZONES", "content": {}, "athlete_id": COACHED});
        let answer = demo.structured("icu_create_custom_item", arguments).await;
        assert_eq!(
            (&answer["content_by_others"]["script"], &answer["athlete"]),
            (&json!(""), &json!("Sam Brook (i7002)"))
        );
        let sent = demo.requests().into_iter().find(|request| request.method == "POST").unwrap();
        assert_eq!(sent.body, br#"{"name":"Z","type":"ZONES"}"#);
    }

    #[rstest]
    #[case(json!({"item_type": "CHART"}), "item_type is \"CHART\". It is one of FITNESS_CHART")]
    #[case(json!({"item_type": "INPUT_FIELD"}), "INPUT_FIELD has no content. Give code and type")]
    #[case(json!({"item_type": "ZONES", "visibility": "ALL"}), "visibility is \"ALL\". It is one of PRIVATE, FOLLOWERS, PUBLIC.")]
    #[case(json!({"item_type": "FITNESS_CHART", "content": {"script": ""}}), "content cannot be given with a new FITNESS_CHART")]
    #[case(json!({"item_type": "ACTIVITY_FIELD", "content": {"code": "x", "type": "text"}}), "content.code is \"x\". ")]
    #[case(json!({"item_type": "INTERVAL_FIELD", "content": "{code"}), "invalid arguments for icu_create_custom_item: content: ")]
    #[case(json!({"item_type": "ZONES", "name": ""}), "name is empty. ")]
    #[tokio::test]
    async fn what_the_service_would_refuse_is_not_sent(#[case] given: Value, #[case] error: &str) {
        let demo = demo().await;
        let mut arguments = json!({"name": "X"});
        arguments.as_object_mut().unwrap().extend(given.as_object().unwrap().clone());
        demo.refuses("icu_create_custom_item", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }
}
