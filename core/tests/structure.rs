//! Tests of the rendered steps of a planned workout.
use intervals_core::{
    client::WorkoutDoc,
    records::structure::{Step, steps},
    render::Document,
    units::Units,
};
use serde::Serialize;
use serde_json::{Value, json};

fn read(steps_json: Value) -> String {
    let doc: WorkoutDoc = serde_json::from_value(json!({"steps": steps_json})).unwrap();
    #[derive(Serialize)]
    struct Answer {
        steps: Vec<Step>,
    }
    Document::of(&Answer { steps: steps(&doc, Some("MINS_KM")) }, Units::default()).unwrap().text()
}

#[test]
fn a_row_a_step_and_blocks_by_number() {
    let doc = json!([
        {"duration": 600, "warmup": true, "ramp": true, "power": {"start": 50, "end": 75, "units": "%ftp"}},
        {"reps": 4, "duration": 2880, "steps": [
            {"duration": 480, "power": {"value": 3, "units": "power_zone"}, "cadence": {"value": 90, "units": "rpm"}},
            {"duration": 240, "intensity": "rest", "text": "easy"},
        ]},
        {"distance": 1000, "pace": {"start": 260, "end": 270, "units": "secs/km"}},
        {"distance": 500, "pace": {"value": 125, "units": "secs/500m"}},
        {"duration": 60, "power": {"value": 80, "units": "%mmp", "mmp_duration": 300}},
        {"distance": 25, "duration": 30},
    ]);
    assert_eq!(
        read(doc),
        "steps:\n\
         block|reps|duration|distance|power|pace|cadence|kind|text\n\
         ||0:10:00||ramp 50-75 %ftp|||warmup\n\
         1|4|0:08:00||Z3||90 rpm\n\
         1|4|0:04:00|||||rest|easy\n\
         |||1 km||4:20-4:30 /km\n\
         |||500 m||2:05 /500m\n\
         ||0:01:00||80 %mmp 5min\n\
         ||0:00:30|25 m\n"
    );
}

#[test]
fn resolved_targets_are_in_units_of_their_own() {
    let doc = json!([{"duration": 60, "power": {"value": 100, "units": "%ftp"},
        "_power": {"value": 250, "start": 243.75, "end": 256.25}, "_pace": {"start": 3.5, "end": 3.4}}]);
    assert_eq!(
        read(doc),
        "steps:\n\
         duration|power|power_min W|power_max W|pace_min /km|pace_max /km\n\
         0:01:00|100 %ftp|244|256|4:54|4:46\n"
    );
}

#[test]
fn a_resolved_ramp_keeps_its_way_and_is_no_range() {
    let doc = json!([
        {"duration": 60, "ramp": true, "power": {"start": 75, "end": 50, "units": "%ftp"},
            "_power": {"value": 165, "start": 198, "end": 132}},
        {"duration": 60, "ramp": true, "_pace": {"start": 3.4, "end": 3.5}},
        {"duration": 60, "_hr": {"start": 150, "end": 140}},
    ]);
    assert_eq!(
        read(doc),
        "steps:\n\
         duration|power|pace|hr_min bpm|hr_max bpm\n\
         0:01:00|ramp 75-50 %ftp (198-132 W)\n\
         0:01:00||ramp 4:54-4:46 /km\n\
         0:01:00|||140|150\n"
    );
}
