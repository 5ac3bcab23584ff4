//! Tools that return images, audio and resources.
use intervals_core::{Attachments, Result, tool};
use schemars::JsonSchema;
use serde::Serialize;

use crate::pixel::{PIXEL, PNG};

/// A millisecond of silence.
const SILENCE: &[u8] = include_bytes!("silence.wav");

#[derive(Serialize, JsonSchema)]
struct Shown {
    shown: &'static str,
}

/// IMAGE of one pixel.
#[tool(read, title = "Image")]
async fn test_image_content(attachments: Attachments) -> Result<Shown> {
    attachments.image(PNG, PIXEL.into());
    Ok(Shown { shown: "a red pixel" })
}

/// AUDIO without a sound.
#[tool(read, title = "Audio")]
async fn test_audio_content(attachments: Attachments) -> Result<Shown> {
    attachments.audio("audio/wav", SILENCE.into());
    Ok(Shown { shown: "silence" })
}

/// RESOURCE in the answer itself.
#[tool(read, title = "Embedded resource")]
async fn test_embedded_resource(attachments: Attachments) -> Result<Shown> {
    attachments.resource("test://embedded-resource", "text/plain", "This is an embedded resource content.".into());
    Ok(Shown { shown: "a resource" })
}

/// MIXED content: an image and a resource.
#[tool(read, title = "Mixed content")]
async fn test_multiple_content_types(attachments: Attachments) -> Result<Shown> {
    attachments.image(PNG, PIXEL.into());
    let json = serde_json::json!({"test": "data", "value": 123});
    attachments.resource("test://mixed-content-resource", "application/json", json.to_string());
    Ok(Shown { shown: "an image and a resource" })
}
