//! `icu_download_workout`, and the resource that its answer links.
use intervals_core::{
    Athlete, Call, Error, EventRef, Files, FromCall, JsonMap, Result,
    content::{Content, Template},
    extract::File,
    tool,
    workout::{FILE_CAP, workout_format},
};
use schemars::JsonSchema;
use serde::Deserialize;

const START: &str = "intervals-icu://event/";

/// Returns the template of the file resource.
pub fn template() -> Template {
    Template::new(
        format!("{START}{{event_id}}/file/{{kind}}"),
        "Planned workout file",
        "A planned workout's file; kind is zwo, mrc, erg or fit.",
    )
    .with_tool("icu_download_workout")
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// zwo, mrc, erg or fit.
    #[serde(alias = "format", alias = "kind")]
    #[schemars(example = &"zwo")]
    ext: String,
}

/// FILE of a planned workout for a trainer or device, as a link to read.
#[tool(read, tier = rare, title = "Workout file")]
async fn icu_download_workout(event: EventRef, files: Files, args: Args) -> Result<File> {
    let format = args.ext.trim().trim_start_matches('.').to_lowercase();
    let (kind, media_type) = workout_format(&format).ok_or_else(|| {
        Error::new(
            format!("there is no format {}", intervals_core::text::truncate(&format, 20)),
            "Use zwo, mrc, erg or fit.",
        )
    })?;
    let file = EventFile { event_id: event.id(), kind, media_type };
    let (name, data) = file.fetch(event.athlete()).await?;
    Ok(files.link(file.uri(event.athlete()), &name, media_type, data).await)
}

/// The file of a planned workout.
#[derive(Debug, PartialEq)]
pub struct EventFile {
    event_id: i64,
    kind: &'static str,
    media_type: &'static str,
}

impl EventFile {
    /// Parses the URI of a file resource; returns `None` for other URIs.
    pub fn parse(uri: &str) -> Option<Self> {
        let rest = uri.strip_prefix(START)?;
        let path = rest.split_once('?').map_or(rest, |(path, _)| path);
        let (event_id, kind) = path.split_once("/file/")?;
        let (kind, media_type) = workout_format(kind)?;
        Some(Self { event_id: event_id.parse().ok()?, kind, media_type })
    }

    fn uri(&self, athlete: &Athlete) -> String {
        let query = match athlete.id() {
            id if id == athlete.client().own_id() => String::new(),
            id => format!("?athlete_id={id}"),
        };
        format!("{START}{}/file/{}{query}", self.event_id, self.kind)
    }

    /// Downloads the file's bytes. The `query` of the URI may name the athlete.
    pub async fn content(self, query: Result<JsonMap>, mut call: Call) -> Result<Content> {
        call.arguments = query?;
        let (_, data) = self.fetch(&Athlete::from_call(&mut call).await?).await?;
        Ok(Content::Bytes { data, media_type: self.media_type.into() })
    }

    async fn fetch(&self, athlete: &Athlete) -> Result<(String, Vec<u8>)> {
        let reply = athlete.events().file(self.event_id, self.kind).await.map_err(|e| {
            let error = Error::from(e);
            Error::new(error.problem, format!("{} Only planned workouts with steps have files.", error.advice))
        })?;
        if reply.data.len() > FILE_CAP {
            return Err(Error::new("the file is larger than 32 MiB", "Download it on intervals.icu."));
        }
        if reply.data.is_empty() {
            return Err(Error::new("the file is empty", "Only planned workouts with steps have files."));
        }
        let name = reply.file_name.unwrap_or_else(|| format!("workout-{}.{}", self.event_id, self.kind));
        Ok((name, reply.data))
    }
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{COACHED, COACHED_EVENT, EVENT, NOTE},
    };
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case("zwo", "<workout_file>")]
    #[case(".MRC", "[COURSE HEADER]")]
    #[case("erg", "[COURSE HEADER]")]
    #[case("fit", "\u{e}")]
    #[tokio::test]
    async fn a_file_is_linked_and_the_link_can_be_read(#[case] format: &str, #[case] start: &str) {
        let demo = demo().await;
        let answer = demo.answer("icu_download_workout", json!({"event_id": EVENT, "ext": format})).await;
        let [link] = answer.links.as_slice() else { panic!("{:?}", answer.links) };
        let kind = format.trim_start_matches('.').to_lowercase();
        assert_eq!(
            (link.uri.clone(), link.name.ends_with(&kind)),
            (format!("intervals-icu://event/{EVENT}/file/{kind}"), true)
        );
        let Content::Bytes { data, media_type } = demo.read(&link.uri).await.unwrap().unwrap() else { panic!("text") };
        assert_eq!((data.len(), &media_type), (link.size, &link.media_type));
        assert!(data.starts_with(start.as_bytes()));
    }

    #[tokio::test]
    async fn a_link_to_another_athletes_workout_names_the_athlete() {
        let demo = demo().await;
        let arguments = json!({"event_id": COACHED_EVENT, "ext": "zwo", "athlete_id": COACHED});
        let answer = demo.answer("icu_download_workout", arguments).await;
        let uri = &answer.links[0].uri;
        assert!(uri.ends_with(&format!("?athlete_id={COACHED}")) && demo.read(uri).await.unwrap().is_ok(), "{uri}");
        let error = demo.read(&uri.replace("athlete_id", "athlete")).await.unwrap().unwrap_err();
        assert!(error.advice.contains("Only athlete_id"), "{error}");
        let only = demo.again().restricted_to(&["i1"]);
        assert!(only.read(uri).await.unwrap().is_err());
    }

    #[tokio::test]
    async fn the_operators_folder_keeps_a_copy() {
        let mut demo = demo().await;
        let folder = tempfile::tempdir().unwrap();
        demo.settings.download_dir = Some(folder.path().into());
        let answer = demo.structured("icu_download_workout", json!({"event_id": EVENT, "format": "erg"})).await;
        assert!(folder.path().join(answer["saved_as"].as_str().unwrap()).exists());
    }

    #[rstest]
    #[case(EVENT, "tcx", "there is no format tcx. Use zwo, mrc, erg or fit.")]
    #[case(NOTE, "zwo", "Only planned workouts with steps have files.")]
    #[case(999, "zwo", "there is no athlete/0/events/999/download.zwo.")]
    #[tokio::test]
    async fn what_has_no_file_says_why(#[case] id: u32, #[case] format: &str, #[case] expected: &str) {
        let error = demo().await.text("icu_download_workout", json!({"event_id": id, "ext": format})).await;
        assert!(error.contains(expected), "{error}");
    }

    #[rstest]
    #[case("intervals-icu://event/5/file/exe")]
    #[case("intervals-icu://event/x/file/zwo")]
    #[case("intervals-icu://activity/i1/file/fit")]
    fn other_uris_are_not_ours(#[case] uri: &str) {
        assert_eq!(EventFile::parse(uri), None);
    }
}
