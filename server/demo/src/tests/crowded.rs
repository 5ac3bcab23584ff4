//! The crowded account over HTTP: numbers of records, and a stable order.
use super::*;
use crate::{COACHED, RIDE, crowded::*};
use std::collections::{BTreeMap, BTreeSet};

const ALL: &str = "oldest=2000-01-01&newest=2100-01-01";

async fn crowd() -> Caller {
    Caller::with(Options { crowded: true, ..Options::default() }).await
}

fn rows(list: &Value) -> &Vec<Value> {
    list.as_array().unwrap()
}

#[tokio::test]
async fn every_list_has_its_number_without_repeats_and_the_same_order_again() {
    let demo = crowd().await;
    for (path, count) in [
        ("/athlete/0/gear".to_owned(), GEAR),
        (format!("/athlete/0/events?{ALL}"), EVENTS),
        (format!("/athlete/0/events?oldest={0}&newest={0}", day(Demo::TODAY)), EVENTS_ON_DAY),
        (format!("/athlete/0/activities?{ALL}&fields=id,start_date_local"), ACTIVITIES),
        (format!("/athlete/0/activities?oldest={0}&newest={0}", training_day(Demo::TODAY)), ACTIVITIES_ON_DAY),
        ("/athlete/0/workouts".to_owned(), WORKOUTS),
        ("/athlete/0/custom-item".to_owned(), CUSTOM_ITEMS),
        (format!("/activity/{RIDE}/messages?limit=1000"), MESSAGES),
    ] {
        let list = demo.get(&path).await;
        let ids: BTreeSet<String> = rows(&list).iter().map(|row| row["id"].to_string()).collect();
        assert_eq!((rows(&list).len(), ids.len()), (count, count), "{path}");
        assert_eq!(demo.get(&path).await, list, "{path}");
    }
    let folders = demo.get("/athlete/0/folders").await;
    let inside = rows(&folders).iter().filter_map(|folder| folder["children"].as_array());
    assert_eq!(inside.map(Vec::len).sum::<usize>(), WORKOUTS);
    assert!(rows(&demo.get("/athlete/0/wellness?oldest=2025-07-05").await).len() > 330);
    assert_eq!(rows(&demo.get(&format!("/athlete/{COACHED}/gear")).await).len(), 2);
}

#[tokio::test]
async fn the_crowded_day_has_several_categories_and_starts_in_order() {
    let demo = crowd().await;
    let list = demo.get(&format!("/athlete/0/events?oldest={0}&newest={0}", day(Demo::TODAY))).await;
    let key = |row: &Value| (row["start_date_local"].as_str().unwrap().to_owned(), row["id"].as_u64().unwrap());
    assert!(rows(&list).is_sorted_by_key(key));
    let mut starts = BTreeMap::new();
    rows(&list).iter().for_each(|row| *starts.entry(key(row).0).or_insert(0) += 1);
    assert!(starts.len() == 6 && starts.values().all(|count| *count == 50), "{starts:?}");
    assert!(rows(&list).iter().map(|row| row["category"].as_str()).collect::<BTreeSet<_>>().len() >= 5);
    let first = demo.get(&format!("/athlete/0/events?oldest={0}&newest={0}&limit=7", day(Demo::TODAY))).await;
    assert_eq!(rows(&first)[..], rows(&list)[..7]);
}

#[tokio::test]
async fn activities_are_newest_first_and_a_limit_cuts_among_equal_starts() {
    let demo = crowd().await;
    let path = format!("/athlete/0/activities?{ALL}&fields=id,start_date_local");
    let list = demo.get(&path).await;
    let start = |row: &Value| row["start_date_local"].as_str().unwrap().to_owned();
    assert!(rows(&list).is_sorted_by(|one, next| start(one) >= start(next)));
    let noon = format!("{}T12:00:00", training_day(Demo::TODAY));
    let at_noon = rows(&list).iter().filter(|row| start(row) == noon).count();
    assert_eq!(at_noon, ACTIVITIES_AT_ONCE);
    let cut = demo
        .get(&format!("/athlete/0/activities?oldest=2000-01-01&newest={noon}&limit=5&fields=id,start_date_local"))
        .await;
    let first = rows(&list).iter().position(|row| start(row) == noon).unwrap();
    assert_eq!(rows(&cut)[..], rows(&list)[first..first + 5]);
}

#[tokio::test]
async fn messages_come_by_id_behind_the_last_one_seen() {
    let demo = crowd().await;
    let (mut seen, mut count) = (0, 0);
    loop {
        let page = demo.get(&format!("/activity/{RIDE}/messages?sinceId={seen}")).await;
        let Some(last) = rows(&page).last() else { break };
        assert!(rows(&page).len() <= 100 && rows(&page)[0]["id"].as_i64() > Some(seen));
        (seen, count) = (last["id"].as_i64().unwrap(), count + rows(&page).len());
    }
    assert_eq!(count, MESSAGES);
}

#[rstest::rstest]
#[case::no_years(0)]
#[case::ten_years(10)]
#[tokio::test]
async fn a_crowd_is_never_empty_and_long_lists_stay(#[case] years: u32) {
    let demo = Caller::with(Options { years, crowded: true, ..Options::default() }).await;
    assert_eq!(rows(&demo.get("/athlete/0/gear").await).len(), GEAR);
    assert!(rows(&demo.get(&format!("/athlete/0/activities?{ALL}&fields=id")).await).len() >= ACTIVITIES);
}
