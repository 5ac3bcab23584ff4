//! `icu_delete_gear_reminder`
use intervals_core::{ReminderRef, Result, answer::Deletions, tool};

/// DELETE a reminder; the gear stays.
#[tool(destructive, delete = guarded, idempotent, tier = rare, title = "Delete gear reminder")]
async fn icu_delete_gear_reminder(reminder: ReminderRef) -> Result<Deletions<i64>> {
    reminder.delete().await?;
    Ok(Deletions::of(reminder.id()))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{BIKE, CHAIN, DUE_REMINDER},
    };
    use serde_json::json;

    #[tokio::test]
    async fn a_reminder_is_deleted_once() {
        let demo = demo().await;
        let arguments = json!({"gear_id": CHAIN, "reminder_id": DUE_REMINDER});
        let answer = demo.structured("icu_delete_gear_reminder", arguments.clone()).await;
        assert_eq!(answer, json!({"deleted": [DUE_REMINDER], "skipped": []}));
        let start = &format!("there is no reminder {DUE_REMINDER} of gear \"{CHAIN}\". Use ids");
        demo.refuses("icu_delete_gear_reminder", arguments, start).await;
        let path = format!("DELETE /api/v1/athlete/0/gear/{CHAIN}/reminder/{DUE_REMINDER}");
        assert_eq!(demo.writes(), [path]);
    }

    #[tokio::test]
    async fn a_reminder_of_other_gear_is_not_found() {
        let demo = demo().await;
        for (gear, problem) in
            [(BIKE, "there is no reminder 6002 of gear \"b5001\""), ("b404", "there is no gear \"b404\"")]
        {
            let arguments = json!({"gear_id": gear, "reminder_id": DUE_REMINDER});
            let error = demo.error("icu_delete_gear_reminder", arguments).await;
            assert_eq!(error.problem, problem);
        }
        assert_eq!(demo.writes(), [""; 0]);
    }
}
