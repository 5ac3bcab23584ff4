//! `icu_update_activity`
use intervals_core::{
    ActivityRef, Error, JsonMap, Notes, Result,
    arguments::Words,
    client::{Activity, Owner, Text, sports},
    text::lost_tags,
    tool,
    units::Count,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::row;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// New name.
    #[schemars(example = &"Tempo ride")]
    name: Option<String>,
    /// Markdown.
    #[schemars(example = &"Windy")]
    description: Option<String>,
    /// Type, such as GravelRide.
    #[schemars(example = &"Ride")]
    activity_type: Option<String>,
    /// Indoors.
    #[schemars(example = false)]
    trainer: Option<bool>,
    /// Commute.
    #[schemars(example = false)]
    commute: Option<bool>,
    /// 1 strong to 5 weak.
    #[schemars(example = 2)]
    feel: Option<i64>,
    /// RPE, 1 to 10.
    #[serde(alias = "rpe", alias = "icu_rpe")]
    #[schemars(example = 6)]
    perceived_exertion: Option<i64>,
    /// All tags; [] clears.
    #[schemars(example = ["race-pace"])]
    tags: Option<Words>,
}

#[derive(Serialize, JsonSchema)]
struct Updated {
    id: String,
    name: Option<Text>,
    sport: Option<String>,
    start: Option<String>,
    description: Option<Text>,
    indoor: Option<bool>,
    commute: Option<bool>,
    feel_1_5: Option<Count>,
    rpe_1_10: Option<Count>,
    tags: Vec<Text>,
    owner: Option<Owner>,
}

/// CHANGE an activity's name, description, type, flags, feel, RPE or tags. "" clears a text, -1 a number.
#[tool(write, idempotent, title = "Update activity")]
async fn icu_update_activity(activity: ActivityRef, notes: Notes, args: Args) -> Result<Updated> {
    let feel = rating("feel", args.feel, 5)?;
    // The service takes the rating as icu_rpe; what is sent as perceived_exertion is lost.
    let rpe = rating("perceived_exertion", args.perceived_exertion, 10)?;
    let kind = args.activity_type.clone();
    let tags = args.tags.map(|tags| intervals_core::text::tags(&tags.0));
    let fields = [
        ("name", args.name.map(Value::from)),
        ("description", args.description.map(Value::from)),
        ("type", args.activity_type.map(Value::from)),
        ("trainer", args.trainer.map(Value::from)),
        ("commute", args.commute.map(Value::from)),
        ("feel", feel),
        ("icu_rpe", rpe),
        // The service replaces the list; what is not in it is gone.
        ("tags", tags.clone().map(Value::from)),
    ];
    let fields: JsonMap = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    if fields.is_empty() {
        return Err(Error::new("there is nothing to change", "Give at least one field beside activity_id."));
    }
    let (before, activity) = activity.update(fields).await.map_err(|e| better_type(e, kind.as_deref()))?;
    if args.perceived_exertion == Some(-1) && activity.rpe().is_some() {
        notes.add("the RPE that is left is Strava's own, which cannot be cleared here");
    }
    // The list is replaced: what goes with it is said.
    let lost = if tags.is_some() { lost_tags(&before.tags, &activity.tags) } else { None };
    lost.into_iter().for_each(|lost| notes.add(lost));
    Ok(activity.into())
}

/// The service says only that a type is invalid; this says which ones are near.
pub fn better_type(error: Error, kind: Option<&str>) -> Error {
    match kind.filter(|_| error.problem.contains("Invalid type")) {
        Some(kind) => Error::new(format!("there is no type {kind}"), format!("Use {}.", sports::instead_of(kind))),
        None => error,
    }
}

/// A rating of 1 to `worst`, or -1 to clear it.
fn rating(name: &str, value: Option<i64>, worst: i64) -> Result<Option<Value>> {
    match value {
        Some(value) if value != -1 && !(1..=worst).contains(&value) => {
            Err(Error::new(format!("{name} is {value}"), format!("It goes from 1 to {worst}; -1 clears it.")))
        }
        value => Ok(value.map(|value| json!(value))),
    }
}

impl From<Activity> for Updated {
    fn from(Activity { known: a, .. }: Activity) -> Self {
        Self {
            rpe_1_10: a.rpe(),
            owner: a.owner(),
            start: a.start_date_local.as_deref().map(row::minute),
            id: a.id,
            name: a.name,
            sport: a.sport,
            description: a.description,
            indoor: a.trainer,
            commute: a.commute,
            feel_1_5: a.feel,
            tags: a.tags,
        }
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
        // Strava's own rating, of which a note tells, is left.
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
    #[case(json!({"feel": 6}), "feel is 6. It goes from 1 to 5; -1 clears it.")]
    #[case(json!({"perceived_exertion": 0}), "perceived_exertion is 0. It goes from 1 to 10; -1 clears it.")]
    #[case(json!({}), "there is nothing to change. Give at least one field beside activity_id.")]
    #[tokio::test]
    async fn a_value_out_of_range_is_not_sent(#[case] mut arguments: serde_json::Value, #[case] error: &str) {
        let demo = demo().await;
        arguments["activity_id"] = demo::RIDE.into();
        assert_eq!(demo.text("icu_update_activity", arguments).await, error);
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[tokio::test]
    async fn a_type_that_is_none_is_refused_by_the_service() {
        let arguments = json!({"activity_id": demo::RIDE, "activity_type": "Bicycle"});
        let error = demo().await.text("icu_update_activity", arguments).await;
        assert_eq!(error, "there is no type Bicycle. Use Ride, GravelRide, MountainBikeRide or VirtualRide.");
    }
}
