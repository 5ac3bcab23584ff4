//! The card of a pack: its declaration, one per crate, gathered by the linker.
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

/// A category of tools with its prompts and resources. Every method has a default.
pub trait ToolPack: Send + Sync + 'static {
    /// Reads the pack's section of the configuration, which is empty when absent, as the pack's own type: `section.read::<Own>()`.
    /// By default the pack has no keys.
    fn configure(&mut self, section: &mut ConfigTable) -> Result<(), ConfigError> {
        section.refuse()
    }

    /// The pack's prompts: message templates that a person picks.
    fn prompts(&self) -> Vec<Prompt> {
        vec![]
    }

    /// The pack's resources, whose URIs are fixed.
    fn resources(&self) -> Vec<Resource> {
        vec![]
    }

    /// The pack's resource templates, whose URIs have variables.
    fn templates(&self) -> Vec<Template> {
        vec![]
    }

    /// Reads one of the pack's resources. `None` stands for the text of its tool. Called through [`read`], with a client that only
    /// reads.
    fn read(&self, _uri: &str, _call: Call) -> Option<BoxFuture<'static, Result<Content>>> {
        None
    }

    /// Completion values for an argument of the pack's prompts or a variable of its templates, likely ones first. Returns `None`
    /// when there are none. Called through [`complete`], with a client that only reads.
    fn complete(&self, _argument: &str, _call: Call) -> Option<BoxFuture<'static, Result<Vec<String>>>> {
        None
    }
}

/// The content of a resource, and the media type of its listing.
#[non_exhaustive]
pub struct ResourceBody {
    /// Its text or bytes.
    pub content: Content,
    /// Its media type in the list of resources or templates.
    pub media_type: Option<String>,
}

/// Reads a resource of `pack` with a client that only reads, within the call's deadline. This is the only way to read one.
///
/// `shown` returns the tools that may be called. Returns `None` when the pack has no such resource, or its tool is hidden.
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
    let tool_call = call.without_arguments();
    let reading: BoxFuture<'static, Result<Content>> = match (pack.read(uri, call), tool) {
        (Some(reading), _) => reading,
        (None, Some(tool)) => {
            let arguments = uri::query(uri).map(|query| variables.into_iter().chain(query).collect());
            Box::pin(
                async move { Ok(Content::Text(tool.run(Call { arguments: arguments?, ..tool_call }).await?.text)) },
            )
        }
        (None, None) => return None,
    };
    let content = within(deadline, cancelled, reading).await;
    Some(content.map(|content| ResourceBody { content, media_type }))
}

/// Completion values of `argument` that begin with `typed`, at most 100. Returns `None` when the pack has none.
pub async fn complete(pack: &dyn ToolPack, argument: &str, typed: &str, mut call: Call) -> Option<Result<Vec<String>>> {
    call.limit(Effect::Read);
    let (deadline, cancelled) = (call.settings.deadline, call.cancellation.clone());
    let values = pack.complete(argument, call)?;
    Some(within(deadline, cancelled, values).await.map(|values| completion::matching(values, typed)))
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

/// The resource or template of a pack that a URI matches.
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

/// The card of a pack: its declaration.
pub struct Pack {
    /// Its crate. The tools of the crate are the pack's tools.
    pub krate: &'static str,
    /// Its name: the folder, the cargo feature and the word in the configuration.
    pub name: &'static str,
    /// One sentence, also used in the server's instructions.
    pub about: &'static str,
    /// Whether it is on by default.
    pub default: bool,
    /// Creates the pack's value.
    pub build: fn() -> Box<dyn ToolPack>,
}

inventory::collect!(Pack);

/// The linked packs, sorted by name.
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
