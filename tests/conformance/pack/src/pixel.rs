//! The image that tools, prompts and resources return.

/// One red pixel.
pub const PIXEL: &[u8] = include_bytes!("pixel.png");
/// The media type of [`PIXEL`].
pub const PNG: &str = "image/png";
