//! Exit codes.
use std::process::{ExitCode, Termination};

/// The exit code of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Success.
    Success = 0,
    /// The tool or the service failed.
    Failure = 1,
    /// The command line or the configuration cannot be used.
    Usage = 2,
    /// Ctrl-C: the code that a shell reports for a process ended by SIGINT.
    Interrupted = 130,
}

impl Exit {
    /// Success if `succeeded`, else failure.
    pub fn of(succeeded: bool) -> Self {
        if succeeded { Self::Success } else { Self::Failure }
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}
