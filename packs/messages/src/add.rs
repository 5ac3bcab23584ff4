//! `icu_add_activity_message`
use intervals_core::{
    ActivityRef, Error, Result,
    client::Creator,
    records::{
        given,
        message::{Added, Fields},
    },
    text::truncate,
    tool,
};

/// COMMENT on an activity, seen by all who see it.
#[tool(write, title = "Add message")]
async fn icu_add_activity_message(activity: ActivityRef, args: Fields) -> Result<Added> {
    let fields = Fields { content: args.content.trim().into() };
    if fields.content.is_empty() {
        return Err(Error::new("content is empty", "Give the text of the comment."));
    }
    let added: Added = activity.add_message(given(&fields)).await?;
    Ok(Added {
        activity_id: activity.id().into(),
        content: truncate(&fields.content, 200).into(),
        creator: Creator(Some(activity.client().own_id().into())),
        ..added
    })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{COACHED_RIDE, RIDE},
    };
    use rstest::rstest;
    use serde_json::json;

    #[tokio::test]
    async fn a_comment_is_answered_with_its_id_and_read_as_ones_own() {
        let demo = demo().await;
        let content = "Two lines\nand an emoji 🚲 ".to_owned() + &"x".repeat(300);
        let arguments = json!({"activity_id": COACHED_RIDE, "content": content});
        let added = demo.structured("icu_add_activity_message", arguments).await;
        assert_eq!((&added["activity_id"], &added["athlete"]), (&json!(COACHED_RIDE), &json!("Sam Brook (i7002)")));
        assert_eq!(added["content"].as_str().unwrap().chars().count(), 201);
        let read = demo.structured("icu_get_activity_messages", json!({"activity_id": COACHED_RIDE})).await;
        let last = read["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["id"], &last["content"]), (&added["message_id"], &json!(content)));
        assert_eq!(last.get("content_by_others"), None);
        let sent = demo.requests().into_iter().find(|request| request.method == "POST").unwrap();
        assert_eq!(sent.body, json!({"content": content}).to_string().into_bytes());
    }

    #[rstest]
    #[case("")]
    #[case(" \n\t")]
    #[tokio::test]
    async fn an_empty_comment_is_not_sent(#[case] content: &str) {
        let demo = demo().await;
        let error = demo.text("icu_add_activity_message", json!({"activity_id": RIDE, "content": content})).await;
        assert_eq!(error, "content is empty. Give the text of the comment.");
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[tokio::test]
    async fn an_empty_id_is_an_error() {
        let error = demo().await.text("icu_add_activity_message", json!({"activity_id": "", "content": "x"})).await;
        assert_eq!(error, "an id is empty (in activity//messages). Use an id as a list tool gave it.");
    }

    #[tokio::test]
    async fn an_unknown_activity_and_read_only_mode_are_errors() {
        let demo = demo().await;
        let arguments = json!({"activity_id": "i404", "content": "x"});
        demo.refuses("icu_add_activity_message", arguments, "there is no activity/i404/messages. ").await;
        let arguments = json!({"activity_id": RIDE, "content": "x"});
        let error = demo.again().read_only().text("icu_add_activity_message", arguments).await;
        assert!(error.contains("was not sent"), "{error}");
    }
}
