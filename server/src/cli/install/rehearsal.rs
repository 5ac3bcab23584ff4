//! Whether a server would start with flags: what start-up checks, without a network and without the demo.
use tokio::runtime::Builder;

use crate::{
    cli::{
        Assembly, Flags,
        assembly::{self, Faults},
        serve,
    },
    config::{Layer, Places, load},
};

/// Refuses flags with which no server starts. What else is wrong with the configuration of this terminal is given back: the
/// client's may be another.
pub(super) fn rehearse(flags: &Flags) -> anyhow::Result<Option<anyhow::Error>> {
    assembly::possible(flags.demo)?;
    let places = Places::of_process(flags.config.clone());
    let Err(error) = start(places.clone(), flags.layer()) else { return Ok(None) };
    if places.file.as_ref().is_some_and(|file| !file.is_file()) {
        return Err(error);
    }
    // The flags alone, and all but the flags: a fault of the file must not hide one of theirs.
    let bare =
        Places { file: None, platform_file: None, dotenv: Default::default(), environment: vec![], ..places.clone() };
    start(bare, flags.layer())?;
    match start(places, Layer::command_line([])) {
        Ok(()) => Err(error),
        Err(error) => Ok(Some(error)),
    }
}

fn start(places: Places, flags: Layer) -> anyhow::Result<()> {
    let mut loaded = load(places, flags).map_err(Faults)?;
    // They are about this terminal's environment.
    loaded.warnings.clear();
    let assembly = Builder::new_current_thread().enable_all().build()?.block_on(Assembly::new(loaded, None))?;
    serve::check(&assembly)
}
