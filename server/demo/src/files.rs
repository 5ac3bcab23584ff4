//! Files of activities and workouts: FIT, GPX, and the formats of trainers.
mod fit;
mod gpx;
pub mod workout;

use std::io::{self, Write};

use flate2::{Compression, write::GzEncoder};

pub use fit::fit;
pub use gpx::gpx;

/// Compresses with gzip, as the service stores uploads.
///
/// # Errors
/// None in practice: it writes to memory.
pub fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Optional contents of a generated file.
#[derive(Clone, Copy, Debug)]
pub struct Content {
    /// Whether it has power.
    pub power: bool,
    /// Whether it has heart rate.
    pub heart: bool,
}
