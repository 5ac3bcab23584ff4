//! GPX 1.1 files with heart rate, cadence and power as extensions.
use std::fmt::Write;

use jiff::Timestamp;

use super::Content;
use crate::track::Track;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="Intervals.icu demo"
  xmlns="http://www.topografix.com/GPX/1/1"
  xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
"#;

/// Writes a GPX file. None if the track has no GPS position.
pub fn gpx(track: &Track, name: &str, start: Timestamp, content: Content) -> Option<String> {
    let places = track.places.as_ref().filter(|places| places.iter().any(Option::is_some))?;
    let mut file =
        format!("{HEAD}<metadata><time>{start}</time></metadata>\n<trk><name>{}</name><trkseg>\n", escaped(name));
    for (second, place) in places.iter().enumerate() {
        if let Some((lat, lng)) = place {
            point(&mut file, track, second, (*lat, *lng), start, content);
        }
    }
    file.push_str("</trkseg></trk>\n</gpx>\n");
    Some(file)
}

fn point(file: &mut String, track: &Track, second: usize, (lat, lng): (f64, f64), start: Timestamp, content: Content) {
    let at = |values: &Option<Vec<f64>>| values.as_ref().and_then(|values| values.get(second)).copied();
    let tag =
        |name: &str, value: Option<f64>| value.map(|value| format!("<{name}>{value}</{name}>")).unwrap_or_default();
    let time = Timestamp::from_second(start.as_second() + second as i64).unwrap_or(start);
    let power = tag("power", at(&track.watts).filter(|_| content.power));
    let heart = tag("gpxtpx:hr", at(&track.heartrate).filter(|_| content.heart));
    let turns = tag("gpxtpx:cad", at(&track.cadence));
    let ele = tag("ele", at(&track.altitude));
    let body = format!("<gpxtpx:TrackPointExtension>{heart}{turns}</gpxtpx:TrackPointExtension>");
    let body = format!("{ele}<time>{time}</time><extensions>{power}{body}</extensions>");
    _ = writeln!(file, "<trkpt lat=\"{lat}\" lon=\"{lng}\">{body}</trkpt>");
}

/// Escapes text for XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Content = Content { power: true, heart: true };

    #[test]
    fn only_seconds_with_a_fix_become_points() {
        let places = Some(vec![None, Some((1.5, 2.5)), Some((1.6, 2.6))]);
        let track = Track { secs: 3, places, watts: Some(vec![200.0; 3]), ..Track::default() };
        let file = gpx(&track, "A & B", Timestamp::UNIX_EPOCH, ALL).unwrap();
        assert_eq!(file.matches("<trkpt ").count(), 2);
        assert!(file.contains("<name>A &amp; B</name>") && file.contains("1970-01-01T00:00:01Z"));
        let without = gpx(&track, "", Timestamp::UNIX_EPOCH, Content { power: false, heart: true }).unwrap();
        assert!(file.contains("<power>200</power>") && !without.contains("<power>"));
    }

    #[test]
    fn without_places_there_is_no_file() {
        assert_eq!(gpx(&Track::default(), "", Timestamp::UNIX_EPOCH, ALL), None);
    }
}
