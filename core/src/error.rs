//! Errors that a model reads: the problem and the next move.
use crate::{ClientError, arguments, client::WriteCounts};

/// The result of a tool, and of everything that it calls.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure that a model can act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The problem, with the value.
    pub problem: String,
    /// The next move.
    pub advice: String,
    /// Whether a write may have succeeded although no response says so.
    pub(crate) may_be_done: bool,
    /// Whether the service has no record with the id.
    pub(crate) missing: bool,
    kind: &'static str,
}

const CANCELLED: &str = "cancelled";
const DEADLINE: &str = "deadline";

impl Error {
    /// An error with a problem and a next move, one sentence each.
    pub fn new(problem: impl Into<String>, advice: impl Into<String>) -> Self {
        let (problem, advice) = (problem.into(), advice.into());
        Self { problem, advice, may_be_done: false, missing: false, kind: "tool" }
    }

    /// Whether the requested record does not exist, as opposed to a failed request.
    pub fn is_missing(&self) -> bool {
        self.missing
    }

    /// The kind of failure, for logs: a word of a closed set, without data of the call. It is the kind of the [`ClientError`], or
    /// `arguments`, `cancelled`, `deadline`, or `tool` for an error of the tool itself.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Whether the caller cancelled the call.
    pub fn is_cancelled(&self) -> bool {
        self.kind == CANCELLED
    }

    /// Whether the service accepted every write of the tool, so that only a later step failed. False for a call that ended early,
    /// which may have left writes undone.
    pub(crate) fn is_after_the_fact(&self, writes: WriteCounts) -> bool {
        writes.accepted > 0 && writes.failed == 0 && ![CANCELLED, DEADLINE].contains(&self.kind)
    }

    /// The error of a tool that writes. Its advice warns of a repeat, which could write twice.
    pub(crate) fn of_write(self) -> Self {
        if !self.may_be_done {
            return self;
        }
        Self { advice: "It may have been carried out all the same: read before you repeat it.".into(), ..self }
    }

    /// An error for arguments that do not fit. `problem` names the place.
    pub fn arguments(tool: &str, problem: impl std::fmt::Display) -> Self {
        let problem = format!("invalid arguments for {tool}: {}", arguments::plainly(&problem.to_string()));
        Self { kind: "arguments", ..Self::new(problem, "Call again with the arguments of the input schema.") }
    }

    pub(crate) fn cancelled() -> Self {
        let error = Self::new("the call was cancelled", "Call again if the answer is still wanted.");
        Self { may_be_done: true, kind: CANCELLED, ..error }
    }

    pub(crate) fn too_late(deadline: std::time::Duration) -> Self {
        let problem = format!("Intervals.icu gave no answer within {} s", deadline.as_secs_f64());
        let error = Self::new(problem, "Ask for less (a shorter range, a smaller limit) or try again in a minute.");
        Self { may_be_done: true, kind: DEADLINE, ..error }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}. {}", self.problem.trim_end_matches('.'), self.advice)
    }
}

impl std::error::Error for Error {}

impl From<ClientError> for Error {
    fn from(error: ClientError) -> Self {
        let advice = match &error {
            ClientError::NoCredentials => {
                "Get a key at intervals.icu under Settings, Developer Settings, store it with `intervals-icu-mcp setup` or set it \
                 as INTERVALS_ICU_API_KEY, and restart the server (or start it with --demo); a server whose callers bring keys wants it as X-Intervals-Api-Key."
            }
            ClientError::Refused { .. } => "Use a tool that may do this; this one may not.",
            ClientError::NotOffered { .. } => "Leave athlete_id out for the own account.",
            ClientError::NeedsKey => "Set INTERVALS_ICU_API_KEY to a personal key, or leave athlete_id out.",
            ClientError::Unauthorized => {
                "Check INTERVALS_ICU_API_KEY (or INTERVALS_ICU_ACCESS_TOKEN, or the caller's X-Intervals-Api-Key) against \
                 intervals.icu, Settings, Developer Settings."
            }
            ClientError::Forbidden { .. } => "Check the id: a key reaches its own and coached athletes only.",
            ClientError::NotFound { .. } => "List first, and use an id from that answer.",
            ClientError::BadSegment { .. } => "Use an id as a list tool gave it.",
            ClientError::RateLimited { retry_after: Some(_) } => {
                "Call again then; other calls work meanwhile if they are few."
            }
            ClientError::RateLimited { retry_after: None } => "Call again in a minute.",
            ClientError::Rejected { message, .. } if message.contains("Strava") => {
                "What comes from Strava cannot be changed or downloaded here; connect the recording device to Intervals.icu directly."
            }
            ClientError::Rejected { .. } => "Correct the values and call again.",
            ClientError::Failed { .. } | ClientError::Unreachable { .. } => "Try again in a minute.",
            ClientError::Undecodable { .. } => "Try again; if it stays, report it as a defect of this server.",
            ClientError::TooLarge { .. } => "Ask for less: a shorter range or a smaller limit.",
            ClientError::Setup(_) => "Correct the server's configuration.",
            _ => "Report this as a defect of this server.",
        };
        let missing = matches!(error, ClientError::NotFound { .. } | ClientError::BadSegment { .. });
        let kind = error.kind();
        Self { may_be_done: error.leaves_open(), missing, kind, ..Self::new(error.to_string(), advice) }
    }
}
