//! `icu_export_workout`, and the resource that its answer links.
use intervals_core::{
    Call, Error, Files, FromCall, JsonMap, Result, WorkoutRef,
    client::Reply,
    content::{Content, Template},
    extract::File,
    tool,
    workout::{FILE_CAP, workout_format},
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

const START: &str = "intervals-icu://library/workout/";

/// Returns the template of the file resource.
pub fn template() -> Template {
    Template::new(
        format!("{START}{{workout_id}}/file/{{kind}}"),
        "Workout file",
        "A library workout as a file; kind is zwo, mrc, erg or fit.",
    )
    .with_tool("icu_export_workout")
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// zwo (Zwift, default), mrc, erg or fit.
    #[schemars(example = &"fit")]
    kind: Option<String>,
}

/// FILE of a library workout for a trainer or watch, as a link to read.
#[tool(read, tier = rare, title = "Export workout")]
async fn icu_export_workout(workout: WorkoutRef, files: Files, args: Args) -> Result<File> {
    let kind = args.kind.as_deref().unwrap_or("zwo").trim().trim_start_matches('.').to_lowercase();
    let Some((kind, media_type)) = workout_format(&kind) else {
        return Err(Error::new(format!("kind is \"{kind}\""), "It is zwo, mrc, erg or fit."));
    };
    let (athlete, id) = (workout.athlete(), workout.athlete().id());
    let query = if id == athlete.client().own_id() { String::new() } else { format!("?{ATHLETE}={id}") };
    let (name, data) = fetch(&workout, kind).await?;
    let uri = format!("{START}{}/file/{kind}{query}", workout.id());
    Ok(files.link(uri, &name, media_type, data).await)
}

/// The argument that names the athlete.
const ATHLETE: &str = "athlete_id";

/// The file of a library workout.
#[derive(Debug, PartialEq)]
pub struct WorkoutFile {
    workout_id: i64,
    kind: (&'static str, &'static str),
    athlete: Option<String>,
}

impl WorkoutFile {
    /// Parses the URI of a file resource; returns `None` for other URIs.
    pub fn parse(uri: &str) -> Option<Self> {
        let uri = uri.strip_prefix(START)?;
        let (path, query) = uri.split_once('?').map_or((uri, None), |(path, query)| (path, Some(query)));
        let (workout_id, kind) = path.split_once("/file/")?;
        let athlete = match query {
            None => None,
            Some(query) => Some(query.strip_prefix(ATHLETE)?.strip_prefix('=')?.to_owned()),
        };
        let kind = workout_format(kind)?;
        Some(Self { workout_id: workout_id.parse().ok()?, kind, athlete })
    }

    /// Downloads the file's bytes.
    pub async fn content(self, mut call: Call) -> Result<Content> {
        call.arguments = self.athlete.map(|id| (ATHLETE.to_owned(), Value::from(id))).into_iter().collect();
        call.arguments.insert("workout_id".into(), self.workout_id.into());
        let workout = WorkoutRef::from_call(&mut call).await?;
        let (kind, media_type) = self.kind;
        let (_, data) = fetch(&workout, kind).await?;
        Ok(Content::Bytes { data, media_type: media_type.into() })
    }
}

/// Downloads the file. Returns its name and bytes.
async fn fetch(workout: &WorkoutRef, kind: &str) -> Result<(String, Vec<u8>)> {
    let (library, id) = (workout.athlete().library(), workout.id());
    let whole: JsonMap = library.whole_workout(id).await.map_err(|error| workout.error(error))?;
    if has_no_steps(&whole) {
        let problem = format!("workout {id} has no steps, so no file can be made of it");
        return Err(Error::new(problem, "Give it steps with icu_update_workout, whose description replaces its text."));
    }
    let name = whole.get("name").and_then(Value::as_str).map_or_else(|| id.to_string(), str::to_owned);
    let Reply { data, file_name, .. } = library.convert(whole, kind).await?;
    if data.len() > FILE_CAP {
        return Err(Error::new("the file is larger than 32 MiB", "Download it on intervals.icu."));
    }
    Ok((file_name.unwrap_or_else(|| format!("{name}.{kind}")), data))
}

/// Returns whether the workout has no steps. Steps of an unknown shape count, because the service may understand them.
fn has_no_steps(workout: &JsonMap) -> bool {
    match workout.get("workout_doc") {
        None | Some(Value::Null) => true,
        Some(Value::Object(doc)) => doc.get("steps").is_none_or(|steps| steps.is_null() || *steps == json!([])),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::WORKOUT};
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(None, "zwo", "<workout_file>")]
    #[case(Some("MRC"), "mrc", "[COURSE HEADER]")]
    #[case(Some(".erg"), "erg", "[COURSE HEADER]")]
    #[case(Some("fit"), "fit", "\u{e}")]
    #[tokio::test]
    async fn a_file_is_linked_and_the_link_can_be_read(
        #[case] wanted: Option<&str>,
        #[case] kind: &str,
        #[case] start: &str,
    ) {
        let demo = demo().await.read_only();
        let answer = demo.answer("icu_export_workout", json!({"workout_id": WORKOUT, "kind": wanted})).await;
        let [link] = answer.links.as_slice() else { panic!("{:?}", answer.links) };
        assert_eq!(link.uri, format!("intervals-icu://library/workout/{WORKOUT}/file/{kind}"));
        assert_eq!(link.name, format!("Sweet_spot_3x12.{kind}"));
        let Content::Bytes { data, media_type } = demo.read(&link.uri).await.unwrap().unwrap() else { panic!("text") };
        assert_eq!((data.len(), &media_type), (link.size, &link.media_type));
        assert!(data.starts_with(start.as_bytes()) && !answer.text.contains("base64"), "{}", answer.text);
    }

    #[tokio::test]
    async fn a_link_to_a_coached_athletes_workout_names_the_athlete() {
        let demo = demo().await;
        let answer = demo.answer("icu_export_workout", json!({"workout_id": 64_001, "athlete_id": "i7002"})).await;
        let uri = &answer.links[0].uri;
        assert_eq!(uri, "intervals-icu://library/workout/64001/file/zwo?athlete_id=i7002");
        assert!(demo.read(uri).await.unwrap().is_ok());
        assert!(demo.again().restricted_to(&[]).read(uri).await.unwrap().is_err());
    }

    #[rstest]
    #[case(json!({"workout_id": WORKOUT, "kind": "exe"}), "kind is \"exe\". It is zwo, mrc, erg or fit.")]
    #[case(json!({"workout_id": 62_006}), "workout 62006 has no steps, so no file can be made of it. Give it steps")]
    #[case(json!({"workout_id": 5}), "there is no library workout 5. ")]
    #[tokio::test]
    async fn a_file_that_cannot_be_made_says_why(#[case] arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        demo.refuses("icu_export_workout", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[rstest]
    #[case(json!({"name": "Odd", "day": "x", "workout_doc": {"steps": [{"text": 5}]}}), false)]
    #[case(json!({"workout_doc": "odd"}), false)]
    #[case(json!({"workout_doc": {"steps": []}}), true)]
    #[case(json!({"workout_doc": {"steps": null}}), true)]
    #[case(json!({"workout_doc": null}), true)]
    #[case(json!({}), true)]
    fn steps_of_an_unknown_shape_count_as_steps(#[case] workout: Value, #[case] none: bool) {
        assert_eq!(has_no_steps(workout.as_object().unwrap()), none);
    }

    #[rstest]
    #[case("intervals-icu://library/workout/1/file/exe")]
    #[case("intervals-icu://library/workout/../file/zwo")]
    #[case("intervals-icu://library/workout/1/file/zwo?x=1")]
    #[case("intervals-icu://activity/i1/file/fit")]
    fn other_uris_are_not_ours(#[case] uri: &str) {
        assert_eq!(WorkoutFile::parse(uri), None);
    }
}
