//! Runs the start-up checks for a set of flags, without network and demo.
use tokio::runtime::Builder;

use intervals_settings::{Layer, Places, load};

use super::{Flags, log_levels, serve, uncounted};
use crate::{
    app::{App, check_demo},
    start::StartError,
};

/// Fails on flags with which no server starts. Any other fault of this terminal's configuration is returned, since the client may
/// start the server with another configuration.
pub fn rehearse(flags: &Flags) -> anyhow::Result<Option<StartError>> {
    check_demo(flags.demo)?;
    let places = Places::of_process(flags.config.clone());
    let Err(error) = start(places.clone(), flags.layer()) else { return Ok(None) };
    if places.file.as_ref().is_some_and(|file| !file.is_file()) {
        return Err(error.into());
    }
    // First the flags alone, then everything but the flags: a fault of the file must not hide one of the flags.
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
