//! The requests of a stream that wait for an answer, and the limit of their number.
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use futures::channel::mpsc;
use rmcp::model::{ClientJsonRpcMessage, RequestId};

use crate::{quota::Full, refused::busy};

/// The limit of a stream's pending requests. Without it a client that reads no answers would fill the memory.
const MAX_PENDING: usize = 64;

/// The ids of a stream's pending requests.
#[derive(Clone, Default)]
pub struct PendingRequests(Arc<Mutex<HashSet<RequestId>>>);

impl PendingRequests {
    /// Removes a request that was answered or cancelled.
    pub fn remove(&self, id: &RequestId) {
        self.lock().remove(id);
    }

    /// Forwards a message to the session. A request counts as pending only once it is forwarded, so that a client can send it again if
    /// there was no room.
    pub fn forward(
        &self,
        message: ClientJsonRpcMessage,
        to_session: &mut mpsc::Sender<ClientJsonRpcMessage>,
    ) -> Response {
        let mut pending = self.lock();
        let id = match &message {
            ClientJsonRpcMessage::Request(request) => Some(request.id.clone()),
            _ => None,
        };
        if id.is_some() && pending.len() >= MAX_PENDING {
            return busy(Full::Caller);
        }
        if id.as_ref().is_some_and(|id| pending.contains(id)) {
            return (StatusCode::BAD_REQUEST, "a request with this id waits for its answer").into_response();
        }
        match to_session.try_send(message) {
            Ok(()) => {
                pending.extend(id);
                (StatusCode::ACCEPTED, "Accepted").into_response()
            }
            Err(full) if full.is_full() => busy(Full::Caller),
            Err(_) => (StatusCode::NOT_FOUND, "the session has ended: open a new one").into_response(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<RequestId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_request_that_found_no_room_can_be_sent_again() {
        let (mut to_session, mut from_client) = mpsc::channel(0);
        let pending = PendingRequests::default();
        let mut ping = |id: u8| {
            let message = serde_json::from_value(json!({"jsonrpc": "2.0", "id": id, "method": "ping"})).unwrap();
            pending.forward(message, &mut to_session).status()
        };
        assert_eq!(ping(1), StatusCode::ACCEPTED);
        assert_eq!((ping(2), ping(2)), (StatusCode::TOO_MANY_REQUESTS, StatusCode::TOO_MANY_REQUESTS));
        assert!(from_client.try_recv().is_ok());
        assert_eq!((ping(2), ping(2)), (StatusCode::ACCEPTED, StatusCode::BAD_REQUEST));
    }
}
