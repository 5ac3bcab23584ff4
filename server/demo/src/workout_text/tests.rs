use rstest::rstest;

use super::*;
use crate::person::PEOPLE;

fn steps(text: &str, sport: &str) -> Value {
    read(text, sport, &PEOPLE[0]).doc["steps"].clone()
}

#[rstest]
#[case::time("- 10m 75%", json!({"duration": 600, "power": {"value": 75, "units": "%ftp"}}))]
#[case::hours("- 1h30m 60-70%", json!({"duration": 5400, "power": {"start": 60, "end": 70, "units": "%ftp"}}))]
#[case::short_minutes("- 1m30 200w", json!({"duration": 90, "power": {"value": 200, "units": "w"}}))]
#[case::marks("- 5'30\" 250w-265w", json!({"duration": 330, "power": {"start": 250, "end": 265, "units": "w"}}))]
#[case::clock("- 5:00 Z2", json!({"duration": 300, "power": {"value": 2, "units": "power_zone"}}))]
#[case::long_clock("- 1:00:00 Z2-Z3 hr", json!({"duration": 3600, "hr": {"start": 2, "end": 3, "units": "hr_zone"}}))]
#[case::two_parts("- 5m 30s 90%", json!({"duration": 330, "power": {"value": 90, "units": "%ftp"}}))]
#[case::dashes("- 5m 88–94% 85—95rpm", json!({"duration": 300, "power": {"start": 88, "end": 94, "units": "%ftp"},
    "cadence": {"start": 85, "end": 95, "units": "rpm"}}))]
#[case::ramp("- 10m RAMP 50%-75%", json!({"duration": 600, "power": {"start": 50, "end": 75, "units": "%ftp"}, "ramp": true}))]
#[case::heart("- 20m 75-80% HR", json!({"duration": 1200, "hr": {"start": 75, "end": 80, "units": "%hr"}}))]
#[case::threshold_heart("- 20m 95% LTHR", json!({"duration": 1200, "hr": {"value": 95, "units": "%lthr"}}))]
#[case::beats("- 20m 140-150bpm", json!({"duration": 1200, "hr": {"start": 140, "end": 150, "units": "bpm"}}))]
#[case::best("- 3m 80% MMP 5m", json!({"duration": 180, "power": {"value": 80, "units": "%mmp", "mmp_duration": 300}}))]
#[case::free("- 20m freeride", json!({"duration": 1200, "freeride": true}))]
#[case::all_out("- Sprint 10s maxeffort", json!({"text": "Sprint", "duration": 10, "maxeffort": true}))]
#[case::rest("- 20s intensity=rest", json!({"duration": 20, "intensity": "rest"}))]
#[case::longer_by_rest("- 1m 120% 20s rest", json!({"duration": 80, "power": {"value": 120, "units": "%ftp"}}))]
#[case::lap("- Press lap 10m Z1 power=3s", json!({"duration": 600,
    "power": {"value": 1, "units": "power_zone", "target": "3s"}, "until_lap_press": true}))]
#[case::no_space("-Z2 2h", json!({"duration": 7200, "power": {"value": 2, "units": "power_zone"}}))]
#[case::last_target_wins("- Z6 1m 113-138%", json!({"duration": 60, "power": {"start": 113, "end": 138, "units": "%ftp"}}))]
#[case::label("- Big gear 5m 90%", json!({"text": "Big gear", "duration": 300, "power": {"value": 90, "units": "%ftp"}}))]
#[case::minutes_not_metres("- 400m 90%", json!({"duration": 24_000, "power": {"value": 90, "units": "%ftp"}}))]
#[case::number_in_a_label("- Hard 60s effort 5m 90%", json!({"text": "Hard", "duration": 60, "power": {"value": 90, "units": "%ftp"}}))]
#[case::zone_takes_the_label("- Easy Z2 10m", json!({"duration": 600, "power": {"value": 2, "units": "power_zone"}}))]
#[case::ramp_in_the_label("- Ramp 10m 50-75%", json!({"text": "Ramp", "duration": 600,
    "power": {"start": 50, "end": 75, "units": "%ftp"}}))]
fn a_line_is_a_step(#[case] line: &str, #[case] step: Value) {
    assert_eq!(steps(line, "Ride"), json!([step]));
}

#[rstest]
#[case("Run", "- 1km 4:20-4:30/km Pace", json!({"duration": 265, "distance": 1000, "pace": {"start": 260, "end": 270, "units": "secs/km"}}))]
#[case("Run", "- 1mi 100% Pace", json!({"duration": 402, "distance": 1609.344, "pace": {"value": 100, "units": "%pace"}}))]
#[case("Run", "- 4:30 Pace 5m", json!({"duration": 300, "pace": {"value": 270, "units": "secs/km"}}))]
#[case("Run", "- 10m Z2", json!({"duration": 600, "hr": {"value": 2, "units": "hr_zone"}}))]
#[case("Run", "- 5m 4:30/km", json!({"duration": 300}))]
#[case("Swim", "- 400mtr Z2 Pace", json!({"duration": 387, "distance": 400, "pace": {"value": 2, "units": "pace_zone"}}))]
#[case("Swim", "- 100mtr 1:20 Pace 20s rest", json!({"duration": 100, "distance": 100, "pace": {"value": 80, "units": "secs/100m"}}))]
#[case("Swim", "- 100mtr 1:20/100mtr Pace", json!({"duration": 100, "distance": 100}))]
#[case("Swim", "- 100y", json!({"duration": 91, "distance": 91.44}))]
fn paces_and_distances_are_of_the_sport(#[case] sport: &str, #[case] line: &str, #[case] step: Value) {
    assert_eq!(steps(line, sport), json!([step]));
}

