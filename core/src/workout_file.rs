//! File formats of planned workouts.

/// The largest file that goes through a link, in bytes.
pub const FILE_CAP: usize = 32 << 20;

/// The formats, and their media types.
const FORMATS: [(&str, &str); 4] = [
    ("zwo", "application/x-zwo+xml"),
    ("mrc", "application/x-mrc"),
    ("erg", "application/x-erg"),
    ("fit", "application/vnd.ant.fit"),
];

/// The format of this name, and its media type.
pub fn workout_format(name: &str) -> Option<(&'static str, &'static str)> {
    FORMATS.into_iter().find(|(known, _)| *known == name)
}

/// The names of the formats.
pub fn workout_formats() -> Vec<String> {
    FORMATS.map(|(name, _)| name.to_owned()).into()
}
