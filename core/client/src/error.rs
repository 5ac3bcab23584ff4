//! Errors of requests, from the service or from the checks before it.
use std::time::Duration;

use crate::Effect;

/// The result of a request.
pub(crate) type Result<T, E = ClientError> = std::result::Result<T, E>;

/// The error of a request.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// Neither an API key nor an access token is configured.
    #[error("no Intervals.icu API key is set")]
    NoCredentials,
    /// The tool may not do this (write guard). Nothing was sent.
    #[error("{operation} was not sent: it needs {needs:?}, and this tool may only {allowed:?}")]
    Refused {
        /// Method and path.
        operation: String,
        /// The effect of the request.
        needs: Effect,
        /// The most that the client may do.
        allowed: Effect,
    },
    /// The operator limited the athletes, and this one is not among them. Nothing was sent.
    #[error("athlete {athlete} is not among the athletes of this server")]
    NotOffered {
        /// The athlete's id.
        athlete: String,
    },
    /// The request needs a personal API key. Nothing was sent.
    #[error("an access token reaches only its own athlete, and cannot list others")]
    NeedsKey,
    /// Status 401: the credential is not accepted.
    #[error("Intervals.icu does not accept the API key or token")]
    Unauthorized,
    /// Status 403: the credential has no access.
    #[error("Intervals.icu refuses access to {what}: {message}")]
    Forbidden {
        /// The path.
        what: String,
        /// The service's message.
        message: String,
    },
    /// Status 404: there is no such record.
    #[error("there is no {what}")]
    NotFound {
        /// The path.
        what: String,
    },
    /// An id that cannot be part of a path. Nothing was sent.
    #[error("{}", no_id(.id, .path))]
    BadSegment {
        /// The invalid id.
        id: String,
        /// The path.
        path: String,
    },
    /// Status 429, and waiting for it would take longer than a call may wait.
    #[error("Intervals.icu asks for a pause{}", pause(.retry_after))]
    RateLimited {
        /// The pause that the service asks for (`Retry-After`), if any.
        retry_after: Option<Duration>,
    },
    /// Any other status below 500, mostly 4xx: the values are wrong.
    #[error("Intervals.icu refused this ({status}): {message}")]
    Rejected {
        /// The HTTP status.
        status: u16,
        /// The service's message.
        message: String,
    },
    /// Status 5xx.
    #[error("Intervals.icu failed ({status}): {message}")]
    Failed {
        /// The HTTP status.
        status: u16,
        /// The service's message.
        message: String,
    },
    /// No response, or only a part of one.
    #[error("Intervals.icu could not be reached: {reason}")]
    Unreachable {
        /// The network error.
        reason: String,
    },
    /// A response of an unexpected shape.
    #[error("{operation} answered something unexpected at {path}: {reason}")]
    Undecodable {
        /// Method and path of the request.
        operation: String,
        /// The place in the JSON, `.` for the whole.
        path: String,
        /// The reason.
        reason: String,
    },
    /// A response over the size limit.
    #[error("the answer is larger than {cap} bytes")]
    TooLarge {
        /// The limit in bytes.
        cap: usize,
    },
    /// The client cannot be built from its options.
    #[error("{0}")]
    Setup(String),
}

impl ClientError {
    /// Names the path in errors that the status alone cannot explain.
    pub(crate) fn at(self, path: &[&str]) -> Self {
        match self {
            Self::NotFound { .. } => Self::NotFound { what: path.join("/") },
            Self::Forbidden { message, .. } => Self::Forbidden { what: path.join("/"), message },
            other => other,
        }
    }

    /// The kind of error: a word of a closed set, without data of the account.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NoCredentials => "no_credentials",
            Self::Refused { .. } => "refused",
            Self::NotOffered { .. } => "not_offered",
            Self::NeedsKey => "needs_key",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden { .. } => "forbidden",
            Self::NotFound { .. } => "not_found",
            Self::BadSegment { .. } => "bad_id",
            Self::RateLimited { .. } => "rate_limited",
            Self::Rejected { .. } => "rejected",
            Self::Failed { .. } => "failed",
            Self::Unreachable { .. } => "unreachable",
            Self::Undecodable { .. } => "undecodable",
            Self::TooLarge { .. } => "too_large",
            Self::Setup(_) => "setup",
        }
    }

    /// Whether any request may be sent again: a 429 is refused before anything is done.
    pub(crate) fn safe_to_repeat(&self) -> bool {
        matches!(self, Self::RateLimited { .. })
    }

    /// Whether the fault may be temporary, so that a read may be sent again.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(self, Self::Failed { .. } | Self::Unreachable { .. })
    }

    /// Whether a write may have succeeded although no response says so.
    pub fn leaves_open(&self) -> bool {
        matches!(
            self,
            Self::Failed { .. } | Self::Unreachable { .. } | Self::Undecodable { .. } | Self::TooLarge { .. }
        )
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after } => *retry_after,
            _ => None,
        }
    }

    /// Whether other requests for the same athlete will fail as well.
    pub fn rules_out_the_rest(&self) -> bool {
        matches!(
            self,
            Self::NoCredentials
                | Self::NotOffered { .. }
                | Self::Unauthorized
                | Self::Forbidden { .. }
                | Self::NotFound { .. }
                | Self::BadSegment { .. }
                | Self::Setup(_)
        )
    }
}

fn no_id(id: &str, path: &str) -> String {
    if id.is_empty() { format!("an id is empty (in {path})") } else { format!("{id:?} cannot be an id (in {path})") }
}

fn pause(retry_after: &Option<Duration>) -> String {
    match retry_after.map(|wait| wait.as_secs()) {
        None => " (too many requests)".into(),
        Some(seconds @ ..120) => format!(" of {seconds} s"),
        Some(seconds) => format!(" of {} min", seconds.div_ceil(60)),
    }
}
