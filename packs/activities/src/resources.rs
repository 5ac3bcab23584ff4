//! Activities as resources.
use intervals_core::content::Template;

/// One activity, and its files.
pub fn templates() -> Vec<Template> {
    let activity = Template {
        uri: "intervals-icu://activity/{activity_id}".into(),
        name: "Activity".into(),
        description: "One activity in detail.".into(),
        media_type: Some("text/plain".into()),
        tool: Some("icu_get_activity_details"),
    };
    [vec![activity], crate::download::templates()].concat()
}
