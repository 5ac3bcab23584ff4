//! What the service, or the guard in front of it, did.
use std::time::Duration;

use crate::Effect;

/// The outcome of a request.
pub(crate) type Result<T, E = ClientError> = std::result::Result<T, E>;

/// Why a request has no answer.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// Neither an API key nor an access token is configured.
    #[error("no Intervals.icu API key is set")]
    NoCredentials,
    /// The write guard: the tool may not do this. Nothing was sent.
    #[error("{operation} was not sent: it needs {needs:?}, and this tool may only {allowed:?}")]
    Refused {
        /// Method and path.
        operation: String,
        /// What the request needs.
        needs: Effect,
        /// What the client carries.
        allowed: Effect,
    },
    /// The operator limited the athletes, and this one is not among them. Nothing was sent.
    #[error("athlete {athlete} is not among the athletes of this server")]
    NotOffered {
        /// The athlete's id.
        athlete: String,
    },
    /// The service takes only a personal key there. Nothing was sent.
    #[error("an access token reaches only its own athlete, and cannot list others")]
    NeedsKey,
    /// 401.
    #[error("Intervals.icu does not accept the API key or token")]
    Unauthorized,
    /// 403.
    #[error("Intervals.icu refuses access to {what}: {message}")]
    Forbidden {
        /// The path.
        what: String,
        /// The service's own words.
        message: String,
    },
    /// 404.
    #[error("there is no {what}")]
    NotFound {
        /// The path.
        what: String,
    },
    /// An id that cannot stand in a path. Nothing was sent.
    #[error("{}", no_id(.id, .path))]
    BadSegment {
        /// What stands for an id.
        id: String,
        /// The path.
        path: String,
    },
    /// 429, and waiting for it would take longer than a call may wait.
    #[error("Intervals.icu asks for a pause{}", pause(.retry_after))]
    RateLimited {
        /// How long the service wants to be left alone, when it says so.
        retry_after: Option<Duration>,
    },
    /// Any other 4xx: the values are at fault.
    #[error("Intervals.icu refused this ({status}): {message}")]
    Rejected {
        /// The HTTP status.
        status: u16,
        /// The service's own words.
        message: String,
    },
    /// 5xx.
    #[error("Intervals.icu failed ({status}): {message}")]
    Failed {
        /// The HTTP status.
        status: u16,
        /// The service's own words.
        message: String,
    },
    /// No answer, or only a part of one.
    #[error("Intervals.icu could not be reached: {reason}")]
    Unreachable {
        /// What the network said.
        reason: String,
    },
    /// An answer of another shape.
    #[error("{operation} answered something unexpected at {path}: {reason}")]
    Undecodable {
        /// Method and path of the request.
        operation: String,
        /// The place in the JSON, `.` for the whole.
        path: String,
        /// What is wrong there.
        reason: String,
    },
    /// An answer over the limit.
    #[error("the answer is larger than {cap} bytes")]
    TooLarge {
        /// The limit.
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

    /// One word of a closed set, which tells nothing of whose data it was about.
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

    /// A 429 is refused before anything is done, so any request may be sent again.
    pub(crate) fn safe_to_repeat(&self) -> bool {
        matches!(self, Self::RateLimited { .. })
    }

    /// A fault that may be gone with the next attempt; only a read may be sent again then.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(self, Self::Failed { .. } | Self::Unreachable { .. })
    }

    /// Whether a write may have been carried out although no answer says so.
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

    /// Whether the other requests for the same athlete fail as well, so that nothing is gained by going on.
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
