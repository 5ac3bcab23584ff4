//! `icu_get_activities_around`
use intervals_core::{
    ActivityRef, Athlete, Error, List, Notes, Result, client::Around, list::CAP, records::activity::Row, tool,
    units::Points,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::by_date::note_withheld;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// How many on each side, up to 50.
    #[serde(default = "five")]
    #[schemars(example = 5)]
    count: usize,
}

fn five() -> usize {
    5
}

// An activity and its distance from the given one.
#[derive(Serialize, JsonSchema)]
struct Neighbour {
    /// -1 is the one before, 0 the one asked for.
    position: i32,
    /// From the one asked for.
    days: Points,
    #[serde(flatten)]
    row: Row,
}

/// NEIGHBOURS of an activity in time, earliest first.
#[tool(read, tier = rare, title = "Activities around one")]
async fn icu_get_activities_around(
    activity: ActivityRef,
    athlete: Athlete,
    notes: Notes,
    args: Args,
) -> Result<List<Neighbour>> {
    if !(1..=50).contains(&args.count) {
        return Err(Error::new(format!("count is {}", args.count), "Ask for 1 to 50 on each side."));
    }
    let centre: Row = activity.get().await?;
    // The service finds neighbours only when asked for the athlete of the activity.
    let athlete =
        if athlete.id() == activity.client().own_id() { activity.athlete(centre.owner.as_ref()) } else { athlete };
    let start_of = |a: &Row| a.start.as_ref()?.time();
    let Some(start) = start_of(&centre) else {
        return Err(Error::new(format!("{} has no start", centre.id), "Use icu_get_activities_by_date."));
    };
    let mut limit = args.count * 2;
    let mut all = loop {
        let page = athlete.activities().around(Around { activity_id: &centre.id, limit }).await?;
        let complete = page.len() < limit;
        let all: Vec<_> = page.into_iter().filter_map(|a| Some((start_of(&a)?, a))).collect();
        let before = all.iter().filter(|(at, _)| *at < start).count();
        // The service counts both sides together, closest first, so one side may be short although it has more.
        if complete || limit >= CAP || before.min(all.len() - before) >= args.count {
            break all;
        }
        limit = (limit * 4).min(CAP);
    };
    all.push((start, centre.clone()));
    all.sort_by_key(|(at, a)| (*at, a.id.clone()));
    let middle = all.iter().position(|(_, a)| a.id == centre.id).unwrap_or_default();
    let shown = || all.iter().enumerate().filter(|(n, _)| n.abs_diff(middle) <= args.count);
    note_withheld(shown().map(|(_, (_, row))| row), &notes);
    let neighbours = shown().map(|(n, (at, row))| Neighbour {
        position: n as i32 - middle as i32,
        days: Points(at.duration_since(start).as_secs_f64() / 86_400.0),
        row: row.clone(),
    });
    Ok(neighbours.collect::<Vec<_>>().into())
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::demo;
    use serde_json::json;

    #[tokio::test]
    async fn a_coached_athletes_activity_has_their_neighbours() {
        let arguments = json!({"activity_id": demo::COACHED_RIDE, "count": 1});
        let answer = demo().await.structured("icu_get_activities_around", arguments).await;
        assert!(answer["athlete"].as_str().unwrap().ends_with(&format!("({})", demo::COACHED)));
        assert!(answer["total"].as_u64().unwrap() > 1);
    }

    #[tokio::test]
    async fn positions_and_days_are_counted_from_the_one_in_the_middle() {
        let demo = demo().await;
        let answer = demo.answer("icu_get_activities_around", json!({"activity_id": demo::MANUAL, "count": 2})).await;
        let items = answer.structured["items"].as_array().unwrap();
        let positions: Vec<_> = items.iter().map(|item| item["position"].as_i64().unwrap()).collect();
        assert_eq!(positions, [-2, -1, 0, 1, 2]);
        assert_eq!(items[2]["id"], demo::MANUAL);
        // Each side has five, although most of the closest ten lie on one side.
        for id in ["i10700", "i10750", "i10800"] {
            let answer = demo.structured("icu_get_activities_around", json!({"activity_id": id})).await;
            assert_eq!(answer["total"], 11, "{id}");
        }
        let starts: Vec<_> = items.iter().map(|item| item["start"].as_str().unwrap()).collect();
        assert!(starts.is_sorted() && items[0]["days"].as_f64().unwrap() <= 0.0);
    }
}
