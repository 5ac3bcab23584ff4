//! Entries for this server in the configuration files of MCP clients.
mod clients;
mod document;
mod entry;
mod executable;
mod failure;
mod file;
mod found;
mod home;
mod json;
mod lock;
mod refusal;
mod splice;
mod surrogates;
mod target;
mod toml;

pub use clients::{CLIENTS, Client, Scope};
pub use document::{Format, Shape};
pub use entry::{Entry, Form, NAME, Standing};
pub use executable::{Executable, Started};
pub use found::{Found, found, look};
pub use home::{Home, Platform};
pub use refusal::{Cause, Refusal};
pub use target::{Change, Done, Target};
