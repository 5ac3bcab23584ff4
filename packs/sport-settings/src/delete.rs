//! `icu_delete_sport_settings`
use intervals_core::{Athlete, Error, Result, tool, units::Count};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::find;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Number from icu_get_sport_settings.
    #[schemars(example = &"71004")]
    sport_id: String,
}

#[derive(Serialize, JsonSchema)]
struct Deleted {
    deleted: Option<Count>,
    /// What they covered.
    types: Vec<String>,
}

/// DELETE one record of sport settings for good, with its zones.
#[tool(destructive, delete = forever, idempotent, tier = rare, title = "Delete sport settings")]
async fn icu_delete_sport_settings(athlete: Athlete, args: Args) -> Result<Deleted> {
    let (record, id) = find(&athlete, &args.sport_id).await?;
    // A record may cover more types than the named one, so only its number deletes it.
    let (wanted, types) = (args.sport_id.trim(), record.types.join(", "));
    if id != wanted {
        let problem = format!("{wanted} is one of the types of settings {id}, which cover {types}");
        return Err(Error::new(problem, format!("Give sport_id {id} to delete them for all of these.")));
    }
    athlete.sport_settings().delete(&id).await?;
    Ok(Deleted { deleted: record.sport_id, types: record.types })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::demo;
    use serde_json::json;

    #[tokio::test]
    async fn a_record_is_deleted_and_the_others_stay() {
        let demo = demo().await;
        let answer = demo.structured("icu_delete_sport_settings", json!({"sport_id": 71003})).await;
        assert_eq!(answer, json!({"deleted": 71003, "types": ["Swim", "OpenWaterSwim"]}));
        assert_eq!(demo.writes(), ["DELETE /api/v1/athlete/0/sport-settings/71003"]);
        let left = demo.structured("icu_get_sport_settings", json!({})).await;
        assert_eq!(left["total"], 3);
        let start = "there are no sport settings 71003. Use 71001 (Ride, ";
        demo.refuses("icu_delete_sport_settings", json!({"sport_id": 71003}), start).await;
    }

    #[tokio::test]
    async fn an_activity_type_deletes_nothing() {
        let demo = demo().await;
        let error = demo.text("icu_delete_sport_settings", json!({"sport_id": "Yoga"})).await;
        assert_eq!(
            error,
            "Yoga is one of the types of settings 71004, which cover WeightTraining, Hike, Walk, Yoga, Workout, Other. \
             Give sport_id 71004 to delete them for all of these."
        );
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[tokio::test]
    async fn a_wrong_id_or_a_read_only_client_deletes_nothing() {
        let demo = demo().await;
        for id in ["..", "", "7", "71003/x"] {
            demo.error("icu_delete_sport_settings", json!({"sport_id": id})).await;
        }
        let error = demo.again().read_only().text("icu_delete_sport_settings", json!({"sport_id": "71003"})).await;
        assert!(error.contains("was not sent"), "{error}");
        assert_eq!(demo.writes(), [""; 0]);
    }
}
