//! Resource templates of this pack.
use intervals_core::content::Template;

/// Returns the templates of an activity and its files.
pub fn templates() -> Vec<Template> {
    let activity = Template::new("intervals-icu://activity/{activity_id}", "Activity", "One activity in detail.")
        .with_media_type("text/plain")
        .with_tool("icu_get_activity_details");
    [vec![activity], crate::download::templates()].concat()
}
