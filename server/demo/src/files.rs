//! Files of an activity: the original upload and the generated ones.
mod fit;
mod gpx;
pub mod workout;

use std::io::{self, Write};

use flate2::{Compression, write::GzEncoder};

pub use fit::fit;
pub use gpx::gpx;

/// Compress as the service stores uploads.
///
/// # Errors
/// None in practice: it writes to memory.
pub fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// What a generated file contains besides time and place.
#[derive(Clone, Copy, Debug)]
pub struct Content {
    /// Power.
    pub power: bool,
    /// Heart rate.
    pub heart: bool,
}
