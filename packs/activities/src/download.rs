//! `icu_download_activity_file`, `icu_download_fit_file`, `icu_download_gpx_file`, and the resources that their answers link.
use std::io::Read;

use flate2::read::MultiGzDecoder;
use intervals_core::{
    ActivityRef, Error, Files, Intervals, Result,
    client::Reply,
    content::{Content, Template},
    extract::File,
    tool,
    workout::FILE_CAP,
};
use schemars::JsonSchema;
use serde::Deserialize;

const URI_PREFIX: &str = "intervals-icu://activity/";

/// Returns the templates of the file resources.
pub fn templates() -> Vec<Template> {
    let file = |kind: &str, name: &str, description: &str, media_type: Option<&str>, tool| {
        Template::new(format!("{URI_PREFIX}{{activity_id}}/file/{kind}"), name, description)
            .with_media_type(media_type)
            .with_tool(tool)
    };
    let (fit, gpx) = (Some("application/vnd.ant.fit"), Some("application/gpx+xml"));
    vec![
        file("original", "Original file", "An activity's file as uploaded.", None, "icu_download_activity_file"),
        file("fit", "FIT file", "An activity's FIT file with corrections.", fit, "icu_download_fit_file"),
        file("gpx", "GPX file", "An activity's GPX track.", gpx, "icu_download_gpx_file"),
    ]
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OriginalArgs {
    /// The old server's path: only its last part counts, as the name.
    #[schemars(extend("hidden" = true), example = &"/tmp/ride.fit")]
    output_path: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GeneratedArgs {
    /// With power; default true.
    #[schemars(example = true)]
    power: Option<bool>,
    /// With heart rate; default true.
    #[schemars(example = true)]
    hr: Option<bool>,
    #[schemars(extend("hidden" = true), example = &"/tmp/ride.fit")]
    output_path: Option<String>,
}

/// The ORIGINAL file as uploaded (fit, tcx or gpx), as a link to read.
#[tool(read, tier = rare, title = "Original activity file")]
async fn icu_download_activity_file(activity: ActivityRef, files: Files, args: OriginalArgs) -> Result<File> {
    let wanted = Wanted { activity_id: activity.id().into(), kind: Kind::Original };
    wanted.link(activity.client(), &files, args.output_path).await
}

/// FIT file of an activity, made by Intervals.icu with its corrections, as a link to read.
#[tool(read, tier = rare, title = "FIT file")]
async fn icu_download_fit_file(activity: ActivityRef, files: Files, args: GeneratedArgs) -> Result<File> {
    let with = With { power: args.power.unwrap_or(true), hr: args.hr.unwrap_or(true) };
    let wanted = Wanted { activity_id: activity.id().into(), kind: Kind::Fit(with) };
    wanted.link(activity.client(), &files, args.output_path).await
}

/// GPX track of an activity with GPS, as a link to read.
#[tool(read, tier = rare, title = "GPX file")]
async fn icu_download_gpx_file(activity: ActivityRef, files: Files, args: GeneratedArgs) -> Result<File> {
    let with = With { power: args.power.unwrap_or(true), hr: args.hr.unwrap_or(true) };
    let wanted = Wanted { activity_id: activity.id().into(), kind: Kind::Gpx(with) };
    wanted.link(activity.client(), &files, args.output_path).await
}

/// A file of an activity.
#[derive(Debug, PartialEq)]
pub struct Wanted {
    activity_id: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Original,
    Fit(With),
    Gpx(With),
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct With {
    power: bool,
    hr: bool,
}

impl Wanted {
    /// Parses the URI of a file resource; returns `None` for other URIs.
    pub fn parse(uri: &str) -> Option<Self> {
        let (path, query) =
            uri.strip_prefix(URI_PREFIX)?.split_once('?').unwrap_or((uri.strip_prefix(URI_PREFIX)?, ""));
        let (activity_id, kind) = path.split_once("/file/")?;
        let without = |word: &str| query.split('&').any(|pair| pair == format!("{word}=false"));
        let with = With { power: !without("power"), hr: !without("hr") };
        let kind = match kind {
            "original" => Kind::Original,
            "fit" => Kind::Fit(with),
            "gpx" => Kind::Gpx(with),
            _ => return None,
        };
        Some(Self { activity_id: activity_id.into(), kind })
    }

    fn uri(&self) -> String {
        let (kind, with) = match self.kind {
            Kind::Original => ("original", With { power: true, hr: true }),
            Kind::Fit(with) => ("fit", with),
            Kind::Gpx(with) => ("gpx", with),
        };
        let query = match (with.power, with.hr) {
            (true, true) => "",
            (false, true) => "?power=false",
            (true, false) => "?hr=false",
            (false, false) => "?power=false&hr=false",
        };
        format!("{URI_PREFIX}{}/file/{kind}{query}", self.activity_id)
    }

    async fn link(&self, icu: &Intervals, files: &Files, name: Option<String>) -> Result<File> {
        let Download { name: default_name, media_type, data } = self.fetch(icu).await?;
        Ok(files.link(self.uri(), name.as_deref().unwrap_or(&default_name), media_type, data).await)
    }

    /// Downloads the file's bytes.
    pub async fn content(&self, icu: &Intervals) -> Result<Content> {
        let Download { media_type, data, .. } = self.fetch(icu).await?;
        Ok(Content::Bytes { data, media_type: media_type.into() })
    }

    async fn fetch(&self, icu: &Intervals) -> Result<Download> {
        let activity = icu.activity(&self.activity_id);
        let (reply, extension) = match self.kind {
            Kind::Original => (activity.file().await, None),
            Kind::Fit(with) => (activity.fit_file(with.power, with.hr).await, Some("fit")),
            Kind::Gpx(with) => (activity.gpx_file(with.power, with.hr).await, Some("gpx")),
        };
        let Reply { data, file_name, .. } = reply.map_err(|e| {
            let error = Error::from(e);
            Error::new(error.problem, format!("{} {NO_FILE}", error.advice))
        })?;
        let data = decompressed(data)?;
        let extension = extension.unwrap_or_else(|| format_of(&data));
        let name = file_name.map(|name| name.trim_end_matches(".gz").to_owned());
        let name =
            name.filter(|name| name.ends_with(extension)).unwrap_or_else(|| format!("{}.{extension}", activity.id()));
        Ok(Download { name, media_type: media_type(extension), data })
    }
}

const NO_FILE: &str =
    "Manual activities have no file, those from Strava may not be downloaded, and only those with GPS have a track.";

struct Download {
    name: String,
    media_type: &'static str,
    data: Vec<u8>,
}

/// Decompresses gzipped data: the service often sends gzip without declaring it.
fn decompressed(data: Vec<u8>) -> Result<Vec<u8>> {
    let too_large = || Error::new("the file is larger than 32 MiB", "Download it on intervals.icu.");
    if !data.starts_with(&[0x1f, 0x8b]) {
        return if data.len() > FILE_CAP { Err(too_large()) } else { Ok(data) };
    }
    let mut plain = vec![];
    let read = MultiGzDecoder::new(data.as_slice()).take(FILE_CAP as u64 + 1).read_to_end(&mut plain);
    read.map_err(|e| Error::new(format!("the file is broken: {e}"), "Try again, or download it on intervals.icu."))?;
    if plain.len() > FILE_CAP { Err(too_large()) } else { Ok(plain) }
}

/// Returns the file extension for the bytes: FIT has `.FIT` after the first eight bytes, the others are XML.
fn format_of(data: &[u8]) -> &'static str {
    let start = String::from_utf8_lossy(data.get(..1000.min(data.len())).unwrap_or_default());
    if data.get(8..12) == Some(b".FIT") {
        "fit"
    } else if start.contains("<gpx") {
        "gpx"
    } else if start.contains("<TrainingCenterDatabase") {
        "tcx"
    } else {
        "bin"
    }
}

fn media_type(extension: &str) -> &'static str {
    match extension {
        "fit" => "application/vnd.ant.fit",
        "gpx" => "application/gpx+xml",
        "tcx" => "application/vnd.garmin.tcx+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};
    use intervals_core::testing::{
        demo, upstream_when,
        wiremock::{ResponseTemplate, matchers::any},
    };
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case("icu_download_activity_file", json!({}), "original", "fit")]
    #[case("icu_download_fit_file", json!({}), "fit", "fit")]
    #[case("icu_download_fit_file", json!({"hr": false}), "fit?hr=false", "fit")]
    #[case("icu_download_gpx_file", json!({"power": false, "hr": false}), "gpx?power=false&hr=false", "gpx")]
    #[tokio::test]
    async fn a_file_is_linked_and_the_link_can_be_read(
        #[case] tool: &str,
        #[case] mut arguments: serde_json::Value,
        #[case] end: &str,
        #[case] format: &str,
    ) {
        let demo = demo().await;
        arguments["activity_id"] = demo::RIDE.into();
        let answer = demo.answer(tool, arguments).await;
        let [link] = answer.links.as_slice() else { panic!("{:?}", answer.links) };
        assert_eq!(link.uri, format!("intervals-icu://activity/{}/file/{end}", demo::RIDE));
        assert!(link.name.ends_with(&format!(".{format}")), "{}", link.name);
        let Content::Bytes { data, media_type } = demo.read(&link.uri).await.unwrap().unwrap() else { panic!("text") };
        assert_eq!((data.len(), media_type.as_str(), format_of(&data)), (link.size, link.media_type.as_str(), format));
        assert!(!answer.text.contains("base64") && answer.text.len() < 300, "{}", answer.text);
    }

    #[tokio::test]
    async fn the_operators_folder_keeps_a_copy_under_a_safe_name() {
        let mut demo = demo().await;
        let folder = tempfile::tempdir().unwrap();
        demo.settings.download_dir = Some(folder.path().into());
        let arguments = json!({"activity_id": demo::RIDE, "output_path": "/etc/../tmp/my ride.fit"});
        for name in ["my_ride.fit", "my_ride-2.fit"] {
            let answer = demo.structured("icu_download_fit_file", arguments.clone()).await;
            assert_eq!(answer["saved_as"], name);
            assert!(std::fs::read(folder.path().join(name)).unwrap().get(8..12) == Some(b".FIT"));
        }
    }

    #[rstest]
    #[case("icu_download_activity_file", demo::MANUAL)]
    #[case("icu_download_activity_file", demo::STRAVA)]
    #[case("icu_download_gpx_file", demo::SWIM)]
    #[tokio::test]
    async fn what_has_no_file_says_why(#[case] tool: &str, #[case] id: &str) {
        let error = demo().await.error(tool, json!({"activity_id": id})).await;
        assert!(error.advice.contains("Manual activities have no file"), "{error}");
    }

    #[tokio::test]
    async fn a_gzip_bomb_is_refused() {
        let mut bomb = GzEncoder::new(vec![], Compression::best());
        for _ in 0..33 {
            bomb.write_all(&vec![0; 1 << 20]).unwrap();
        }
        let body = ResponseTemplate::new(200).set_body_bytes(bomb.finish().unwrap());
        let bench = upstream_when(any(), body).await.imperial();
        let error = bench.error("icu_download_activity_file", json!({"activity_id": "i1"})).await;
        assert_eq!(error.problem, "the file is larger than 32 MiB");
    }

    #[rstest]
    #[case("intervals-icu://activity/i1/file/exe")]
    #[case("intervals-icu://activity/i1")]
    #[case("file:///etc/passwd")]
    fn other_uris_are_not_ours(#[case] uri: &str) {
        assert_eq!(Wanted::parse(uri), None);
    }
}
