//! A pack announces itself: one card per crate, gathered by the linker.
use futures::future::BoxFuture;

use crate::{Call, Content, Effect, Error, Prompt, Resource, Result, Template};

/// A category of tools with its prompts and resources. Nothing is required.
pub trait ToolPack: Send + Sync + 'static {
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

    /// Reads a resource, or `None` when the URI is not this pack's. Called through [`read`], with a client that only reads.
    fn read(&self, _uri: &str, _call: Call) -> Option<BoxFuture<'static, Result<Content>>> {
        None
    }
}

/// Reads a resource of `pack`: the one way to do so, with a client that only reads, within the call's deadline.
pub async fn read(pack: &dyn ToolPack, uri: &str, mut call: Call) -> Option<Result<Content>> {
    call.client = call.client.at_most(Effect::Read);
    let (deadline, cancelled) = (call.settings.deadline, call.cancellation.clone());
    let reading = pack.read(uri, call)?;
    let outcome = cancelled.run_until_cancelled(tokio::time::timeout(deadline, reading)).await;
    Some(match outcome {
        None => Err(Error::cancelled()),
        Some(Err(_)) => Err(Error::too_late(deadline)),
        Some(Ok(outcome)) => outcome,
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
