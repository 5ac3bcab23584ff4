//! A pack announces itself: one card per crate, gathered by the linker.
use std::time::Duration;

use futures::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use crate::{
    Call, Effect, Error, JsonMap, Result, completion,
    content::{Content, Resource, Template},
    pack_config::{ConfigError, ConfigTable},
    prompt::Prompt,
    static_or_shared::StaticOrShared,
    tool::ToolDef,
    uri,
};

/// A category of tools with its prompts and resources. Nothing is required.
pub trait ToolPack: Send + Sync + 'static {
    /// Takes in the pack's section of the configuration, which is empty when there is none: `section.read::<Own>()` makes the
    /// pack's own type of it. Without this the pack has no keys.
    fn configure(&mut self, section: &mut ConfigTable) -> Result<(), ConfigError> {
        section.refuse()
    }

    /// Message templates that a person picks.
    fn prompts(&self) -> Vec<Prompt> {
        vec![]
    }

    /// What can be read without knowing an id.
    fn resources(&self) -> Vec<Resource> {
        vec![]
    }

    /// What can be read with an id put into its URI.
    fn templates(&self) -> Vec<Template> {
        vec![]
    }

    /// Reads one of the pack's resources, or `None` to let the text of its tool stand for it. Called through [`read`], with a
    /// client that only reads.
    fn read(&self, _uri: &str, _call: Call) -> Option<BoxFuture<'static, Result<Content>>> {
        None
    }

    /// Values for an argument of the pack's prompts or a variable of its templates, likely ones first; `None` when it has none to
    /// offer. Called through [`complete`], with a client that only reads.
    fn complete(&self, _argument: &str, _call: Call) -> Option<BoxFuture<'static, Result<Vec<String>>>> {
        None
    }
}

/// What a resource holds, and the media type that it is listed with.
#[non_exhaustive]
pub struct ResourceBody {
    /// Its text or bytes.
    pub content: Content,
    /// As the list of resources or templates says it.
    pub media_type: Option<String>,
}

/// Reads a resource of `pack`: the one way to do so, with a client that only reads, within the call's deadline.
///
/// `shown` gives the tools that may be called. `None` when the pack has no such resource, or the tool it goes with is hidden.
pub async fn read(
    pack: &dyn ToolPack,
    uri: &str,
    shown: &(dyn Fn(&str) -> Option<StaticOrShared<ToolDef>> + Sync),
    mut call: Call,
) -> Option<Result<ResourceBody>> {
    let Located { variables, tool, media_type } = located(pack, uri)?;
    let tool = match tool {
        Some(name) => Some(shown(name)?),
        None => None,
    };
    call.limit(Effect::Read);
    let (deadline, cancelled) = (call.settings.deadline, call.cancellation.clone());
    let again = call.again();
    let reading: BoxFuture<'static, Result<Content>> = match (pack.read(uri, call), tool) {
        (Some(reading), _) => reading,
        (None, Some(tool)) => {
            let arguments = uri::query(uri).map(|query| variables.into_iter().chain(query).collect());
            Box::pin(async move { Ok(Content::Text(tool.run(Call { arguments: arguments?, ..again }).await?.text)) })
        }
        (None, None) => return None,
    };
    let content = within(deadline, cancelled, reading).await;
    Some(content.map(|content| ResourceBody { content, media_type }))
}

/// Values of `argument` that begin with what was `typed`, at most a hundred.
pub async fn complete(pack: &dyn ToolPack, argument: &str, typed: &str, mut call: Call) -> Option<Result<Vec<String>>> {
    call.limit(Effect::Read);
    let (deadline, cancelled) = (call.settings.deadline, call.cancellation.clone());
    let offering = pack.complete(argument, call)?;
    Some(within(deadline, cancelled, offering).await.map(|values| completion::matching(values, typed)))
}

async fn within<T>(
    deadline: Duration,
    cancelled: CancellationToken,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    match cancelled.run_until_cancelled(tokio::time::timeout(deadline, work)).await {
        None => Err(Error::cancelled()),
        Some(Err(_)) => Err(Error::too_late(deadline)),
        Some(Ok(outcome)) => outcome,
    }
}

/// A URI among the resources and templates of a pack.
struct Located {
    variables: JsonMap,
    tool: Option<&'static str>,
    media_type: Option<String>,
}

fn located(pack: &dyn ToolPack, uri: &str) -> Option<Located> {
    let resources = pack.resources().into_iter().map(|one| (one.uri, one.tool, Some(one.media_type)));
    let templates = pack.templates().into_iter().map(|one| (one.uri, one.tool, one.media_type));
    resources.chain(templates).find_map(|(template, tool, media_type)| {
        let variables = uri::matched(&template, uri)?;
        Some(Located { variables, tool, media_type })
    })
}

/// A pack's card.
pub struct Pack {
    /// The crate it stands in; tools of the same crate are its tools.
    pub krate: &'static str,
    /// Folder, cargo feature and word in the configuration.
    pub name: &'static str,
    /// One sentence, which also stands in the server's instructions.
    pub about: &'static str,
    /// Whether it is on when nothing is configured.
    pub default: bool,
    /// Makes the pack's value.
    pub build: fn() -> Box<dyn ToolPack>,
}

inventory::collect!(Pack);

/// The linked packs, by name.
pub fn packs() -> Vec<&'static Pack> {
    let mut packs: Vec<_> = inventory::iter::<Pack>.into_iter().collect();
    packs.sort_by_key(|pack| pack.name);
    packs
}

/// Declares the crate's pack: name, one sentence, whether it is on by default, the value.
#[macro_export]
macro_rules! pack {
    ($name:literal, $about:literal, default: $default:literal, $pack:expr) => {
        $crate::__inventory::submit! {
            $crate::Pack {
                krate: env!("CARGO_CRATE_NAME"),
                name: $name,
                about: $about,
                default: $default,
                build: || Box::new($pack),
            }
        }
    };
}
