//! `icu_update_activity`
use intervals_core::{
    ActivityRef, Error, Notes, Result,
    client::sports,
    records::{
        Patch, Whole,
        activity::{Fields, Updated},
    },
    text::lost_tags,
    tool,
};

/// CHANGE an activity's name, description, type, flags, feel, RPE or tags. "" clears a text, -1 a number.
#[tool(write, idempotent, title = "Update activity")]
async fn icu_update_activity(activity: ActivityRef, notes: Notes, args: Patch<Fields>) -> Result<Updated> {
    let Patch(fields) = &args;
    let update = activity.update::<Updated>(args.given()).await;
    let (before, updated) = update.map_err(|e| with_type_suggestions(e, fields.activity_type.as_deref()))?;
    if fields.perceived_exertion == Some(Whole(-1)) && updated.rpe_1_10.is_some() {
        notes.add("the RPE that is left is Strava's own, which cannot be cleared here");
    }
    // The whole list is replaced, so a note names the tags that are lost.
    let lost = if fields.tags.is_some() { lost_tags(&before.tags, &updated.tags) } else { None };
    lost.into_iter().for_each(|lost| notes.add(lost));
    Ok(updated)
}

/// Replaces the service's error "Invalid type" by one that suggests types.
pub fn with_type_suggestions(error: Error, kind: Option<&str>) -> Error {
    match kind.filter(|_| error.problem.contains("Invalid type")) {
        Some(kind) => Error::new(format!("there is no type {kind}"), format!("Use {}.", sports::instead_of(kind))),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::demo;
    use rstest::rstest;
    use serde_json::json;

    #[tokio::test]
    async fn what_is_changed_stays_and_can_be_cleared() {
        let demo = demo().await;
        let arguments = json!({"activity_id": demo::RIDE, "name": "Tempo", "feel": 2, "perceived_exertion": 7});
        let answer = demo.structured("icu_update_activity", arguments).await;
        assert_eq!(
            (&answer["name"], &answer["feel_1_5"], &answer["rpe_1_10"]),
            (&json!("Tempo"), &json!(2), &json!(7))
        );
        let clear = json!({"activity_id": demo::RIDE, "description": "", "feel": -1, "rpe": -1});
        let cleared = demo.structured("icu_update_activity", clear).await;
        // Strava's rating is left, and a note says so.
        assert_eq!((&cleared["rpe_1_10"], cleared.get("feel_1_5")), (&json!(6), None));
        assert!(cleared["notes"][0].as_str().unwrap().contains("Strava's own"), "{cleared}");
        let details = demo.structured("icu_get_activity_details", json!({"activity_id": demo::RIDE})).await;
        assert_eq!(details["name"], "Tempo");
        for key in ["feel_1_5", "session_rpe", "description"] {
            assert!(details.get(key).is_none(), "{key}");
        }
    }

    #[tokio::test]
    async fn tags_are_replaced_and_the_answer_says_which_are_gone() {
        let demo = demo().await;
        let tag = async |tags: serde_json::Value| {
            demo.answer("icu_update_activity", json!({"activity_id": demo::RIDE, "tags": tags})).await
        };
        assert_eq!(tag(json!(["#hills", " race "])).await.structured["tags"], json!(["hills", "race"]));
        let answer = tag(json!("race")).await;
        assert_eq!(answer.structured["tags"], json!(["race"]));
        assert!(answer.text.ends_with("note: these tags are gone: hills\n"), "{}", answer.text);
        assert_eq!(tag(json!("[\"a\", \"#a\", \"b\"]")).await.structured["tags"], json!(["a", "b"]));
        assert_eq!(tag(json!([])).await.structured["tags"], json!([]));
    }

    #[rstest]
    #[case(json!({"feel": 6}), "feel: 6 is out of range: it goes from 1 to 5; -1 clears it")]
    #[case(json!({"perceived_exertion": 0}), "perceived_exertion: 0 is out of range: it goes from 1 to 10; -1 clears it")]
    #[case(json!({}), "there is nothing to change. Give at least one field beside activity_id.")]
    #[tokio::test]
    async fn a_value_out_of_range_is_not_sent(#[case] mut arguments: serde_json::Value, #[case] error: &str) {
        let demo = demo().await;
        arguments["activity_id"] = demo::RIDE.into();
        let text = demo.text("icu_update_activity", arguments).await;
        assert!(text.contains(error), "{text}");
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[tokio::test]
    async fn a_type_that_is_none_is_refused_by_the_service() {
        let arguments = json!({"activity_id": demo::RIDE, "activity_type": "Bicycle"});
        let error = demo().await.text("icu_update_activity", arguments).await;
        assert_eq!(error, "there is no type Bicycle. Use Ride, GravelRide, MountainBikeRide or VirtualRide.");
    }
}
