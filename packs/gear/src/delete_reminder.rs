//! `icu_delete_gear_reminder`
use intervals_core::{Error, GearRef, Result, answer::Deletions, tool};
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// From icu_get_gear_list.
    #[schemars(example = 6002)]
    reminder_id: i64,
}

/// DELETE a reminder; the gear stays.
#[tool(destructive, delete = guarded, idempotent, tier = rare, title = "Delete gear reminder")]
async fn icu_delete_gear_reminder(gear: GearRef, args: Args) -> Result<Deletions<i64>> {
    let reminders = gear.get().await?.reminders;
    // One that cannot be read may be the one that is meant: then the service decides.
    if reminders.bad.is_empty() && !reminders.good.iter().any(|one| one.id == args.reminder_id) {
        let problem = format!("{} has no reminder {}", gear.id(), args.reminder_id);
        return Err(Error::new(problem, "Use ids of gear and reminder that icu_get_gear_list gave."));
    }
    gear.athlete().gear().delete_reminder(gear.id(), args.reminder_id).await?;
    Ok(Deletions::of(args.reminder_id))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{BIKE, CHAIN, DUE_REMINDER},
    };
    use serde_json::json;

    #[tokio::test]
    async fn one_reminder_goes_and_the_others_stay() {
        let demo = demo().await;
        let arguments = json!({"gear_id": CHAIN, "reminder_id": DUE_REMINDER});
        let answer = demo.structured("icu_delete_gear_reminder", arguments.clone()).await;
        assert_eq!(answer, json!({"deleted": [DUE_REMINDER], "skipped": []}));
        let start = &format!("{CHAIN} has no reminder {DUE_REMINDER}. Use ids");
        demo.refuses("icu_delete_gear_reminder", arguments, start).await;
        let path = format!("DELETE /api/v1/athlete/0/gear/{CHAIN}/reminder/{DUE_REMINDER}");
        assert_eq!(demo.writes(), [path]);
    }

    #[tokio::test]
    async fn a_reminder_of_other_gear_is_none() {
        let demo = demo().await;
        for (gear, problem) in [(BIKE, "b5001 has no reminder 6002"), ("b404", "there is no gear \"b404\"")] {
            let arguments = json!({"gear_id": gear, "reminder_id": DUE_REMINDER});
            let error = demo.error("icu_delete_gear_reminder", arguments).await;
            assert_eq!(error.problem, problem);
        }
        assert_eq!(demo.writes(), [""; 0]);
    }
}
