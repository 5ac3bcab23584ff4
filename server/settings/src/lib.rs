//! The operator's settings: the configuration from all its sources, the stored API key, and atomic replacement of files.
//!
//! Only this crate reads the environment and configuration files.
pub mod config;
pub mod credentials;
mod fault;
pub mod files;
mod levels;
mod load;
mod source;
mod sources;
mod values;

pub use config::Config;
pub use fault::Fault;
pub use levels::levels;
pub use load::{DOTENV_REMEDY, Layer, Loaded, Places, flag, load, load_with, read};
pub use source::Source;
pub use sources::Sources;
pub use values::{Secret, Words};