#[rstest]
#[case::nothing("")]
#[case::prose("Easy spin, keep it social.\n60 minutes Z2")]
#[case::no_measure("- stretch\n- 90% tempo\n- 10min 80%\n- 30sec Z5")]
#[case::zero("- 0s 90%\n- 0mtr Z2 Pace")]
#[case::only_a_header("4x")]
fn what_is_not_understood_gives_no_steps(#[case] text: &str) {
    let read = read(text, "Ride", &PEOPLE[0]);
    assert_eq!((&read.doc["steps"], read.secs, read.load, read.metres), (&json!([]), 0, None, 0.0));
}

/// Durations of the steps; a block is `Nx(…)`.
fn shape(steps: &Value) -> String {
    let steps = steps.as_array().unwrap().iter().map(|step| match step.get("reps") {
        Some(reps) => format!("{}{reps}x({})", step["text"].as_str().unwrap_or(""), shape(&step["steps"])),
        None => {
            let flag = ["warmup", "cooldown"].into_iter().find(|flag| step.get(*flag).is_some()).unwrap_or("");
            format!("{}{}", flag.get(..1).unwrap_or(""), step["duration"])
        }
    });
    steps.collect::<Vec<_>>().join(" ")
}

#[rstest]
#[case::whole(
    "Warmup\n- 10m ramp 50-75%\n\nMain set 4x\n- 8m 95%\n  - 4m 50%\n\nCooldown\n- 5m 50%",
    "w600 Main set4x(480 240) c300"
)]
#[case::title_above("Main set\n3X\n- 1m 120%\n- 2m 50%", "3x(60 120)")]
#[case::no_blank_before("- 10m 50%\n4x\n- 1m 120%", "600 60")]
#[case::no_blank_after("4x\n- 1m 120%\nCooldown\n- 5m 50%", "4x(60 c300)")]
#[case::blank_inside("4x\n\n- 1m 120%", "60")]
#[case::a_flag_ends_with_its_paragraph("Warm up\n- 5m 50%\n\n- 5m 60%", "w300 300")]
#[case::a_repeated_warmup_is_no_warmup("Warmup 2x\n- 1m 60%", "Warmup2x(60)")]
fn blocks_stand_between_blank_lines(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(shape(&steps(text, "Ride")), expected);
}

#[test]
fn time_distance_load_and_intensity_follow_from_the_steps() {
    let read = |text, sport| read(text, sport, &PEOPLE[0]);
    let ride = read("2x\n- 15m 100%\n- 15m 60%", "Ride");
    assert_eq!((ride.secs, ride.load, ride.metres), (3600, Some(68), 0.0));
    assert!((ride.intensity.unwrap() - 68f64.sqrt() * 10.0).abs() < 1e-3);
    assert_eq!(ride.doc["steps"][0]["duration"], 3600);
    let swim = read("4x\n- 100mtr 100% Pace\n- 20s intensity=rest", "Swim");
    assert_eq!((swim.secs, swim.metres, swim.load), (400, 400.0, Some(9)));
    assert_eq!(read("- 1h\n- 20s freeride", "Ride").load, None);
    let lifted = read("Squats 3x8\n- plank 2m", "WeightTraining");
    assert_eq!((lifted.secs, lifted.load, lifted.doc["description"].as_str()), (120, None, Some("Squats 3x8")));
}

#[rstest]
#[case::widened("Ride", "- 5m 100%", "_power", json!({"value": 265, "start": 258.375, "end": 271.625}))]
#[case::range("Ride", "- 5m 50-75%", "_power", json!({"value": 165.625, "start": 132.5, "end": 198.75}))]
#[case::zone("Ride", "- 5m Z2", "_power", json!({"value": 172, "start": 146, "end": 198}))]
#[case::lowest_zone("Ride", "- 5m Z1", "_power", json!({"value": 130.5, "start": 116, "end": 145}))]
#[case::heart("Run", "- 5m 90% LTHR", "_hr", json!({"value": 148.5, "start": 146.273, "end": 150.728}))]
#[case::pace("Run", "- 5m 4:10-4:00/km Pace", "_pace", json!({"value": 4.083, "start": 4, "end": 4.167}))]
fn targets_are_resolved(#[case] sport: &str, #[case] line: &str, #[case] key: &str, #[case] expected: Value) {
    let mut doc = read(&format!("2x\n{line}"), sport, &PEOPLE[0]).doc;
    resolve(&mut doc, sport, &PEOPLE[0], (2.5, 1.5, 2.5));
    assert_eq!(doc["steps"][0]["steps"][0][key], expected);
    let ftp = if sport == "Ride" { json!(265) } else { Value::Null };
    assert_eq!((&doc["ftp"], &doc["lthr"]), (&ftp, &json!(165)));
}
