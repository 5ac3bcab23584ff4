//! Resources: text and bytes, fixed and by template.
use intervals_core::{
    content::{Content, Resource, Template},
    uri,
};
use serde_json::json;

use crate::pixel::{PIXEL, PNG};

const TEXT: &str = "test://static-text";
const BINARY: &str = "test://static-binary";
const WATCHED: &str = "test://watched-resource";
const TEMPLATE: &str = "test://template/{id}/data";

pub fn fixed() -> Vec<Resource> {
    let resource =
        |uri: &str, name: &str, media_type: &str| Resource::new(uri, name, format!("{name} for testing."), media_type);
    vec![
        resource(TEXT, "Text", "text/plain"),
        resource(BINARY, "Bytes", PNG),
        resource(WATCHED, "Watched text", "text/plain"),
    ]
}

pub fn templates() -> Vec<Template> {
    vec![Template::new(TEMPLATE, "Data", "Data by id.").with_media_type("application/json")]
}

pub fn read(uri: &str) -> Option<Content> {
    let content = match uri {
        TEXT => Content::Text("This is the content of the static text resource.".into()),
        BINARY => Content::Bytes { data: PIXEL.into(), media_type: PNG.into() },
        WATCHED => Content::Text("Watched.".into()),
        _ => {
            let id = uri::matched(TEMPLATE, uri)?.remove("id")?;
            Content::Text(json!({"id": id, "templateTest": true}).to_string())
        }
    };
    Some(content)
}
