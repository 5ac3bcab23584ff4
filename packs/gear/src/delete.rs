//! `icu_delete_gear`
use intervals_core::{GearRef, Result, answer::Deletions, tool};

/// DELETE gear; icu_update_gear retires it.
#[tool(destructive, delete = guarded, idempotent, tier = rare, title = "Delete gear")]
async fn icu_delete_gear(gear: GearRef) -> Result<Deletions<String>> {
    // The service may report success for an unknown id, so the gear is read first.
    let found = gear.get().await?;
    gear.athlete().gear().delete(&gear.id()).await?;
    Ok(Deletions::of(found.id))
}

#[cfg(test)]
mod tests {
    use intervals_core::{
        DeleteMode,
        testing::{
            demo,
            demo::{COACHED, SHOES},
            reply, upstream_when,
            wiremock::{Mock, ResponseTemplate, matchers::method},
        },
    };
    use rstest::rstest;
    use serde_json::json;

    #[tokio::test]
    async fn gear_is_deleted_in_safe_mode_too() {
        let demo = demo().await;
        assert_eq!(demo.settings.delete_mode, DeleteMode::Safe);
        let answer = demo.structured("icu_delete_gear", json!({"gear_id": SHOES})).await;
        assert_eq!(answer, json!({"deleted": [SHOES], "skipped": []}));
        let left = demo.structured("icu_get_gear_list", json!({"retired": true})).await;
        assert!(left["items"].as_array().unwrap().iter().all(|row| row["id"] != SHOES));
    }

    #[tokio::test]
    async fn unreadable_gear_is_not_reported_as_missing() {
        let gear = json!([{"id": "b1", "name": 5}, {"id": "b2", "reminders": [{"id": {}}]}]);
        let bench = upstream_when(method("GET"), reply(gear))
            .mock(Mock::given(method("DELETE")).respond_with(ResponseTemplate::new(200)).expect(3))
            .await
            .imperial();
        let odd = "1 value of athlete/0/gear could not be read and is left out: name: ";
        bench.answers("icu_delete_gear", json!({"gear_id": "b1"}), &[odd]).await;
        bench.answer("icu_delete_gear", json!({"gear_id": "b2"})).await;
        // The unreadable reminder may be the one to delete.
        bench.answer("icu_delete_gear_reminder", json!({"gear_id": "b2", "reminder_id": 7})).await;
    }

    #[rstest]
    #[case("b404")]
    #[case("")]
    #[case("..")]
    #[case("../gear/b5001")]
    #[tokio::test]
    async fn an_invalid_id_deletes_nothing(#[case] id: &str) {
        let demo = demo().await;
        let error = demo.text("icu_delete_gear", json!({"gear_id": id})).await;
        assert!(error.starts_with(&format!("there is no gear \"{id}\". Use an id from icu_get_gear_list")), "{error}");
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[tokio::test]
    async fn the_gear_of_the_named_athlete_is_deleted() {
        let demo = demo().await;
        demo.answer("icu_delete_gear", json!({"gear_id": SHOES, "athlete_id": COACHED})).await;
        assert_eq!(demo.writes(), [format!("DELETE /api/v1/athlete/{COACHED}/gear/{SHOES}")]);
        let error = demo.read_only().text("icu_delete_gear", json!({"gear_id": SHOES})).await;
        assert!(error.contains("was not sent"), "{error}");
    }
}
