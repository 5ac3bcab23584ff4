//! MCP for the tools of a catalog: the hub, sessions, requests, tools about tools, the log and stdio.
//!
//! The types of core become those of the MCP library here and nowhere else.
pub mod about_tools;
mod admission;
mod current;
mod dynamic;
mod host;
mod hub;
pub mod log;
mod metrics;
mod request;
mod session;
pub mod stdio;
mod switches;
mod watch;
pub mod wire;

pub use admission::Admission;
pub use current::CurrentHub;
pub use host::SessionHost;
pub use hub::Hub;
pub use metrics::{Metrics, Outcome, Uncounted};
pub use request::{OpenStream, Opening, Request, RequestId};
pub use session::Session;
