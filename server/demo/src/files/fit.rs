//! FIT files: a small activity with a record every 30 s, and a planned workout.
use jiff::Timestamp;

use super::Content;
use crate::track::Track;

/// Seconds between records.
const EVERY: usize = 30;
/// The FIT epoch, 1989-12-31T00:00:00Z.
const EPOCH: i64 = 631_065_600;
/// Fields of a `record` message: number in the FIT profile, size, base type.
const RECORD: [(u8, u8, u8); 9] = [
    (253, 4, 0x86),
    (0, 4, 0x85),
    (1, 4, 0x85),
    (2, 2, 0x84),
    (5, 4, 0x86),
    (6, 2, 0x84),
    (3, 1, 0x02),
    (4, 1, 0x02),
    (7, 2, 0x84),
];
/// Fields of the `file_id` message: type, manufacturer, product, serial number, time created.
const FILE_ID: [(u8, u8, u8); 5] = [(0, 1, 0x00), (1, 2, 0x84), (2, 2, 0x84), (3, 4, 0x8c), (4, 4, 0x86)];

/// Fields of a `workout_step` message: index, duration type and value, target type and value, low and high target.
const STEP: [(u8, u8, u8); 7] =
    [(254, 2, 0x84), (1, 1, 0x00), (2, 4, 0x86), (3, 1, 0x00), (4, 4, 0x86), (5, 4, 0x86), (6, 4, 0x86)];

/// Writes an activity file, <https://developer.garmin.com/fit/protocol/>.
pub fn fit(track: &Track, start: Timestamp, content: Content) -> Vec<u8> {
    let start = u32::try_from(start.as_second() - EPOCH).unwrap_or_default();
    let mut data = definition(0, 0, &FILE_ID);
    data.extend([0, 4]);
    data.extend(1u16.to_le_bytes());
    data.extend(4440u16.to_le_bytes());
    data.extend(42u32.to_le_bytes());
    data.extend(start.to_le_bytes());
    data.extend(definition(1, 20, &RECORD));
    for second in (0..track.secs).step_by(EVERY) {
        data.extend(record(track, second, start, content));
    }
    whole(data)
}

/// Writes a workout file. Each step has seconds, and watts at its start and end.
pub fn workout(name: &str, steps: impl Iterator<Item = (f64, Option<(u32, u32)>)>) -> Vec<u8> {
    let steps: Vec<_> = steps.collect();
    let name: Vec<u8> = name.bytes().filter(u8::is_ascii).chain([0; 16]).take(15).chain([0]).collect();
    let mut data = definition(0, 0, &[(0, 1, 0x00)]);
    data.extend([0, 5]);
    data.extend(definition(1, 26, &[(6, 2, 0x84), (8, 16, 0x07)]));
    data.push(1);
    data.extend((steps.len() as u16).to_le_bytes());
    data.extend(name);
    data.extend(definition(2, 27, &STEP));
    for (place, (secs, watts)) in (0u16..).zip(steps) {
        // From 1000 on, a target is in watts plus 1000.
        let (low, high) = watts.map_or((u32::MAX, u32::MAX), |(low, high)| (low + 1000, high + 1000));
        data.push(2);
        data.extend(place.to_le_bytes());
        data.push(0);
        data.extend(((secs * 1000.0) as u32).to_le_bytes());
        data.push(if watts.is_some() { 4 } else { 2 });
        data.extend([0; 4]);
        data.extend(low.to_le_bytes());
        data.extend(high.to_le_bytes());
    }
    whole(data)
}

/// Adds header and checksum to the messages.
fn whole(data: Vec<u8>) -> Vec<u8> {
    let mut file = vec![14, 0x20];
    file.extend(2132u16.to_le_bytes());
    file.extend(u32::try_from(data.len()).unwrap_or_default().to_le_bytes());
    file.extend(*b".FIT");
    file.extend(crc(&file).to_le_bytes());
    file.extend(data);
    file.extend(crc(&file).to_le_bytes());
    file
}

fn definition(local: u8, global: u16, fields: &[(u8, u8, u8)]) -> Vec<u8> {
    let mut bytes = vec![0x40 | local, 0, 0];
    bytes.extend(global.to_le_bytes());
    bytes.push(fields.len() as u8);
    bytes.extend(fields.iter().flat_map(|(number, size, kind)| [*number, *size, *kind]));
    bytes
}

fn record(track: &Track, second: usize, start: u32, content: Content) -> Vec<u8> {
    let at = |values: &Option<Vec<f64>>| values.as_ref().and_then(|values| values.get(second)).copied();
    let place = track.places.as_ref().and_then(|places| places.get(second)).copied().flatten();
    let semicircles = |degrees: f64| (degrees * (1u64 << 31) as f64 / 180.0) as i32;
    let short = |value: Option<f64>| value.map_or(u16::MAX, |value| value as u16).to_le_bytes();
    let byte = |value: Option<f64>| value.map_or(u8::MAX, |value| value as u8);
    let mut bytes = vec![1];
    bytes.extend((start + second as u32).to_le_bytes());
    bytes.extend(place.map_or(i32::MAX, |(lat, _)| semicircles(lat)).to_le_bytes());
    bytes.extend(place.map_or(i32::MAX, |(_, lng)| semicircles(lng)).to_le_bytes());
    bytes.extend(short(at(&track.altitude).map(|metres| (metres + 500.0) * 5.0)));
    bytes.extend(at(&track.distance).map_or(u32::MAX, |metres| (metres * 100.0) as u32).to_le_bytes());
    bytes.extend(short(at(&track.velocity).map(|speed| speed * 1000.0)));
    bytes.push(byte(at(&track.heartrate).filter(|_| content.heart)));
    bytes.push(byte(at(&track.cadence)));
    bytes.extend(short(at(&track.watts).filter(|_| content.power)));
    bytes
}

/// Checksum of the FIT protocol: CRC-16 with the polynomial 0x8005, reflected.
fn crc(bytes: &[u8]) -> u16 {
    let bit = |crc: u16, _| if crc & 1 == 1 { crc >> 1 ^ 0xa001 } else { crc >> 1 };
    bytes.iter().fold(0, |crc, byte| (0..8).fold(crc ^ u16::from(*byte), bit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_known_one() {
        assert_eq!(crc(b"123456789"), 0xbb3d);
    }

    #[test]
    fn a_file_has_its_length_and_both_checksums() {
        let track = Track { secs: 90, watts: Some(vec![200.0; 90]), ..Track::default() };
        let file = fit(&track, Timestamp::UNIX_EPOCH, Content { power: true, heart: true });
        let data = u32::from_le_bytes(file[4..8].try_into().unwrap()) as usize;
        assert_eq!(&file[8..12], b".FIT");
        assert_eq!(file.len(), 14 + data + 2);
        assert_eq!(crc(&file[..14]), 0);
        assert_eq!(crc(&file), 0);
        let size = |fields: &[(u8, u8, u8)]| 1 + fields.iter().map(|(_, size, _)| usize::from(*size)).sum::<usize>();
        let definitions = 12 + 3 * (FILE_ID.len() + RECORD.len());
        assert_eq!(data, definitions + size(&FILE_ID) + 3 * size(&RECORD));
    }
}
