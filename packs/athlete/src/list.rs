//! `icu_list_athletes`
use intervals_core::{
    Icu, List, Result,
    client::{KnownAthlete, Owner, Text},
    tool,
};
use schemars::JsonSchema;
use serde::Serialize;

// One athlete of the list.
#[derive(Serialize, JsonSchema)]
struct Row {
    id: String,
    owner: Owner,
    name: Option<Text>,
    /// self, coach (reads and writes), follower (reads) or none.
    access: &'static str,
    /// Whose data a call without athlete_id is about.
    default: Option<bool>,
    timezone: Option<String>,
    tags: Vec<Text>,
    notes_md: Option<Text>,
}

/// LIST the athletes this key reaches: id, access, tags, notes.
#[tool(read, title = "List athletes")]
async fn icu_list_athletes(icu: Icu) -> Result<List<Row>> {
    let athletes = icu.athletes().await?;
    let mut rows: Vec<_> = athletes.into_iter().map(|athlete| Row::of(athlete, icu.own_id())).collect();
    rows.sort_by_key(|row| (row.default.is_none(), row.name.clone(), row.id.clone()));
    Ok(rows.into())
}

impl Row {
    fn of(a: KnownAthlete, own: &str) -> Self {
        let access = match (a.icu_permission.as_deref(), a.icu_coach) {
            (None, _) => "self",
            (Some("WRITE"), _) | (_, Some(true)) => "coach",
            (Some("READ"), _) => "follower",
            _ => "none",
        };
        let default = a.id == own || (own == intervals_core::client::OWNER && access == "self");
        Self {
            default: default.then_some(true),
            owner: Owner(Some(a.id.clone())),
            id: a.id,
            name: a.name,
            access,
            timezone: a.timezone,
            tags: a.icu_tags,
            notes_md: a.icu_notes.and_then(Text::non_empty),
        }
    }
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{ATHLETE, COACHED},
    };
    use serde_json::json;

    #[tokio::test]
    async fn the_own_account_comes_first_and_the_coached_one_is_marked() {
        let answer = demo().await.structured("icu_list_athletes", json!({})).await;
        let row =
            |n: usize| (answer["items"][n]["id"].as_str().unwrap(), answer["items"][n]["access"].as_str().unwrap());
        assert_eq!((row(0), row(1)), ((ATHLETE, "self"), (COACHED, "coach")));
        assert_eq!(answer["items"][0]["default"], true);
    }

    #[tokio::test]
    async fn an_athlete_who_is_not_offered_is_not_listed() {
        let answer = demo().await.restricted_to(&[]).structured("icu_list_athletes", json!({})).await;
        assert_eq!(answer["total"], 1);
    }
}
