//! Installation of this server into MCP clients: entries in the clients' configuration files.
mod clients;
mod document;
mod edit_error;
mod entry;
mod executable;
mod file;
mod home;
mod json;
mod lock;
mod splice;
mod status;
mod surrogates;
mod target;
mod toml;
mod write_failure;

pub use clients::{CLIENTS, Client, Scope};
pub use document::{Format, Shape};
pub use edit_error::{EditError, EditErrorKind};
pub use entry::{EntryKind, ExistingEntry, NAME, ServerEntry};
pub use executable::{Executable, Invocation};
pub use home::{Home, Platform};
pub use status::{ClientStatus, client_status, client_statuses};
pub use target::{Change, InstallReport, InstallTarget};
