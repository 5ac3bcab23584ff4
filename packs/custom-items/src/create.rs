//! `icu_create_custom_item`
use intervals_core::{
    Athlete, Error, JsonMap, Notes, Result,
    records::{
        New,
        custom_item::{Fields, Row},
    },
    tool,
};

use crate::content::{self, Room, with_cut_content};

/// ADD an own field, chart, …: see resource intervals-icu://custom-item-schemas.
#[tool(write, tier = rare, title = "Create custom item")]
async fn icu_create_custom_item(athlete: Athlete, notes: Notes, args: New<Fields>) -> Result<Row> {
    let mut fields = args.given();
    let New(Fields { item_type, content, .. }) = args;
    let kind = item_type.map_or("", |kind| kind.0);
    match &content {
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
    if content.as_ref().is_some_and(JsonMap::is_empty) {
        fields.remove("content");
    }
    let item = athlete.custom_items().create(fields).await?;
    Ok(with_cut_content(item, Room::SHAPE, &notes))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::COACHED};
    use rstest::rstest;
    use serde_json::{Value, json};

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
    async fn an_item_that_is_no_field_gets_its_content_from_the_service() {
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
    #[case(json!({"item_type": "CHART"}), "invalid arguments for icu_create_custom_item: item_type: \"CHART\" is not known; it is one of FITNESS_CHART")]
    #[case(json!({"item_type": "INPUT_FIELD"}), "INPUT_FIELD has no content. Give code and type")]
    #[case(json!({"item_type": "ZONES", "visibility": "ALL"}), "invalid arguments for icu_create_custom_item: visibility: \"ALL\" is not known; it is one of PRIVATE, FOLLOWERS, PUBLIC.")]
    #[case(json!({"item_type": "FITNESS_CHART", "content": {"script": ""}}), "content cannot be given with a new FITNESS_CHART")]
    #[case(json!({"item_type": "ACTIVITY_FIELD", "content": {"code": "x", "type": "text"}}), "content.code is \"x\". ")]
    #[case(json!({"item_type": "INTERVAL_FIELD", "content": "{code"}), "invalid arguments for icu_create_custom_item: content: ")]
    #[case(json!({"item_type": "ZONES", "name": ""}), "invalid arguments for icu_create_custom_item: name: it cannot be empty")]
    #[tokio::test]
    async fn what_the_service_would_refuse_is_not_sent(#[case] given: Value, #[case] error: &str) {
        let demo = demo().await;
        let mut arguments = json!({"name": "X"});
        arguments.as_object_mut().unwrap().extend(given.as_object().unwrap().clone());
        demo.refuses("icu_create_custom_item", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }
}
