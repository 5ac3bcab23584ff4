//! Extractors: the parameters that a tool can take beside `args`.
mod athlete;
mod attachments;
mod files;
mod notes;
mod progress;
mod shared_args;
mod today;

use std::{ops::Deref, sync::Arc};

use tokio_util::sync::CancellationToken;

use crate::{Call, DeleteMode, FromCall, Host, Intervals, Result};
pub(crate) use athlete::athlete_of;
pub use attachments::Attachments;
pub use files::{File, Files};
pub use notes::Notes;
pub use progress::Progress;
pub use shared_args::SharedArgs;
pub use today::Today;

/// The client, for records that are not addressed through an athlete, such as an activity by its id.
pub struct Icu {
    client: Intervals,
}

impl Deref for Icu {
    type Target = Intervals;

    fn deref(&self) -> &Intervals {
        &self.client
    }
}

impl FromCall for Icu {
    async fn from_call(call: &mut Call) -> Result<Self> {
        Ok(Self { client: call.client.clone() })
    }
}

/// Fires when the caller cancels the call. Only for work that must stop at a clean point: the call is dropped anyway.
pub struct Cancellation(pub CancellationToken);

impl FromCall for Cancellation {
    async fn from_call(call: &mut Call) -> Result<Self> {
        Ok(Self(call.cancellation.clone()))
    }
}

impl FromCall for Arc<dyn Host> {
    async fn from_call(call: &mut Call) -> Result<Self> {
        Ok(call.host.clone())
    }
}

impl FromCall for DeleteMode {
    async fn from_call(call: &mut Call) -> Result<Self> {
        Ok(call.settings.delete_mode)
    }
}
