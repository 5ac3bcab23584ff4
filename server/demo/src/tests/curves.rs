//! Curves over HTTP: periods, shapes and their activities.
use super::*;
use crate::COACHED;
use rstest::rstest;

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

#[tokio::test]
async fn power_falls_with_duration_and_grows_with_the_period() {
    let demo = Caller::start().await;
    let answer = demo.get("/athlete/0/power-curves?type=Ride&curves=42d,1y,all,1y-kj0").await;
    let curves: Vec<_> = answer["list"].as_array().unwrap().iter().map(|curve| numbers(&curve["values"])).collect();
    for curve in &curves {
        assert!(curve.is_sorted_by(|a, b| a >= b), "{curve:?}");
    }
    assert!(curves[0].iter().zip(&curves[1]).all(|(short, long)| short <= long));
    assert!(curves[3].iter().zip(&curves[1]).all(|(tired, fresh)| tired < fresh));
    let year = &answer["list"][1];
    assert!((700.0..940.0).contains(&curves[1][0]) && curves[1].len() > 30, "{:?}", curves[1]);
    let eftp = year["powerModels"][0]["ftp"].as_f64().unwrap();
    assert!((235.0..275.0).contains(&eftp), "{eftp}");
    for id in year["activity_id"].as_array().unwrap() {
        assert_eq!(answer["activities"][id.as_str().unwrap()]["id"], *id);
    }
}

#[tokio::test]
async fn pace_goes_by_distance_and_has_no_secs() {
    let demo = Caller::start().await;
    for (sport, path) in [("Run", "/athlete/0"), ("Swim", "/athlete/0"), ("Run", &format!("/athlete/{COACHED}"))] {
        let curve = &demo.get(&format!("{path}/pace-curves?type={sport}")).await["list"][0];
        assert_eq!((curve.get("secs"), curve["id"].as_str()), (None, Some("1y")));
        let (metres, secs) = (numbers(&curve["distance"]), numbers(&curve["values"]));
        assert!(metres.len() >= 6 && metres.len() == secs.len() && secs.is_sorted(), "{sport} {secs:?}");
        assert!(curve["paceModels"][0]["criticalSpeed"].as_f64().unwrap() > 0.8);
    }
    let plain = demo.get("/athlete/0/pace-curves?type=Run&curves=s0").await;
    let gap = demo.get("/athlete/0/pace-curves?type=Run&curves=s0&gap=true").await;
    assert_eq!(gap["list"][0]["type"], "GAP");
    assert!(numbers(&gap["list"][0]["values"])[8] < numbers(&plain["list"][0]["values"])[8]);
}

#[tokio::test]
async fn heart_rate_stays_below_the_configured_maximum() {
    let demo = Caller::start().await;
    let curve = &demo.get("/athlete/0/hr-curves?type=Ride&curves=r.2026-05-01.2026-06-30").await["list"][0];
    let beats = numbers(&curve["values"]);
    assert!(beats.is_sorted_by(|a, b| a >= b) && beats[0] <= 186.0, "{beats:?}");
    assert_eq!((&curve["start_date_local"], &curve["days"]), (&json!("2026-05-01T00:00:00"), &json!(61)));
}

#[rstest]
#[case("/power-curves", "Required request parameter 'type' is not present")]
#[case("/hr-curves?type=Bike", "Failed to convert 'type' with value: 'Bike'")]
#[case("/power-curves?type=Ride&curves=week", "Invalid curve [week]")]
#[case("/hr-curves?type=Ride&curves=42d-kj0", "Invalid curve [42d-kj0]")]
#[case("/pace-curves?type=Run&curves=r.2026-01-01", "Invalid curve [r.2026-01-01]")]
#[tokio::test]
async fn what_does_not_fit_is_refused(#[case] path: &str, #[case] error: &str) {
    let demo = Caller::start().await;
    assert_eq!(demo.fails(Method::GET, &format!("/athlete/0{path}"), None).await, (422, error.to_owned()));
}

#[tokio::test]
async fn an_empty_account_has_null_lists() {
    let demo = Caller::with(Options { years: 0, ..Options::default() }).await;
    for kind in ["power", "hr", "pace"] {
        let answer = demo.get(&format!("/athlete/0/{kind}-curves?type=Ride&curves=all")).await;
        let curve = &answer["list"][0];
        assert_eq!((&curve["values"], &curve["activity_id"]), (&Value::Null, &Value::Null));
    }
}
