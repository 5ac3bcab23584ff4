//! Whether a server would start with flags: what start-up checks, without a network and without the demo.
use tokio::runtime::Builder;

use intervals_settings::{Layer, Places, load};

use super::{Flags, log_levels, serve, uncounted};
use crate::{
    app::{App, possible},
    start::StartError,
};

/// Refuses flags with which no server starts. What else is wrong with the configuration of this terminal is given back: the
/// client's may be another.
pub fn rehearse(flags: &Flags) -> anyhow::Result<Option<StartError>> {
    possible(flags.demo)?;
    let places = Places::of_process(flags.config.clone());
    let Err(error) = start(places.clone(), flags.layer()) else { return Ok(None) };
    if places.file.as_ref().is_some_and(|file| !file.is_file()) {
        return Err(error.into());
    }
    // The flags alone, and all but the flags: a fault of the file must not hide one of theirs.
    let bare =
        Places { file: None, platform_file: None, dotenv: Default::default(), environment: vec![], ..places.clone() };
    start(bare, flags.layer())?;
    match start(places, Layer::command_line([])) {
        Ok(()) => Err(error.into()),
        Err(error) => Ok(Some(error)),
    }
}

fn start(places: Places, flags: Layer) -> Result<(), StartError> {
    let loaded = load(places, flags)?;
    log_levels(&loaded.config.log, &loaded.sources)?;
    let runtime = Builder::new_current_thread().enable_all().build().map_err(anyhow::Error::from)?;
    serve::check(&runtime.block_on(App::new(loaded, None, uncounted()))?)
}
